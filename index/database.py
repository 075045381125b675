"""The file of one corpus: one connection, its safe settings, its transactions, its upgrades.

Whoever keeps something of a corpus (articles, permissions, feeds) does so through this, in tables
of its own; the tables stand in `index/schema/`.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from index.canonical import canonical_url
from index.errors import StoreError
from index.mark import Mark
from index.seals import article_seal, sentence_seal, vector_check

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
    "seals",
    "next_vectors",
    "watches",
    "seals_of_choices",
)
SCHEMA_VERSION = len(STEPS)
# The most that SQLite takes in one statement by default is far higher; this keeps statements few.
_CHUNK = 500
# How long to wait for another process that is writing.
_PATIENCE_S = 10.0
IN_MEMORY = Path(":memory:")
# Each transaction has a number of its own, one higher than the last.
_NEXT = (
    "INSERT INTO meta VALUES ('generation', '1')"
    " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value"
)
# A message that names what is damaged may itself be no text any more.
_FAULTS = (sqlite3.Error, UnicodeDecodeError)
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

Row = tuple[Any, ...]  # columns differ in type


@dataclass(frozen=True, slots=True)
class Purged:
    """The bytes of a file and its log, before and after it was written anew."""

    before: int
    after: int


class Database:
    """Safe to use from several threads; one statement runs at a time.

    A file that SQLite finds damaged is read as far as it goes, and not written to any more.
    """

    def __init__(
        self, path: Path, create: Callable[[sqlite3.Connection], None] | None = None
    ) -> None:
        """Open the file and bring it to today's schema; StoreError where it cannot be used.

        `create` writes the first rows of a new file, in the transaction that makes its tables; the
        file has its name only when it is complete. Without it the file must exist.
        """
        self.path = path
        self.lock = threading.RLock()
        self.damage: str | None = None  # what was found
        self._mark = None if path == IN_MEMORY else Mark(path)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path != IN_MEMORY:
                if create is not None and not path.exists():
                    _make(path, create)
                if path.is_file() and not path.stat().st_size:
                    raise StoreError("store_empty", path=str(path))
            self._connection = _connect(path)
            try:
                with _kept_log(path) as keep:
                    marked = 0 if self._mark is None else self._mark.read()
                    self._prepare(create)
                    keep(self._lacks(marked))
            except BaseException:
                self._connection.close()
                raise
        except _FAULTS as error:
            code = "store_damaged" if _is_damage(error) else "store_unusable"
            raise StoreError(code, path=str(path), reason=str(error)) from error
        except OSError as error:
            raise StoreError("store_unusable", path=str(path), reason=str(error)) from error

    def close(self) -> None:
        """Close the file; nothing is lost, since every change was committed."""
        with self.lock:
            self._connection.close()
            if self._mark is not None:
                self._mark.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all of it or nothing; StoreError where it fails."""
        with self.lock:
            if self.damage is not None:
                raise StoreError("store_damaged", path=str(self.path), reason=self.damage)
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                    (number,) = self._connection.execute(_NEXT).fetchone()
                    self._connection.execute("COMMIT")
                except BaseException:
                    # SQLite has already done so where the disk is full.
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                    raise
            except _FAULTS as error:
                raise self._failed(error) from error
            if self._mark is not None:
                self._mark.write(int(number))

    def all(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return every row of a query."""
        with self.lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except _FAULTS as error:
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

    def check(self) -> str | None:
        """Let SQLite look through the whole file, and return what it finds damaged first.

        Some seconds for each gigabyte; statements go on meanwhile.
        """
        if self.path != IN_MEMORY:
            try:
                with closing(_connect(self.path)) as connection:
                    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            except _FAULTS as error:
                if _is_damage(error):
                    self._note_damage(str(error))
            else:
                if found != "ok":
                    self._note_damage(str(found))
        return self.damage

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
            self._refuse_damaged()
            before = self._bytes()
            try:
                self._connection.execute("VACUUM")
                (busy, *_) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except _FAULTS as error:
                raise self._failed(error) from error
            if busy:
                raise StoreError(
                    "store_failed", path=str(self.path), reason="another process is reading it"
                )
            return Purged(before, self._bytes())

    def _refuse_damaged(self) -> None:
        """Look through the file before all of it is written anew; StoreError if damaged."""
        if self.check() is not None:
            raise StoreError("store_damaged", path=str(self.path), reason=self.damage)

    def _bytes(self) -> int:
        beside = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(path.stat().st_size for path in beside if path.exists())

    def _failed(self, error: Exception) -> StoreError:
        if _is_damage(error):
            self._note_damage(str(error))
            return StoreError("store_damaged", path=str(self.path), reason=str(error))
        return StoreError("store_failed", path=str(self.path), reason=str(error))

    def _note_damage(self, reason: str) -> None:
        if self.damage is None:
            self.damage = reason
            _log.error("%s is damaged and will not be written to: %s", self.path, reason)

    def _prepare(self, create: Callable[[sqlite3.Connection], None] | None) -> None:
        connection = self._connection
        self._write_ahead()
        # A commit that was acknowledged survives a power cut, not only a kill.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        # Deleted words are overwritten, not merely forgotten.
        connection.execute("PRAGMA secure_delete = ON")
        version = self._version()
        if version > SCHEMA_VERSION:
            raise StoreError("store_too_new", path=str(self.path), version=version)
        if version == 0 and create is None:
            raise sqlite3.DatabaseError("there is no corpus in it")
        if version < SCHEMA_VERSION:
            if version:
                self._refuse_damaged()
            with self.transaction():
                self._upgrade(self._version(), create)  # another process may have been quicker

    def _upgrade(self, version: int, create: Callable[[sqlite3.Connection], None] | None) -> None:
        _apply(self._connection, STEPS[version:])
        if version == 0 and create is not None:
            create(self._connection)

    def _lacks(self, marked: int) -> bool:
        """Whether changes are missing that were acknowledged; then nothing is written any more."""
        statement = "SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'generation'"
        row = self._connection.execute(statement).fetchone()
        missing = marked - (row[0] if row else 0)
        if missing > 0:
            self._note_damage(
                f"the last {missing} changes are missing; to go on without them,"
                f" delete {self.path.name}-mark"
            )
        return missing > 0

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


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=_PATIENCE_S
    )
    # Bytes that are no UTF-8 any more damage one article; an error here would end the query.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    # For steps of the schema: forms that SQL cannot make.
    connection.create_function("canonical_url", 1, canonical_url, deterministic=True)
    connection.create_function("article_seal", -1, article_seal, deterministic=True)
    connection.create_function("sentence_seal", 4, sentence_seal, deterministic=True)
    connection.create_function("vector_check", 1, vector_check, deterministic=True)
    return connection


@contextmanager
def _kept_log(path: Path) -> Iterator[Callable[[bool], None]]:
    """Keep a copy of the log from before it is opened, where it then turns out to be damaged."""
    log = path.with_name(f"{path.name}-wal")
    kept = path.with_name(f"{path.name}-wal.damaged")
    copied = False
    with suppress(OSError):  # of a full disk: then there is no copy
        if log.stat().st_size and not kept.exists():
            copied = True
            shutil.copyfile(log, kept)
    damaged = False

    def keep(needed: bool) -> None:
        nonlocal damaged
        damaged = needed

    try:
        yield keep
    finally:
        if copied and not damaged:
            kept.unlink(missing_ok=True)


def _make(path: Path, create: Callable[[sqlite3.Connection], None]) -> None:
    """Make a new file under another name, and give it its own when it is complete.

    So an empty file never is a new one that a kill has interrupted: it was a whole one once.
    """
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".new")
    os.close(number)
    new = Path(name)
    try:
        connection = _connect(new)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            _apply(connection, STEPS)
            create(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()
        new.chmod(0o666 & ~_umask())
        try:
            os.link(new, path)  # unlike a renaming it never replaces what another has made
        except FileExistsError:
            return
        except OSError:  # a file system without links
            new.rename(path)
        synchronise(path.parent)
    finally:
        new.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def synchronise(directory: Path) -> None:
    """Bring the names in a directory to the disk."""
    number = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _apply(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    for name in steps:
        # Not executescript: it would commit what the transaction holds together.
        for statement in _statements(name):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _is_damage(error: Exception) -> bool:
    if isinstance(error, UnicodeDecodeError):
        return True
    # A primary result code is the lowest byte of an extended one.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def inserted(cursor: sqlite3.Cursor) -> int:
    """Return the id of the row that an INSERT has made."""
    if cursor.lastrowid is None:
        raise AssertionError("an INSERT has a row id")
    return cursor.lastrowid


def _statements(name: str) -> list[str]:
    script = resources.files("index").joinpath(f"schema/{name}.sql").read_text(encoding="utf-8")
    bare = "\n".join(line.partition("--")[0] for line in script.splitlines())
    return [statement for statement in bare.split(";") if statement.strip()]
