from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.types import Article
from tests.fakes import HashingEmbedder

ARTICLE = Article(
    "Brücke gesperrt",
    "Die Brücke über die Weser ist seit Montag gesperrt.",
    datetime(2026, 11, 22, 12, tzinfo=UTC),
    url="https://public.test/1",
)
CHANGED = replace(ARTICLE, text="Die Brücke über die Weser ist seit Dienstag wieder offen.")


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = Corpus(tmp_path / "corpus.db", HashingEmbedder())
    yield corpus
    corpus.close()


def test_an_article_has_the_limit_that_was_stated_last(corpus: Corpus) -> None:
    number = corpus.add(ARTICLE).stored.id
    assert corpus.snippets.limits([number]) == {}
    for characters in (90, 0):
        corpus.snippets.put(number, characters)
        assert corpus.snippets.limits([number, number + 1]) == {number: characters}
    corpus.snippets.put(number, None)
    assert corpus.snippets.limits([number]) == {}


def test_a_limit_goes_with_its_article(corpus: Corpus) -> None:
    number = corpus.add(ARTICLE).stored.id
    corpus.snippets.put(number, 90)
    corpus.remove(number)
    assert corpus.database.all("SELECT * FROM snippet_limit") == []


def test_a_version_that_states_nothing_inherits_the_limit(corpus: Corpus) -> None:
    first = corpus.add(ARTICLE).stored.id
    corpus.snippets.put(first, 90)
    second = corpus.add(CHANGED).stored.id
    assert second != first
    corpus.snippets.inherit(second)
    assert corpus.snippets.limits([second]) == {second: 90}
    corpus.snippets.put(second, 20)
    corpus.snippets.inherit(second)
    assert corpus.snippets.limits([second]) == {second: 20}


def test_there_may_be_nothing_to_inherit(corpus: Corpus) -> None:
    number = corpus.add(ARTICLE).stored.id
    corpus.snippets.inherit(number)
    assert corpus.snippets.limits([number]) == {}


@pytest.mark.parametrize("damage", ["characters = 900", "seal = NULL"])
def test_where_the_limit_is_damaged_nothing_is_shown(corpus: Corpus, damage: str) -> None:
    number = corpus.add(ARTICLE).stored.id
    corpus.snippets.put(number, 90)
    with corpus.database.transaction() as connection:
        connection.execute(f"UPDATE snippet_limit SET {damage}")
    assert corpus.snippets.limits([number]) == {number: 0}
    second = corpus.add(CHANGED).stored.id
    corpus.snippets.inherit(second)
    assert corpus.snippets.limits([second]) == {second: 0}
