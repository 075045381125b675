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
    """Return the sentence under `section.name` with its values filled in; KeyError if missing.

    Where its `count`, else its `limit`, is 1, it is the sentence under `section.name_one` if there
    is one: with no other number do the two languages say it otherwise.
    """
    section, _, name = key.partition(".")
    sentences = _sentences(language)[section]
    sentence = sentences[name]
    if str(values.get("count", values.get("limit"))) == "1":
        sentence = sentences.get(f"{name}_one", sentence)
    return sentence.format(**values)
