"""A corpus looked through from outside, while its owner works or not: nothing is written.

What is wrong is told by codes, for a person to decide.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.article_rows import COLUMNS, article_of
from index.database import SCHEMA_VERSION, Database
from index.errors import StoreError
from index.feed_table import FeedTable, StoredFeed
from index.identity import Identity
from index.lexical_index import LexicalIndex
from index.origins import Origins
from index.settings_table import Chosen, SettingsTable
from index.store import Store
from index.vector_index import FaissVectorIndex

SQLITE_VERSION = sqlite3.sqlite_version
_MOST_FINDINGS = 5


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, and the details.

    The code is "unusable", "empty", "too_new", "outdated", "integrity", "references", "damaged"
    (articles that are withheld), "settings",
    "feeds" or "index".
    """

    code: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in the file of one corpus."""

    name: str
    model: str | None = None
    articles: int = 0
    sentences: int = 0
    flaws: tuple[Flaw, ...] = ()
    feeds: tuple[StoredFeed, ...] = ()
    chosen: Chosen | None = None  # where it can be read


def inspect(path: Path) -> Inspection:
    """Look through the file of a corpus: SQLite's own checks, every digest, indexes made of it."""
    name = path.stem
    try:
        if not path.stat().st_size:
            return Inspection(name, flaws=(Flaw("empty"),))
        with closing(_connect(path)) as connection:
            return _inspect(name, path, connection)
    except (OSError, sqlite3.Error, StoreError) as error:
        return Inspection(name, flaws=(Flaw("unusable", str(error)),))


def sound_sqlite(version: str) -> bool:
    """Whether a version of SQLite is without the WAL reset bug, which can lose a commit."""
    major, minor, patch = (int(part) for part in version.split(".")[:3])
    least = {(3, 50): 7, (3, 44): 6}.get((major, minor))
    return (major, minor, patch) >= (3, 51, 3) or (least is not None and patch >= least)


def _connect(path: Path) -> sqlite3.Connection:
    # Where no log lies beside it nobody has it open, and SQLite need not make one to read.
    log = path.with_name(f"{path.name}-wal")
    mode = "mode=ro" if log.exists() else "immutable=1"
    address = f"{path.resolve().as_uri()}?{mode}"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, timeout=10.0
    )
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection


def _inspect(name: str, path: Path, connection: sqlite3.Connection) -> Inspection:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("BEGIN")  # one moment, whatever is written meanwhile
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    flaws = []
    found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST_FINDINGS})")]
    if found != ["ok"]:
        flaws.append(Flaw("integrity", "; ".join(found)))
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        flaws.append(Flaw("references"))
    if version != SCHEMA_VERSION:
        flaws.append(Flaw("too_new" if version > SCHEMA_VERSION else "outdated", str(version)))
        return Inspection(name, flaws=tuple(flaws))
    store = _Store(_ReadOnly(path, connection))
    articles = sum(1 for _ in connection.execute("SELECT 1 FROM article"))
    damaged = {i for i, intact in _articles(store) if not intact}
    ids, withheld, differs = _indexed(store)
    damaged |= withheld
    if damaged:
        shown = ", ".join(map(str, sorted(damaged)[:_MOST_FINDINGS]))
        flaws.append(Flaw("damaged", shown))
    if differs:
        flaws.append(Flaw("index", differs))
    chosen = SettingsTable(store.database).read()
    if not chosen.is_whole:
        flaws.append(Flaw("settings", ", ".join(sorted(chosen.damaged)) or "?"))
    feeds = tuple(FeedTable(store.database).all())
    (listed,) = store.database.all("SELECT count(*) FROM feed")[0]
    if listed != len(feeds):
        flaws.append(Flaw("feeds", str(listed - len(feeds))))
    return Inspection(name, store.model, articles, ids, tuple(flaws), feeds, chosen)


def _articles(store: _Store) -> Iterator[tuple[int, bool]]:
    """Yield every article, earlier versions too, and whether its digests agree."""
    for (article_id,) in store.database.all("SELECT id FROM article"):
        rows = store.database.all(f"SELECT {COLUMNS} FROM article WHERE id = ?", (article_id,))  # noqa: S608 - constant
        try:
            article_of(rows[0])
        except StoreError:
            yield article_id, False
        else:
            yield article_id, True


def _indexed(store: _Store) -> tuple[int, set[int], str]:
    """Make both indexes; return how many sentences, what is withheld, and where they differ."""
    vectors, words, withheld = FaissVectorIndex(), LexicalIndex(), set[int]()
    sentence_ids, passage_ids = set[int](), set[int]()
    for passages, rows in store.everything(withheld):
        ids = [i for passage in passages for i in passage.sentence_ids]
        vectors.add(ids, rows)
        words.add((p.id, p.stored.article.title, p.passage.text) for p in passages)
        if not np.array_equal(vectors.vectors(ids), rows):
            return 0, withheld, f"article {passages[0].stored.id}"
        sentence_ids.update(ids)
        passage_ids.update(passage.id for passage in passages)
    lost = [str(i) for i in sorted(sentence_ids ^ vectors.ids())]
    if lost:
        return 0, withheld, f"sentences {', '.join(lost[:_MOST_FINDINGS])}"
    if len(words) != len(passage_ids):
        return 0, withheld, f"{len(words)} of {len(passage_ids)} passages"
    if not withheld:
        (expected,) = store.database.all("SELECT count(*) FROM sentence")[0]
        if expected != len(sentence_ids):
            return 0, withheld, f"{len(sentence_ids)} of {expected} sentences"
    return len(sentence_ids), withheld, ""


class _ReadOnly(Database):
    """The queries of a Database over a connection that only reads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.lock = threading.RLock()
        self.damage = None
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        yield from self._refused()

    def _refused(self) -> Iterator[sqlite3.Connection]:
        raise StoreError("store_failed", path=str(self.path), reason="it is only looked at")


class _Store(Store):
    """The store of a file that is only read."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.identity = Identity(database)
        self.origins = Origins(database)
        self.model = self._recorded_model(None)
