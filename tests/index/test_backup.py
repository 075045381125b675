from __future__ import annotations

import errno
import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tarfile import TarFile, TarInfo
from typing import Any

import pytest

from index import archive, backup
from index.archive import read_archive
from index.backup import back_up, restore
from index.corpus import Corpus
from index.errors import StoreError
from index.lock import hold
from tests.fakes import HashingEmbedder
from tests.making import make_article, make_corpus

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
QUESTIONS = ("Wo steht Nummer 3?", "Was steht hier?", "Wer kommt?")


def fill(data: Path, name: str = "local", count: int = 6) -> None:
    corpus = make_corpus(data / "corpora", name=name)
    for i in range(count):
        corpus.add(make_article(f"Nummer {i} steht hier. " * 9, url=f"https://example.org/{i}"))
    corpus.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    fill(tmp_path / "data")
    fill(tmp_path / "data", "123456", 3)
    return tmp_path / "data"


def contents(data: Path) -> dict[str, Any]:
    """What is in a data directory, and what it answers."""
    found = {}
    for path in sorted((data / "corpora").glob("*.sqlite3")):
        corpus = Corpus(path, HashingEmbedder())
        assert corpus.withheld() == frozenset()
        answers = [corpus.search(question, 9).hits for question in QUESTIONS]
        found[path.stem] = (corpus.articles(), answers)
        corpus.close()
    return found


def left_over(directory: Path) -> list[str]:
    return [path.name for path in directory.glob(".beleg-*")]


def test_what_was_backed_up_comes_back_elsewhere(data: Path, tmp_path: Path) -> None:
    made = back_up(data, tmp_path / "saved.tar", NOW)
    assert made.path == tmp_path / "saved.tar"
    assert [(one.corpus, one.articles) for one in made.manifest.files] == [
        ("123456", 3),
        ("local", 6),
    ]
    assert made.left_out == {}
    new = tmp_path / "new"
    new.mkdir()
    done = restore(new, made.path, NOW)
    assert done.aside is None
    assert done.manifest == made.manifest
    assert contents(new) == contents(data)
    assert left_over(tmp_path) + left_over(new) == []


def test_in_a_directory_a_backup_has_its_date_in_its_name(data: Path, tmp_path: Path) -> None:
    assert back_up(data, tmp_path, NOW).path == tmp_path / "beleg-20261122-030000.tar"


def test_a_backup_is_of_one_moment_while_articles_come_and_go(data: Path, tmp_path: Path) -> None:
    corpus = make_corpus(data / "corpora", name="local")
    enough = threading.Event()
    before = {one.id for one in corpus.articles()}

    def work() -> None:
        number = 100
        while not enough.is_set():
            number += 1
            added = corpus.add(make_article(f"Kommt als {number}. " * 20, url=str(number))).stored
            if number % 3:
                corpus.remove(added.id)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        archives = [back_up(data, tmp_path / f"{i}.tar", NOW).path for i in range(5)]
    finally:
        enough.set()
        worker.join()
    corpus.close()
    sizes = []
    for path in archives:
        new = path.with_suffix("")
        new.mkdir()
        restore(new, path, NOW)
        articles, _ = contents(new)["local"]
        assert before <= {one.id for one in articles}
        sizes.append(len(articles))
    assert sizes[-1] > sizes[0], "articles came meanwhile"


def test_no_file_is_ever_replaced(data: Path, tmp_path: Path) -> None:
    (tmp_path / "there.tar").write_text("Urlaub")
    with pytest.raises(StoreError) as caught:
        back_up(data, tmp_path / "there.tar", NOW)
    assert caught.value.code == "backup_exists"
    assert (tmp_path / "there.tar").read_text() == "Urlaub"


def test_what_is_there_stays_unless_it_is_to_be_replaced(data: Path, tmp_path: Path) -> None:
    saved = back_up(data, tmp_path / "saved.tar", NOW).path
    fill(tmp_path / "new", "other")
    before = contents(tmp_path / "new")
    with pytest.raises(StoreError) as caught:
        restore(tmp_path / "new", tmp_path / "mistyped.tar", NOW)
    assert caught.value.code == "backup_missing"
    with pytest.raises(StoreError) as caught:
        restore(tmp_path / "new", saved, NOW)
    assert caught.value.code == "restore_would_replace"
    assert caught.value.details["names"] == "other"
    assert contents(tmp_path / "new") == before
    done = restore(tmp_path / "new", saved, NOW, replace=True)
    assert contents(tmp_path / "new") == contents(data)
    assert done.aside == tmp_path / "new" / "corpora.before-20261122-030000"
    done.aside.rename(tmp_path / "corpora")
    assert contents(tmp_path) == before


def test_an_empty_directory_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        back_up(tmp_path, tmp_path / "saved.tar", NOW)
    assert caught.value.code == "backup_of_nothing"


def test_a_corpus_that_cannot_be_copied_is_left_out_and_said(data: Path, tmp_path: Path) -> None:
    (data / "corpora" / "local.sqlite3").write_bytes(b"x" * 8192)
    made = back_up(data, tmp_path / "saved.tar", NOW)
    assert list(made.left_out) == ["local"]
    assert [one.corpus for one in made.manifest.files] == ["123456"]
    (data / "corpora" / "123456.sqlite3").write_bytes(b"")
    with pytest.raises(StoreError) as caught:
        back_up(data, tmp_path / "again.tar", NOW)
    assert caught.value.code == "backup_failed"
    assert not (tmp_path / "again.tar").exists()


def test_what_killed_ones_have_left_is_removed_but_nothing_of_one_at_work(
    data: Path, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / f".beleg-backup-{name}" / "corpora").mkdir(parents=True)
    (data / ".beleg-restore-x").mkdir()
    with hold(tmp_path / ".beleg-backup-a"):
        saved = back_up(data, tmp_path / "saved.tar", NOW).path
        assert left_over(tmp_path) == [".beleg-backup-a"]
    restore(data, saved, NOW, replace=True)
    assert left_over(data) == []


def write_archive_of(path: Path, *members: tuple[str, bytes]) -> None:
    with TarFile(path, "w") as file:
        for name, content in members:
            member = TarInfo(name)
            member.size = len(content)
            file.addfile(member, BytesIO(content))


@pytest.mark.parametrize("content", [b"", b"x" * 2000, b"\0" * 10240])
def test_a_file_that_is_no_archive_changes_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "saved.tar").write_bytes(content)
    data = tmp_path / "data"
    data.mkdir()
    with pytest.raises(StoreError) as caught:
        restore(data, tmp_path / "saved.tar", NOW)
    assert caught.value.code == "backup_unusable"
    assert list(data.iterdir()) == []


def test_nobody_is_told_to_replace_what_there_is_by_a_file_that_is_no_backup(
    data: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("Montag: Sicherung anlegen", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        restore(data, tmp_path / "notes.txt", NOW)
    assert caught.value.code == "backup_unusable"


def test_a_strangers_archive_writes_nowhere_else(data: Path, tmp_path: Path) -> None:
    saved = back_up(data, tmp_path / "saved.tar", NOW).path
    with TarFile(saved) as file:
        members = [(one.name, file.extractfile(one).read()) for one in file]  # type: ignore[union-attr] # all are files
    hostile = {
        "elsewhere": [*members[:2], ("../../evil.sqlite3", members[2][1]), *members[3:]],
        "more": [*members, ("corpora/more.sqlite3", b"x")],
        "less": members[:-1],
        "another manifest": [("manifest.json", b"{}"), *members[1:]],
        "no manifest": members[2:],
    }
    new = tmp_path / "new"
    new.mkdir()
    for name, changed in hostile.items():
        path = tmp_path / f"{name}.tar"
        write_archive_of(path, *changed)
        with pytest.raises(StoreError) as caught:
            restore(new, path, NOW)
        assert caught.value.code == "backup_unusable"
        assert list(new.iterdir()) == [], name
    assert not list(tmp_path.glob("evil*"))


def test_an_archive_of_another_format_is_of_a_newer_beleg(data: Path, tmp_path: Path) -> None:
    saved = back_up(data, tmp_path / "saved.tar", NOW).path
    with TarFile(saved) as file:
        members = [(one.name, file.extractfile(one).read()) for one in file]  # type: ignore[union-attr] # all are files
    manifest = members[0][1].replace(b'"format": 1', b'"format": 2')
    digest = hashlib.sha256(manifest).hexdigest().encode()
    changed = [("manifest.json", manifest), ("manifest.sha256", digest), *members[2:]]
    write_archive_of(tmp_path / "newer.tar", *changed)
    new = tmp_path / "new"
    new.mkdir()
    with pytest.raises(StoreError) as caught:
        restore(new, tmp_path / "newer.tar", NOW)
    assert caught.value.code == "backup_too_new"
    assert list(new.iterdir()) == []


def test_an_archive_of_a_newer_beleg_is_refused(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = back_up(data, tmp_path / "saved.tar", NOW).path
    monkeypatch.setattr(backup, "SCHEMA_VERSION", 3)
    with pytest.raises(StoreError) as caught:
        restore(data, saved, NOW, replace=True)
    assert caught.value.code == "store_too_new"


class Fault:
    """Lets the n-th of some calls fail as a full disk does."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, really: Callable[..., Any]) -> Callable[..., Any]:
        def call(*values: Any, **named: Any) -> Any:
            self.left -= 1
            if not self.left:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return really(*values, **named)

        return call


@contextmanager
def failing(number: int) -> Iterator[Fault]:
    """Let the n-th call that writes, synchronises, links or renames fail."""
    fault = Fault(number)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("fsync", "link", "rename", "mkdir"):
            patch.setattr(os, name, fault(getattr(os, name)))
        patch.setattr(archive, "_copied", fault(archive._copied))
        patch.setattr(backup, "_exchange", fault(backup._exchange))
        yield fault


def each_failing(
    begin: Callable[[], None], work: Callable[[], object], check: Callable[[], None]
) -> int:
    """Let one call after another fail; return how many there are."""
    number = 0
    while True:
        number += 1
        begin()
        with failing(number) as fault:
            try:
                work()
            except StoreError:
                refused = True
            else:
                refused = False
        if fault.left > 0:
            return number - 1
        if refused:
            check()


def test_a_backup_that_fails_anywhere_leaves_nothing_of_itself(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "saved.tar"
    before = contents(data)

    def check() -> None:
        assert left_over(tmp_path) == []
        if target.exists():  # linked, and only its name may not be on the disk yet
            read_archive(target)
            target.unlink()

    def begin() -> None:
        target.unlink(missing_ok=True)

    assert each_failing(begin, lambda: back_up(data, target, NOW), check) >= 6
    assert contents(data) == before


@pytest.mark.parametrize("there", [False, True])
def test_a_restore_that_fails_anywhere_is_whole_or_has_not_been(
    data: Path, tmp_path: Path, *, there: bool
) -> None:
    saved = back_up(data, tmp_path / "saved.tar", NOW).path
    new = contents(data)
    fill(tmp_path / "old", "other")
    old = contents(tmp_path / "old")
    target = tmp_path / "target"

    def begin() -> None:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        if there:
            shutil.copytree(tmp_path / "old" / "corpora", target / "corpora")

    def check() -> None:
        found = contents(target)
        assert found in (old if there else {}, new)
        if there and found == new:
            (aside,) = target.glob("corpora.before-*")
            assert (aside / "other.sqlite3").exists()

    def work() -> None:
        restore(target, saved, NOW, replace=True)

    assert each_failing(begin, work, check) >= 4
    assert contents(target) == new
