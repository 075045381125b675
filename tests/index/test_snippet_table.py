from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.errors import StoreError
from index.snippet_table import Stated
from index.types import Article
from tests.fakes import HashingEmbedder

ARTICLE = Article(
    "Brücke gesperrt",
    "Die Brücke über die Weser ist seit Montag gesperrt.",
    datetime(2026, 11, 22, 12, tzinfo=UTC),
    url="https://public.test/1",
)
CHANGED = replace(ARTICLE, text="Die Brücke über die Weser ist seit Dienstag wieder offen.")
MORE = "Die Brücke über die Weser ist seit Mittwoch für Lastwagen erneut gesperrt."


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


@pytest.mark.parametrize("again", [ARTICLE, replace(ARTICLE, outlet="Blatt")], ids=["same", "told"])
def test_an_article_that_is_known_has_what_its_page_states_now(
    corpus: Corpus, again: Article
) -> None:
    number = corpus.add(ARTICLE, stated=Stated(90)).stored.id
    assert corpus.snippets.limits([number]) == {number: 90}
    assert corpus.add(again).stored.id == number
    assert corpus.snippets.limits([number]) == {number: 90}
    corpus.add(again, stated=Stated(20))
    assert corpus.snippets.limits([number]) == {number: 20}
    corpus.add(again, stated=Stated(None))
    assert corpus.snippets.limits([number]) == {}


def test_where_a_limit_cannot_be_kept_the_article_is_not_taken(corpus: Corpus) -> None:
    with corpus.database.transaction() as connection:
        connection.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON snippet_limit"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    with pytest.raises(StoreError):
        corpus.add(ARTICLE, stated=Stated(0))
    assert corpus.articles() == []
    assert corpus.search("Brücke über die Weser", 3).hits == ()


def test_a_limit_goes_with_its_article(corpus: Corpus) -> None:
    number = corpus.add(ARTICLE, stated=Stated(90)).stored.id
    corpus.remove(number)
    assert corpus.database.all("SELECT * FROM snippet_limit") == []


def test_a_version_that_states_nothing_inherits_the_limit(corpus: Corpus) -> None:
    first = corpus.add(ARTICLE, stated=Stated(90)).stored.id
    second = corpus.add(CHANGED).stored.id
    assert second != first
    assert corpus.snippets.limits([second]) == {second: 90}


def test_a_version_that_states_another_limit_has_that(corpus: Corpus) -> None:
    first = corpus.add(ARTICLE, stated=Stated(90)).stored.id
    second = corpus.add(CHANGED, stated=Stated(20)).stored.id
    assert corpus.snippets.limits([first, second]) == {first: 90, second: 20}
    third = corpus.add(replace(CHANGED, text=MORE), stated=Stated(None)).stored.id
    assert corpus.snippets.limits([third]) == {}


def test_there_may_be_nothing_to_inherit(corpus: Corpus) -> None:
    corpus.add(ARTICLE)
    number = corpus.add(CHANGED).stored.id
    assert corpus.snippets.limits([number]) == {}


@pytest.mark.parametrize("damage", ["characters = 900", "seal = NULL"])
def test_where_the_limit_is_damaged_nothing_is_shown(corpus: Corpus, damage: str) -> None:
    number = corpus.add(ARTICLE, stated=Stated(90)).stored.id
    with corpus.database.transaction() as connection:
        connection.execute(f"UPDATE snippet_limit SET {damage}")
    assert corpus.snippets.limits([number]) == {number: 0}
    second = corpus.add(CHANGED).stored.id
    assert corpus.snippets.limits([second]) == {second: 0}
