"""Names and descriptions of the commands, in English and, for German members, in German."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.language import say
from bot.types import Language


def named(key: str) -> app_commands.locale_str:
    """Return the English word or sentence under `command.key`, with the way to the German one."""
    return translated(f"command.{key}")


def translated(key: str) -> app_commands.locale_str:
    """Return the English text under a key, with the way to the German one."""
    return app_commands.locale_str(say(Language.ENGLISH, key), key=key)


class Translator(app_commands.Translator):
    """Hands discord.py the German names; every other language sees the English ones."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - discord.py passes it
    ) -> str | None:
        """Return the German text for a German locale."""
        if locale is not discord.Locale.german:
            return None
        return say(Language.GERMAN, string.extras["key"])
