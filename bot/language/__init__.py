"""Every sentence that a person reads, in German and English, kept in two files beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from bot.types import Language
from index.errors import BelegError


@cache
def _sentences(language: Language) -> dict[str, dict[str, str]]:
    source = resources.files("bot.language").joinpath(f"{language.value}.toml")
    sentences: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return sentences


def say(language: Language, key: str, **values: object) -> str:
    """Return the sentence under `section.name` with its values filled in; KeyError if missing."""
    section, _, name = key.partition(".")
    return _sentences(language)[section][name].format(**values)


def say_error(language: Language, error: BelegError) -> str:
    """Return the one helpful sentence for an error."""
    return say(language, f"error.{error.code}", **error.details)


def language_of(locale: str | None) -> Language:
    """Choose by a locale such as "de", "de_AT.UTF-8" or "en-US"; German where it is not known."""
    if locale and not locale.lower().startswith("de") and locale.upper() not in {"C", "POSIX"}:
        return Language.ENGLISH
    return Language.GERMAN
