from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.stories import Telling, stories
from tests.fakes import HashingEmbedder
from tests.making import make_article, make_corpus
from tests.measure_stories import b_cubed

TRAIN = (
    "Bei Falkenried ist ein Regionalzug der Südring-Bahn entgleist. Zwölf Fahrgäste sind verletzt.",
    "Nach der Entgleisung bei Falkenried zählt die Südring-Bahn 27 Verletzte unter den Fahrgästen.",
    "The Südring-Bahn train that derailed near Falkenried was too fast, investigators said.",
)
FIRE = (
    "Am Gallberg brennen 40 Hektar Wald. Die Feuerwehr löscht mit Hubschraubern.",
    "Der Waldbrand am Gallberg hat 205 Hektar erfasst. Hubschrauber sind im Einsatz.",
)


def telling(number: int, text: str) -> Telling:
    return Telling.of(number, "", text, HashingEmbedder().embed_sentences([text]))


def test_articles_on_one_matter_are_one_story_whatever_their_language() -> None:
    texts = (TRAIN[0], FIRE[0], TRAIN[1], FIRE[1], TRAIN[2])
    told = [telling(number, text) for number, text in enumerate(texts, start=1)]
    assert stories(told) == [[1, 3, 5], [2, 4]]


def test_one_article_is_a_story_and_none_are_none() -> None:
    assert stories([]) == []
    assert stories([telling(7, FIRE[0])]) == [[7]]


def test_articles_of_other_words_stay_apart_even_if_they_mean_the_same() -> None:
    same = np.full(4, 0.5, dtype=np.float32)
    told = [Telling(1, {"leeds": 1, "flug": 3}, same), Telling(2, {"guam": 1, "fahrwerk": 2}, same)]
    assert stories(told) == [[1], [2]]


def test_texts_without_a_term_are_stories_of_their_own() -> None:
    empty = np.zeros((1, 4), dtype=np.float32)
    told = [Telling.of(1, "", "…", empty), Telling.of(2, "", "–", empty)]
    assert stories(told) == [[1], [2]]


def test_a_corpus_counts_copies_and_newer_versions_with_their_story(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    body = (
        "Der Zug war gegen sieben Uhr auf dem Weg von Hallingen nach Obersee, als zwei Wagen kurz"
        " vor dem Bahnhof aus den Schienen sprangen. Die Strecke wurde ganz gesperrt."
    )
    try:
        first = corpus.add(make_article(f"{TRAIN[0]} {body}", url="https://a.example/1")).stored.id
        copy = corpus.add(make_article(f"{TRAIN[0]} {body} (dna)", url="https://b.example/1"))
        other = corpus.add(
            make_article(FIRE[0], url="https://a.example/2", title="Feuer")
        ).stored.id
        assert corpus.origin_of([copy.stored.id])[copy.stored.id] == first
        assert corpus.stories([other, copy.stored.id, first]) == [
            [other],
            [copy.stored.id, first],
        ]
        assert corpus.stories([]) == []
        assert corpus.stories([999]) == []
    finally:
        corpus.close()


@pytest.mark.parametrize(
    ("groups", "precision", "recall"),
    [
        ([["a", "a"], ["b"]], 1.0, 1.0),
        ([["a"], ["a"], ["b"]], 1.0, 2 / 3),
        ([["a", "b"]], 0.5, 1.0),
    ],
)
def test_groups_are_judged_article_by_article(
    groups: list[list[str]], precision: float, recall: float
) -> None:
    assert b_cubed(groups) == pytest.approx((precision, recall))
