"""Files of every earlier schema, made from the steps as they were released."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.database import SCHEMA_VERSION, STEPS
from index.errors import StoreError
from index.settings_table import SettingsTable
from index.store import Store
from index.watch_table import WatchTable
from tests.fakes import HashingEmbedder
from tests.making import make_article, make_corpus
from tests.torture.disk import IO_WRITE, Disk, after_power_cut, available, write_files
from tests.torture.old_files import make_old_file

VERSIONS = range(1, SCHEMA_VERSION)
AT = "2026-11-22T12:00:00+00:00"
ARTICLES = [
    make_article(
        f"Stück {i} handelt von Größe und 😀. " * 9,
        title=f"Titel {i}",
        url=f"https://example.org/{i}?utm_source=x",
        outlet="Blatt",
        published=f"2024-11-0{i + 1}",
    )
    for i in range(4)
]
needs_sqlite = pytest.mark.skipif(not available(), reason="this SQLite cannot be reached")


def version_of(path: Path) -> tuple[int, frozenset[str]]:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return version, frozenset(name for (name,) in tables)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_of_any_earlier_schema_opens_and_keeps_all_it_had(
    tmp_path: Path, version: int
) -> None:
    make_old_file(tmp_path / "test.sqlite3", version, ARTICLES)
    corpus = make_corpus(tmp_path)
    assert [one.article for one in corpus.articles()] == ARTICLES[::-1]
    assert corpus.withheld() == frozenset()
    assert corpus.database.check() is None
    (first, *_) = corpus.search("Wovon handelt Stück 2?", 4).hits
    assert first.stored.article == ARTICLES[2]
    corpus.add(make_article("Neu hier."))
    corpus.remove(1)
    corpus.close()
    new, tables = version_of(tmp_path / "test.sqlite3")
    assert new == SCHEMA_VERSION
    make_corpus(tmp_path, name="new").close()
    assert tables == version_of(tmp_path / "new.sqlite3")[1]


def test_what_was_chosen_before_there_were_seals_holds_after_the_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "test.sqlite3"
    make_old_file(path, STEPS.index("seals_of_choices"), ARTICLES)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO setting VALUES ('threads', 'true'), ('ask_role', '7')")
        connection.execute(
            "INSERT INTO permission_override VALUES ('größe.test', 'ada', ?, 'Absprache', '')",
            (AT,),
        )
        connection.execute("INSERT INTO snippet_limit VALUES (1, 90)")
        connection.execute(
            "INSERT INTO watch (person, question, outlets, language, at, seen, known)"
            " VALUES (5, 'Größe?', '[\"Börse\"]', 'de', ?, 1, '[]')",
            (AT,),
        )
    corpus = make_corpus(tmp_path)
    chosen = SettingsTable(corpus.database).read()
    assert chosen.is_whole
    assert chosen.values == {"threads": True, "ask_role": 7}
    assert corpus.overrides.hosts() == {"größe.test"}
    assert corpus.snippets.limits([1]) == {1: 90}
    assert [watch.outlets for watch in WatchTable(corpus.database).all()] == [{"Börse"}]
    corpus.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_damaged_article_of_an_old_file_is_withheld_after_the_upgrade_as_well(
    tmp_path: Path, version: int
) -> None:
    path = tmp_path / "test.sqlite3"
    make_old_file(path, version, ARTICLES)
    with closing(sqlite3.connect(path)) as connection, connection:
        broken = ARTICLES[1].text.encode().replace(b"Gr", b"\xff\xfe")
        connection.execute(
            "UPDATE article SET text = CAST(? AS TEXT), title = CAST(? AS TEXT) WHERE id = 2",
            (broken, b"\xff\xff"),
        )
    corpus = make_corpus(tmp_path)
    assert corpus.withheld() == {2}
    corpus.close()


def test_a_damaged_old_file_is_not_upgraded_but_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "test.sqlite3"
    make_old_file(path, 3, ARTICLES)
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'article_url'"
        ).fetchone()
    raw = bytearray(path.read_bytes())
    raw[(root - 1) * 4096 : root * 4096] = bytes(4096)
    path.write_bytes(raw)
    with pytest.raises(StoreError) as caught:
        make_corpus(tmp_path)
    assert caught.value.code == "store_damaged"
    assert path.read_bytes() == raw


@needs_sqlite
@pytest.mark.parametrize("version", [1, 6, SCHEMA_VERSION - 2, SCHEMA_VERSION - 1])
def test_an_upgrade_that_fails_anywhere_leaves_the_old_file(tmp_path: Path, version: int) -> None:
    make_old_file(tmp_path / "old.sqlite3", version, ARTICLES)
    tables = version_of(tmp_path / "old.sqlite3")[1]
    path = tmp_path / "test.sqlite3"
    with Disk() as disk:
        number, failed = 1, 0
        while True:
            shutil.copyfile(tmp_path / "old.sqlite3", path)
            disk.fail(number, code=IO_WRITE)
            try:
                Store(path, HashingEmbedder.name).close()
            except StoreError:
                failed += 1
            reached = disk.count >= number
            disk.heal()
            assert version_of(path) in {
                (version, tables),
                (SCHEMA_VERSION, version_of(path)[1]),
            }
            store = Store(path, HashingEmbedder.name)
            assert [one.article for one in store.articles()] == ARTICLES[::-1]
            store.close()
            for beside in ("-wal", "-shm", "-mark"):
                path.with_name(path.name + beside).unlink(missing_ok=True)
            if not reached:
                break
            number += 3
    assert failed > 3


@needs_sqlite
def test_a_power_cut_in_an_upgrade_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "data" / "test.sqlite3"
    make_old_file(path, 1, ARTICLES)
    before = {str(path): path.read_bytes()}
    with Disk() as disk:
        disk.remembers = True
        Store(path, HashingEmbedder.name).close()
    found = set()
    for _ in range(60):
        cut = disk.calls[: chance.randint(0, len(disk.calls))]
        write_files(after_power_cut(before, cut, chance), tmp_path / "data", tmp_path / "cut")
        after = tmp_path / "cut" / "test.sqlite3"
        version, tables = version_of(after)
        found.add((version, "feed" in tables))
        store = Store(after, HashingEmbedder.name)
        assert [one.article for one in store.articles()] == ARTICLES[::-1]
        store.close()
        shutil.rmtree(tmp_path / "cut")
    assert found == {(1, False), (SCHEMA_VERSION, True)}
