"""The passages that fit some words best, and what may be shown of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.excerpt_limits import ExcerptLimits, within
from bot.question import understand
from bot.types import Quote
from index.corpus import Corpus
from index.filter import Filter
from index.types import Hit, Span, StoredArticle

_LONGEST = 300  # characters of a passage that are shown, where its best sentence is no longer


@dataclass(frozen=True, slots=True)
class Match:
    """An article that fits, and its words where they may be shown."""

    stored: StoredArticle
    quote: Quote | None


def find_matches(
    corpus: Corpus, text: str, count: int, limits: ExcerptLimits, only: Filter | None = None
) -> list[Match]:
    """Return what fits best among so many passages, best first.

    An article's limit counts for all its passages together: the further ones are left out. Raises
    QuestionError for a text without words.
    """
    question = understand(text)
    hits = corpus.search(question.text, count, question.language, only=only).hits
    stated = corpus.snippets.limits([hit.stored.id for hit in hits])
    return allowed([_quote(hit) for hit in hits], limits, stated)


def allowed(quotes: Sequence[Quote], limits: ExcerptLimits, stated: dict[int, int]) -> list[Match]:
    """Return the quotations within all limits; an article without any is there once, by name."""
    # How many quotations an answer has says nothing about a list, but 0 means none at all.
    many = replace(limits, quotations=len(quotes) if limits.quotations else 0)
    shown, unquoted = within(quotes, many, stated)
    by_place = {_place(quote): quote for quote in shown}
    named = {stored.id for stored in unquoted}
    matches = []
    for quote in quotes:
        fitting = by_place.get(_place(quote))
        if fitting is not None or quote.stored.id in named:
            matches.append(Match(quote.stored, fitting))
            named.discard(quote.stored.id)
    return matches


def within_sites(hits: Sequence[Hit], stated: Mapping[int, int]) -> list[tuple[Hit, Span | None]]:
    """Return passages whole, or as much of them as their sites let be shown.

    `stated` holds the characters for all passages of an article, by its id. Of one of which nothing
    may be shown the first passage is there, without words.
    """
    left = dict(stated)
    shown: list[tuple[Hit, Span | None]] = []
    for hit in hits:
        number, passage = hit.stored.id, hit.passage
        whole = Span(passage.article, passage.start, passage.end)
        parts = (whole, _quote(hit).span, _quote(hit).sentence)
        room = left.get(number)
        span = next((part for part in parts if room is None or len(part.text) <= room), None)
        if span is not None and room is not None:
            left[number] = room - len(span.text)
        shown.append((hit, span))
    seen = {hit.stored.id for hit, span in shown if span is not None}
    kept = []
    for hit, span in shown:
        if span is not None or hit.stored.id not in seen:
            kept.append((hit, span))
            seen.add(hit.stored.id)
    return kept


def _place(quote: Quote) -> tuple[int, int]:
    return quote.stored.id, quote.sentence.start


def _quote(hit: Hit) -> Quote:
    """Quote the sentence of a passage that fits best, with neighbours as far as there is room."""
    sentences = hit.passage.sentences
    first = last = max(range(len(sentences)), key=lambda i: hit.cosines[i])
    best = sentences[first]
    while True:
        # What follows explains more often than what went before.
        wider = [(first, last + 1), (first - 1, last)]
        fitting = [
            (start, end)
            for start, end in wider
            if start >= 0
            and end < len(sentences)
            and sentences[end].end - sentences[start].start <= _LONGEST
        ]
        if not fitting:
            break
        first, last = fitting[0]
    span = Span(best.article, sentences[first].start, sentences[last].end)
    return Quote(hit.stored, span, 0.0, answering=(best,))
