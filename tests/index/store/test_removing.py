"""What was replaced or removed is in no list, no index and no file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from index.errors import NotFoundError
from index.store import Store
from tests.index.store.conftest import put
from tests.making import make_article


def test_a_superseded_version_is_in_no_index_and_no_list(store: Store) -> None:
    old, outdated = put(store, make_article("Alt.", url="https://example.org/1"))
    new, written = put(store, make_article("Neu.", url="https://example.org/1"), old.id)
    assert store.articles() == [new]
    assert store.passages([outdated[0].id]) == []
    assert store.passage_ids_with(outdated[0].sentence_ids) == {}
    assert [passages for passages, _ in store.everything()] == [written]
    assert store.find_known(make_article("Ganz anders.", url="https://example.org/1")) == new
    with pytest.raises(NotFoundError):
        store.article(old.id)


def test_removing_an_article_takes_all_its_versions_along(store: Store, path: Path) -> None:
    url = "https://example.org/1"
    first, _ = put(store, make_article("Eins.", url=url))
    second, _ = put(store, make_article("Zwei.", url=url), first.id)
    third, _ = put(store, make_article("Drei.", url=url), second.id)
    assert store.remove(third.id) == third
    store.close()
    connection = sqlite3.connect(path)
    for table in ("article", "passage", "sentence"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    connection.close()


def test_removed_words_are_in_no_file_while_the_store_is_still_open(
    store: Store, path: Path
) -> None:
    words = ("Xylophonkrabbe", "Quittenmarder", "Zimtlawine", "brombeerweg")
    for i in range(30):
        put(store, make_article(f"Bleibt als Nummer {i}. " * 30))
    text = f"{words[0]} geht um. " * 200
    old, _ = put(store, make_article(text, title=words[1], url=f"https://{words[3]}.example"))
    new, _ = put(store, make_article(text + words[2], url=f"https://{words[3]}.example"), old.id)
    files = sorted(path.parent.iterdir())
    before = b"".join(file.read_bytes() for file in files)
    assert all(word.encode() in before for word in words), "the search can find them"
    store.remove(new.id)
    after = b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))
    assert [word for word in words if word.encode() in after] == []
    assert b"Bleibt als Nummer 7" in after
