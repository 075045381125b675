from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.news.relations import Relation, follows, on_one_matter, relates, relation_of
from index.corpus import Corpus
from index.types import StoredArticle
from tests.making import make_article, make_corpus

FIRST = (
    "Nach dem Hochwasser in Auental mussten 1.200 Menschen ihre Wohnungen verlassen, teilte die"
    " Stadtverwaltung Auental mit. Auch Tarnberg ist betroffen."
)
CORRECTION = (
    "Das Ministerium nennt für das Hochwasser in Auental und Tarnberg jetzt 1.050 Menschen, die"
    " ihre Wohnungen verlassen mussten. Die Stadtverwaltung hatte zuvor von 1.200 gesprochen."
)
CONFLICT = (
    "Der Landkreis zählte nach dem Hochwasser in Auental und Tarnberg 900 Menschen, die ihre"
    " Wohnungen verlassen mussten."
)
CLOSING = (
    "Der Konzern Velomark schließt sein Werk in Auental. Der Aufsichtsrat hat den Beschluss zur"
    " Schließung des Werks am Montag gefasst, in Tarnberg bleibt alles beim Alten."
)
LIFTED = (
    "Der Aufsichtsrat von Velomark hat den Beschluss zur Schließung des Werks in Auental"
    " aufgehoben. Auch in Tarnberg ist die Freude groß."
)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def stored(number: int, text: str, day: str) -> StoredArticle:
    return StoredArticle(number, make_article(text, published=day))


def test_who_retells_a_figure_as_one_of_before_corrects_it() -> None:
    older, newer = stored(1, FIRST, "2025-06-03"), stored(2, CORRECTION, "2025-06-04")
    assert relates(newer, older) is Relation.CORRECTS
    assert relates(older, newer) is None


def test_who_says_otherwise_corrects_nothing() -> None:
    assert relates(stored(2, CONFLICT, "2025-06-03"), stored(1, FIRST, "2025-06-03")) is None


def test_what_lifts_a_decision_supersedes_it() -> None:
    older, newer = stored(1, CLOSING, "2025-06-03"), stored(2, LIFTED, "2025-12-03")
    assert relates(newer, older) is Relation.SUPERSEDES


def test_a_later_text_at_the_same_address_is_a_new_version(corpus: Corpus) -> None:
    url = "https://blatt.example/werk"
    old = corpus.add(make_article(CLOSING, url=url)).stored
    new = corpus.add(make_article(CLOSING + " Nachtrag vom Abend.", url=url)).stored
    assert relation_of(corpus, new, old) is Relation.NEW_VERSION


def test_the_same_text_elsewhere_is_a_copy(corpus: Corpus) -> None:
    one = corpus.add(make_article(CLOSING, url="https://eins.example/a")).stored
    other = corpus.add(make_article(f"{CLOSING} (dna)", url="https://zwei.example/b")).stored
    assert relation_of(corpus, other, one) is Relation.COPY


def test_articles_are_on_one_matter_by_the_names_that_they_share() -> None:
    one, other = stored(1, FIRST, "2025-06-03"), stored(2, CLOSING, "2025-06-04")
    apart = stored(3, "In Wien regnet es seit drei Tagen.", "2025-06-04")
    assert on_one_matter(one, other, "Wie viele?")
    assert not on_one_matter(one, apart, "Wie viele?")


def test_what_is_newer_follows_on_the_same_matter_alone(corpus: Corpus) -> None:
    older, newer, other = (
        corpus.add(make_article(text, published=f"2024-11-{day}T10:00:00+00:00")).stored
        for text, day in ((FIRST, "06"), (CORRECTION, "07"), (CLOSING, "08"))
    )
    question = "Wie viele mussten in Auental ihre Wohnungen verlassen?"
    assert follows(newer, older, question)
    assert not follows(older, newer, question)
    assert not follows(corpus.add(make_article(CONFLICT)).stored, older, question)
    elsewhere = "In Pfaffenau regnet es. Das Rathaus von Pfaffenau bleibt geschlossen."
    far = corpus.add(make_article(elsewhere, published="2024-11-09T10:00:00+00:00")).stored
    assert not follows(far, other, question)
