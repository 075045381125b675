"""What a site says about its reservations, as people read it."""

from __future__ import annotations

from contextlib import suppress

from bot.language import say
from bot.types import Language


def stated_text(line: str, host: str, language: Language) -> str:
    """Return one line of it: the site's own, or a sentence where it could not be asked."""
    with suppress(KeyError):
        return say(language, f"error.{line}", host=host)
    return line
