"""Every sentence that a person reads, in German and English, kept in two files beside this one."""

from __future__ import annotations

from datetime import datetime

from bot.language.days import moment_text
from bot.language.sentences import say
from bot.language.system import in_words
from bot.types import Language
from index.errors import BelegError

__all__ = ["language_of", "say", "say_error"]


def say_error(language: Language, error: BelegError) -> str:
    """Return the one helpful sentence for an error; a moment in it is written out."""
    details = {
        name: moment_text(language, value) if isinstance(value, datetime) else value
        for name, value in error.details.items()
    }
    return say(language, f"error.{error.code}", **in_words(language, details))


def language_of(locale: str | None) -> Language:
    """Choose by a locale such as "de", "de_AT.UTF-8" or "en-US"; German where it is not known."""
    if locale and not locale.lower().startswith("de") and locale.upper() not in {"C", "POSIX"}:
        return Language.ENGLISH
    return Language.GERMAN
