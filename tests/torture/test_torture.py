"""The short part of `make torture`: some of everything, in seconds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fakes import HashingEmbedder
from tests.making import make_article, make_corpus
from tests.prose import make_articles
from tests.torture.backups import compare
from tests.torture.damage import DAMAGES, damage_everything
from tests.torture.disk import Call, Disk, after_power_cut, available
from tests.torture.failing import WORK as FAILING_WORK
from tests.torture.failing import let_each_fail
from tests.torture.kills import BrokenPromiseError, Killing
from tests.torture.power import cut
from tests.torture.worker import WORK

needs_sqlite = pytest.mark.skipif(not available(), reason="this SQLite cannot be reached")


def test_kills_in_the_midst_of_all_work_break_no_promise(tmp_path: Path) -> None:
    tally = Killing(tmp_path, seed=1).run(len(WORK), longest=0.15)
    assert tally.kills == dict.fromkeys(WORK, 1)
    assert tally.acknowledged.total() > 0


def test_a_lost_article_would_be_noticed(tmp_path: Path) -> None:
    killing = Killing(tmp_path, seed=1)
    corpus = make_corpus(tmp_path / "data" / "corpora", name="local")
    stored = corpus.add(make_article()).stored
    corpus.close()
    log = tmp_path / "acknowledged"
    log.write_text(f"adding\nadded {stored.id} {stored.article.text_sha256}\n")
    killing._check("ingest")
    log.write_text(log.read_text() + f"adding\nadded {stored.id + 1} abc\n")
    with pytest.raises(BrokenPromiseError, match="lost"):
        killing._check("ingest")


def test_a_removed_article_that_came_back_would_be_noticed(tmp_path: Path) -> None:
    killing = Killing(tmp_path, seed=1)
    corpus = make_corpus(tmp_path / "data" / "corpora", name="local")
    stored = corpus.add(make_article()).stored
    corpus.close()
    added = f"added {stored.id} {stored.article.text_sha256}"
    (tmp_path / "acknowledged").write_text(
        f"adding\n{added}\nremoving {stored.id}\nremoved {stored.id}\n"
    )
    with pytest.raises(BrokenPromiseError, match="back from the dead"):
        killing._check("ingest")


@needs_sqlite
def test_a_power_cut_takes_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert cut(tmp_path, 25).amid.total() == 25


@needs_sqlite
def test_a_power_cut_takes_what_was_not_synchronised() -> None:
    calls = [
        Call("write", "a", 0, b"x" * 1024),
        Call("sync", "a"),
        Call("write", "a", 0, b"y" * 1024),
    ]
    chance = random.Random(7)
    ends = {after_power_cut({}, calls, chance)["a"] for _ in range(40)}
    assert ends == {first * 512 + second * 512 for first in (b"x", b"y") for second in (b"x", b"y")}


@needs_sqlite
def test_calls_that_fail_leave_everything_as_it_was(tmp_path: Path) -> None:
    faults = let_each_fail(tmp_path, step=97)
    assert {name.partition(",")[0] for name in faults.ended} == FAILING_WORK.keys()


@needs_sqlite
def test_a_disk_counts_what_is_written(tmp_path: Path) -> None:
    with Disk() as disk:
        corpus = make_corpus(tmp_path)
        disk.fail(1 << 40)
        corpus.add(make_article())
        assert disk.count > 5
        corpus.close()


def test_a_backup_made_amid_an_ingest_answers_as_its_origin_does(tmp_path: Path) -> None:
    articles = list(make_articles(24))
    questions = [article.title for article in articles[::2]]
    told = compare(tmp_path, articles, questions, HashingEmbedder())
    assert told.questions == len(questions)
    assert told.articles >= 12
    assert told.meanwhile > 0
    assert told.answered > 0


def test_damaged_files_are_refused_or_withheld_and_never_quoted(tmp_path: Path) -> None:
    done = damage_everything(tmp_path, len(DAMAGES))
    assert sum(done.ended.values()) == len(DAMAGES) * 6
    assert done.ended["a backup", "refused"] == len(DAMAGES)
    assert done.ended["its log", "answered in full"] == 0
