"""Vectors of another model, made beside those that are in use until all are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

import numpy as np

from index.database import Database
from index.protocols import Vectors
from index.seals import vector_check


class NextVectors:
    """The vectors of one other model; a change of mind begins anew."""

    def __init__(self, database: Database) -> None:
        """Take the file of a corpus."""
        self._database = database

    @property
    def model(self) -> str | None:
        """The model that they are of, None where nobody has begun."""
        row = self._database.one("SELECT value FROM meta WHERE name = 'next_model'")
        return None if row is None else str(row[0])

    def begin(self, model: str) -> None:
        """Keep what is there of this model, drop what is of any other."""
        if self.model == model:
            return
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM next_vector")
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('next_model', ?)", (model,))

    def missing(self) -> list[int]:
        """Return the articles that have sentences without such a vector."""
        return [
            int(article_id)
            for (article_id,) in self._database.all(
                "SELECT DISTINCT article_id FROM passage JOIN sentence ON passage_id = passage.id"
                " WHERE sentence.id NOT IN (SELECT sentence_id FROM next_vector)"
                " ORDER BY article_id"
            )
        ]

    def write(self, model: str, sentence_ids: Sequence[int], vectors: Vectors) -> bool:
        """Keep vectors of shape (len(sentence_ids), dimension); False where they come too late.

        Sentences that were removed meanwhile are passed over.
        """
        rows = [row.tobytes() for row in np.ascontiguousarray(vectors, dtype="<f2")]
        with self._database.transaction() as connection:
            if not _is_of(connection, model):
                return False
            connection.executemany(
                "INSERT OR REPLACE INTO next_vector SELECT id, ?, ? FROM sentence WHERE id = ?",
                [(raw, vector_check(raw), i) for raw, i in zip(rows, sentence_ids, strict=True)],
            )
        return True

    def take_over(self, model: str, without: Collection[int]) -> bool:
        """Put them in the place of the old ones, all at once; False where some are missing yet.

        Articles `without` are damaged and get none, so that nothing of the old model is left.
        """
        with self._database.transaction() as connection:
            if not _is_of(connection, model) or not set(self.missing()) <= set(without):
                return False
            connection.execute(
                "UPDATE sentence SET (vector, vector_check) = (coalesce("
                "(SELECT vector FROM next_vector WHERE sentence_id = sentence.id), x''),"
                " (SELECT vector_check FROM next_vector WHERE sentence_id = sentence.id))"
            )
            connection.execute("DELETE FROM next_vector")
            connection.execute("DELETE FROM meta WHERE name = 'next_model'")
            connection.execute("UPDATE meta SET value = ? WHERE name = 'model'", (model,))
        return True


def _is_of(connection: sqlite3.Connection, model: str) -> bool:
    row = connection.execute("SELECT value FROM meta WHERE name = 'next_model'").fetchone()
    return row is not None and row[0] == model
