"""What was acknowledged survives a kill: a real process, killed at any moment, again and again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from index.store import Store
from tests.making import make_corpus

ROOT = Path(__file__).parents[2]
KILLS = 6


def test_what_was_acknowledged_survives_kills_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(7)
    log = tmp_path / "acknowledged"
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.index.adding_until_killed",
            tmp_path / "test.sqlite3",
            log,
        ],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        for kill in range(KILLS):
            seen = lines(log)
            parent.stdin.write("again\n")
            parent.stdin.flush()
            process = int(parent.stdout.readline())
            wait_for(log, seen + chance.randint(2, 16))
            time.sleep(0.01 * chance.random())  # anywhere within a change, not always at its end
            os.kill(process, signal.SIGKILL)
            assert parent.stdout.readline() == "gone\n"
            check(tmp_path, log, kill + 1)
        parent.stdin.close()


def lines(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.exists() else 0


def wait_for(log: Path, wanted: int) -> None:
    deadline = time.monotonic() + 60
    while lines(log) < wanted:
        assert time.monotonic() < deadline, "it does not work"
        time.sleep(0.001)


def check(directory: Path, log: Path, kills: int) -> None:
    acknowledged, doubtful = read(log)
    corpus = make_corpus(directory)
    stored = {article.id: article.article.text_sha256 for article in corpus.articles()}
    assert acknowledged.keys() - doubtful <= stored.keys(), "lost"
    # Committed in the moment of the kill, before it could be acknowledged: one for each kill.
    unheard = stored.keys() - acknowledged.keys()
    assert len(unheard) <= kills, "come back from the dead"
    assert all(stored[i] == acknowledged[i] for i in stored.keys() & acknowledged.keys())
    store: Store = corpus._store
    owners = {p.stored.id for passages, _ in store.everything() for p in passages}
    assert owners == stored.keys(), "half an article"
    assert corpus._indexes().vectors.ids() == {
        i for passages, _ in store.everything() for p in passages for i in p.sentence_ids
    }
    corpus.close()


def read(log: Path) -> tuple[dict[int, str], set[int]]:
    """Return the hashes of what is there by id, and the ids whose removal had only begun."""
    present: dict[int, str] = {}
    doubtful: set[int] = set()
    leaving: int | None = None
    for line in log.read_text(encoding="utf-8").splitlines():
        word, _, values = line.partition(" ")
        if word == "added":
            number, sha256 = values.split()
            present[int(number)] = sha256
        elif word == "removing":
            leaving = int(values)
            continue
        if leaving is not None:
            if word == "ready":  # killed in between
                doubtful.add(leaving)
            else:
                del present[leaving]
            leaving = None
    return present, doubtful | ({leaving} if leaving is not None else set())
