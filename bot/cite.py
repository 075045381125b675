"""Number the articles that an answer quotes, and link to the very words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent_encode

from bot.types import Quote
from index.types import Headline, Span, StoredArticle

# Up to here a quotation is named whole in the link; beyond, by its first and last words. A short
# phrase survives small differences between the page and the stored text better than a long one.
_WHOLE_UP_TO = 60
_WORDS_AT_ENDS = 4
_MOST_OUTLETS = 3
# From the first letter or digit to the last; looking for the marks at the end would take a run of
# emojis hours.
_BARE = re.compile(r"\w(?:.*\w)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Citation:
    """One article under one number, with the quotations that come from it."""

    number: int
    stored: StoredArticle
    quotes: tuple[Quote, ...]

    def __post_init__(self) -> None:
        """Refuse a citation of nothing, and quotations of another article."""
        if self.number < 1 or not self.quotes:
            raise ValueError("a citation has a number from 1 and a quote")
        if any(quote.stored.id != self.stored.id for quote in self.quotes):
            raise ValueError("a citation names one article")


def cite(quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    """Return one citation per article, numbered in the order of first appearance."""
    by_article: dict[int, list[Quote]] = {}
    for quote in quotes:
        by_article.setdefault(quote.stored.id, []).append(quote)
    return tuple(
        Citation(number, group[0].stored, tuple(group))
        for number, group in enumerate(by_article.values(), start=1)
    )


def other_outlets(outlet: str | None, copies: Sequence[Headline]) -> tuple[str, ...]:
    """Return who else printed a text: some outlets, each once, without the one that is cited."""
    names = dict.fromkeys(copy.outlet for copy in copies if copy.outlet and copy.outlet != outlet)
    return tuple(names)[:_MOST_OUTLETS]


def independent(citations: Sequence[Citation]) -> int:
    """Return how many witnesses there are among articles that tell different texts.

    Two articles of one outlet count once.
    """
    return len({citation.stored.article.outlet or citation.number for citation in citations})


def scroll_link(url: str, spans: Sequence[Span]) -> str:
    """Return the address with a text fragment, by which a browser scrolls to the words.

    With several spans the browser marks them all and scrolls to the first.
    """
    address, _, fragment = url.partition("#")
    fragment = fragment.partition(":~:")[0]
    directives = "&".join(f"text={_directive(span.text)}" for span in spans)
    return f"{address}#{fragment}:~:{directives}"


def _directive(text: str) -> str:
    """Name a stretch of text: whole if short and on one line, else `first words,last words`."""
    lines = [line.split() for line in text.splitlines() if _BARE.search(line)] or [text.split()]
    first, last = lines[0], lines[-1]
    if len(lines) == 1 and (len(text) <= _WHOLE_UP_TO or len(first) <= 2 * _WORDS_AT_ENDS):
        return _encode(" ".join(first))
    return (
        f"{_encode(' '.join(first[:_WORDS_AT_ENDS]))},{_encode(' '.join(last[-_WORDS_AT_ENDS:]))}"
    )


def _encode(text: str) -> str:
    """Encode for a text fragment, in which "-", "," and "&" have a meaning of their own.

    Marks at the ends are left out: pages and stored text may differ in them.
    """
    bare = _BARE.search(text)
    return percent_encode(bare[0] if bare else text, safe="").replace("-", "%2D")
