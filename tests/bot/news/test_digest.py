from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.excerpt_limits import ExcerptLimits
from bot.news import digest as module
from bot.news.digest import Digest, digest_of, lead_sentence
from index.corpus import Corpus
from index.filter import Filter
from index.types import DateOrigin, Published, StoredArticle
from tests.index.test_stories import FIRE, TRAIN
from tests.making import make_article, make_corpus

WEEK = Filter(date(2025, 11, 3), date(2025, 11, 9))


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def add(corpus: Corpus, text: str, published: str | None, title: str, **more: object) -> int:
    article = make_article(text, published=published, title=title, outlet=f"Blatt {title}")
    return corpus.add(replace(article, **more)).stored.id  # type: ignore[arg-type]


def told(corpus: Corpus, only: Filter = WEEK, limits: ExcerptLimits | None = None) -> Digest:
    return digest_of(corpus, only, limits or ExcerptLimits(), UTC)


def test_articles_of_a_story_stand_together_the_newest_first_and_larger_stories_lead(
    corpus: Corpus,
) -> None:
    add(corpus, TRAIN[0], "2025-11-05T08:00:00+00:00", "Zug 1")
    add(corpus, FIRE[0], "2025-11-08", "Feuer")
    newest = add(corpus, TRAIN[1], "2025-11-06", "Zug 2")
    found = told(corpus)
    assert [(s.lead.article.title, [o.title for o in s.others]) for s in found.stories] == [
        ("Zug 2", ["Zug 1"]),
        ("Feuer", []),
    ]
    first = found.stories[0]
    assert (first.lead.id, first.origins) == (newest, 2)
    assert first.quote is not None
    assert first.quote.text == TRAIN[1]
    assert (found.articles, found.left) == (3, 0)


def test_what_lies_outside_the_period_or_is_by_others_is_left_out(corpus: Corpus) -> None:
    add(corpus, FIRE[0], "2025-11-02T23:59:00+00:00", "davor")
    add(corpus, TRAIN[0], "2025-11-10", "danach")
    assert told(corpus).stories == ()
    add(corpus, TRAIN[1], "2025-11-09", "darin")
    assert len(told(corpus).stories) == 1
    assert told(corpus, replace(WEEK, outlets=frozenset({"Blatt davor"}))).stories == ()
    assert len(told(corpus, Filter(last_day=date(2025, 11, 2))).stories) == 1


def test_an_article_that_was_changed_in_the_period_is_new_and_one_without_a_date_when_it_came(
    corpus: Corpus,
) -> None:
    changed = Published.parse("2025-11-04", DateOrigin.METADATA)
    add(corpus, FIRE[0], "2025-10-01", "geändert", updated=changed)
    add(corpus, TRAIN[0], None, "ohne Datum", fetched=datetime(2025, 11, 5, tzinfo=UTC))
    assert {s.lead.article.title for s in told(corpus).stories} == {"geändert", "ohne Datum"}


def test_copies_and_older_versions_count_once(corpus: Corpus) -> None:
    body = (
        "Der Zug war gegen sieben Uhr auf dem Weg von Hallingen nach Obersee, als zwei Wagen kurz"
        " vor dem Bahnhof aus den Schienen sprangen. Die Strecke wurde danach ganz gesperrt."
    )
    url = "https://dna.example/zug"
    add(corpus, f"{TRAIN[0]} {body}", "2025-11-05", "alt", url=url)
    add(corpus, f"{TRAIN[0]} Es war laut. {body}", "2025-11-05", "neu", url=url)
    add(corpus, f"{TRAIN[0]} {body} (dna)", "2025-11-06", "Kopie", url="https://b.example/zug")
    (story,) = told(corpus).stories
    assert (story.lead.article.title, [one.title for one in story.others]) == ("Kopie", ["neu"])
    assert story.origins == 1


def test_what_a_site_lets_not_be_shown_is_named_without_a_quotation(corpus: Corpus) -> None:
    number = add(corpus, FIRE[0], "2025-11-05", "Feuer")
    corpus.snippets.put(number, 0)
    assert told(corpus).stories[0].quote is None
    corpus.snippets.put(number, None)
    assert told(corpus).stories[0].quote is not None
    assert told(corpus, limits=ExcerptLimits(quotation=20)).stories[0].quote is None


def test_of_too_many_articles_the_newest_are_told_and_the_others_counted(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    for day, text in ((4, TRAIN[0]), (5, FIRE[0]), (6, "Die Ziege Hilde gewinnt den Preis.")):
        add(corpus, text, f"2025-11-0{day}", f"vom {day}.")
    found = told(corpus)
    assert {story.lead.article.title for story in found.stories} == {"vom 6.", "vom 5."}
    assert (found.articles, found.left) == (2, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Falkenried. Bei der Entgleisung eines Zuges sind zwölf Menschen verletzt worden.",
            "Bei der Entgleisung eines Zuges sind zwölf Menschen verletzt worden.",
        ),
        (
            "Eine Überschrift ohne Punkt am Ende\n\nDer Rat der Stadt hat den Bau beschlossen.",
            "Der Rat der Stadt hat den Bau beschlossen.",
        ),
        ("Kurz. Noch kürzer.", "Noch kürzer."),
    ],
)
def test_the_sentence_quoted_is_the_first_that_tells_something(text: str, sentence: str) -> None:
    assert lead_sentence(StoredArticle(1, make_article(text))).text == sentence
