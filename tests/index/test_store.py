from __future__ import annotations

import os
import sqlite3
from collections import UserList
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta, timezone
from importlib import resources
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from index.database import SCHEMA_VERSION
from index.errors import ModelMismatchError, NotFoundError, StoreError
from index.protocols import Vectors
from index.split import split_passages
from index.store import Store, StoredPassage
from index.types import Article, Passage, StoredArticle
from tests.making import FETCHED, make_article

LONG = "\n\n".join(f"Absatz {i} hat Wörter genug. " + "Wort " * 90 + "Ende." for i in range(4))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corpora" / "test.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path, "model")
    yield store
    store.close()


def vectors_for(article: Article) -> Vectors:
    count = sum(len(passage.sentences) for passage in split_passages(article))
    vectors = np.zeros((count, 8), dtype=np.float32)
    vectors[np.arange(count), np.arange(count) % 8] = 1.0
    return vectors


def put(
    store: Store, article: Article, supersedes: int | None = None
) -> tuple[StoredArticle, list[StoredPassage]]:
    return store.add(article, split_passages(article), vectors_for(article), supersedes)


def tamper(path: Path, statement: str, values: tuple[object, ...] = ()) -> None:
    """Change the file behind the store's back, as a bad disk would."""
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement, values).rowcount > 0
    connection.close()


def check_integrity(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_an_article_comes_back_as_it_was_added(store: Store, path: Path) -> None:
    article = make_article(
        "Erster Satz.  Zweiter – mit „Zitat“ [3] und 😀.\n\nAbsatz.",
        title="Titel",
        url="https://example.org/a?b=ü",
        outlet="Blatt",
        published="2024-11-01T08:30:00+01:00",
        source_id="x-1",
        fetched=FETCHED.astimezone(timezone(timedelta(hours=2))),
    )
    stored, _ = put(store, article)
    assert stored.article == article
    store.close()
    reopened = Store(path, "model")
    assert reopened.article(stored.id) == stored
    assert reopened.articles() == [stored]
    reopened.close()


def test_passages_and_vectors_come_back_as_they_were_added(store: Store) -> None:
    article = make_article(LONG)
    stored, written = put(store, article)
    assert [passage.passage for passage in written] == list(split_passages(article))
    assert len(written) > 1
    assert store.passages([passage.id for passage in written]) == written
    ((passages, vectors),) = store.everything()
    assert passages == written
    np.testing.assert_array_equal(vectors, vectors_for(article))
    sentence_ids = [i for passage in written for i in passage.sentence_ids]
    assert store.passage_ids_of(stored.id) == ([p.id for p in written], sentence_ids)
    assert store.passage_ids_with(sentence_ids) == {
        i: passage.id for passage in written for i in passage.sentence_ids
    }
    assert store.counts() == (len(written), len(sentence_ids))


def test_many_ids_are_looked_up_at_once(store: Store) -> None:
    _, written = put(store, make_article(LONG))
    assert store.passages(range(10_000)) == written
    assert store.passage_ids_with(range(10_000, 20_000)) == {}


def test_ids_are_never_used_again(store: Store) -> None:
    first, passages = put(store, make_article("Eins steht hier."))
    store.remove(first.id)
    second, more = put(store, make_article("Zwei steht hier."))
    assert second.id > first.id
    assert more[0].id > passages[0].id
    assert min(more[0].sentence_ids) > max(passages[0].sentence_ids)


def test_articles_are_listed_newest_addition_first(store: Store) -> None:
    ids = [put(store, make_article(f"Nummer {i}."))[0].id for i in range(3)]
    assert [stored.id for stored in store.articles()] == ids[::-1]


def test_an_unknown_article_is_not_found(store: Store) -> None:
    for look in (store.article, store.remove):
        with pytest.raises(NotFoundError) as caught:
            look(7)
        assert caught.value.code == "article_not_found"
        assert caught.value.details == {"id": 7}


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


def test_a_flipped_byte_in_a_text_withholds_that_article_alone(
    store: Store, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bad, passages = put(store, make_article("Es sind 8.000 Soldaten.", source_id="bad"))
    good, others = put(store, make_article("Es regnet in Wien.", source_id="good"))
    store.close()
    raw = bytearray(path.read_bytes())
    for flipped in (b"9.000", b"\xb8.000"):  # another digit, and a byte that is no UTF-8
        position = raw.find(b"8.000 Soldaten")
        path.write_bytes(raw[:position] + flipped + raw[position + 5 :])
        store = Store(path, "model")
        assert store.articles() == [good]
        assert store.passages([passages[0].id, others[0].id]) == others
        assert [found for found, _ in store.everything()] == [others]
        assert store.article(good.id) == good
        with pytest.raises(StoreError) as caught:
            store.article(bad.id)
        assert caught.value.code == "article_damaged"
        assert caught.value.details == {"id": bad.id}
        assert "is damaged and withheld" in caplog.text
        store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE article SET text = '' WHERE id = ?",
        "UPDATE article SET text_sha256 = 'e' || text_sha256 WHERE id = ?",
        "UPDATE article SET fetched = '2024-91-02T08:00:00+00:00' WHERE id = ?",
        "UPDATE article SET published = '0024-99-01' WHERE id = ?",
        "UPDATE article SET published_origin = 'urm' WHERE id = ?",
        "UPDATE sentence SET start = 900 WHERE id = ?",
        "UPDATE sentence SET end = start WHERE id = ?",
    ],
)
def test_any_other_damage_withholds_that_article_alone(
    store: Store, path: Path, damage: str
) -> None:
    bad, passages = put(store, make_article("Böse.", published="2024-10-01"))
    good, others = put(store, make_article("Gut.", published="2024-11-01"))
    tamper(path, damage, (bad.id,))
    assert good in store.articles()
    assert store.passages([passages[0].id, others[0].id]) == others
    assert [found for found, _ in store.everything()] == [others]
    assert store.extent()[2] == date(2024, 11, 1)


def test_a_damaged_article_can_be_removed(store: Store, path: Path) -> None:
    bad, _ = put(store, make_article("Böse.", title="Name", url="https://example.org/1"))
    for damage in (
        "UPDATE article SET text = 'Boese.'",
        "UPDATE article SET published = '2024-99-99'",
    ):
        tamper(path, damage)
    removed = store.remove(bad.id)
    assert (removed.id, removed.article.title) == (bad.id, "Name")
    assert store.extent() == (0, None, None)


def test_a_damaged_article_is_known_so_that_it_can_be_replaced(store: Store, path: Path) -> None:
    article = make_article("Böse.", url="https://example.org/1")
    bad, _ = put(store, article)
    tamper(path, "UPDATE article SET text = ' '")
    known = store.find_known(article)
    assert known is not None
    assert known.id == bad.id
    assert known.article.text != article.text
    new, _ = put(store, article, known.id)
    assert store.articles() == [new]


def test_known_is_what_has_the_address_or_the_id_and_else_the_text(store: Store) -> None:
    by_url, _ = put(store, make_article("Eins.", url="https://example.org/1"))
    by_id, _ = put(store, make_article("Zwei.", source_id="id-2"))
    by_text, _ = put(store, make_article("Drei."))
    assert store.find_known(make_article("Neu.", url="https://example.org/1")) == by_url
    assert store.find_known(make_article("Neu.", source_id="id-2")) == by_id
    assert store.find_known(make_article("Drei.", title="Anders")) == by_text
    assert store.find_known(make_article("Neu.")) is None
    assert store.find_known(make_article("Eins.", url="https://example.org/2")) is None
    assert store.find_known(make_article("Zwei.", source_id="id-3")) is None


def test_the_extent_spans_the_known_days(store: Store) -> None:
    assert store.extent() == (0, None, None)
    put(store, make_article("Ohne Tag."))
    assert store.extent() == (1, None, None)
    put(store, make_article("Eins.", published="2024-11-03T23:59:00+01:00"))
    put(store, make_article("Zwei.", published="2023-01-02"))
    old, _ = put(store, make_article("Alt.", url="u", published="1999-01-01"))
    put(store, make_article("Neu.", url="u", published="2024-01-01"), old.id)
    assert store.extent() == (4, date(2023, 1, 2), date(2024, 11, 3))


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


def test_headlines_are_the_articles_without_their_texts(store: Store, path: Path) -> None:
    full, _ = put(
        store,
        make_article(
            "Größe. 😀", url="https://example.org/1", outlet="Blatt", published="2024-11-01"
        ),
    )
    bare, _ = put(store, make_article("Ohne alles."))
    old, _ = put(store, make_article("Alt.", source_id="7"))
    new, _ = put(store, make_article("Neu.", source_id="7"), old.id)
    assert store.headlines() == [one.headline for one in (new, bare, full)]
    assert store.headlines_of([new.id, full.id, old.id, 99]) == [full.headline, new.headline]
    tamper(path, "UPDATE article SET published = '2024-99-01', fetched = 'x' WHERE id = 1")
    assert store.headlines()[-1].published is None
