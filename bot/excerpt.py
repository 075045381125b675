"""Make words fit: a quotation by moving its ends, anything else by cutting after a word."""

from __future__ import annotations

import re

from index.clean import clean_text
from index.types import Span

ELLIPSIS = "…"
# Accents that pile up over the lines above and below; no language needs more than three.
_COMBINING = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILED_UP = re.compile(f"([{_COMBINING}]{{3}})[{_COMBINING}]+")


def shorten(span: Span, keep: Span | None, limit: int) -> Span:
    """Return a span of at most `limit` characters inside `span`, around `keep` where given.

    The ends are moved to words, unless one word alone is longer than the limit.
    """
    if span.end - span.start <= limit:
        return span
    text = span.article.text
    start, end = span.start, span.start + limit
    if keep is not None and keep.end > end:
        room = max(0, limit - (keep.end - keep.start))
        start = min(max(span.start, keep.start - room // 2), span.end - limit)
        end = start + limit
    if start > span.start:
        latest = keep.start if keep is not None else end
        start = _word_start(text, start, min(latest, end))
    if end < span.end:
        end = _word_end(text, min(keep.end, end) if keep is not None else start + 1, end)
    return Span(span.article, start, end)


def cut(text: str, limit: int) -> str:
    """Return text on one line of at most `limit` units, with "…" where something is missing.

    For titles and names; a quotation is shortened by its span. What nobody sees is left out:
    no name turns the rest of its line round.
    """
    line = " ".join(_PILED_UP.sub(r"\1", clean_text(text)).split())
    if units(line) <= limit:
        return line
    end = min(len(line), limit - 2)
    while units(line[:end]) > limit - 2:
        end -= 1
    return f"{line[: _word_end(line, 1, end)]} {ELLIPSIS}"


def units(text: str) -> int:
    """Return the length as the strictest of Discord's counters sees it: in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _word_start(text: str, start: int, latest: int) -> int:
    """Return the first word start from `start` on, or `start` where none comes before `latest`."""
    for position in range(start, latest + 1):
        if text[position - 1].isspace() and not text[position].isspace():
            return position
    return start


def _word_end(text: str, earliest: int, end: int) -> int:
    """Return the last word end up to `end`, or `end` where none comes from `earliest` on."""
    for position in range(end, earliest - 1, -1):
        if text[position : position + 1].isspace() and not text[position - 1].isspace():
            return position
    return end
