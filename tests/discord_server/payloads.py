"""The double's state as Discord writes it. Every key that discord.py insists on is here."""

from __future__ import annotations

from collections.abc import Callable

from tests.discord_server.model import (
    Attachment,
    ChannelState,
    GuildState,
    InteractionState,
    Json,
    MemberState,
    Message,
    Role,
    User,
)
from tests.discord_server.permissions import permissions_in

JOINED = "2024-01-01T00:00:00+00:00"
ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024


def user_payload(user: User) -> Json:
    """Return a user object."""
    return {
        "id": str(user.id),
        "username": user.name.lower(),
        "global_name": user.name,
        "discriminator": "0",
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
    }


def member_payload(member: MemberState, *, with_user: bool = True) -> Json:
    """Return a guild member object."""
    payload: Json = {
        "roles": [str(role.id) for role in member.roles],
        "nick": None,
        "avatar": None,
        "joined_at": JOINED,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    if with_user:
        payload["user"] = user_payload(member.user)
    return payload


def role_payload(role: Role, position: int) -> Json:
    """Return a role object."""
    payload: Json = {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(role.permissions.value),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.bot_id is not None,
        "mentionable": role.mentionable,
        "flags": 0,
    }
    if role.bot_id is not None:
        payload["tags"] = {"bot_id": str(role.bot_id)}
    return payload


def channel_payload(channel: ChannelState) -> Json:
    """Return a channel, thread or direct message channel object."""
    last = str(channel.messages[-1].id) if channel.messages else None
    payload: Json = {"id": str(channel.id), "type": channel.type, "last_message_id": last}
    payload["flags"] = 0
    if channel.recipient is not None:
        return payload | {"recipients": [user_payload(channel.recipient)]}
    assert channel.guild is not None
    payload |= {"name": channel.name, "guild_id": str(channel.guild.id)}
    if channel.parent is not None:
        return payload | {
            "parent_id": str(channel.parent.id),
            "owner_id": str(channel.owner_id),
            "message_count": len(channel.messages),
            "member_count": 1,
            "rate_limit_per_user": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": JOINED,
                "locked": False,
            },
        }
    return payload | {
        "position": 0,
        "parent_id": None,
        "topic": None,
        "nsfw": channel.nsfw,
        "rate_limit_per_user": 0,
        "permission_overwrites": [
            {
                "id": str(target),
                "type": 0 if target in channel.guild.roles else 1,
                "allow": str(overwrite.allow.value),
                "deny": str(overwrite.deny.value),
            }
            for target, overwrite in channel.overwrites.items()
        ],
    }


def guild_payload(guild: GuildState, bot: User, *, all_members: bool) -> Json:
    """Return what GUILD_CREATE tells. Without the members intent it lists only the bot."""
    members = [member for member in guild.members.values() if all_members or member.user is bot]
    channels = [channel for channel in guild.channels.values() if not channel.deleted]
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner.id),
        "preferred_locale": guild.locale,
        "icon": None,
        "features": [],
        "unavailable": False,
        "large": False,
        "joined_at": JOINED,
        "member_count": len(guild.members),
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "roles": [role_payload(role, place) for place, role in enumerate(guild.roles.values())],
        "members": [member_payload(member) for member in members],
        "channels": [channel_payload(found) for found in channels if not found.is_thread],
        "threads": [channel_payload(found) for found in channels if found.is_thread],
        "emojis": [],
        "stickers": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment_payload(attachment: Attachment) -> Json:
    """Return an attachment object."""
    payload: Json = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.data),
        "url": attachment.url,
        "proxy_url": attachment.url.replace("cdn.discordapp.com", "media.discordapp.net"),
        "content_type": attachment.content_type,
        "flags": 0,
    }
    if attachment.description is not None:
        payload["description"] = attachment.description
    return payload


def _everything(_: Message) -> bool:
    return True


def message_payload(
    message: Message, may_read: Callable[[Message], bool] = _everything, *, nested: bool = False
) -> Json:
    """Return a message object, blanked where it may not be read, as without the content intent."""
    readable = may_read(message)
    payload: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "type": message.type,
        "author": user_payload(message.author),
        "content": message.content if readable else "",
        "embeds": message.embeds if readable else [],
        "attachments": [attachment_payload(one) for one in message.attachments if readable],
        "components": message.components if readable else [],
        "mentions": [_mention_payload(user, message) for user in message.mentions],
        "mention_roles": [str(role) for role in sorted(message.pings.roles)],
        "mention_everyone": message.pings.everyone,
        "timestamp": message.created,
        "edited_timestamp": message.edited,
        "flags": message.flags,
        "pinned": False,
        "tts": False,
    }
    if message.nonce is not None:
        payload["nonce"] = message.nonce
    if message.interaction is not None:
        # Discord marks answers to interactions as the application's webhook messages.
        application = str(message.author.id)
        payload |= {"webhook_id": application, "application_id": application}
        payload["interaction_metadata"] = _metadata_payload(message.interaction)
    if message.reference is not None:
        payload["message_reference"] = {
            "type": 0,
            "message_id": str(message.reference.id),
            "channel_id": str(message.reference.channel.id),
        }
        if message.channel.guild is not None:
            payload["message_reference"]["guild_id"] = str(message.channel.guild.id)
        if not nested:
            replied = message.reference
            payload["referenced_message"] = (
                None if replied.deleted else message_payload(replied, may_read, nested=True)
            )
    if message.thread is not None:
        payload["thread"] = channel_payload(message.thread)
    return payload


def message_event(message: Message, may_read: Callable[[Message], bool]) -> Json:
    """Return a message as the gateway sends it; in direct messages guild_id is absent."""
    payload = message_payload(message, may_read)
    guild = message.channel.guild
    if guild is not None:
        payload["guild_id"] = str(guild.id)
        member = guild.members.get(message.author.id)
        if member is not None:
            payload["member"] = member_payload(member, with_user=False)
    return payload


def _mention_payload(user: User, message: Message) -> Json:
    payload = user_payload(user)
    guild = message.channel.guild
    member = guild.members.get(user.id) if guild is not None else None
    if member is not None:
        payload["member"] = member_payload(member, with_user=False)
    return payload


def _metadata_payload(interaction: InteractionState) -> Json:
    guild = interaction.channel.guild
    owner = {"0": str(guild.id)} if guild is not None else {}
    return {
        "id": str(interaction.id),
        "type": interaction.type,
        "user": user_payload(interaction.user),
        "authorizing_integration_owners": owner,
    }


def interaction_payload(
    interaction: InteractionState, bot: User, data: Json, locale: str, *, version: int = 1
) -> Json:
    """Return what INTERACTION_CREATE tells."""
    channel = interaction.channel
    guild = channel.guild
    payload: Json = {
        "id": str(interaction.id),
        "application_id": str(bot.id),
        "type": interaction.type,
        "token": interaction.token,
        "version": version,
        "data": data,
        "channel_id": str(channel.id),
        "channel": channel_payload(channel),
        "locale": locale,
        "entitlements": [],
        "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
        "authorizing_integration_owners": {"0": str(guild.id) if guild else "0"},
        "context": 0 if guild else 1,
    }
    bot_member = guild.members.get(bot.id) if guild else None
    payload["app_permissions"] = str(permissions_in(bot_member, channel).value)
    if guild is None:
        payload["user"] = user_payload(interaction.user)
    else:
        member = guild.members[interaction.user.id]
        granted = permissions_in(member, channel).value
        payload["member"] = member_payload(member) | {"permissions": str(granted)}
        payload["guild_id"] = str(guild.id)
        payload["guild_locale"] = guild.locale
        payload["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
    if interaction.source is not None:
        payload["message"] = message_payload(interaction.source)
    return payload
