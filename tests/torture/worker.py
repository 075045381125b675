"""Works on a data directory until it is killed, and writes down what was acknowledged.

A line of the log is on the disk before the next change begins. Each line on standard input names
what to do ("ingest", "reindex", "backup", "migrate", "restore") and starts a process for it, as a
copy of this one that has everything imported; its number is printed, and "gone" when it has ended.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index.backup import back_up, restore
from index.corpus import Corpus
from index.database import SCHEMA_VERSION
from index.protocols import Vectors
from index.reindex import Reindexing
from index.store import Store
from tests.fakes import HashingEmbedder
from tests.making import make_article
from tests.torture.old_files import make_old_file

MOST = 150  # articles; what is more is removed again
OLD = 40  # articles of a file of an older Beleg
NAME = "local"
_NUMBERS = itertools.count()  # of the articles of a process, never the same twice


class Mirrored(HashingEmbedder):
    """Another model: the same vectors the other way round, and longer."""

    name = "mirrored"
    dimension = 65

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        return np.pad(super().embed_sentences(texts)[:, ::-1], ((0, 0), (1, 0)))


EMBEDDERS = {embedder.name: embedder for embedder in (HashingEmbedder(), Mirrored())}


class Log:
    """Lines that are on the disk when `note` returns. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()

    def note(self, line: str) -> None:
        with self._lock:
            self._file.write(line + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())


def corpus_path(data: Path) -> Path:
    return data / "corpora" / f"{NAME}.sqlite3"


def opened(data: Path) -> Corpus:
    """Open the corpus with the model that it is of at the moment."""
    path = corpus_path(data)
    name = HashingEmbedder.name
    if path.exists():
        store = Store(path, None)
        name = store.model
        store.close()
    return Corpus(path, EMBEDDERS[name])


def ingest(data: Path, log: Log, until: Callable[[], bool] = lambda: False) -> None:
    """Add, change and remove articles."""
    chance = random.Random(os.getpid())
    corpus = opened(data)
    there = [stored.id for stored in corpus.articles()]
    while not until():
        number = next(_NUMBERS)
        text = f"Nummer {number} von {os.getpid()} steht hier. " * chance.randint(5, 40)
        choice = chance.random()
        if there and (len(there) > MOST or choice < 0.3):
            gone = there.pop(chance.randrange(len(there)))
            log.note(f"removing {gone}")
            corpus.remove(gone)
            log.note(f"removed {gone}")
        elif there and choice < 0.5:
            old = there.pop(chance.randrange(len(there)))
            article = corpus.article(old).article
            log.note(f"updating {old}")
            stored = corpus.add(make_article(text, url=article.url)).stored
            log.note(f"updated {stored.id} {stored.article.text_sha256}")
            there.append(stored.id)
        else:
            log.note("adding")
            url = f"https://example.org/{os.getpid()}/{number}"
            stored = corpus.add(make_article(text, url=url)).stored
            log.note(f"added {stored.id} {stored.article.text_sha256}")
            there.append(stored.id)
    corpus.close()


def reindex(data: Path, log: Log) -> None:
    """Take the corpus over to the other model, there and back again, with some work between."""
    while True:
        corpus = opened(data)
        other = next(name for name in EMBEDDERS if name != corpus.model)
        corpus.close()
        log.note(f"switching {other}")
        with Reindexing(corpus_path(data), EMBEDDERS[other]) as reindexing:
            reindexing.prepare(lambda items, _: items)
            reindexing.take_over()
        log.note(f"switched {other}")
        turns = iter(range(4))
        ingest(data, log, lambda turns=turns: next(turns, None) is None)  # type: ignore[misc] # its default


def backup(data: Path, log: Log) -> None:
    """Make backups while articles come and go."""
    threading.Thread(target=ingest, args=(data, log), daemon=True).start()
    while not corpus_path(data).exists():
        pass
    for number in itertools.count():
        target = data.parent / "backups" / f"{os.getpid()}-{number}.tar"
        target.parent.mkdir(exist_ok=True)
        log.note(f"saving {target.name}")
        back_up(data, target, datetime.now(UTC))
        log.note(f"saved {target.name}")


def migrate(data: Path, log: Log) -> None:
    """Open files of older versions, one after another."""
    chance = random.Random(os.getpid())
    directory = data.parent / "old"
    directory.mkdir(exist_ok=True)
    for number in itertools.count():
        version = chance.randint(1, SCHEMA_VERSION - 1)
        path = directory / f"{os.getpid()}-{number}-v{version}.sqlite3"
        being_made = path.with_suffix(".making")
        shutil.copyfile(data.parent / "templates" / f"v{version}.sqlite3", being_made)
        being_made.rename(path)
        log.note(f"migrating {path.name}")
        Store(path, HashingEmbedder.name).close()
        log.note(f"migrated {path.name}")


def bring_back(data: Path, log: Log) -> None:
    """Put one of two backups in place of the other, again and again."""
    new = data.parent / "restored"
    new.mkdir(exist_ok=True)
    for number in itertools.count():
        archive = data.parent / f"restore-{number % 2}.tar"
        log.note(f"restoring {archive.name}")
        done = restore(new, archive, datetime.now(UTC), replace=True)
        log.note(f"restored {archive.name}")
        if done.aside is not None:
            shutil.rmtree(done.aside)


def old_articles() -> list:  # type: ignore[type-arg] # of articles
    return [
        make_article(f"Altes Stück {i} steht hier. " * 20, url=f"https://example.org/old/{i}")
        for i in range(OLD)
    ]


WORK = {
    "ingest": ingest,
    "reindex": reindex,
    "backup": backup,
    "migrate": migrate,
    "restore": bring_back,
}


def warm_up() -> None:
    """Load what is loaded on first use, so that every copy has it."""
    with tempfile.TemporaryDirectory() as name:
        corpus = Corpus(Path(name) / "warm.sqlite3", HashingEmbedder())
        corpus.add(make_article(old_articles()[0].text, url="https://example.org/warm"))
        corpus.remove(1)
        corpus.close()
        make_old_file(Path(name) / "old.sqlite3", 1, old_articles()[:1])
        Store(Path(name) / "old.sqlite3", HashingEmbedder.name).close()


def main(data: Path, log: Path) -> None:
    warm_up()
    for line in sys.stdin:
        process = os.fork()
        if not process:
            acknowledged = Log(log)
            acknowledged.note(f"ready {line.strip()}")
            WORK[line.strip()](data, acknowledged)
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()
        os.waitpid(process, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
