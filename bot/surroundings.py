"""The sentences around a quotation, as many as may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.excerpt_limits import ExcerptLimits
from bot.types import Quote
from index.split import split_sentences
from index.types import Span

_MOST_EACH_SIDE = 3  # sentences


def surroundings(
    quotes: Sequence[Quote], limits: ExcerptLimits, stated: Mapping[int, int]
) -> list[Quote]:
    """Return the same quotations with the sentences around them, within all limits.

    `stated` holds the characters that sites let be shown of an article, by its id. What is shown
    comes in place of the quotations, not beside them. None grows into another.
    """
    grown: list[Quote] = []
    for i, quote in enumerate(quotes):
        number = quote.stored.id
        others = [*grown, *quotes[i + 1 :]]
        same = [other.span for other in others if other.stored.id == number]
        room = min(limits.article, stated.get(number, limits.article))
        most = min(limits.quotation, room - sum(len(span.text) for span in same))
        grown.append(replace(quote, span=_grown(quote, same, most), answering=_answering(quote)))
    return grown


def _answering(quote: Quote) -> tuple[Span, ...]:
    return quote.answering or (quote.span,)


def _grown(quote: Quote, taken: Sequence[Span], most: int) -> Span:
    span = quote.span
    sentences = split_sentences(span.article.text)
    before = [one for one in sentences if one[1] <= span.start][-_MOST_EACH_SIDE:]
    after = [one for one in sentences if one[0] >= span.end][:_MOST_EACH_SIDE]
    grows = True
    while grows:
        grows = False
        # First what leads up to the quotation, then what follows from it, in turn.
        for side, at in ((before, -1), (after, 0)):
            if not side:
                continue
            start, end = min(span.start, side[at][0]), max(span.end, side[at][1])
            free = all(end <= other.start or other.end <= start for other in taken)
            if end - start <= most and free:
                span = Span(span.article, start, end)
                side.pop(at)
                grows = True
            else:
                side.clear()
    return span
