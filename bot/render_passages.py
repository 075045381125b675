"""Passages as a Discord message, a few on each page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.escape import escape
from bot.excerpt import ELLIPSIS, cut, shorten
from bot.language import say
from bot.language.periods import filter_text
from bot.passages import Match
from bot.quotation_marks import marks_around
from bot.render import article_line, first_that_fits
from bot.types import Language, Quote
from index.filter import Filter

PAGE_SIZE = 4
_LINE_BREAK = re.compile(r"\r\n?|\n")
# Characters before escaping of a passage, a title and an address; the last fits whatever they hold.
_ROOMS = ((400, 100, 300), (300, 100, 300), (300, 80, 200), (200, 80, 150), (90, 60, 0))


def pages_of(matches: Sequence[Match]) -> int:
    """Return how many pages there are; nothing has one."""
    return max(1, -(-len(matches) // PAGE_SIZE))


def render_matches(
    text: str,
    matches: Sequence[Match],
    page: int,
    language: Language,
    *,
    only: Filter | None = None,
    today: date | None = None,
) -> str:
    """Return one page, counted from 0, of what fits some words, and what that was limited to."""
    head = say(language, "search.head", text=escape(cut(text, 100)))
    if only is not None:
        head += f"\n-# {escape(cut(filter_text(language, only, today), 200))}"
    if not matches:
        return f"{head}\n{say(language, 'search.nothing')}"
    first = page * PAGE_SIZE
    shown = matches[first : first + PAGE_SIZE]
    return first_that_fits(
        [
            "\n".join(
                [
                    head,
                    *(
                        _match(first + i, match, language, room)
                        for i, match in enumerate(shown, start=1)
                    ),
                ]
            )
            for room in _ROOMS
        ]
    )


def _match(number: int, match: Match, language: Language, room: tuple[int, int, int]) -> str:
    length, title, address = room
    line = article_line(match.stored, language, title=title, outlet=40, address=address)
    lines = [f"**{number}** · {line}"]
    if match.quote is not None:
        lines.append(_quoted(match.quote, language, length))
    return "\n".join(lines)


def _quoted(quote: Quote, language: Language, length: int) -> str:
    whole = quote.span if len(quote.text) <= length else quote.sentence
    span = shorten(whole, None, length)
    opening, closing = marks_around(span.text, say(language, "answer.quotation_marks").split())
    after = f" {ELLIPSIS}" if span.end < whole.end else ""
    text = f"{opening}{escape(span.text)}{closing}{after}"
    return "\n".join(f"> {line}" for line in _LINE_BREAK.split(text))
