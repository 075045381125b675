"""An article is there as a whole or not at all, whatever breaks in between."""

from __future__ import annotations

import sqlite3
from collections import UserList
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.errors import StoreError
from index.split import split_passages
from index.store import Store
from index.types import Passage
from tests.index.store.conftest import LONG, put, tamper, vectors_for
from tests.making import make_article


def check_integrity(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_failure_in_the_middle_of_an_article_leaves_nothing(store: Store, path: Path) -> None:
    kept, passages = put(store, make_article("Bleibt da."))
    # The third sentence of the article cannot be written.
    tamper(
        path,
        "INSERT INTO meta VALUES ('limit', (SELECT max(id) + 2 FROM sentence))",
    )
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TRIGGER full BEFORE INSERT ON sentence"
        " WHEN (SELECT max(id) >= (SELECT value + 0 FROM meta WHERE name = 'limit') FROM sentence)"
        " BEGIN SELECT RAISE(ABORT, 'no more'); END"
    )
    connection.close()
    with pytest.raises(StoreError) as caught:
        put(store, make_article("Eins. Zwei kam. Drei kam. Vier kam.", source_id="new"), kept.id)
    assert caught.value.code == "store_failed"
    assert "no more" in str(caught.value.details["reason"])
    assert store.articles() == [kept]
    assert store.passages(range(100)) == passages
    assert store.counts() == (1, 1)
    put(store, make_article("Noch einer."))
    assert len(store.articles()) == 2


@pytest.mark.parametrize("change", [-1, 1])
def test_vectors_that_do_not_fit_the_sentences_are_refused(store: Store, change: int) -> None:
    article = make_article("Eins steht hier. Zwei steht hier.")
    vectors = np.ones((2 + change, 8), dtype=np.float32)
    with pytest.raises(ValueError, match="one vector per sentence"):
        store.add(article, split_passages(article), vectors, None)
    assert store.articles() == []
    assert store.counts() == (0, 0)


def test_an_exception_between_two_passages_leaves_nothing(store: Store) -> None:
    class Interrupted(UserList[Passage]):
        """Passages whose last cannot be had the second time they are gone through."""

        times = 0

        def __iter__(self) -> Iterator[Passage]:
            self.times += 1
            yield from self.data[:-1]
            if self.times > 1:
                raise KeyboardInterrupt
            yield self.data[-1]

    article = make_article(LONG)
    with pytest.raises(KeyboardInterrupt):
        store.add(article, Interrupted(split_passages(article)), vectors_for(article), None)
    assert store.articles() == []
    assert store.counts() == (0, 0)


def test_a_full_disk_is_a_clean_error_and_the_store_works_on(store: Store, path: Path) -> None:
    kept = [put(store, make_article(f"Nummer {i}."))[0] for i in range(3)]
    (pages,) = store.database._connection.execute("PRAGMA page_count").fetchone()
    store.database._connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreError) as caught:
        put(store, make_article("Sehr viele Wörter. " * 5_000))
    assert caught.value.code == "store_failed"
    assert "full" in str(caught.value.details["reason"])
    assert store.articles() == kept[::-1]
    store.remove(kept[0].id)
    store.database._connection.execute("PRAGMA max_page_count = 1000000")
    big, _ = put(store, make_article("Sehr viele Wörter. " * 5_000))
    assert store.articles() == [big, kept[2], kept[1]]
    store.close()
    check_integrity(path)


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError) as caught:
        store.articles()
    assert caught.value.code == "store_failed"
    with pytest.raises(StoreError):
        put(store, make_article())


def test_a_commit_is_on_the_disk_before_it_is_acknowledged(store: Store) -> None:
    settings = {
        name: store.database._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
