from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import StoreError
from index.inspection import _connect, _ReadOnly, inspect
from tests.making import make_article, make_corpus


@pytest.fixture
def path(tmp_path: Path) -> Path:
    corpus = make_corpus(tmp_path)
    corpus.add(make_article(url="https://a.example/1"))
    corpus.add(make_article("In Kursk sind rund 9.000 Soldaten.", url="https://a.example/1"))
    corpus.add(make_article("Der Rat tagt heute. Er tagt lange."))
    corpus.close()
    return tmp_path / "test.sqlite3"


def test_a_whole_collection_has_no_flaw(path: Path) -> None:
    found = inspect(path)
    assert found.flaws == ()
    assert (found.name, found.model, found.articles, found.sentences) == ("test", "hashing", 3, 3)


def test_earlier_versions_are_looked_at_too(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE article SET text = replace(text, '8.000', '7.000')")
        connection.commit()
    (flaw,) = inspect(path).flaws
    assert (flaw.code, flaw.reason) == ("damaged", "1")


def test_a_sentence_without_its_vector_is_seen(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE sentence SET vector_check = 0 WHERE id = (SELECT max(id) FROM sentence)"
        )
        connection.commit()
    assert [flaw.code for flaw in inspect(path).flaws] == ["damaged"]


def test_looking_leaves_nothing_behind(path: Path) -> None:
    before = sorted(path.parent.iterdir())
    inspect(path)
    assert sorted(path.parent.iterdir()) == before


def test_what_is_being_written_is_seen_as_of_the_last_commit(path: Path) -> None:
    corpus = make_corpus(path.parent)
    corpus.add(make_article("Ganz neu und noch nicht ins Ganze geschrieben."))
    with corpus.database.transaction() as connection:
        connection.execute("DELETE FROM article")
        found = inspect(path)
    corpus.close()
    assert (found.articles, found.flaws) == (4, ())


def test_nothing_can_be_written_through_it(path: Path) -> None:
    with closing(_connect(path)) as connection:
        looked_at = _ReadOnly(path, connection)
        with pytest.raises(StoreError, match="only looked at"), looked_at.transaction():
            pass
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM article")


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    assert [flaw.code for flaw in inspect(tmp_path / "none.sqlite3").flaws] == ["unusable"]
