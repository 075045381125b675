"""SQLite: the only truth. Everything else can be rebuilt from here."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from index.article_rows import (
    AMEND,
    COLUMNS,
    HEADLINE_COLUMNS,
    INSERT,
    article_of,
    day_of,
    headline_of,
    intact,
    row_of,
    salvaged,
    stated_values,
)
from index.database import Database, inserted
from index.errors import ModelMismatchError, NotFoundError, StoreError
from index.identity import Identity, addresses_of
from index.origins import Likeness, Origins
from index.protocols import Vectors
from index.seals import sentence_seal, vector_check
from index.snippet_table import SnippetTable, Stated
from index.types import Article, Headline, Passage, Sentence, StoredArticle

_log = logging.getLogger(__name__)

_CURRENT = f"SELECT {COLUMNS} FROM article WHERE superseded_by IS NULL ORDER BY id DESC"  # noqa: S608 - constant


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
        self.model = model or ""
        self.database = Database(path, None if model is None else self._create)
        self.identity = Identity(self.database)
        self.origins = Origins(self.database)
        self.snippets = SnippetTable(self.database)
        try:
            self.model = self._recorded_model(model)
        except BaseException:
            self.database.close()
            raise

    def close(self) -> None:
        """Close the file; nothing is lost, since every change was committed."""
        self.database.close()

    def add(
        self,
        article: Article,
        passages: Sequence[Passage],
        vectors: Vectors,
        supersedes: int | None,
        *,
        addresses: Sequence[str] = (),
        likeness: Likeness | None = None,
        stated: Stated | None = None,
    ) -> tuple[StoredArticle, list[StoredPassage]]:
        """Write an article with its passages, sentences and vectors in one transaction.

        `vectors` has one row per sentence, in order. `supersedes` is the id of the version that
        this one replaces: it is kept, but belongs to no index any more. `addresses` are
        canonical ones by which it is known besides its own, `likeness` what it is a copy of. What
        is `stated` of how much may be shown holds from the first moment; the limit of the version
        before does where nothing is.
        """
        rows = np.ascontiguousarray(vectors, dtype="<f2")
        if len(rows) != sum(len(passage.sentences) for passage in passages):
            raise ValueError("one vector per sentence")
        with self.database.transaction() as connection:
            # Another process may have taken the corpus over to another model meanwhile.
            self._recorded_model(self.model)
            article_id = inserted(connection.execute(INSERT, row_of(article)))
            stored = StoredArticle(article_id, article)
            self.identity.write(connection, article_id, [*addresses, *addresses_of(article)])
            if supersedes is not None:
                self.origins.forget(connection, supersedes)
                connection.execute("DELETE FROM passage WHERE article_id = ?", (supersedes,))
                connection.execute(
                    "UPDATE article SET superseded_by = ? WHERE id = ? OR superseded_by = ?",
                    (article_id, supersedes, supersedes),
                )
            if likeness is not None:
                self.origins.write(connection, article_id, likeness)
            if stated is not None:
                self.snippets.write(connection, article_id, stated)
            elif supersedes is not None:
                self.snippets.inherit(connection, article_id, supersedes)
            row = iter(rows)
            written = [_write(connection, stored, passage, row) for passage in passages]
        return stored, written

    def amend(
        self,
        article_id: int,
        article: Article,
        addresses: Sequence[str] = (),
        stated: Stated | None = None,
    ) -> StoredArticle:
        """Write what is stated about a current article anew: all but its headline and text."""
        with self.database.transaction() as connection:
            self._current(article_id)
            connection.execute(AMEND, (*stated_values(article), article_id))
            self.identity.write(connection, article_id, [*addresses, *addresses_of(article)])
            if stated is not None:
                self.snippets.write(connection, article_id, stated)
        return StoredArticle(article_id, article)

    def remove(self, article_id: int) -> StoredArticle:
        """Delete an article with all its versions; NotFoundError where there is none.

        A damaged one can be deleted, too: what is left of it is returned.
        """
        with self.database.lock:
            with self.database.transaction() as connection:
                stored = salvaged(self._current(article_id))
                self.origins.forget(connection, article_id)
                connection.execute("DELETE FROM article WHERE id = ?", (article_id,))
            self.database.forget()
        return stored

    def article(self, article_id: int) -> StoredArticle:
        """Return a current article; NotFoundError where there is none."""
        return article_of(self._current(article_id))

    def articles(self) -> list[StoredArticle]:
        """Return all current articles, the newest addition first."""
        return list(intact(self.database.all(_CURRENT)))

    def current_id(self, article_id: int) -> int:
        """Return the id of the newest version; NotFoundError where there is no such article."""
        row = self.database.one(
            "SELECT coalesce(superseded_by, id) FROM article WHERE id = ?", (article_id,)
        )
        if row is None:
            raise NotFoundError("article_not_found", id=article_id)
        return row[0] if isinstance(row[0], int) else article_id

    def with_older(self, article_ids: Collection[int]) -> frozenset[int]:
        """Return those of the current articles that have older versions."""
        rows = self.database.each(
            "SELECT DISTINCT superseded_by FROM article WHERE superseded_by IN", sorted(article_ids)
        )
        return frozenset(article_id for (article_id,) in rows if isinstance(article_id, int))

    def versions(self, article_id: int) -> list[StoredArticle]:
        """Return all versions of an article by the id of any of them, the oldest first."""
        current = self.current_id(article_id)
        rows = self.database.all(
            f"SELECT {COLUMNS} FROM article WHERE id = ? OR superseded_by = ? ORDER BY id",  # noqa: S608 - constant
            (current, current),
        )
        return list(intact(rows))

    def headlines(self) -> list[Headline]:
        """Return all current articles without their texts, the newest addition first."""
        rows = self.database.all(
            f"SELECT {HEADLINE_COLUMNS} FROM article WHERE superseded_by IS NULL ORDER BY id DESC"  # noqa: S608 - constant
        )
        return [headline_of(row) for row in rows]

    def headlines_of(self, article_ids: Sequence[int]) -> list[Headline]:
        """Return some current articles without their texts, by ascending id."""
        rows = self.database.each(
            f"SELECT {HEADLINE_COLUMNS} FROM article WHERE superseded_by IS NULL AND id IN",  # noqa: S608 - constant
            article_ids,
        )
        return [headline_of(row) for row in sorted(rows)]

    def extent(self) -> tuple[int, date | None, date | None]:
        """Return the number of current articles, the first and the last known day."""
        row = self.database.one(
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
        row = self.database.one(
            "SELECT (SELECT count(*) FROM passage), (SELECT count(*) FROM sentence)"
        )
        return (int(row[0]), int(row[1])) if row is not None else (0, 0)

    def find_known(
        self, article: Article, addresses: Sequence[str] | None = None
    ) -> StoredArticle | None:
        """Return the current article that this one is or is a version of: see `Identity`."""
        known_by = addresses_of(article) if addresses is None else addresses
        return self.identity.find_known(article, known_by)

    def passage_ids_of(self, article_id: int) -> tuple[list[int], list[int]]:
        """Return the passage ids and the sentence ids of an article."""
        rows = self.database.all(
            "SELECT passage.id, sentence.id FROM passage JOIN sentence ON passage_id = passage.id"
            " WHERE article_id = ?",
            (article_id,),
        )
        return sorted({row[0] for row in rows}), [row[1] for row in rows]

    def passage_ids_with(self, sentence_ids: Sequence[int]) -> dict[int, int]:
        """Return for each sentence that still exists the passage that holds it."""
        return {
            int(sentence): passage
            for sentence, passage in self.database.each(
                "SELECT id, passage_id FROM sentence WHERE id IN", sentence_ids
            )
            if isinstance(passage, int)
        }

    def owners_of(self, passage_ids: Collection[int]) -> frozenset[int]:
        """Return the articles of passages, as far as it can still be read."""
        try:
            rows = self.database.each(
                "SELECT DISTINCT article_id FROM passage WHERE id IN", sorted(passage_ids)
            )
        except StoreError:
            return frozenset()
        return frozenset(article_id for (article_id,) in rows if isinstance(article_id, int))

    def passages(self, passage_ids: Sequence[int]) -> list[StoredPassage]:
        """Return those passages that still exist and are intact, by ascending id."""
        try:
            return self._passages(passage_ids)
        except StoreError:
            if len(passage_ids) <= 1:
                _log.exception("passages %s cannot be read and are withheld", passage_ids)
                return []
        # A damaged page of the file takes what lies on it along, and not the rest.
        return [passage for i in sorted(passage_ids) for passage in self.passages([i])]

    def _passages(self, passage_ids: Sequence[int]) -> list[StoredPassage]:
        rows = self.database.each(
            "SELECT passage.id, article_id, sentence.id, start, end, sentence.seal"
            " FROM passage JOIN sentence ON passage_id = passage.id WHERE passage.id IN",
            passage_ids,
        )
        owners = {row[1] for row in rows if isinstance(row[1], int)}
        texts = self.database.each(f"SELECT {COLUMNS} FROM article WHERE id IN", sorted(owners))  # noqa: S608 - constant
        return list(_assemble(rows, {stored.id: stored for stored in intact(texts)}))

    def everything(
        self, withheld: set[int] | None = None
    ) -> Iterator[tuple[list[StoredPassage], Vectors]]:
        """Yield all passages with the vectors of their sentences, article by article.

        The ids of articles that are not intact are added to `withheld`: nothing of them comes.
        """
        for article_id in self._owners():
            found = self.of_article(article_id)
            if found is not None:
                yield found
            elif withheld is not None:
                withheld.add(article_id)

    def _owners(self) -> list[int]:
        by_index = "SELECT DISTINCT article_id FROM passage ORDER BY article_id"
        try:
            rows = self.database.all(by_index)
        except StoreError:
            # Where only the index is damaged, the table itself still tells.
            rows = self.database.all(by_index.replace("passage", "passage NOT INDEXED"))
        return [article_id for (article_id,) in rows if isinstance(article_id, int)]

    def of_article(self, article_id: int) -> tuple[list[StoredPassage], Vectors] | None:
        """Return the passages of an article with their vectors; None where one is not intact."""
        try:
            rows = self.database.all(
                "SELECT passage.id, sentence.id, vector, vector_check"
                " FROM passage LEFT JOIN sentence ON passage_id = passage.id"
                " WHERE article_id = ? ORDER BY passage.id, sentence.id",
                (article_id,),
            )
        except StoreError:
            _log.exception("article %s cannot be read and is withheld", article_id)
            return None
        ids = sorted({row[0] for row in rows})
        passages = self.passages(ids)
        # A damaged record may have values of any type.
        found = {
            i: raw
            for _, i, raw, check in rows
            if isinstance(raw, bytes) and raw and vector_check(raw) == check
        }
        wanted = [i for passage in passages for i in passage.sentence_ids]
        if len(passages) < len(ids) or not wanted or not found.keys() >= set(wanted):
            _log.error("article %s is damaged and withheld", article_id)
            return None
        vectors = np.stack([np.frombuffer(found[i], dtype="<f2") for i in wanted])
        return passages, vectors.astype(np.float32)

    def check_model(self) -> None:
        """Raise ModelMismatchError where the vectors are of another model by now."""
        self._recorded_model(self.model)

    def _recorded_model(self, wanted: str | None) -> str:
        row = self.database.one("SELECT value FROM meta WHERE name = 'model'")
        if row is None:
            reason = "it does not say which model its vectors are from"
            raise StoreError("store_unusable", path=str(self.database.path), reason=reason)
        if wanted is not None and row[0] != wanted:
            raise ModelMismatchError("model_mismatch", stored=row[0], wanted=wanted)
        return str(row[0])

    def _create(self, connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO meta VALUES ('model', ?)", (self.model,))

    def _current(self, article_id: int) -> tuple:  # type: ignore[type-arg] # columns differ in type
        row = self.database.one(
            f"SELECT {COLUMNS} FROM article WHERE id = ? AND superseded_by IS NULL",  # noqa: S608 - constant
            (article_id,),
        )
        if row is None:
            raise NotFoundError("article_not_found", id=article_id)
        return row


def _write(
    connection: sqlite3.Connection, stored: StoredArticle, passage: Passage, rows: Iterator[Vectors]
) -> StoredPassage:
    """Write a passage with its sentences, each with the next of the rows as its vector."""
    passage_id = inserted(
        connection.execute("INSERT INTO passage (article_id) VALUES (?)", (stored.id,))
    )
    ids = []
    for sentence in passage.sentences:
        raw = next(rows).tobytes()
        seal = sentence_seal(passage_id, sentence.start, sentence.end, stored.article.text)
        written = connection.execute(
            "INSERT INTO sentence (passage_id, start, end, vector, seal, vector_check)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (passage_id, sentence.start, sentence.end, raw, seal, vector_check(raw)),
        )
        ids.append(inserted(written))
    return StoredPassage(passage_id, stored, passage, tuple(ids))


def _assemble(
    rows: Sequence[tuple],  # type: ignore[type-arg] # columns differ in type
    articles: dict[int, StoredArticle],
) -> Iterator[StoredPassage]:
    """Build passages from rows of (passage id, article id, sentence id, start, end, seal)."""
    grouped: dict[tuple[int, int], list[tuple[int, int, int, bytes]]] = {}
    for passage_id, article_id, sentence_id, start, end, seal in rows:
        grouped.setdefault((passage_id, article_id), []).append((start, end, sentence_id, seal))
    for (passage_id, article_id), parts in sorted(grouped.items()):
        stored = articles.get(article_id)
        if stored is None:
            continue
        text = stored.article.text
        try:
            parts.sort(key=lambda part: part[:3])
            if any(sentence_seal(passage_id, s, e, text) != seal for s, e, _, seal in parts):
                raise ValueError("other words than were stored")  # noqa: TRY301 - as any damage
            sentences = tuple(Sentence(stored.article, part[0], part[1]) for part in parts)
            passage = Passage(stored.article, parts[0][0], parts[-1][1], sentences)
        except (ValueError, TypeError):
            _log.exception("passage %s of article %s is damaged", passage_id, article_id)
            continue
        yield StoredPassage(passage_id, stored, passage, tuple(part[2] for part in parts))
