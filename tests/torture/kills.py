"""Kill a worker again and again, and look after each kill whether a promise was broken."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index.backup import back_up, restore
from index.database import SCHEMA_VERSION, STEPS
from index.store import Store
from tests.fakes import HashingEmbedder
from tests.making import make_article, make_corpus
from tests.torture.old_files import make_old_file
from tests.torture.worker import NAME, WORK, corpus_path, old_articles, opened

ROOT = Path(__file__).parents[2]
LONGEST_S = 0.4
# What the words of the log begin and end; of each there is one at a time.
_BEGUN = {
    **dict.fromkeys(("adding", "updating", "removing"), "change"),
    **{word: word for word in ("saving", "switching", "migrating", "restoring")},
}
_ENDED = {
    **dict.fromkeys(("added", "updated", "removed"), "change"),
    "saved": "saving",
    "switched": "switching",
    "migrated": "migrating",
    "restored": "restoring",
}
_PATIENCE_S = 60.0


class BrokenPromiseError(AssertionError):
    """Something that was promised did not hold."""


@dataclass(slots=True)
class Tally:
    """What a run came to."""

    kills: Counter[str] = field(default_factory=Counter)
    amid: Counter[str] = field(default_factory=Counter)  # what was begun and not acknowledged
    acknowledged: Counter[str] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Return the summary."""
        parts = {
            f"kills: {self.kills.total()}": self.kills,
            "in the midst of": self.amid,
            "acknowledged before": self.acknowledged,
            "looked at after": self.checked,
        }
        return [
            f"{title}: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
            for title, counts in parts.items()
        ] + ["lost: 0, back from the dead: 0, halves: 0, index unlike store: 0, bad backups: 0"]


class Killing:
    """A worker with its log, and what must be there by all that it has acknowledged."""

    def __init__(self, directory: Path, seed: int) -> None:
        """Take an empty directory."""
        self._directory = directory
        self._data = directory / "data"
        self._log = directory / "acknowledged"
        self._log.touch()
        self._chance = random.Random(seed)
        self._read = 0
        self._present: dict[int, str] = {}
        self._removed: set[int] = set()
        self._saved_from: dict[str, tuple[set[int], set[int]]] = {}
        self._saved: set[str] = set()
        self._migrated: set[str] = set()
        self.tally = Tally()
        for number in (0, 1):
            source = directory / f"source-{number}"
            corpus = make_corpus(source / "corpora", name=NAME)
            for i in range(8):
                corpus.add(make_article(f"Sicherung {number}, Stück {i}. " * 9, url=f"u{i}"))
            corpus.close()
            back_up(source, directory / f"restore-{number}.tar", datetime.now(UTC))

        for version in range(1, SCHEMA_VERSION):
            make_old_file(directory / "templates" / f"v{version}.sqlite3", version, old_articles())

    def run(self, kills: int, longest: float = LONGEST_S) -> Tally:
        """Kill so often; BrokenPromiseError at the first promise that was broken."""
        with subprocess.Popen(
            [sys.executable, "-m", "tests.torture.worker", self._data, self._log],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as parent:
            assert parent.stdin is not None
            assert parent.stdout is not None
            for number in range(kills):
                work = list(WORK)[number % len(WORK)]
                parent.stdin.write(f"{work}\n")
                parent.stdin.flush()
                process = int(parent.stdout.readline())
                self._wait_until_ready()
                time.sleep(longest * self._chance.random())
                os.kill(process, signal.SIGKILL)
                if parent.stdout.readline() != "gone\n":
                    raise BrokenPromiseError("the worker has ended by itself")
                self.tally.kills[work] += 1
                self._check(work)
            parent.stdin.close()
        return self.tally

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while b"ready" not in self._log.read_bytes()[self._read :]:
            if time.monotonic() > deadline:
                raise BrokenPromiseError("the worker does not start")
            time.sleep(0.001)

    def _check(self, work: str) -> None:
        pending = self._follow()
        for word in pending.values():
            self.tally.amid[word.partition(" ")[0]] += 1
        if corpus_path(self._data).exists():
            self._check_corpus(pending.get("change", ""))
        self._check_backups()
        self._check_migrations()
        if work == "restore":
            self._check_restored()

    def _follow(self) -> dict[str, str]:
        """Follow the log; return what was begun last and not acknowledged."""
        raw = self._log.read_bytes()
        new, self._read = raw[self._read :], len(raw)
        pending: dict[str, str] = {}
        for line in new.decode().splitlines():
            word, _, values = line.partition(" ")
            if word in _BEGUN:
                pending[_BEGUN[word]] = line
                if word == "saving":
                    self._saved_from[values] = (set(self._present), set(self._removed))
            elif word != "ready":
                self.tally.acknowledged[word] += 1
                self._acknowledge(word, values, pending.pop(_ENDED[word]))
        return pending

    def _acknowledge(self, word: str, values: str, begun: str) -> None:
        if word == "updated":
            self._gone(int(begun.split()[1]))
        if word in {"added", "updated"}:
            number, sha256 = values.split()
            self._present[int(number)] = sha256
        elif word == "removed":
            self._gone(int(values))
        elif word == "saved":
            self._saved.add(values)
        elif word == "migrated":
            self._migrated.add(values)

    def _gone(self, number: int) -> None:
        self._present.pop(number, None)
        self._removed.add(number)

    def _check_corpus(self, pending: str) -> None:
        corpus = opened(self._data)
        stored = {one.id: one.article.text_sha256 for one in corpus.articles()}
        word, _, values = pending.partition(" ")
        new = stored.keys() - self._present.keys()
        lost = self._present.keys() - stored.keys()
        doubtful = {int(values)} if values else set()
        if new & self._removed:
            raise BrokenPromiseError(f"back from the dead: {new & self._removed}")
        if not lost <= doubtful:
            raise BrokenPromiseError(f"lost: {lost - doubtful}")
        if len(new) > (word in {"adding", "updating"}):
            raise BrokenPromiseError(f"never heard of: {new}")
        if word == "updating" and len(new) != len(lost):
            raise BrokenPromiseError("neither the old version nor the new one")
        if any(stored[i] != sha256 for i, sha256 in self._present.items() if i in stored):
            raise BrokenPromiseError("another text")
        for number in lost:
            self._gone(number)
        self._present = stored
        if corpus.withheld():
            raise BrokenPromiseError(f"damaged: {corpus.withheld()}")
        self._check_indexes(corpus._store, corpus)
        corpus.close()
        self.tally.checked["articles"] += len(stored)

    def _check_indexes(self, store: Store, corpus: object) -> None:
        indexes = corpus._indexes()  # type: ignore[attr-defined] # of a corpus, not for others
        ids: set[int] = set()
        owners: set[int] = set()
        for passages, vectors in store.everything():
            found = [i for passage in passages for i in passage.sentence_ids]
            owners.add(passages[0].stored.id)
            ids.update(found)
            if not np.array_equal(indexes.vectors.vectors(found), vectors):
                raise BrokenPromiseError("other vectors in the index")
        if owners != self._present.keys():
            raise BrokenPromiseError(f"half an article: {owners ^ self._present.keys()}")
        if indexes.vectors.ids() != ids:
            raise BrokenPromiseError("the index is unlike the store")
        self.tally.checked["sentences in the index"] += len(ids)

    def _check_backups(self) -> None:
        directory = self._directory / "backups"
        for path in sorted(directory.glob("*.tar")):
            target = self._directory / "from-backup"
            restore_into(path, target)
            corpus = opened(target)
            stored = {one.id for one in corpus.articles()}
            if corpus.withheld():
                raise BrokenPromiseError("a damaged backup")
            corpus.close()
            shutil.rmtree(target)
            before, removed = self._saved_from.pop(path.name)
            if stored & removed:
                raise BrokenPromiseError("the backup has what was removed before it began")
            if not before - self._removed <= stored:
                raise BrokenPromiseError("the backup lacks what was acknowledged before it began")
            path.unlink()
            self._saved.discard(path.name)
            self.tally.checked["backups"] += 1
        if self._saved:
            raise BrokenPromiseError(f"backups lost: {self._saved}")

    def _check_migrations(self) -> None:
        wanted = sorted(article.text_sha256 for article in old_articles())
        for path in sorted((self._directory / "old").glob("*.sqlite3")):
            version = int(path.stem.partition("-v")[2])
            with closing(sqlite3.connect(path)) as connection:
                (found,) = connection.execute("PRAGMA user_version").fetchone()
                columns = {row[1] for row in connection.execute("PRAGMA table_info(article)")}
            if found not in {version, SCHEMA_VERSION}:
                raise BrokenPromiseError(f"between two schemas: {found}")
            if found != SCHEMA_VERSION and path.name in self._migrated:
                raise BrokenPromiseError("the old schema is back")
            if ("seal" in columns) != (found > STEPS.index("seals")):
                raise BrokenPromiseError("half a schema")
            store = Store(path, HashingEmbedder.name)
            damaged: set[int] = set()
            passages = [one for some, _ in store.everything(damaged) for one in some]
            texts = sorted({p.stored.article.text_sha256 for p in passages})
            store.close()
            if texts != wanted or damaged:
                raise BrokenPromiseError("an article was lost on the way to the new schema")
            state = "new" if found == SCHEMA_VERSION else "old"
            self.tally.checked[f"files of the {state} schema"] += 1
        shutil.rmtree(self._directory / "old", ignore_errors=True)

    def _check_restored(self) -> None:
        target = self._directory / "restored"
        if not (target / "corpora").exists():
            if self.tally.acknowledged["restored"]:
                raise BrokenPromiseError("a restored directory is gone")
            return
        corpus = opened(target)
        texts = {one.article.text[:11] for one in corpus.articles()}
        if len(corpus.articles()) != 8 or len(texts) != 1 or corpus.withheld():
            raise BrokenPromiseError(f"two backups mixed: {texts}")
        corpus.close()
        self.tally.checked["restored directories"] += 1


def restore_into(archive: Path, directory: Path) -> None:
    """Put a backup into a directory that is not there yet."""
    directory.mkdir()
    restore(directory, archive, datetime.now(UTC))
