"""`/help`: the commands that the person who asks may use."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.commands.conversation import Interaction, language_for, person_of, settings_for
from bot.commands.names import named
from bot.guild_settings import GuildSettings
from bot.language import language_of, say
from bot.permissions import Person, may_add, may_administer, may_ask
from bot.types import Language

# Each by its words under `[command]`, and the key of what it does.
_FOR_ASKING = (("ask", "ask_about"), ("search", "search_about"), ("sources", "sources_about"))
_FOR_ADDING = (
    ("article add", "add_about"),
    ("article list", "list_about"),
    ("feed add", "feed_add_about"),
    ("gaps", "gaps_about"),
)
_FOR_ADMINISTERING = (
    ("article remove", "remove_about"),
    ("suggestions", "suggestions_about"),
    ("status", "status_about"),
    ("settings", "settings_about"),
    ("audit", "audit_about"),
)
_FOR_ALL = (("privacy", "privacy_about"), ("forget", "forget_about"))


def help_command() -> app_commands.Command[Any, ..., None]:
    """Build `/help`, for everybody."""

    @app_commands.command(name=named("help"), description=named("help_about"))
    async def help_(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        names = language_of(interaction.locale.value)
        text = help_text(
            language_for(interaction), settings_for(interaction), person_of(interaction), names
        )
        await interaction.edit_original_response(content=text)

    return app_commands.guild_only(app_commands.guild_install(help_))


def help_text(language: Language, settings: GuildSettings, person: Person, names: Language) -> str:
    """Return the message of `/help`; `names` is the language of the commands' names."""

    def lines(commands: tuple[tuple[str, str], ...]) -> list[str]:
        told = []
        for words, about in commands:
            name = " ".join(say(names, f"command.{word}") for word in words.split())
            told.append(f"- `/{name}` · {say(language, f'command.{about}')}")
        return told

    told = [say(language, "guide.about")]
    if may_ask(person, settings):
        told.append(say(language, "guide.asking"))
        if settings.channels:
            where = " ".join(f"<#{one}>" for one in sorted(settings.channels))
            told.append(say(language, "guide.where", channels=where))
        told += lines(_FOR_ASKING)
    else:
        told.append(say(language, "error.ask_role_missing", role=settings.ask_role))
    told += lines(_FOR_ALL)
    if may_add(person, settings):
        told += [f"**{say(language, 'guide.adding')}**", *lines(_FOR_ADDING)]
    if may_administer(person, settings):
        told += [f"**{say(language, 'guide.administering')}**", *lines(_FOR_ADMINISTERING)]
    return "\n".join(told)
