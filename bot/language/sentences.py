"""Sentences by their names, out of the two files beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from bot.types import Language


@cache
def _sentences(language: Language) -> dict[str, dict[str, str]]:
    source = resources.files("bot.language").joinpath(f"{language.value}.toml")
    sentences: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return sentences


def say(language: Language, key: str, **values: object) -> str:
    """Return the sentence under `section.name` with its values filled in; KeyError if missing."""
    section, _, name = key.partition(".")
    return _sentences(language)[section][name].format(**values)
