"""What people do and what they see, written down as it happens, for a person to read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.discord_server import Channel, Exchange, Member, Message, Modal, Upload
from tests.discord_server.model import ChannelState, Role

TEXT, BUTTON, MENUS, ROW, LINK = 10, 2, {3, 5, 6, 7, 8}, 1, 5
Values = dict[str, Any]
_TIME = re.compile(r"<t:(\d+):\w>")
LONGEST = 200
PATIENCE = ("Einen Moment", "One moment", "Artikel bearbeitet", "Ich hole jetzt")


def finished(message: Message) -> bool:
    """Say whether a message is no word of patience."""
    return not any(words in message.content for words in PATIENCE)


class Transcript:
    """Acts for people and writes down what they did and what came of it."""

    def __init__(self) -> None:
        self.lines: list[str] = ["# Ein Abend mit Beleg", ""]
        self.pictures: dict[str, Message] = {}

    @property
    def text(self) -> str:
        """All of it, as Markdown."""
        return "\n".join(self.lines) + "\n"

    def act(self, title: str) -> None:
        """Begin a chapter."""
        self.lines += [f"## {title}", ""]

    def note(self, text: str) -> None:
        """Tell what happens besides."""
        self.lines += [f"*{text}*", ""]

    async def slash(
        self,
        who: Member,
        channel: ChannelState,
        command: str,
        *,
        anyway: bool = False,
        says: str = "",
        options: Values | None = None,
        **more: object,
    ) -> Message:
        """Use a command and return the answer; `anyway` if Discord would hide it."""
        given = (options or {}) | more
        self._did(who, channel, f"/{command}", given)
        exchange = await who.slash(channel, command, given, enforce_permissions=not anyway)
        return await self._answer(exchange, says)

    async def form(
        self, who: Member, channel: ChannelState, command: str, values: Values
    ) -> Message:
        """Use a command that opens a form, and fill it in."""
        self._did(who, channel, f"/{command}", {})
        exchange = await who.slash(channel, command)
        return await self.fill_in(await exchange.modal(), values)

    async def fill_in(self, modal: Modal, values: Values, says: str = "") -> Message:
        """Fill in a form and send it."""
        shown = "; ".join(f"{key}: {value}" for key, value in values.items())
        self.lines += [f"Formular „{modal.title}“: {shown}", ""]
        return await self._answer(await modal.submit(values), says)

    async def typing(
        self, who: Member, channel: ChannelState, command: str, focused: str, **options: object
    ) -> list[str]:
        """Type into an option and return what is offered."""
        self._did(who, channel, f"/{command}", options, f", tippt in {focused}")
        choices = await who.autocomplete(channel, command, options, focused=focused)
        names = [str(choice["name"]) for choice in choices]
        self.lines += ["Angeboten: " + (" | ".join(names) or "nichts"), ""]
        return names

    async def menu(
        self, who: Member, name: str, message: Message, *, anyway: bool = False
    ) -> Message:
        """Use the menu of a message."""
        self._did(who, message.channel, f"Apps → {name}", {})
        exchange = await who.context_menu(
            message.channel, name, message, enforce_permissions=not anyway
        )
        return await self._answer(exchange, "")

    async def click(self, who: Member, message: Message, button: str, says: str = "") -> Message:
        """Press a button and return what comes of it."""
        self._did(who, message.channel, f"drückt [{_label(message, button)}]", {})
        return await self._answer(await who.click(message, button), says)

    async def share(self, who: Member, message: Message, button: str) -> Message:
        """Press the button that shows an answer to all, and return what all see."""
        self._did(who, message.channel, f"drückt [{_label(message, button)}]", {})
        exchange = await who.click(message, button)
        shown = await exchange.final_message(within=15, matching=lambda one: not one.ephemeral)
        self._shown(shown)
        return shown

    async def opening(self, who: Member, message: Message, button: str) -> Modal:
        """Press a button that opens a form."""
        self._did(who, message.channel, f"drückt [{_label(message, button)}]", {})
        return await (await who.click(message, button)).modal()

    async def choose(
        self,
        who: Member,
        message: Message,
        select: str,
        *choices: str | Role | ChannelState,
        says: str = "",
    ) -> Message:
        """Choose in a menu and return what comes of it."""
        names = ", ".join(one if isinstance(one, str) else one.name for one in choices)
        self._did(who, message.channel, f"wählt [{select}]: {names or 'nichts'}", {})
        return await self._answer(await who.choose(message, select, *choices), says)

    async def say(
        self, who: Member, channel: Channel, text: str, *files: Upload, heard: bool = True
    ) -> Message:
        """Write a message and return the bot's, or one's own where the bot was not meant."""
        self.lines += [f"**{who.user.name}** in #{channel.name}: {text}", ""]
        said = await who.say(channel, text, attachments=files)
        return await self.hear(channel, said) if heard else said

    async def reply(self, who: Member, channel: Channel, message: Message, text: str) -> Message:
        """Reply to a message of the bot and return what it says to it."""
        self.lines += [f"**{who.user.name}** antwortet in #{channel.name}: {text}", ""]
        return await self.hear(channel, await who.reply_to(message, text))

    async def hear(self, channel: Channel, after: Message | None = None) -> Message:
        """Wait for the bot to say something in a channel, and write it down."""
        message = await channel.next_message(after=after, within=15)
        self._shown(message)
        return message

    async def _answer(self, exchange: Exchange, says: str) -> Message:
        def wanted(message: Message) -> bool:
            return finished(message) and says in message.text

        accepts: Callable[[Message], bool] = wanted
        message = await exchange.final_message(within=15, matching=accepts)
        self._shown(message)
        return message

    def _shown(self, message: Message) -> None:
        people = message.channel.guild.members.values() if message.channel.guild else ()
        names = {one.mention: f"@{one.user.name}" for one in people}
        for line in _lines(message):
            for mention, name in names.items():
                line = line.replace(mention, name)  # noqa: PLW2901 - what stands there in the end
            self.lines.append(_TIME.sub(_moment, line))
        self.lines.append("")

    def _did(
        self, who: Member, channel: ChannelState, what: str, options: Values, more: str = ""
    ) -> None:
        given = "".join(f" `{key}: {_value(value)}`" for key, value in options.items())
        self.lines += [f"**{who.user.name}** in #{channel.name}: {what}{given}{more}", ""]


def _moment(found: re.Match[str]) -> str:
    return f"{datetime.fromtimestamp(int(found[1]), UTC):%d.%m.%Y, %H:%M}"


def _value(value: object) -> str:
    text = value.filename if isinstance(value, Upload) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _label(message: Message, button: str) -> str:
    for one in message.buttons:
        if button in (one.get("custom_id"), one.get("label")):
            return str(one.get("label") or button)
    return button


def _lines(message: Message) -> list[str]:
    name = f"**Beleg**{' (nur für dich)' if message.ephemeral else ''}:"
    lines = message.content.splitlines()
    for component in message.all_components:
        if component["type"] == TEXT:
            lines += component["content"].splitlines()
        elif component["type"] in MENUS:
            lines += ["", f"`▾ {_menu(component)}`"]
        elif component["type"] == ROW and any(
            one["type"] == BUTTON for one in component["components"]
        ):
            buttons = (one for one in component["components"] if one["type"] == BUTTON)
            lines += ["", " ".join(f"`[{one.get('label')}]`" for one in buttons)]
    lines += [f"(Datei {one.filename}: {one.description})" for one in message.attachments]
    return [f"> {line}".rstrip() for line in [name, *lines]]


def _menu(component: Values) -> str:
    preset = [one["label"] for one in component.get("options", []) if one.get("default")]
    chosen = len(component.get("default_values") or [])
    return preset[0] if preset else f"{chosen} gewählt" if chosen else component["placeholder"]
