"""Places in a script: channels to look at, and servers to furnish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from discord import Permissions

from tests.discord_server.model import (
    ChannelState,
    GuildState,
    MemberState,
    Message,
    Overwrite,
    Role,
    User,
)
from tests.discord_server.payloads import member_payload, role_payload
from tests.discord_server.people import Member
from tests.discord_server.permissions import BOT_DEFAULT, MEMBER_DEFAULT

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

TEXT_CHANNEL, DIRECT_CHANNEL, PUBLIC_THREAD = 0, 1, 11


@dataclass(slots=True, eq=False, repr=False)
class Channel(ChannelState):
    """A channel that a test can wait at."""

    server: DiscordServer = field(kw_only=True)

    @property
    def from_bot(self) -> list[Message]:
        """What the bot has said here for all to see."""
        return [message for message in self.messages if message.author is self.server.bot]

    async def next_message(
        self,
        within: float = 10.0,
        *,
        after: Message | None = None,
        matching: Callable[[Message], bool] | None = None,
    ) -> Message:
        """Return the bot's first finished message here, later than `after` if that is given."""

        def look() -> Message | None:
            for message in self.from_bot:
                late = after is None or message.id > after.id
                if late and not message.loading and (matching is None or matching(message)):
                    return message
            return None

        return await self.server.wait_until(look, f"the bot said nothing in #{self.name}", within)

    def set_permissions(
        self,
        target: Role | MemberState,
        *,
        allow: Permissions | None = None,
        deny: Permissions | None = None,
    ) -> None:
        """Overwrite what a role or a member may do here."""
        self.overwrites[target.id] = Overwrite(
            allow or Permissions.none(), deny or Permissions.none()
        )
        if self.guild is not None:
            self.server.gateway.announce_channel(self, "CHANNEL_UPDATE")

    def delete(self) -> None:
        """Delete the channel, as an admin would."""
        self.deleted = True
        self.server.gateway.announce_channel(self, "CHANNEL_DELETE")


@dataclass(slots=True, eq=False, repr=False)
class Guild(GuildState):
    """A server that a test can furnish."""

    server: DiscordServer = field(kw_only=True)

    @classmethod
    def create(
        cls, server: DiscordServer, name: str, locale: str, bot: Permissions | None
    ) -> Guild:
        """Return a server with an owner and the bot in it."""
        owner = User(server.snowflakes(), f"Owner of {name}")
        server.users[owner.id] = owner
        guild = cls(server.snowflakes(), name, owner, locale, server=server)
        guild.roles[guild.id] = Role(guild.id, "@everyone", MEMBER_DEFAULT)
        granted = BOT_DEFAULT if bot is None else bot
        role = Role(server.snowflakes(), server.bot.name, granted, bot_id=server.bot.id)
        guild.roles[role.id] = role
        guild.members[owner.id] = Member(owner, guild, [], locale, server=server)
        guild.members[server.bot.id] = Member(server.bot, guild, [role], locale, server=server)
        return guild

    @property
    def owner_member(self) -> Member:
        """The membership of the owner, who may do everything."""
        owner = self.members[self.owner.id]
        assert isinstance(owner, Member)
        return owner

    @property
    def bot_member(self) -> MemberState:
        """The bot's membership, to set its permissions in a channel."""
        return self.members[self.server.bot.id]

    def add_text_channel(self, name: str, *, nsfw: bool = False) -> Channel:
        """Add a channel."""
        channel = Channel(
            self.server.snowflakes(), name, TEXT_CHANNEL, self, nsfw=nsfw, server=self.server
        )
        self.server.add_channel(channel)
        self.server.gateway.announce_channel(channel, "CHANNEL_CREATE")
        return channel

    def add_thread(
        self,
        parent: ChannelState,
        name: str,
        owner: User,
        *,
        kind: int = PUBLIC_THREAD,
        thread_id: int | None = None,
    ) -> Channel:
        """Add a thread; one that hangs below a message has the message's id."""
        thread = Channel(
            thread_id or self.server.snowflakes(),
            name,
            kind,
            self,
            parent=parent,
            owner_id=owner.id,
            server=self.server,
        )
        self.server.add_channel(thread)
        self.server.gateway.announce_channel(thread, "THREAD_CREATE", newly_created=True)
        return thread

    @property
    def threads(self) -> list[Channel]:
        """The threads, oldest first."""
        return [one for one in self.channels.values() if isinstance(one, Channel) and one.is_thread]

    def add_role(
        self, name: str, permissions: Permissions | None = None, *, mentionable: bool = False
    ) -> Role:
        """Add a role."""
        role = Role(self.server.snowflakes(), name, permissions or Permissions.none(), mentionable)
        self.roles[role.id] = role
        payload = {"guild_id": str(self.id), "role": role_payload(role, len(self.roles) - 1)}
        self.server.gateway.broadcast(
            "GUILD_ROLE_CREATE", lambda intents: payload if intents.guilds else None
        )
        return role

    def add_member(
        self,
        name: str,
        *,
        permissions: Permissions | None = None,
        roles: Sequence[Role] = (),
        locale: str = "de",
        user: User | None = None,
    ) -> Member:
        """Add a person; `user` lets somebody of another server join this one, too."""
        given = list(roles)
        if permissions is not None:
            given.append(self.add_role(f"{name}'s role", permissions))
        person = user or User(self.server.snowflakes(), name)
        self.server.users[person.id] = person
        member = Member(person, self, given, locale, server=self.server)
        self.members[person.id] = member
        payload = member_payload(member) | {"guild_id": str(self.id)}
        self.server.gateway.broadcast(
            "GUILD_MEMBER_ADD", lambda intents: payload if intents.members else None
        )
        return member

    def remove_bot(self) -> None:
        """Throw the bot out."""
        del self.members[self.server.bot.id]
        del self.server.guilds[self.id]
        self.server.gateway.broadcast("GUILD_DELETE", lambda _: {"id": str(self.id)})
