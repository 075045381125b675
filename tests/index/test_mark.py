from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.errors import StoreError
from index.mark import Mark
from tests.making import make_article, make_corpus


def killed(tmp_path: Path) -> Path:
    """A store as a kill leaves it: the last changes are in its log alone."""
    corpus = make_corpus(tmp_path / "data")
    corpus.add(make_article("Eins steht hier."))
    corpus.database.forget()
    corpus.add(make_article("Zwei steht hier."))
    corpus.add(make_article("Drei steht hier."))
    shutil.copytree(tmp_path / "data", tmp_path / "killed")
    corpus.close()
    return tmp_path / "killed"


def test_a_whole_log_is_taken_in_without_a_word(tmp_path: Path) -> None:
    directory = killed(tmp_path)
    corpus = make_corpus(directory)
    assert len(corpus.articles()) == 3
    assert corpus.database.damage is None
    assert not list(directory.glob("*.damaged"))
    corpus.close()


@pytest.mark.parametrize("left", [0, 40, 0.5])
def test_a_log_that_lost_its_end_is_noticed_kept_and_not_written_over(
    tmp_path: Path, left: float
) -> None:
    directory = killed(tmp_path)
    log = directory / "test.sqlite3-wal"
    raw = log.read_bytes()
    shortened = raw[: int(left * len(raw)) if left < 1 else int(left)]
    log.write_bytes(shortened)
    corpus = make_corpus(directory)
    assert len(corpus.articles()) < 3
    assert corpus.search("Was steht hier?", 3).hits, "what is there is still answered from"
    assert "missing" in str(corpus.database.damage)
    with pytest.raises(StoreError) as caught:
        corpus.add(make_article("Vier steht hier."))
    assert caught.value.code == "store_damaged"
    corpus.close()
    if shortened:
        assert (directory / "test.sqlite3-wal.damaged").read_bytes() == shortened


def test_without_the_mark_it_goes_on(tmp_path: Path) -> None:
    directory = killed(tmp_path)
    (directory / "test.sqlite3-wal").unlink()
    (directory / "test.sqlite3-mark").unlink()
    corpus = make_corpus(directory)
    corpus.add(make_article("Vier steht hier."))
    corpus.close()


@pytest.mark.parametrize(
    "content", [b"", b"x", b"99999999999999999999 00000000\n", b"\xff" * 30, b"7\n", b"1 2 3\n"]
)
def test_a_damaged_mark_says_nothing(tmp_path: Path, content: bytes) -> None:
    corpus = make_corpus(tmp_path)
    corpus.add(make_article())
    corpus.close()
    (tmp_path / "test.sqlite3-mark").write_bytes(content)
    corpus = make_corpus(tmp_path)
    assert corpus.database.damage is None
    corpus.close()


def test_a_mark_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    (tmp_path / "test.sqlite3-mark").mkdir()
    corpus.add(make_article())
    corpus.close()


def test_a_mark_is_read_as_it_was_written(tmp_path: Path) -> None:
    mark = Mark(tmp_path / "x.sqlite3")
    assert mark.read() == 0
    for number in (3, 12_345, 12_346):
        mark.write(number)
        assert mark.read() == number
    mark.close()
