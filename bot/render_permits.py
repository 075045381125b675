"""Whose reservations a server has set aside, as Discord messages."""

from __future__ import annotations

from collections.abc import Sequence

from bot.discord_time import time_tag
from bot.escape import escape
from bot.excerpt import cut
from bot.language import say
from bot.render import first_that_fits
from bot.stated_text import stated_text
from bot.types import Language
from index.override_table import Override

PAGE_SIZE = 4
# Characters before escaping of host, person and reason, and lines of what the site said.
_ROOMS = ((100, 300, 4), (100, 200, 2), (60, 100, 1), (40, 60, 0))
_LINE = 100


def pages_of(overrides: Sequence[Override]) -> int:
    """Return how many pages there are; nothing has one."""
    return max(1, -(-len(overrides) // PAGE_SIZE))


def render_permits(overrides: Sequence[Override], page: int, language: Language) -> str:
    """Return one page, counted from 0."""
    if not overrides:
        return say(language, "permit.none")
    head = say(language, "permit.head", page=page + 1, pages=pages_of(overrides))
    shown = overrides[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return first_that_fits(
        [
            "\n".join(
                [f"**{head}**", *(line for one in shown for line in _lines(one, room, language))]
            )
            for room in _ROOMS
        ]
    )


def render_permitted(override: Override, language: Language) -> str:
    """Return the confirmation, with what the site says."""
    host = escape(cut(override.host, _LINE))
    stated = override.stated.splitlines()
    key = "permit.entered" if stated else "permit.entered_unstated"
    lines = [_stated(line, override.host, language) for line in stated[:6] if line.strip()]
    return "\n".join([say(language, key, host=host), *lines])


def _lines(override: Override, room: tuple[int, int, int], language: Language) -> list[str]:
    name, reason, stated = room
    # A member's number on Discord, or a name on the machine that Beleg runs on.
    is_number = override.by.isascii() and override.by.isdecimal()
    by = f"<@{override.by}>" if is_number else escape(cut(override.by, name))
    parts = [
        f"**{escape(cut(override.host, name))}**",
        time_tag(override.at),
        by,
        escape(cut(override.reason, reason)),
    ]
    said = [line for line in override.stated.splitlines() if line.strip()]
    lines = [_stated(line, override.host, language) for line in said[:stated]]
    return [f"- {' · '.join(parts)}", *lines]


def _stated(line: str, host: str, language: Language) -> str:
    return f"-# {escape(cut(stated_text(line, host, language), _LINE))}"
