"""What a check has found: one line, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.language import say
from bot.language.system import in_words
from bot.types import Language


class Level(StrEnum):
    """How good it is."""

    OK = "ok"
    UNCHECKED = "unchecked"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check; its sentence stands under [doctor] by its key."""

    check: str
    level: Level
    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: Language) -> str:
        """Return what was found and what to do."""
        return say(language, f"doctor.{self.key}", **in_words(language, self.values))


def ok(check: str, key: str, **values: object) -> Finding:
    """Say that all is well."""
    return Finding(check, Level.OK, key, values)


def unchecked(check: str, key: str, **values: object) -> Finding:
    """Say that it could not be looked at."""
    return Finding(check, Level.UNCHECKED, key, values)


def warning(check: str, key: str, **values: object) -> Finding:
    """Say that it works, but not for ever or not for everybody."""
    return Finding(check, Level.WARNING, key, values)


def broken(check: str, key: str, **values: object) -> Finding:
    """Say that it does not work."""
    return Finding(check, Level.BROKEN, key, values)
