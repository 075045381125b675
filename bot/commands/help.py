"""`/help`: the commands that the person who asks may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from discord import AppCommandType, Locale, app_commands, ui

from bot.commands.conversation import Interaction, language_for, person_of, settings_for
from bot.commands.names import named
from bot.guild_settings import GuildSettings
from bot.language import language_of, say, say_error
from bot.permissions import Person, may_add, may_administer, may_ask, why_not_ask, why_not_here
from bot.types import Language

# What those may use who add articles, of the commands that Discord shows to administrators alone.
_ADDING = ("Add article", "article", "feed", "gaps")
_ADMINISTERING = ("article remove", "feed pause", "feed remove", "feed resume")
_FOR_ALL = ("forget-me", "help", "privacy")
_GROUP = 1  # Discord's number for an option that is a command itself


class _Who(Enum):
    ALL = "all"
    ASKING = "asking"
    ADDING = "adding"
    ADMINISTERING = "administering"


@dataclass(frozen=True, slots=True)
class Listed:
    """One command as `/help` shows it: its name and what it does, in each language."""

    who: _Who
    names: Mapping[Language, str]
    about: Mapping[Language, str]
    in_menu: bool = False


def help_command() -> app_commands.Command[Any, ..., None]:
    """Build `/help`, for everybody."""

    @app_commands.command(name=named("help"), description=named("help_about"))
    async def help_(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        text = help_text(
            language_for(interaction),
            settings_for(interaction),
            person_of(interaction),
            language_of(interaction.locale.value),
            await listed_commands(interaction.client.tree),
        )
        view = ui.LayoutView(timeout=None)
        view.add_item(ui.TextDisplay(text))  # has room for twice as much as a plain message
        await interaction.edit_original_response(view=view)

    return app_commands.guild_only(app_commands.guild_install(help_))


def help_text(
    language: Language,
    settings: GuildSettings,
    person: Person,
    names: Language,
    commands: Sequence[Listed],
) -> str:
    """Return the message of `/help`; `names` is the language of the commands' names."""

    def lines(who: _Who) -> list[str]:
        return [_line(one, language, names) for one in commands if one.who is who]

    told = [say(language, "guide.about")]
    if may_ask(person, settings):
        told.append(say(language, "guide.asking"))
        if settings.nowhere:
            told.append(say_error(language, why_not_here(settings)))
        elif settings.channels:
            where = " ".join(f"<#{one}>" for one in sorted(settings.channels))
            told.append(say(language, "guide.where", channels=where))
        told += lines(_Who.ASKING)
    else:
        told.append(say_error(language, why_not_ask(settings)))
    told += lines(_Who.ALL)
    if may_add(person, settings):
        told += [f"**{say(language, 'guide.adding')}**", *lines(_Who.ADDING)]
    if may_administer(person, settings):
        told += [f"**{say(language, 'guide.administering')}**", *lines(_Who.ADMINISTERING)]
    return "\n".join(told)


async def listed_commands(tree: app_commands.CommandTree[Any]) -> list[Listed]:
    """Return all commands of the bot, those within groups one by one, menus of messages last."""
    translator = tree.translator
    if translator is None:
        return []
    chats = tree.get_commands(type=AppCommandType.chat_input)
    menus = tree.get_commands(type=AppCommandType.message)
    payloads = [await one.get_translated_payload(tree, translator) for one in (*chats, *menus)]
    return [listed for payload in payloads for listed in _listed(payload)]


def _listed(payload: Mapping[str, Any]) -> Iterator[Listed]:
    name, in_menu = payload["name"], payload["type"] == AppCommandType.message.value
    open_to_all = payload.get("default_member_permissions") is None
    parts = [one for one in payload.get("options", ()) if one["type"] == _GROUP]
    for part in parts or [None]:
        path = name if part is None else f"{name} {part['name']}"
        texts = [payload] if part is None else [payload, part]
        yield Listed(
            _who(name, path, open_to_all=open_to_all),
            {language: _words(texts, "name", language) for language in Language},
            {language: _words(texts[-1:], "description", language) for language in Language},
            in_menu,
        )


def _who(name: str, path: str, *, open_to_all: bool) -> _Who:
    if name in _FOR_ALL:
        return _Who.ALL
    if open_to_all:
        return _Who.ASKING
    adding = name in _ADDING and path not in _ADMINISTERING
    return _Who.ADDING if adding else _Who.ADMINISTERING


def _words(parts: Sequence[Mapping[str, Any]], key: str, language: Language) -> str:
    german = language is Language.GERMAN
    words = [
        (german and part.get(f"{key}_localizations", {}).get(Locale.german.value))
        or part.get(key, "")
        for part in parts
    ]
    return " ".join(words)


def _line(command: Listed, language: Language, names: Language) -> str:
    name = command.names[names]
    if command.in_menu:
        return f"- {say(language, 'guide.menu', name=name)}"
    return f"- `/{name}` · {command.about[language]}"
