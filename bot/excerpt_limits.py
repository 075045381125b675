"""How much of an article an answer may show: the operator's limits, and those of its site.

No sentence is cut in two for it. What is too long goes without its context, and else an answer has
the title and the link alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from bot.types import Quote
from index.types import StoredArticle


@dataclass(frozen=True, slots=True)
class ExcerptLimits:
    """The operator's limits for one answer; 0 means title and link alone.

    As long as the quotations that Beleg makes: 60 words with their context are some 450 characters.
    """

    quotation: int = 600  # characters
    quotations: int = 3
    article: int = 900  # characters, of all quotations from it

    def __post_init__(self) -> None:
        """Refuse limits below nothing."""
        if any(getattr(self, field.name) < 0 for field in fields(self)):
            raise ValueError("a limit cannot be negative")

    def narrowed(self, quotation: int | None) -> ExcerptLimits:
        """Return the limits where a quotation may have no more than so many characters."""
        if quotation is None:
            return self
        return replace(self, quotation=min(self.quotation, quotation))


def within(
    quotes: Sequence[Quote], limits: ExcerptLimits, stated: Mapping[int, int]
) -> tuple[list[Quote], list[StoredArticle]]:
    """Return what may be shown of quotations, and the articles of which nothing may be.

    `stated` holds the characters that sites let be shown of an article, by its id.
    """
    shown: list[Quote] = []
    left: dict[int, int] = {}  # characters
    for quote in quotes:
        number = quote.stored.id
        room = left.setdefault(number, min(limits.article, stated.get(number, limits.article)))
        most = min(limits.quotation, room) if len(shown) < limits.quotations else 0
        fitting = next((part for part in _parts(quote) if len(part.text) <= most), None)
        if fitting is not None:
            shown.append(fitting)
            left[number] -= len(fitting.text)
    quoted = {quote.stored.id for quote in shown}
    named = {quote.stored.id: quote.stored for quote in quotes if quote.stored.id not in quoted}
    return shown, list(named.values())


def _parts(quote: Quote) -> Iterator[Quote]:
    """Yield a quotation, then the sentence alone that answers best."""
    yield quote
    sentence, mark = quote.sentence, quote.highlight
    if mark is not None and not (sentence.start <= mark.start and mark.end <= sentence.end):
        mark = None
    yield Quote(quote.stored, sentence, quote.confidence, mark, (sentence,))
