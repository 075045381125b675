"""Who may do what where: Discord's documented computation."""

from __future__ import annotations

from discord import Permissions

from tests.discord_server.errors import missing_permissions
from tests.discord_server.model import ChannelState, MemberState

DIRECT_MESSAGES = Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    add_reactions=True,
    use_application_commands=True,
)

# What a new server gives to everyone, as far as a text bot meets it.
MEMBER_DEFAULT = DIRECT_MESSAGES | Permissions(
    create_public_threads=True, send_messages_in_threads=True
)

# Asked for at invitation, plus the pings that a careless host would grant.
BOT_DEFAULT = MEMBER_DEFAULT | Permissions(mention_everyone=True)


def guild_permissions(member: MemberState) -> Permissions:
    """Return what the member's roles allow, without any channel."""
    guild = member.guild
    if guild.owner is member.user:
        return Permissions.all()
    value = guild.everyone.permissions.value
    for role in member.roles:
        value |= role.permissions.value
    granted = Permissions(value)
    return Permissions.all() if granted.administrator else granted


def permissions_in(member: MemberState | None, channel: ChannelState) -> Permissions:
    """Return what the member may do in the channel; threads have their parent's overwrites."""
    if channel.guild is None:
        return DIRECT_MESSAGES
    if member is None:
        return Permissions.none()
    base = guild_permissions(member)
    if base.administrator:
        return base
    value = base.value
    overwrites = (channel.parent or channel).overwrites
    everyone = overwrites.get(channel.guild.id)
    if everyone is not None:
        value = value & ~everyone.deny.value | everyone.allow.value
    of_roles = [overwrites[role.id] for role in member.roles if role.id in overwrites]
    for overwrite in of_roles:
        value &= ~overwrite.deny.value
    for overwrite in of_roles:
        value |= overwrite.allow.value
    own = overwrites.get(member.id)
    if own is not None:
        value = value & ~own.deny.value | own.allow.value
    result = Permissions(value)
    if not result.view_channel:
        return Permissions.none()
    return result


def require(granted: Permissions, *names: str, where: str) -> None:
    """Raise 50001 without view_channel, 50013 for any other permission that is missing."""
    if not granted.view_channel:
        raise missing_permissions(f"{where}: view_channel", access=True)
    missing = [name for name in names if not getattr(granted, name)]
    if missing:
        raise missing_permissions(f"{where}: {', '.join(missing)}")
