"""What kind of file a store opens, and what it refuses and leaves alone."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import resources
from pathlib import Path
from threading import Barrier

import pytest

from index.database import SCHEMA_VERSION
from index.errors import ModelMismatchError, StoreError
from index.store import Store
from tests.index.store.conftest import put, tamper
from tests.making import make_article


def test_a_file_from_before_authors_were_kept_is_brought_to_the_schema_of_today(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    first_step = resources.files("index").joinpath("schema/articles.sql")
    connection.executescript(first_step.read_text(encoding="utf-8"))
    old = make_article(published="2024-11-01")
    with connection:
        connection.execute("INSERT INTO meta VALUES ('model', 'model')")
        connection.execute(
            "INSERT INTO article (title, text, text_sha256, published, published_origin, fetched)"
            " VALUES (?, ?, ?, '2024-11-01', 'metadata', ?)",
            (old.title, old.text, old.text_sha256, old.fetched.isoformat()),
        )
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    store = Store(path, "model")
    assert store.article(1).article == old
    new = replace(old, updated=old.published, authors=("Anna Muster", "Jörg Öztürk"))
    stored, _ = put(store, new)
    assert store.article(stored.id).article == new
    store.close()


def test_a_file_of_a_newer_beleg_is_refused_and_left_alone(store: Store, path: Path) -> None:
    put(store, make_article())
    store.close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        Store(path, "model")
    assert caught.value.code == "store_too_new"
    assert caught.value.details["version"] == SCHEMA_VERSION + 1
    assert path.read_bytes() == before


def test_vectors_of_another_model_are_never_mixed_in(store: Store, path: Path) -> None:
    kept, _ = put(store, make_article())
    store.close()
    with pytest.raises(ModelMismatchError) as caught:
        Store(path, "other")
    assert caught.value.code == "model_mismatch"
    assert caught.value.details == {"stored": "model", "wanted": "other"}
    again = Store(path, "model")
    assert again.articles() == [kept]
    again.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Das ist keine Datenbank. " * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        Store(path, "model")
    assert caught.value.code == "store_damaged"
    assert str(path) == caught.value.details["path"]
    assert path.read_bytes() == before


def test_a_database_without_a_model_is_refused(store: Store, path: Path) -> None:
    store.close()
    tamper(path, "DELETE FROM meta")
    with pytest.raises(StoreError) as caught:
        Store(path, "model")
    assert caught.value.code == "store_unusable"


def test_a_schema_that_is_no_text_any_more_is_refused_and_left_alone(
    store: Store, path: Path
) -> None:
    store.close()
    raw = path.read_bytes().replace(b"CREATE TABLE article (", b"CREATE TABLE \xac\xacticle (")
    path.write_bytes(raw)
    with pytest.raises(StoreError) as caught:
        Store(path, "model")
    assert caught.value.code in {"store_damaged", "store_unusable"}
    assert path.read_bytes() == raw


def test_an_empty_file_was_a_whole_one_once_and_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(StoreError) as caught:
        Store(path, "model")
    assert caught.value.code == "store_empty"
    assert caught.value.details["path"] == str(path)
    assert not path.stat().st_size


def test_a_path_that_cannot_be_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "directory.sqlite3").mkdir()
    for path in (tmp_path / "file" / "x.sqlite3", tmp_path / "directory.sqlite3"):
        with pytest.raises(StoreError) as caught:
            Store(path, "model")
        assert caught.value.code == "store_unusable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_directory_without_the_right_to_write_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError) as caught:
        Store(tmp_path / "test.sqlite3", "model")
    assert caught.value.code == "store_unusable"


def test_several_may_create_the_same_file_at_once(tmp_path: Path) -> None:
    at_once = Barrier(6)

    def create(path: Path) -> Store:
        at_once.wait()
        return Store(path, "model")

    with ThreadPoolExecutor(6) as pool:
        for number in range(5):
            path = tmp_path / f"{number}.sqlite3"
            for store in pool.map(create, [path] * 6):
                assert store.articles() == []
                store.close()
