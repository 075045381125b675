"""SQLite: the only truth. Everything else can be rebuilt from here."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

import numpy as np

from index.article_rows import COLUMNS, article_of, day_of, intact, row_of, salvaged
from index.errors import ModelMismatchError, NotFoundError, StoreError
from index.protocols import Vectors
from index.types import Article, Passage, Sentence, StoredArticle

_log = logging.getLogger(__name__)

SCHEMA_VERSION = 1
# The most that SQLite takes in one statement by default is far higher; this keeps statements few.
_CHUNK = 500
# How long to wait for another process that is writing.
_PATIENCE_S = 10.0
_INSERT = (
    "INSERT INTO article (source_id, title, text, text_sha256, url, outlet, published,"
    " published_origin, fetched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage of a stored article with its ids, one per sentence, by which vectors are found."""

    id: int
    stored: StoredArticle
    passage: Passage
    sentence_ids: tuple[int, ...]


class Store:
    """One corpus in one file. Safe to use from several threads; one statement runs at a time."""

    def __init__(self, path: Path, model: str | None) -> None:
        """Open or create the file; raises StoreError where it cannot be used.

        `model` names the embedding model of all vectors in it: ModelMismatchError where the file
        holds vectors of another. Without it the file must exist, and any model will do.
        """
        self._path = path
        self.model = model or ""
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=_PATIENCE_S
            )
            try:
                self._prepare(model)
            except BaseException:
                self._connection.close()
                raise
        except (sqlite3.Error, OSError) as error:
            raise StoreError("store_unusable", path=str(path), reason=str(error)) from error

    def close(self) -> None:
        """Close the file; nothing is lost, since every change was committed."""
        with self._lock:
            self._connection.close()

    def add(
        self,
        article: Article,
        passages: Sequence[Passage],
        vectors: Vectors,
        supersedes: int | None,
    ) -> tuple[StoredArticle, list[StoredPassage]]:
        """Write an article with its passages, sentences and vectors in one transaction.

        `vectors` has one row per sentence, in order. `supersedes` is the id of the version that
        this one replaces: it is kept, but belongs to no index any more.
        """
        rows = np.ascontiguousarray(vectors, dtype="<f2")
        if len(rows) != sum(len(passage.sentences) for passage in passages):
            raise ValueError("one vector per sentence")
        with self._transaction() as connection:
            article_id = _inserted(connection.execute(_INSERT, row_of(article)))
            stored = StoredArticle(article_id, article)
            if supersedes is not None:
                connection.execute("DELETE FROM passage WHERE article_id = ?", (supersedes,))
                connection.execute(
                    "UPDATE article SET superseded_by = ? WHERE id = ? OR superseded_by = ?",
                    (article_id, supersedes, supersedes),
                )
            written = []
            row = iter(rows)
            for passage in passages:
                passage_id = _inserted(
                    connection.execute("INSERT INTO passage (article_id) VALUES (?)", (article_id,))
                )
                ids = [
                    _inserted(
                        connection.execute(
                            "INSERT INTO sentence (passage_id, start, end, vector)"
                            " VALUES (?, ?, ?, ?)",
                            (passage_id, sentence.start, sentence.end, next(row).tobytes()),
                        )
                    )
                    for sentence in passage.sentences
                ]
                written.append(StoredPassage(passage_id, stored, passage, tuple(ids)))
        return stored, written

    def remove(self, article_id: int) -> StoredArticle:
        """Delete an article with all its versions; NotFoundError where there is none.

        A damaged one can be deleted, too: what is left of it is returned.
        """
        with self._lock:
            with self._transaction() as connection:
                stored = salvaged(self._current(article_id))
                connection.execute("DELETE FROM article WHERE id = ?", (article_id,))
            self._forget()
        return stored

    def article(self, article_id: int) -> StoredArticle:
        """Return a current article; NotFoundError where there is none."""
        return article_of(self._current(article_id))

    def articles(self) -> list[StoredArticle]:
        """Return all current articles, the newest addition first."""
        return list(
            intact(
                self._all(
                    f"SELECT {COLUMNS} FROM article WHERE superseded_by IS NULL ORDER BY id DESC"  # noqa: S608 - constant
                )
            )
        )

    def extent(self) -> tuple[int, date | None, date | None]:
        """Return the number of current articles, the first and the last known day."""
        row = self._one(
            "SELECT count(*), min(substr(published, 1, 10)), max(substr(published, 1, 10))"
            " FROM article WHERE superseded_by IS NULL"
        )
        count, first, last = row if row is not None else (0, None, None)
        return (
            int(count),
            day_of(first),
            day_of(last),
        )

    def counts(self) -> tuple[int, int]:
        """Return the numbers of passages and of sentences."""
        row = self._one("SELECT (SELECT count(*) FROM passage), (SELECT count(*) FROM sentence)")
        return (int(row[0]), int(row[1])) if row is not None else (0, 0)

    def find_known(self, article: Article) -> StoredArticle | None:
        """Return the current article that this one is, or is a version of.

        By address or by the id where it came from; an article with neither, or one that has been
        here with neither, is known by its text. A damaged one is found as well, so that adding it
        again repairs it.
        """
        nameless = ""
        for column, value in (("url", article.url), ("source_id", article.source_id)):
            if value is not None:
                row = self._one(
                    f"SELECT {COLUMNS} FROM article"  # noqa: S608 - constants
                    f" WHERE {column} = ? AND superseded_by IS NULL ORDER BY id DESC",
                    (value,),
                )
                if row is not None:
                    return salvaged(row)
                # Two addresses or ids are two articles, though their texts may be the same.
                nameless = " AND url IS NULL AND source_id IS NULL"
                break
        row = self._one(
            f"SELECT {COLUMNS} FROM article"  # noqa: S608 - constants
            f" WHERE text_sha256 = ? AND superseded_by IS NULL{nameless}",
            (article.text_sha256,),
        )
        return None if row is None else salvaged(row)

    def passage_ids_of(self, article_id: int) -> tuple[list[int], list[int]]:
        """Return the passage ids and the sentence ids of an article."""
        rows = self._all(
            "SELECT passage.id, sentence.id FROM passage JOIN sentence ON passage_id = passage.id"
            " WHERE article_id = ?",
            (article_id,),
        )
        return sorted({row[0] for row in rows}), [row[1] for row in rows]

    def passage_ids_with(self, sentence_ids: Sequence[int]) -> dict[int, int]:
        """Return for each sentence that still exists the passage that holds it."""
        return {
            int(sentence): int(passage)
            for sentence, passage in self._each(
                "SELECT id, passage_id FROM sentence WHERE id IN", sentence_ids
            )
        }

    def sentence_ids_of(self, passage_ids: Sequence[int]) -> dict[int, list[int]]:
        """Return the sentences of each passage that still exists, in their order in the text."""
        rows = self._each(
            "SELECT passage_id, start, end, id FROM sentence WHERE passage_id IN", passage_ids
        )
        found: dict[int, list[int]] = {}
        for passage, _, _, sentence in sorted(rows):
            found.setdefault(int(passage), []).append(int(sentence))
        return found

    def passages(self, passage_ids: Sequence[int]) -> list[StoredPassage]:
        """Return those passages that still exist and are intact, by ascending id."""
        rows = self._each(
            "SELECT passage.id, article_id, sentence.id, start, end"
            " FROM passage JOIN sentence ON passage_id = passage.id WHERE passage.id IN",
            passage_ids,
        )
        owners = {row[1] for row in rows}
        texts = self._each(f"SELECT {COLUMNS} FROM article WHERE id IN", sorted(owners))  # noqa: S608 - constant
        return list(_assemble(rows, {stored.id: stored for stored in intact(texts)}))

    def everything(self) -> Iterator[tuple[list[StoredPassage], Vectors]]:
        """Yield all passages with the vectors of their sentences, article by article."""
        owners = self._all("SELECT DISTINCT article_id FROM passage ORDER BY article_id")
        for (article_id,) in owners:
            rows = self._all(
                "SELECT passage.id, sentence.id, vector"
                " FROM passage JOIN sentence ON passage_id = passage.id"
                " WHERE article_id = ? ORDER BY passage.id, sentence.id",
                (article_id,),
            )
            passages = self.passages(sorted({row[0] for row in rows}))
            if passages:
                found = {row[1]: np.frombuffer(row[2], dtype="<f2") for row in rows}
                vectors = np.stack([found[i] for p in passages for i in p.sentence_ids])
                yield passages, vectors.astype(np.float32)

    def replace_vectors(self, model: str, made: Iterable[tuple[Sequence[int], Vectors]]) -> None:
        """Put new vectors in place of those of all intact sentences, in one transaction.

        `made` yields sentence ids with a row for each, and may take its time: nobody else can write
        meanwhile.
        """
        with self._transaction() as connection:
            for ids, vectors in made:
                rows = np.ascontiguousarray(vectors, dtype="<f2")
                connection.executemany(
                    "UPDATE sentence SET vector = ? WHERE id = ?",
                    [(row.tobytes(), i) for row, i in zip(rows, ids, strict=True)],
                )
            connection.execute("UPDATE meta SET value = ? WHERE name = 'model'", (model,))
        self.model = model

    def _prepare(self, model: str | None) -> None:
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
        version = self._version()
        if version > SCHEMA_VERSION:
            raise StoreError("store_too_new", path=str(self._path), version=version)
        if version == 0:
            if model is None:
                raise sqlite3.DatabaseError("there is no corpus in it")
            with self._transaction():
                if self._version() == 0:  # still: another process may have been quicker
                    self._create(model)
        row = connection.execute("SELECT value FROM meta WHERE name = 'model'").fetchone()
        if row is None:
            raise sqlite3.DatabaseError("it does not say which model its vectors are from")
        self.model = str(row[0])
        if model is not None and row[0] != model:
            raise ModelMismatchError("model_mismatch", stored=row[0], wanted=model)

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _create(self, model: str) -> None:
        # Not executescript: it would commit what the transaction holds together.
        for statement in _statements():
            self._connection.execute(statement)
        self._connection.execute("INSERT INTO meta VALUES ('model', ?)", (model,))
        self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

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

    def _forget(self) -> None:
        """Empty the write-ahead log, which still holds the words that were deleted."""
        try:
            (busy, _, _) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error:
            _log.exception("%s: the log could not be emptied", self._path)
            return
        if busy:
            _log.warning("%s: another reader keeps deleted words in the log", self._path)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
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
                raise StoreError("store_failed", path=str(self._path), reason=str(error)) from error

    def _current(self, article_id: int) -> tuple:  # type: ignore[type-arg] # columns differ in type
        row = self._one(
            f"SELECT {COLUMNS} FROM article WHERE id = ? AND superseded_by IS NULL",  # noqa: S608 - constant
            (article_id,),
        )
        if row is None:
            raise NotFoundError("article_not_found", id=article_id)
        return row

    def _all(self, statement: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg] # rows differ
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise StoreError("store_failed", path=str(self._path), reason=str(error)) from error

    def _one(self, statement: str, values: Sequence[object] = ()) -> tuple | None:  # type: ignore[type-arg] # rows differ
        rows = self._all(statement, values)
        return rows[0] if rows else None

    def _each(self, statement: str, ids: Sequence[int]) -> list[tuple]:  # type: ignore[type-arg] # rows differ
        """Run a statement that ends in "IN" over many ids."""
        rows = []
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            rows += self._all(f"{statement} ({','.join('?' * len(chunk))})", chunk)
        return rows


def _statements() -> list[str]:
    script = resources.files("index").joinpath("schema.sql").read_text(encoding="utf-8")
    bare = "\n".join(line.partition("--")[0] for line in script.splitlines())
    return [statement for statement in bare.split(";") if statement.strip()]


def _inserted(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise AssertionError("an INSERT has a row id")
    return cursor.lastrowid


def _assemble(
    rows: Sequence[tuple],  # type: ignore[type-arg] # columns differ in type
    articles: dict[int, StoredArticle],
) -> Iterator[StoredPassage]:
    """Build passages from rows of (passage id, article id, sentence id, start, end)."""
    grouped: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    for passage_id, article_id, sentence_id, start, end in rows:
        grouped.setdefault((passage_id, article_id), []).append((start, end, sentence_id))
    for (passage_id, article_id), parts in sorted(grouped.items()):
        stored = articles.get(article_id)
        if stored is None:
            continue
        parts.sort()
        try:
            sentences = tuple(Sentence(stored.article, start, end) for start, end, _ in parts)
            passage = Passage(stored.article, parts[0][0], parts[-1][1], sentences)
        except ValueError:
            _log.exception("passage %s of article %s is damaged", passage_id, article_id)
            continue
        yield StoredPassage(passage_id, stored, passage, tuple(part[2] for part in parts))
