"""Where a claim stands, written down without a word of it, and the claim read again from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.news.claim import Claim, Days, Figure, Hedge
from bot.types import Quote
from index.corpus import Corpus
from index.errors import NotFoundError
from index.types import Span, StoredArticle
from index.watch_table import Place


def place_of(claim: Claim) -> Place:
    """Return where a claim stands; `claims_at` makes the same claim of it."""
    return {
        "article": claim.stored.id,
        "quote": _ends(claim.quote.span),
        "sentence": _ends(claim.quote.sentence),
        "value": _ends(claim.value),
        "hedge": _ends(claim.hedge),
        "claimant": _ends(claim.claimant),
        "figure": _figure_parts(claim),
        "days": _day_parts(claim.days),
        "speaks_of": _day_parts(claim.speaks_of),
    }


def claims_at(corpus: Corpus, places: Iterable[Place]) -> list[Claim]:
    """Return the claims that stand there, without those whose article was removed."""
    found = (_claim(corpus, place) for place in places)
    return [claim for claim in found if claim is not None]


def _claim(corpus: Corpus, place: Place) -> Claim | None:
    try:
        versions = corpus.versions(_number(place["article"]))
        stored = next(one for one in versions if one.id == place["article"])
        return _read(stored, place)
    except (NotFoundError, StopIteration, ValueError, TypeError, KeyError, InvalidOperation):
        return None  # removed, or its text is another one than it was


def _read(stored: StoredArticle, place: Place) -> Claim:
    whole, sentence, value = (
        _required(stored, place[name]) for name in ("quote", "sentence", "value")
    )
    quote = Quote(stored, whole, 1.0, value, (sentence,))
    return Claim(
        quote,
        value,
        figure=_figure(stored, place["figure"]),
        days=_days(place["days"]),
        hedge=_span(stored, place["hedge"]),
        claimant=_span(stored, place["claimant"]),
        speaks_of=_days(place["speaks_of"]),
    )


def _figure_parts(claim: Claim) -> Mapping[str, object] | None:
    figure = claim.figure
    if figure is None:
        return None
    text, counted = claim.stored.article.text, figure.counted
    start = -1 if counted is None else text.find(counted, claim.quote.span.start)
    return {
        "least": str(figure.least),
        "most": str(figure.most),
        "unit": figure.unit,
        "hedge": figure.hedge.value if figure.hedge else None,
        "counted": None if counted is None or start < 0 else [start, start + len(counted)],
    }


def _figure(stored: StoredArticle, parts: object) -> Figure | None:
    if not isinstance(parts, Mapping):
        return None
    counted = _span(stored, parts["counted"])
    return Figure(
        Decimal(parts["least"]),
        Decimal(parts["most"]),
        unit=parts["unit"],
        counted=None if counted is None else counted.text,
        hedge=None if parts["hedge"] is None else Hedge(parts["hedge"]),
    )


def _day_parts(days: Days | None) -> list[str | None] | None:
    if days is None:
        return None
    return [day.isoformat() if day else None for day in (days.first, days.last)]


def _days(parts: object) -> Days | None:
    if not isinstance(parts, list):
        return None
    first, last = (None if one is None else date.fromisoformat(one) for one in parts)
    return Days(first, last)


def _ends(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(stored: StoredArticle, ends: object) -> Span | None:
    return None if ends is None else _required(stored, ends)


def _required(stored: StoredArticle, ends: object) -> Span:
    if not isinstance(ends, list):
        raise TypeError("a place has a beginning and an end")
    start, end = map(_number, ends)
    return Span(stored.article, start, end)


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("a place is a number")
    return value
