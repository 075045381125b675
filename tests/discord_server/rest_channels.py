"""Messages, threads, typing, reactions and direct conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from discord import Permissions

from tests.discord_server.calls import Call, Routes
from tests.discord_server.errors import ApiError, invalid_form, unknown_channel, unknown_message
from tests.discord_server.judge import Rule
from tests.discord_server.model import ChannelState, Json, Message
from tests.discord_server.payloads import channel_payload, message_payload
from tests.discord_server.permissions import permissions_in, require
from tests.discord_server.pings import MESSAGE_DEFAULT
from tests.discord_server.posting import body_of, delete, edit, post
from tests.discord_server.text import wrong_length

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

ROUTES = Routes()
PUBLIC_THREAD, PRIVATE_THREAD = 11, 12
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)


def _channel(server: DiscordServer, call: Call) -> ChannelState:
    channel = server.channels.get(call.number("channel"))
    if channel is None or channel.deleted:
        raise unknown_channel()
    return channel


def _message(server: DiscordServer, call: Call) -> Message:
    message = _channel(server, call).find_message(call.number("message"))
    if message is None:
        raise unknown_message()
    return message


def _granted(server: DiscordServer, channel: ChannelState) -> Permissions:
    member = channel.guild.members.get(server.bot.id) if channel.guild is not None else None
    return permissions_in(member, channel)


def _require(server: DiscordServer, channel: ChannelState, *names: str) -> None:
    require(_granted(server, channel), *names, where=f"#{channel.name}")


def _needed_to_send(channel: ChannelState, body: Json, call: Call) -> list[str]:
    needed = ["send_messages_in_threads" if channel.is_thread else "send_messages"]
    if body.get("embeds"):
        needed.append("embed_links")
    if call.files:
        needed.append("attach_files")
    if body.get("message_reference"):
        needed.append("read_message_history")
    return needed


@ROUTES.add("POST", "/channels/{channel}/messages")
def create_message(server: DiscordServer, call: Call) -> Json:
    """Post a message; the same nonce with enforce_nonce yields the first one again."""
    channel, body = _channel(server, call), body_of(call)
    _require(server, channel, *_needed_to_send(channel, body, call))
    if channel.recipient is not None and not channel.recipient.accepts_direct_messages:
        raise ApiError(403, 50007, "Cannot send messages to this user")
    if body.get("enforce_nonce") and body.get("nonce") is not None:
        for known in channel.messages:
            if known.author is server.bot and known.nonce == str(body["nonce"]):
                return message_payload(known)
    message = post(server, channel, body, call.files, default_pings=MESSAGE_DEFAULT)
    return message_payload(message)


@ROUTES.add("GET", "/channels/{channel}/messages")
def list_messages(server: DiscordServer, call: Call) -> list[Json]:
    """Return history, newest first."""
    channel = _channel(server, call)
    _require(server, channel, "read_message_history")
    found = sorted(channel.messages, key=lambda message: message.id, reverse=True)
    if "before" in call.query:
        found = [message for message in found if message.id < int(call.query["before"])]
    if "after" in call.query:
        found = [message for message in found if message.id > int(call.query["after"])]
        found = found[-int(call.query.get("limit", 50)) :]
    found = found[: int(call.query.get("limit", 50))]
    return [message_payload(one, server.gateway.bot_may_read) for one in found]


@ROUTES.add("GET", "/channels/{channel}/messages/{message}")
def get_message(server: DiscordServer, call: Call) -> Json:
    """Return one message."""
    message = _message(server, call)
    _require(server, message.channel, "read_message_history")
    return message_payload(message, server.gateway.bot_may_read)


@ROUTES.add("PATCH", "/channels/{channel}/messages/{message}")
def edit_message(server: DiscordServer, call: Call) -> Json:
    """Change a message of the bot's own."""
    message = _message(server, call)
    _require(server, message.channel)
    if message.author is not server.bot:
        raise ApiError(
            403,
            50005,
            "Cannot edit a message authored by another user",
            rule=Rule.FOREIGN_MESSAGE,
        )
    edited = edit(server, message, body_of(call), call.files, default_pings=MESSAGE_DEFAULT)
    return message_payload(edited)


@ROUTES.add("DELETE", "/channels/{channel}/messages/{message}")
def delete_message(server: DiscordServer, call: Call) -> None:
    """Delete a message; somebody else's needs manage_messages."""
    message = _message(server, call)
    needed = () if message.author is server.bot else ("manage_messages",)
    _require(server, message.channel, *needed)
    delete(server, message)


@ROUTES.add("POST", "/channels/{channel}/typing")
def typing(server: DiscordServer, call: Call) -> None:
    """Show that the bot types."""
    channel = _channel(server, call)
    _require(server, channel, "send_messages_in_threads" if channel.is_thread else "send_messages")
    channel.typing_count += 1


@ROUTES.add("PUT", "/channels/{channel}/messages/{message}/reactions/{emoji:text}/@me")
def add_reaction(server: DiscordServer, call: Call) -> None:
    """React to a message."""
    message = _message(server, call)
    _require(server, message.channel, "add_reactions", "read_message_history")
    message.reactions.append((server.bot.id, unquote(call.parameters["emoji"])))


@ROUTES.add("DELETE", "/channels/{channel}/messages/{message}/reactions/{emoji:text}/@me")
def remove_reaction(server: DiscordServer, call: Call) -> None:
    """Take the bot's reaction back."""
    message = _message(server, call)
    reaction = (server.bot.id, unquote(call.parameters["emoji"]))
    if reaction in message.reactions:
        message.reactions.remove(reaction)


@ROUTES.add("POST", "/channels/{channel}/messages/{message}/threads")
def create_thread_from_message(server: DiscordServer, call: Call) -> Json:
    """Open a thread below a message; a message has room for one. The ids are the same."""
    message = _message(server, call)
    if message.thread is not None:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    thread = _create_thread(server, call, message.channel, PUBLIC_THREAD, message.id)
    message.thread = thread
    return channel_payload(thread)


@ROUTES.add("POST", "/channels/{channel}/threads")
def create_thread(server: DiscordServer, call: Call) -> Json:
    """Open a thread of its own."""
    kind = body_of(call).get("type", PRIVATE_THREAD)
    return channel_payload(_create_thread(server, call, _channel(server, call), kind, None))


def _create_thread(
    server: DiscordServer, call: Call, channel: ChannelState, kind: int, thread_id: int | None
) -> ChannelState:
    body = body_of(call)
    if channel.guild is None or channel.is_thread:
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    private = kind == PRIVATE_THREAD
    _require(server, channel, "create_private_threads" if private else "create_public_threads")
    errors = wrong_length("name", body.get("name"), 1, 100)
    if errors:
        raise invalid_form(errors)
    guild = server.guilds[channel.guild.id]
    name = body["name"].strip()
    return guild.add_thread(channel, name, server.bot, kind=kind, thread_id=thread_id)


@ROUTES.add("PUT", "/channels/{channel}/thread-members/@me")
def join_thread(server: DiscordServer, call: Call) -> None:
    """Join a thread."""
    _require(server, _channel(server, call))


@ROUTES.add("GET", "/channels/{channel}")
def get_channel(server: DiscordServer, call: Call) -> Json:
    """Return a channel."""
    channel = _channel(server, call)
    _require(server, channel)
    return channel_payload(channel)


@ROUTES.add("POST", "/users/@me/channels")
def open_direct_channel(server: DiscordServer, call: Call) -> Json:
    """Return the direct conversation with a user, opening it if need be."""
    user = server.users.get(int(body_of(call)["recipient_id"]))
    if user is None:
        raise ApiError(400, 50033, "Invalid Recipient(s)")
    return channel_payload(server.direct_channel(user))
