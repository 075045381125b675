"""The file of one corpus: one connection, its safe settings, its transactions, its upgrades.

Whoever keeps something of a corpus (articles, permissions, feeds) does so through this, in tables
of its own; the tables stand in `index/schema/`.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from index.canonical import canonical_url
from index.errors import StoreError

_log = logging.getLogger(__name__)

# Files of `index/schema/`, in the order in which they came to be: a file's version is how many of
# them it has. A step that was released is never changed; what it lacks is a new one.
STEPS = (
    "articles",
    "updated_and_authors",
    "address",
    "copies",
    "permission",
    "intake",
    "feeds",
    "outlet_given",
    "settings",
    "audit",
    "feedback",
    "questions",
    "suggestions",
)
SCHEMA_VERSION = len(STEPS)
# The most that SQLite takes in one statement by default is far higher; this keeps statements few.
_CHUNK = 500
# How long to wait for another process that is writing.
_PATIENCE_S = 10.0

Row = tuple[Any, ...]  # columns differ in type


@dataclass(frozen=True, slots=True)
class Purged:
    """The bytes of a file and its log, before and after it was written anew."""

    before: int
    after: int


class Database:
    """Safe to use from several threads; one statement runs at a time."""

    def __init__(
        self, path: Path, create: Callable[[sqlite3.Connection], None] | None = None
    ) -> None:
        """Open the file and bring it to today's schema; StoreError where it cannot be used.

        `create` writes the first rows of a new file, in the transaction that makes its tables.
        Without it the file must exist.
        """
        self.path = path
        self.lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=_PATIENCE_S
            )
            try:
                self._prepare(create)
            except BaseException:
                self._connection.close()
                raise
        except (sqlite3.Error, OSError) as error:
            raise StoreError("store_unusable", path=str(path), reason=str(error)) from error

    def close(self) -> None:
        """Close the file; nothing is lost, since every change was committed."""
        with self.lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all of it or nothing; StoreError where it fails."""
        with self.lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                    self._connection.execute("COMMIT")
                except BaseException:
                    # SQLite has already done so where the disk is full.
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                raise self._failed(error) from error

    def all(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return every row of a query."""
        with self.lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise self._failed(error) from error

    def one(self, statement: str, values: Sequence[object] = ()) -> Row | None:
        """Return the first row of a query."""
        rows = self.all(statement, values)
        return rows[0] if rows else None

    def each(self, statement: str, ids: Sequence[int]) -> list[Row]:
        """Return the rows of a query that ends in "IN", over many ids."""
        rows = []
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            rows += self.all(f"{statement} ({','.join('?' * len(chunk))})", chunk)
        return rows

    def forget(self) -> None:
        """Empty the write-ahead log, which still holds the words that were deleted."""
        try:
            with self.lock:
                (busy, *_) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error:
            _log.exception("%s: the log could not be emptied", self.path)
            return
        if busy:
            _log.warning("%s: another reader keeps deleted words in the log", self.path)

    def purge(self) -> Purged:
        """Write the file anew from what it still holds; StoreError where there is no room for it.

        Emptied pages and the log, which may hold words that were deleted, are gone then.
        """
        with self.lock:
            before = self._bytes()
            try:
                self._connection.execute("VACUUM")
                (busy, *_) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.Error as error:
                raise self._failed(error) from error
            if busy:
                raise StoreError(
                    "store_failed", path=str(self.path), reason="another process is reading it"
                )
            return Purged(before, self._bytes())

    def _bytes(self) -> int:
        beside = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(path.stat().st_size for path in beside if path.exists())

    def _failed(self, error: sqlite3.Error) -> StoreError:
        return StoreError("store_failed", path=str(self.path), reason=str(error))

    def _prepare(self, create: Callable[[sqlite3.Connection], None] | None) -> None:
        connection = self._connection
        # Bytes that are no UTF-8 any more damage one article; an error here would end the query.
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        self._write_ahead()
        # A commit that was acknowledged survives a power cut, not only a kill.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        # Deleted words are overwritten, not merely forgotten.
        connection.execute("PRAGMA secure_delete = ON")
        # For steps of the schema: forms that SQL cannot make.
        connection.create_function("canonical_url", 1, canonical_url, deterministic=True)
        version = self._version()
        if version > SCHEMA_VERSION:
            raise StoreError("store_too_new", path=str(self.path), version=version)
        if version == 0 and create is None:
            raise sqlite3.DatabaseError("there is no corpus in it")
        if version < SCHEMA_VERSION:
            with self.transaction():
                self._upgrade(self._version(), create)  # another process may have been quicker

    def _upgrade(self, version: int, create: Callable[[sqlite3.Connection], None] | None) -> None:
        for name in STEPS[version:]:
            # Not executescript: it would commit what the transaction holds together.
            for statement in _statements(name):
                self._connection.execute(statement)
        if version == 0 and create is not None:
            create(self._connection)
        self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _write_ahead(self) -> None:
        """Turn the log on; here SQLite does not wait by itself for another process doing so."""
        last_try = time.monotonic() + _PATIENCE_S
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > last_try:
                    raise
                time.sleep(0.02)
            else:
                return


def inserted(cursor: sqlite3.Cursor) -> int:
    """Return the id of the row that an INSERT has made."""
    if cursor.lastrowid is None:
        raise AssertionError("an INSERT has a row id")
    return cursor.lastrowid


def _statements(name: str) -> list[str]:
    script = resources.files("index").joinpath(f"schema/{name}.sql").read_text(encoding="utf-8")
    bare = "\n".join(line.partition("--")[0] for line in script.splitlines())
    return [statement for statement in bare.split(";") if statement.strip()]
