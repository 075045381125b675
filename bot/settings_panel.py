"""The panel of `/settings`: menus, switches and a form; it works after a restart."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any, Self

import discord
from discord import ui

from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    require_manager,
    settings_for,
)
from bot.commands.failures import report
from bot.guild_rules import GuildRules
from bot.guild_settings import (
    LONGEST_EXCERPT,
    LONGEST_LOG,
    MOST_CHOSEN,
    MOST_IN_A_DAY,
    MOST_QUESTIONS,
    MOST_WATCHES,
    MOST_WATCHES_IN_ALL,
    SHORTEST_EXCERPT,
    GuildSettings,
)
from bot.language import say
from bot.settings_text import setting_name, setting_text
from bot.types import Language
from index.errors import SettingError

_MENUS = ("language", "channels", "ask_role", "add_roles", "administer_roles")
_SWITCHES = ("public", "threads", "direct_messages", "log_days")
_NUMBERS = {
    "questions_per_hour": (1, MOST_QUESTIONS),
    "questions_per_day": (1, MOST_IN_A_DAY),
    "excerpt_characters": (SHORTEST_EXCERPT, LONGEST_EXCERPT),
    "log_days": (0, LONGEST_LOG),
    "watches_per_person": (0, MOST_WATCHES),
    "watches_per_server": (0, MOST_WATCHES_IN_ALL),
}
# Discord takes five fields in a form.
_FORMS = {
    "numbers": ("questions_per_hour", "questions_per_day", "excerpt_characters", "log_days"),
    "watches": ("watches_per_person", "watches_per_server"),
}
_EMPTY = {  # what an empty field means
    "questions_per_day": None,
    "excerpt_characters": None,
    "log_days": 0,
}
_WHERE_PEOPLE_WRITE = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
]
_AUTOMATIC = "automatic"


async def show_settings(
    interaction: Interaction, settings: GuildSettings, changed: str | None = None
) -> None:
    """Put the panel in place of the deferred response, with a line about what has changed."""
    language = language_for(interaction)
    there = _still_there(settings, interaction.guild)
    lost = {name for name in _MENUS if getattr(there, name) != getattr(settings, name)}
    panel = _panel(language, there, changed, lost)
    await interaction.edit_original_response(view=panel)


def _still_there(settings: GuildSettings, guild: discord.Guild | None) -> GuildSettings:
    """Leave out channels and roles that were deleted: Discord takes no menu that names them."""
    if guild is None:
        return settings
    role = settings.ask_role
    return replace(
        settings,
        channels=frozenset(one for one in settings.channels if guild.get_channel(one)),
        ask_role=role if role is not None and guild.get_role(role) else None,
        add_roles=frozenset(one for one in settings.add_roles if guild.get_role(one)),
        administer_roles=frozenset(one for one in settings.administer_roles if guild.get_role(one)),
    )


def _panel(
    language: Language, settings: GuildSettings, changed: str | None, lost: Collection[str]
) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)

    def tell(text: str) -> None:
        view.add_item(ui.TextDisplay(text))

    tell(f"## {say(language, 'settings.head')}\n{say(language, 'settings.about')}")
    for name in _MENUS:
        hint = say(language, f"settings.{name}_hint")
        if name in lost:
            hint = f"{hint} **{say(language, 'settings.lost')}**"
        if name == "ask_role" and settings.closed:
            hint = f"{hint} **{say(language, 'settings.closed_hint')}**"
        if name == "channels" and settings.nowhere:
            hint = f"{hint} **{say(language, 'settings.nowhere_hint')}**"
        tell(f"**{setting_name(language, name)}**\n-# {hint}")
        view.add_item(ui.ActionRow(SettingMenu(name, _menu(name, language, settings))))
    numbers = [
        f"{setting_name(language, n)}: {setting_text(language, settings, n)}" for n in _NUMBERS
    ]
    tell("\n".join(numbers))
    row: ui.ActionRow[Any] = ui.ActionRow()
    for name in _SWITCHES:
        label = f"{setting_name(language, name)}: {setting_text(language, settings, name)}"
        row.add_item(SettingSwitch(name, label))
    view.add_item(row)
    forms: ui.ActionRow[Any] = ui.ActionRow()
    for form in _FORMS:
        forms.add_item(NumbersButton(form, say(language, f"settings.{form}")))
    view.add_item(forms)
    if changed:
        tell(changed)
    return view


def _menu(name: str, language: Language, settings: GuildSettings) -> ui.Item[Any]:
    """Build a menu that shows what is chosen."""
    custom_id, empty = f"settings:choose:{name}", say(language, f"settings.{name}_none")
    if name == "channels" and settings.nowhere:
        empty = say(language, "settings.nowhere")
    if name == "language":
        chosen = settings.language.value if settings.language else _AUTOMATIC
        options = [
            discord.SelectOption(
                label=say(language, f"settings.language_{value}"),
                value=value,
                default=value == chosen,
            )
            for value in (_AUTOMATIC, *(one.value for one in Language))
        ]
        return ui.Select(custom_id=custom_id, options=options)
    if name == "channels":
        return ui.ChannelSelect(
            custom_id=custom_id,
            channel_types=_WHERE_PEOPLE_WRITE,
            placeholder=empty,
            min_values=0,
            max_values=MOST_CHOSEN,
            default_values=[_channel(one) for one in sorted(settings.channels)],
        )
    roles = {settings.ask_role} - {None} if name == "ask_role" else getattr(settings, name)
    return ui.RoleSelect(
        custom_id=custom_id,
        placeholder=empty,
        min_values=0,
        max_values=1 if name == "ask_role" else MOST_CHOSEN,
        default_values=[_role(one) for one in sorted(roles)],
    )


def _channel(number: int) -> discord.SelectDefaultValue:
    return discord.SelectDefaultValue(id=number, type=discord.SelectDefaultValueType.channel)


def _role(number: int) -> discord.SelectDefaultValue:
    return discord.SelectDefaultValue(id=number, type=discord.SelectDefaultValueType.role)


async def _change(interaction: Interaction, **values: object) -> None:
    """Change settings for a deferred interaction, and show the panel as it is now."""
    rules: GuildRules = interaction.client.rules
    corpus = corpus_for(interaction)
    settings = await rules.change(corpus, str(interaction.user.id), **values)
    language = language_for(interaction)
    told = [
        say(
            language,
            "settings.changed",
            name=setting_name(language, name),
            value=setting_text(language, settings, name),
        )
        for name in values
    ]
    await show_settings(interaction, settings, "\n".join(told))


class SettingMenu(
    ui.DynamicItem[Any],
    template=r"settings:choose:(?P<name>language|channels|ask_role|add_roles|administer_roles)",
):
    """A menu of languages, channels or roles."""

    def __init__(self, name: str, menu: ui.Item[Any]) -> None:
        """Take the menu for a setting."""
        super().__init__(menu)
        self.name = name

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],
        match: re.Match[str],
    ) -> Self:
        """Rebuild the menu in which something was chosen."""
        return cls(match["name"], item)

    async def callback(self, interaction: Interaction) -> None:
        """Keep what was chosen, if the person still may."""
        try:
            require_manager(interaction)
            await interaction.response.defer()
            await _change(interaction, **{self.name: self._chosen()})
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await report(interaction, error)

    def _chosen(self) -> object:
        values = self.item.values
        if self.name == "language":
            return None if values[0] == _AUTOMATIC else Language(values[0])
        ids = frozenset(one.id for one in values)
        return next(iter(ids), None) if self.name == "ask_role" else ids


class SettingSwitch(
    ui.DynamicItem[ui.Button[Any]],
    template=r"settings:switch:(?P<name>public|threads|direct_messages|log_days)",
):
    """A button that turns something on or off, whichever it is not."""

    def __init__(self, name: str, label: str | None = None) -> None:
        """Build the button for a setting."""
        super().__init__(ui.Button(label=label, custom_id=f"settings:switch:{name}"))
        self.name = name

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],  # noqa: ARG003 - same
        match: re.Match[str],
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(match["name"])

    async def callback(self, interaction: Interaction) -> None:
        """Turn it, if the person still may."""
        try:
            require_manager(interaction)
            await interaction.response.defer()
            now = getattr(settings_for(interaction), self.name)
            turned: object = not now
            if self.name == "log_days":
                turned = 0 if now else LONGEST_LOG
            await _change(interaction, **{self.name: turned})
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await report(interaction, error)


class NumbersButton(ui.DynamicItem[ui.Button[Any]], template=r"settings:(?P<form>numbers|watches)"):
    """Opens a form for what is a number."""

    def __init__(self, form: str, label: str | None = None) -> None:
        """Build the button of a form."""
        button: ui.Button[Any] = ui.Button(
            label=label, custom_id=f"settings:{form}", style=discord.ButtonStyle.primary
        )
        super().__init__(button)
        self._form = form

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],  # noqa: ARG003 - same
        match: re.Match[str],
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(match["form"])

    async def callback(self, interaction: Interaction) -> None:
        """Open the form, if the person still may."""
        try:
            require_manager(interaction)
            form = NumbersForm(self._form, language_for(interaction), settings_for(interaction))
            await interaction.response.send_modal(form)
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await report(interaction, error)


class NumbersForm(ui.Modal):
    """Settings that are numbers, as they are now."""

    def __init__(self, form: str, language: Language, settings: GuildSettings) -> None:
        """Build a form in a person's language."""
        super().__init__(title=say(language, f"settings.{form}_head"))
        self._fields: dict[str, ui.TextInput[Self]] = {}
        for name in _FORMS[form]:
            least, most = _NUMBERS[name]
            value = getattr(settings, name)
            field: ui.TextInput[Self] = ui.TextInput(
                custom_id=name,
                required=name not in _EMPTY,
                max_length=len(str(most)),
                default=None if value is None else str(value),
            )
            hint = say(language, f"settings.{name}_hint", least=least, most=most)
            label = setting_name(language, name)
            self.add_item(ui.Label(text=label, description=hint, component=field))
            self._fields[name] = field

    async def on_submit(self, interaction: Interaction) -> None:
        """Keep what was typed; all of it or nothing."""
        require_manager(interaction)
        language, now = language_for(interaction), settings_for(interaction)
        typed = {name: _number(language, name, field.value) for name, field in self._fields.items()}
        changed = {name: value for name, value in typed.items() if value != getattr(now, name)}
        await interaction.response.defer()
        await _change(interaction, **changed)

    # discord.py calls a form's handler with two values, a view's with three.
    async def on_error(  # type: ignore[override]
        self, interaction: Interaction, error: Exception
    ) -> None:
        """Say what went wrong."""
        await report(interaction, error)


def _number(language: Language, name: str, typed: str) -> int | None:
    """Read a typed number; SettingError where it is none or out of its limits."""
    typed = typed.strip()
    if not typed and name in _EMPTY:
        return _EMPTY[name]
    least, most = _NUMBERS[name]
    number = int(typed) if typed.isascii() and typed.isdecimal() else -1
    if not least <= number <= most:
        shown = setting_name(language, name)
        raise SettingError("setting_number", name=shown, value=typed, least=least, most=most)
    return number


SETTING_ITEMS = (SettingMenu, SettingSwitch, NumbersButton)
