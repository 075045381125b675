"""The outlets of a server as a Discord message, a few on each page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.discord_time import time_tag
from bot.escape import escape
from bot.excerpt import cut
from bot.language import say
from bot.language.archive import count_text
from bot.language.days import day_text
from bot.outlets import Outlet
from bot.render import first_that_fits
from bot.types import Language

PAGE_SIZE = 6
# Characters before escaping of a name and of hosts; the last fits whatever they hold.
_ROOMS = ((60, 100), (40, 60), (20, 20))


def pages_of(outlets: Sequence[Outlet]) -> int:
    """Return how many pages there are; nothing has one."""
    return max(1, -(-len(outlets) // PAGE_SIZE))


def render_outlets(outlets: Sequence[Outlet], page: int, language: Language) -> str:
    """Return one page, counted from 0."""
    if not outlets:
        return say(language, "answer.archive_empty")
    head = say(
        language,
        "sources.head",
        articles=count_text(language, sum(outlet.articles for outlet in outlets)),
        outlets=len(outlets),
        page=page + 1,
        pages=pages_of(outlets),
    )
    shown = outlets[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return first_that_fits(
        [
            "\n".join([head, *(f"- {_line(outlet, language, room)}" for outlet in shown)])
            for room in _ROOMS
        ]
    )


def _line(outlet: Outlet, language: Language, room: tuple[int, int]) -> str:
    name = cut(outlet.name, room[0]) if outlet.name else say(language, "sources.unnamed")
    parts = [f"**{escape(name)}**", count_text(language, outlet.articles)]
    if outlet.newest is not None:
        parts.append(say(language, "sources.newest", day=day_text(language, outlet.newest)))
    parts.append(say(language, "sources.fetched", moment=time_tag(outlet.fetched)))
    if outlet.overridden:
        hosts = escape(cut(", ".join(outlet.overridden), room[1]))
        parts.append(say(language, "sources.overridden", hosts=hosts))
    return " · ".join(parts)
