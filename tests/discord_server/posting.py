"""Turning a request body into a message, or a change of one, with all the checks on the way."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Collection
from typing import TYPE_CHECKING

from tests.discord_server.calls import Call
from tests.discord_server.errors import ApiError, FieldError, Json, invalid_form
from tests.discord_server.judge import Rule
from tests.discord_server.limits import check_message
from tests.discord_server.model import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    Attachment,
    ChannelState,
    InteractionState,
    Message,
    Upload,
    timestamp,
    walk_component,
)
from tests.discord_server.payloads import ATTACHMENT_SIZE_LIMIT
from tests.discord_server.pings import compute_pings

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

FILES_PER_MESSAGE = 10
SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 12
SETTABLE_FLAGS = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2
TEXT_DISPLAY = 10
REPLY, APPLICATION_COMMAND = 19, 20


def post(
    server: DiscordServer,
    channel: ChannelState,
    body: Json,
    files: dict[str, Upload],
    *,
    default_pings: Collection[str],
    interaction: InteractionState | None = None,
    extra_flags: int = 0,
) -> Message:
    """Make the bot's message, store it where others see it, and tell the gateway."""
    flags = (body.get("flags") or 0) & (SETTABLE_FLAGS | EPHEMERAL) | extra_flags
    if interaction is None:
        flags &= ~EPHEMERAL
    if flags & LOADING:
        flags &= LOADING | EPHEMERAL  # nothing else can be decided by deferring
    message = Message(server.snowflakes(), channel, server.bot, flags=flags)
    if interaction is not None:
        message.interaction = interaction
        message.type = APPLICATION_COMMAND if interaction.type == 2 else 0
        if flags & EPHEMERAL:
            message.audience = interaction.user
    reference = body.get("message_reference")
    if reference:
        message.reference = _find_reference(channel, reference)
        message.type = REPLY
    _apply(server, message, body, files, default_pings)
    if not flags & LOADING and _is_empty(message):
        raise ApiError(400, 50006, "Cannot send an empty message", rule=Rule.EMPTY_MESSAGE)
    if not message.ephemeral:
        channel.messages.append(message)
        server.gateway.message_event("MESSAGE_CREATE", message)
    return message


def edit(
    server: DiscordServer,
    message: Message,
    body: Json,
    files: dict[str, Upload],
    *,
    default_pings: Collection[str],
) -> Message:
    """Change the bot's message; a loading one stops loading."""
    if message.deleted:
        raise ApiError(404, 10008, "Unknown Message")
    flags = message.flags & ~LOADING
    wanted = body.get("flags")
    if wanted is not None:
        if flags & COMPONENTS_V2 and not wanted & COMPONENTS_V2:
            reason = "IS_COMPONENTS_V2 cannot be removed"
            raise invalid_form([FieldError("flags", "MESSAGE_FLAGS_INVALID", reason)])
        flags = flags & ~SETTABLE_FLAGS | (wanted & SETTABLE_FLAGS)
    trial = copy.copy(message)
    trial.flags = flags
    trial.edits += 1
    _apply(server, trial, body, files, default_pings)
    if _is_empty(trial):
        raise ApiError(400, 50006, "Cannot send an empty message", rule=Rule.EMPTY_MESSAGE)
    for name in ("content", "embeds", "components", "attachments", "flags", "mentions", "pings"):
        setattr(message, name, getattr(trial, name))
    message.edited = timestamp()
    message.edits += 1
    if not message.ephemeral:
        server.gateway.message_event("MESSAGE_UPDATE", message)
    return message


def delete(server: DiscordServer, message: Message) -> None:
    """Take a message away."""
    if message.deleted:
        raise ApiError(404, 10008, "Unknown Message")
    message.deleted = True
    if message in message.channel.messages:
        message.channel.messages.remove(message)
    if message.ephemeral:
        return
    payload: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
    guild = message.channel.guild
    if guild is not None:
        payload["guild_id"] = str(guild.id)
    server.gateway.broadcast(
        "MESSAGE_DELETE",
        lambda intents: payload if _hears(guild is not None, intents) else None,
    )


def _hears(in_guild: bool, intents: object) -> bool:
    return bool(getattr(intents, "guild_messages" if in_guild else "dm_messages"))


def body_of(call: Call) -> Json:
    """Return the JSON object of a request, an empty one if it had none."""
    payload = call.payload if call.payload is not None else {}
    if not isinstance(payload, dict):
        raise ApiError(400, 50109, "The request body contains invalid JSON.")
    return payload


def _apply(
    server: DiscordServer,
    message: Message,
    body: Json,
    files: dict[str, Upload],
    default_pings: Collection[str],
) -> None:
    errors = check_message(body, flags=message.flags)
    if errors:
        raise invalid_form(errors)
    if "content" in body:
        message.content = str(body.get("content") or "").strip()
    if "embeds" in body:
        message.embeds = [{"type": "rich", **embed} for embed in body["embeds"] or []]
    if "components" in body:
        message.components = _numbered(body["components"] or [])
    if "attachments" in body or files:
        message.attachments = _keep_and_add(server, message, body, files)
    if body.get("nonce") is not None:
        message.nonce = str(body["nonce"])
    leftovers = [key for key in ("content", "embeds") if getattr(message, key)]
    if message.flags & COMPONENTS_V2 and leftovers:
        reason = f"{leftovers} must be emptied for IS_COMPONENTS_V2"
        raise invalid_form([FieldError("flags", "MESSAGE_CANNOT_USE_LEGACY_FIELDS", reason)])
    # Only a new message notifies the author of the one it replies to.
    replied = message.reference if message.edits == 0 else None
    message.pings |= compute_pings(
        visible_to_pings(message),
        body.get("allowed_mentions"),
        default=default_pings,
        replied_to=replied.author.id if replied is not None else None,
    )
    known = server.users
    message.mentions = [known[one] for one in sorted(message.pings.users) if one in known]


def visible_to_pings(message: Message) -> str:
    """Return the text in which mentions notify: content and text displays, not embeds."""
    parts = [message.content]
    parts += [one["content"] for one in message.all_components if one["type"] == TEXT_DISPLAY]
    return "\n".join(parts)


def _is_empty(message: Message) -> bool:
    return not (message.content or message.embeds or message.attachments or message.components)


def _numbered(components: list[Json]) -> list[Json]:
    numbered = copy.deepcopy(components)
    count = itertools.count(1)
    for component in itertools.chain.from_iterable(map(walk_component, numbered)):
        number = next(count)
        component.setdefault("id", number)
    return numbered


def _keep_and_add(
    server: DiscordServer, message: Message, body: Json, files: dict[str, Upload]
) -> list[Attachment]:
    if len(files) > FILES_PER_MESSAGE:
        raise ApiError(400, 30015, "Maximum number of attachments reached", rule=Rule.TOO_LARGE)
    listed = body.get("attachments")
    described = {str(one["id"]): one for one in listed or []}
    kept = [one for one in message.attachments if listed is None or str(one.id) in described]
    for key, upload in files.items():
        if len(upload.data) > ATTACHMENT_SIZE_LIMIT:
            raise ApiError(
                413, 40005, "Request entity too large", rule=Rule.TOO_LARGE, detail=upload.filename
            )
        about = described.get(key, {})
        name = about.get("filename") or upload.filename
        kept.append(
            add_attachment(
                server,
                message.channel,
                Upload(name, upload.data, upload.content_type),
                about.get("description"),
            )
        )
    return kept


def add_attachment(
    server: DiscordServer, channel: ChannelState, upload: Upload, description: str | None = None
) -> Attachment:
    """Keep a file and serve it from now on."""
    attachment = Attachment(
        server.snowflakes(),
        upload.filename,
        upload.data,
        upload.content_type,
        channel.id,
        description,
    )
    server.attachments[attachment.path] = attachment
    return attachment


def _find_reference(channel: ChannelState, reference: Json) -> Message | None:
    found = channel.find_message(int(reference["message_id"]))
    if found is None and reference.get("fail_if_not_exists", True):
        error = FieldError("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        refusal = invalid_form([error])
        refusal.rule = None  # a message may be deleted at any moment
        raise refusal
    return found
