from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.news.claim import Claim, Days, Figure, Hedge
from bot.types import Quote
from bot.watch_places import claims_at, place_of
from index.corpus import Corpus
from index.types import Span, StoredArticle
from tests.making import make_article, make_corpus

TEXT = "Es regnet. Rund 8.000 Soldaten sind laut Kiew am Montag in Kursk. Mehr ist nicht bekannt."


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def claim(stored: StoredArticle) -> Claim:
    def span(words: str) -> Span:
        start = stored.article.text.index(words)
        return Span(stored.article, start, start + len(words))

    sentence, value = span(TEXT[11:66]), span("8.000")
    return Claim(
        Quote(stored, sentence, 1.0, value, (sentence,)),
        value,
        figure=Figure(Decimal(8000), Decimal(8000), None, "Soldaten", Hedge.ABOUT),
        days=Days(date(2024, 11, 4), None),
        hedge=span("Rund"),
        claimant=span("Kiew"),
        speaks_of=Days(None, date(2024, 11, 4)),
    )


def test_a_claim_comes_back_from_where_it_stands(corpus: Corpus) -> None:
    one = claim(corpus.add(make_article(TEXT)).stored)
    assert claims_at(corpus, [json.loads(json.dumps(place_of(one)))]) == [one]


def test_no_word_of_the_article_is_written_down(corpus: Corpus) -> None:
    kept = json.dumps(place_of(claim(corpus.add(make_article(TEXT)).stored)))
    assert not any(word in kept for word in ("Soldaten", "Kiew", "Rund", "Kursk"))


def test_an_older_version_still_tells_what_it_said(corpus: Corpus) -> None:
    url = "https://zeitung.example/1"
    place = place_of(claim(corpus.add(make_article(TEXT, url=url)).stored))
    corpus.add(make_article("In Kursk sind jetzt 11.000 Soldaten, heißt es.", url=url))
    (again,) = claims_at(corpus, [place])
    assert again.value.text == "8.000"


def test_what_was_removed_or_makes_no_sense_is_left_out(corpus: Corpus) -> None:
    stored = corpus.add(make_article(TEXT)).stored
    place = place_of(claim(stored))
    wrong = [
        {**place, "value": [0, 999_999]},
        {**place, "value": [20, 10]},
        {**place, "quote": None},
        {**place, "article": "1"},
        {**place, "hedge": ["a", "b"]},
        {},
    ]
    assert claims_at(corpus, wrong) == []
    corpus.remove(stored.id)
    assert claims_at(corpus, [place]) == []
