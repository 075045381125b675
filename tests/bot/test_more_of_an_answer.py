"""What else an answer has to show: further quotations, what stands around, within a filter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.excerpt_limits import ExcerptLimits
from bot.rank import Weights, shipped_weights
from index.corpus import Corpus
from index.filter import Filter
from tests.making import day, make_article, make_confidence, make_corpus

WEIGHTS = Weights(shipped_weights().ranking, make_confidence(5.0), 0.5)
TALKATIVE = Answering(WEIGHTS)
KURSK = "Wie viele Soldaten sind in Kursk?"
NEIGHBOURS = "Der Rat beriet lange. In Kursk sind rund {number}.000 Soldaten. Der Abend war kühl."


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def stock(corpus: Corpus, count: int) -> None:
    for number in range(1, count + 1):
        corpus.add(
            make_article(
                NEIGHBOURS.format(number=number),
                url=f"https://nachrichten.example/{number}",
                outlet=f"Blatt {number}",
                published=day(number).isoformat(),
            )
        )


def test_what_was_shown_is_not_shown_again_as_further_evidence(corpus: Corpus) -> None:
    stock(corpus, 7)
    first, more = TALKATIVE.answer(corpus, KURSK), TALKATIVE.further(corpus, KURSK)
    assert len(first.quotes) == 3
    assert len(more.quotes) == 3
    spans = {(quote.stored.id, quote.span.start) for quote in (*first.quotes, *more.quotes)}
    assert len(spans) == 6
    assert all("000 Soldaten" in quote.text or "beriet" in quote.text for quote in more.quotes)


def test_where_all_was_shown_there_is_no_further_evidence(corpus: Corpus) -> None:
    corpus.add(make_article("In Kursk sind rund 8.000 Soldaten."))
    assert not TALKATIVE.further(corpus, KURSK).answered
    assert not TALKATIVE.further(corpus, "Wer regiert in Peru?").quotes


def test_further_evidence_keeps_the_limits_together_with_what_was_shown(corpus: Corpus) -> None:
    sentences = [f"In Kursk sind rund {number}.000 Soldaten." for number in range(1, 8)]
    corpus.add(make_article("\n\n".join(sentences)))
    limits = ExcerptLimits(quotation=600, quotations=3, article=200)
    answering = Answering(WEIGHTS, limits=limits)
    first, more = answering.answer(corpus, KURSK), answering.further(corpus, KURSK)
    shown = [quote.text for quote in (*first.quotes, *more.quotes)]
    assert len(shown) > 3
    assert sum(map(len, shown)) <= 200


def test_an_operator_who_lets_nothing_be_quoted_has_nothing_quoted(corpus: Corpus) -> None:
    stock(corpus, 5)
    answering = Answering(WEIGHTS, limits=ExcerptLimits(quotations=0))
    assert not answering.further(corpus, KURSK).quotes
    assert not answering.surroundings(corpus, KURSK).quotes


def test_the_sentences_around_a_quotation_are_shown(corpus: Corpus) -> None:
    stock(corpus, 1)
    (quote,) = TALKATIVE.surroundings(corpus, KURSK).quotes
    assert quote.text == NEIGHBOURS.format(number=1)
    assert quote.sentence.text == "In Kursk sind rund 1.000 Soldaten."


def test_the_sites_own_limit_counts_for_the_surroundings_too(corpus: Corpus) -> None:
    stock(corpus, 1)
    corpus.snippets.put(1, 40)
    (quote,) = TALKATIVE.surroundings(corpus, KURSK).quotes
    assert quote.text == "In Kursk sind rund 1.000 Soldaten."


def test_an_answer_within_a_filter_knows_nothing_else(corpus: Corpus) -> None:
    stock(corpus, 6)
    only = Filter(first_day=day(5))
    for answer in (
        TALKATIVE.answer(corpus, KURSK, only=only),
        TALKATIVE.surroundings(corpus, KURSK, only=only),
    ):
        assert {quote.stored.id for quote in answer.quotes} == {5, 6}
        assert {stored.id for stored in answer.nearest} <= {5, 6}
        assert (answer.archive.articles, answer.archive.first) == (2, day(5))
        assert answer.only == only
    more = TALKATIVE.further(corpus, KURSK, only=only)
    assert {quote.stored.id for quote in more.quotes} <= {5, 6}
    nothing = TALKATIVE.answer(corpus, KURSK, only=Filter(outlets=frozenset({"Blatt 99"})))
    assert not nothing.answered
    assert (nothing.archive.articles, nothing.nearest) == (0, ())
