from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.excerpt_limits import ExcerptLimits
from bot.surroundings import surroundings
from bot.types import Quote
from index.types import Article, Span, StoredArticle

SENTENCES = [f"Das ist der Satz mit der Nummer {number}." for number in range(10)]


def quoted(*numbers: int) -> list[Quote]:
    """Quotations of one article, a sentence each."""
    text = " ".join(SENTENCES)
    stored = StoredArticle(1, Article("Titel", text, datetime.now(UTC)))
    quotes = []
    for number in numbers:
        start = text.index(SENTENCES[number])
        end = start + len(SENTENCES[number])
        quotes.append(Quote(stored, Span(stored.article, start, end), 0.9))
    return quotes


def grown(limits: ExcerptLimits, *numbers: int, stated: int | None = None) -> list[str]:
    told = {} if stated is None else {1: stated}
    return [quote.text for quote in surroundings(quoted(*numbers), limits, told)]


def test_a_quotation_is_shown_among_its_neighbours() -> None:
    assert grown(ExcerptLimits(), 5) == [" ".join(SENTENCES[2:9])]
    assert grown(ExcerptLimits(), 0) == [" ".join(SENTENCES[:4])]
    (quote,) = surroundings(quoted(5), ExcerptLimits(), {})
    assert quote.sentence.text == SENTENCES[5]


@pytest.mark.parametrize(
    ("limits", "stated", "expected"),
    [
        (ExcerptLimits(quotation=80), None, (4, 6)),
        (ExcerptLimits(article=120), None, (4, 7)),
        (ExcerptLimits(), 80, (4, 6)),
        (ExcerptLimits(), 40, (5, 6)),
        (ExcerptLimits(quotation=0), None, (5, 6)),
    ],
)
def test_it_grows_by_whole_sentences_within_every_limit(
    limits: ExcerptLimits, stated: int | None, expected: tuple[int, int]
) -> None:
    start, end = expected
    assert grown(limits, 5, stated=stated) == [" ".join(SENTENCES[start:end])]


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=4, unique=True),
    st.integers(0, 400),
    st.integers(160, 500),
)
def test_quotations_never_overlap_nor_exceed_what_may_be_shown(
    numbers: list[int], quotation: int, article: int
) -> None:
    quotes = quoted(*numbers)
    found = surroundings(quotes, ExcerptLimits(quotation=quotation, article=article), {})
    spans = sorted((quote.span.start, quote.span.end) for quote in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert sum(len(quote.text) for quote in found) <= max(article, sum(map(len, SENTENCES[:4])))
    for before, after in zip(quotes, found, strict=True):
        assert before.text in after.text
        assert len(after.text) <= max(quotation, len(before.text))
