from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.audit_table import AuditAction, AuditEntry, AuditTable
from index.errors import SettingError, StoreError
from index.library import Library
from tests.fakes import HashingEmbedder
from tests.making import FETCHED, make_article


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data", HashingEmbedder())


@pytest.mark.parametrize("name", ["local", "123456789012345678", "a", "a-b_c", "0" * 64])
def test_a_good_name_opens_a_corpus(library: Library, name: str) -> None:
    library.corpus(name)
    assert library.names() == [name]
    library.close()


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../local", "a/b", "a\\b", "A", "ä", "-a", "_a", "a b", "a\n", "a\0", "0" * 65],
)
def test_a_name_that_could_be_a_path_is_refused(
    library: Library, tmp_path: Path, name: str
) -> None:
    with pytest.raises(SettingError) as caught:
        library.corpus(name)
    assert caught.value.code == "corpus_name_invalid"
    assert caught.value.details == {"name": name}
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_before_the_first_corpus_is_opened(
    library: Library, tmp_path: Path
) -> None:
    assert library.names() == []
    assert list(tmp_path.iterdir()) == []


def test_a_corpus_is_opened_once_also_by_many_threads(library: Library) -> None:
    with ThreadPoolExecutor(8) as pool:
        corpora = list(pool.map(library.corpus, ["local"] * 32))
    assert len(set(map(id, corpora))) == 1
    library.close()


def test_each_corpus_has_a_file_of_its_own(library: Library, tmp_path: Path) -> None:
    ours = library.corpus("1").add(make_article("Soldaten in Kursk.")).stored
    library.corpus("2").add(make_article("Soldaten in Wien."))
    assert [hit.stored for hit in library.corpus("1").search("Wien", 9).hits] == [ours]
    library.close()
    files = sorted(path.name for path in (tmp_path / "data" / "corpora").glob("*.sqlite3"))
    assert files == ["1.sqlite3", "2.sqlite3"]
    assert library.names() == ["1", "2"]


def test_a_closed_library_opens_again_with_what_it_had(library: Library) -> None:
    corpus = library.corpus("local")
    stored = corpus.add(make_article()).stored
    library.close()
    with pytest.raises(StoreError):
        corpus.articles()
    assert library.corpus("local").articles() == [stored]
    library.close()


def test_preparing_opens_every_corpus_before_the_first_question(tmp_path: Path) -> None:
    library = Library(tmp_path, HashingEmbedder())
    library.corpus("1").add(make_article("Rund 8.000 Soldaten sind in Kursk."))
    library.close()
    again = Library(tmp_path, HashingEmbedder())
    again.prepare()
    assert again.corpus("1").search("Soldaten", 1).hits
    again.close()


def test_a_damaged_corpus_keeps_no_other_from_work(tmp_path: Path) -> None:
    library = Library(tmp_path, HashingEmbedder())
    library.corpus("2").add(make_article("Rund 8.000 Soldaten sind in Kursk."))
    (tmp_path / "corpora" / "1.sqlite3").write_bytes(b"no database" * 100)
    library.prepare()
    assert library.corpus("2").search("Soldaten", 1).hits
    library.close()


def test_a_damaged_corpus_is_reported_where_it_is_all_there_is(tmp_path: Path) -> None:
    (tmp_path / "corpora").mkdir()
    (tmp_path / "corpora" / "1.sqlite3").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError):
        Library(tmp_path, HashingEmbedder()).prepare()


def test_files_whose_name_is_no_corpus_are_passed_over(tmp_path: Path) -> None:
    library = Library(tmp_path, HashingEmbedder())
    library.corpus("1")
    (tmp_path / "corpora" / "Kopie von 1.sqlite3").write_bytes(b"no database" * 100)
    library.prepare()
    assert library.names() == ["1"]
    library.close()


def test_who_only_reads_makes_no_corpus(tmp_path: Path) -> None:
    library = Library(tmp_path / "data", HashingEmbedder())
    nothing = library.existing("local")
    assert nothing.headlines() == []
    assert nothing.search("Kursk", 9).hits == ()
    assert library.names() == []
    assert not (tmp_path / "data").exists()
    stored = library.corpus("local").add(make_article()).stored
    assert library.existing("local").article(stored.id) == stored
    assert library.existing("other").headlines() == []
    with pytest.raises(SettingError):
        library.existing("../local")
    library.close()


def test_a_directory_that_cannot_be_read_in_is_no_empty_corpus(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as caught:
        Library(tmp_path / "file", HashingEmbedder()).existing("local")
    assert caught.value.code == "store_unusable"


def test_a_purge_takes_headlines_of_removed_articles_out_of_the_audit(tmp_path: Path) -> None:
    library = Library(tmp_path, HashingEmbedder())
    corpus = library.corpus("local")
    gone, kept = (corpus.add(make_article(text)).stored for text in ("Eins.", "Zwei."))
    corpus.remove(gone.id)
    audit = AuditTable(corpus.database)
    for stored, title in ((gone, "Quittenmarder"), (kept, "Zimtlawine")):
        details: dict[str, str | int] = {"id": stored.id, "title": title}
        audit.note(AuditEntry(FETCHED, "ada", AuditAction.ARTICLE_ADDED, details))
    library.close()
    library.purge("local")
    raw = (tmp_path / "corpora" / "local.sqlite3").read_bytes()
    assert b"Quittenmarder" not in raw
    assert b"Zimtlawine" in raw


@pytest.mark.parametrize("name", ["file", "n" * 300])
def test_a_data_directory_that_cannot_be_looked_into_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as caught:
        Library(tmp_path / name, HashingEmbedder()).names()
    assert caught.value.code == "data_directory_unusable"
