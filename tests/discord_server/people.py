"""People in a script: members who type, click and choose as Discord's own client lets them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from discord import Permissions

from tests.discord_server.exchange import Exchange
from tests.discord_server.judge import ScriptError
from tests.discord_server.model import (
    Attachment,
    ChannelState,
    InteractionState,
    Json,
    MemberState,
    Message,
    Role,
    Upload,
)
from tests.discord_server.options import OptionWriter
from tests.discord_server.payloads import (
    ATTACHMENT_SIZE_LIMIT,
    interaction_payload,
    member_payload,
    message_payload,
    user_payload,
)
from tests.discord_server.permissions import (
    guild_permissions,
    permissions_in,
)
from tests.discord_server.pings import compute_pings
from tests.discord_server.posting import REPLY, add_attachment
from tests.discord_server.selects import SELECTS, chosen

if TYPE_CHECKING:
    from tests.discord_server.places import Channel
    from tests.discord_server.server import DiscordServer

COMMAND, COMPONENT, AUTOCOMPLETE = 2, 3, 4
CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
BUTTON = 2
LINK_STYLE = 5
MOST_CHARACTERS = 2000  # what a person without a subscription can send


@dataclass(slots=True, eq=False, repr=False)
class Member(MemberState):
    """A person in a server who does what Discord's own client allows."""

    server: DiscordServer = field(kw_only=True)

    # Talking ------------------------------------------------------------------------------------

    async def say(
        self,
        channel: ChannelState,
        content: str,
        *,
        attachments: Sequence[Upload] = (),
        reply_to: Message | None = None,
        ping: bool = True,
    ) -> Message:
        """Send a message; "<@bot>" in the text mentions the bot."""
        granted = self._permissions(channel)
        needed = "send_messages_in_threads" if channel.is_thread else "send_messages"
        if not getattr(granted, needed):
            raise ScriptError(f"{self.user.name} may not write in #{channel.name}")
        if len(content) > MOST_CHARACTERS:
            raise ScriptError(f"nobody can send {len(content)} characters")
        text = content.replace("<@bot>", self.server.bot.mention).strip()
        message = Message(self.server.snowflakes(), channel, self.user, content=text)
        message.attachments = [self.upload(channel, one) for one in attachments]
        if reply_to is not None:
            message.reference, message.type = reply_to, REPLY
        everyone = ["everyone", "roles"] if granted.mention_everyone else []
        roles = [] if everyone or channel.guild is None else channel.guild.mentionable_roles
        message.pings = compute_pings(
            text,
            {"parse": ["users", *everyone], "roles": roles, "replied_user": ping},
            default=(),
            replied_to=reply_to.author.id if reply_to is not None else None,
        )
        known = self.server.users
        message.mentions = [known[one] for one in sorted(message.pings.users) if one in known]
        channel.messages.append(message)
        self.server.gateway.message_event("MESSAGE_CREATE", message)
        return message

    async def reply_to(self, message: Message, content: str, *, ping: bool = True) -> Message:
        """Answer a message; the ping is on unless switched off, as in Discord's client."""
        return await self.say(message.channel, content, reply_to=message, ping=ping)

    def direct_channel(self) -> Channel:
        """Return the direct conversation with the bot."""
        return self.server.direct_channel(self.user)

    def upload(self, channel: ChannelState, upload: Upload) -> Attachment:
        """Put a file on Discord's file host."""
        if len(upload.data) > ATTACHMENT_SIZE_LIMIT:
            raise ScriptError(f"{upload.filename} is too large to be sent")
        return add_attachment(self.server, channel, upload)

    # Commands -----------------------------------------------------------------------------------

    async def slash(
        self,
        channel: ChannelState,
        command: str,
        options: dict[str, Any] | None = None,
        *,
        attachments: Sequence[Upload] = (),
        enforce_permissions: bool = True,
    ) -> Exchange:
        """Use a slash command, sub-commands separated by blanks: "article add".

        With `enforce_permissions=False` it is sent even if the command is hidden from the member,
        as after a server admin has opened it to everyone.
        """
        return self._command(
            COMMAND,
            channel,
            command,
            options or {},
            attachments=attachments,
            enforce_permissions=enforce_permissions,
        )

    async def autocomplete(
        self,
        channel: ChannelState,
        command: str,
        options: dict[str, Any],
        *,
        focused: str,
        enforce_permissions: bool = True,
    ) -> list[Json]:
        """Type into an option and return the choices that the bot offers."""
        exchange = self._command(
            AUTOCOMPLETE,
            channel,
            command,
            options,
            focused=focused,
            enforce_permissions=enforce_permissions,
        )
        return await exchange.choices()

    async def context_menu(
        self,
        channel: ChannelState,
        name: str,
        target: Message | MemberState,
        *,
        enforce_permissions: bool = True,
    ) -> Exchange:
        """Use a command from the menu of a message or a member."""
        kind = MESSAGE_MENU if isinstance(target, Message) else USER_MENU
        command = self._find_command(channel, name, kind, enforce_permissions)
        resolved: Json
        if isinstance(target, Message):
            resolved = {"messages": {str(target.id): message_payload(target)}}
        else:
            resolved = {
                "users": {str(target.id): user_payload(target.user)},
                "members": {str(target.id): member_payload(target, with_user=False)},
            }
        data = _command_data(command) | {"target_id": str(target.id), "resolved": resolved}
        return self.interact(COMMAND, channel, data, name=f"menu {name!r}")

    def _command(
        self,
        kind: int,
        channel: ChannelState,
        line: str,
        options: dict[str, Any],
        *,
        attachments: Sequence[Upload] = (),
        focused: str | None = None,
        enforce_permissions: bool,
    ) -> Exchange:
        name, *path = line.removeprefix("/").split()
        command = self._find_command(channel, name, CHAT_INPUT, enforce_permissions)
        writer = OptionWriter(lambda upload: self.upload(channel, upload))
        written = writer.write(command, path, options, attachments, focused)
        data = _command_data(command) | {"options": written}
        if writer.resolved:
            data["resolved"] = writer.resolved
        return self.interact(kind, channel, data, name=f"/{line.removeprefix('/')}")

    def _find_command(
        self, channel: ChannelState, name: str, kind: int, enforce_permissions: bool
    ) -> Json:
        guild_id = channel.guild.id if channel.guild is not None else None
        command = self.server.commands.find(guild_id, name, kind)
        if command is None:
            names = ", ".join(self.server.commands.names(guild_id)) or "none at all"
            raise ScriptError(f"the bot has registered no {name!r} here, but: {names}")
        if enforce_permissions and not self.sees(command, channel):
            raise ScriptError(f"{name!r} is hidden from {self.user.name} in #{channel.name}")
        return command

    def sees(self, command: Json, channel: ChannelState) -> bool:
        """Say whether Discord offers the command to the member there, by the command's defaults."""
        contexts = command.get("contexts")
        if contexts and (0 if channel.guild is not None else 1) not in contexts:
            return False
        if channel.guild is None:
            return bool(command.get("dm_permission", True))
        granted = self._permissions(channel)
        if not granted.use_application_commands:
            return False
        needed = command.get("default_member_permissions")
        if needed is None or granted.administrator:
            return True
        own = guild_permissions(self).value
        return int(needed) != 0 and own & int(needed) == int(needed)

    # Components ---------------------------------------------------------------------------------

    async def click(self, message: Message, button: str) -> Exchange:
        """Press a button, named by its custom_id or label."""
        found = self._component(message, button, (BUTTON,), ("custom_id", "label"))
        if found.get("style") == LINK_STYLE:
            raise ScriptError(f"{button!r} only opens {found['url']}")
        data = {"custom_id": found["custom_id"], "component_type": BUTTON, "id": found["id"]}
        name = f"button {found.get('label') or button!r}"
        return self.interact(COMPONENT, message.channel, data, name=name, source=message)

    async def choose(
        self, message: Message, select: str, *choices: str | Role | ChannelState
    ) -> Exchange:
        """Choose in a menu, named by custom_id or placeholder: value or label, role or channel."""
        found = self._component(message, select, SELECTS, ("custom_id", "placeholder"))
        data = {
            "custom_id": found["custom_id"],
            "component_type": found["type"],
            "id": found["id"],
            **chosen(found, choices),
        }
        name = f"select {select!r}"
        return self.interact(COMPONENT, message.channel, data, name=name, source=message)

    def _component(
        self, message: Message, wanted: str, kinds: tuple[int, ...], keys: tuple[str, ...]
    ) -> Json:
        if message.deleted:
            raise ScriptError("the message is gone")
        if message.audience not in (None, self.user):
            raise ScriptError(f"{self.user.name} does not see that message")
        offered = [one for one in message.all_components if one["type"] in kinds]
        for component in offered:
            if wanted in [component.get(key) for key in keys]:
                if component.get("disabled"):
                    raise ScriptError(f"{wanted!r} is disabled")
                return component
        names = [component.get("label") or component.get("custom_id") for component in offered]
        raise ScriptError(f"the message has no {wanted!r}, but: {names}")

    # The wire -----------------------------------------------------------------------------------

    def interact(
        self,
        kind: int,
        channel: ChannelState,
        data: Json,
        *,
        name: str,
        source: Message | None = None,
    ) -> Exchange:
        """Dispatch INTERACTION_CREATE; the other methods end here."""
        if not self._permissions(channel).view_channel:
            raise ScriptError(f"{self.user.name} does not see #{channel.name}")
        interaction = InteractionState(
            id=self.server.snowflakes(),
            token=secrets.token_urlsafe(48),
            type=kind,
            user=self.user,
            channel=channel,
            payload={},
            dispatched=self.server.clock(),
            source=source,
            name=name,
        )
        payload = interaction_payload(interaction, self.server.bot, data, self.locale)
        interaction.payload = payload
        self.server.interactions[interaction.id] = interaction
        self.server.dispatch_interaction(interaction)
        return Exchange(self, interaction)

    def _permissions(self, channel: ChannelState) -> Permissions:
        if channel.deleted or (channel.guild is not None and channel.guild is not self.guild):
            raise ScriptError(f"{self.user.name} cannot be in #{channel.name}")
        return permissions_in(self, channel)


def _command_data(command: Json) -> Json:
    data = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data
