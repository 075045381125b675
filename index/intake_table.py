"""Which files a corpus has taken in, by what is in them."""

from __future__ import annotations

import hashlib
from importlib.metadata import version

from index.database import Database
from index.types import Given, Page


def digest_of(page: Page, given: Given) -> bytes:
    """Return what stands for a file and what is stated about it, when this Beleg reads it.

    Another version of Beleg may read it better, so it reads it anew.
    """
    claims = repr((version("beleg"), page.media_type, page.charset, page.url, given))
    return hashlib.sha256(hashlib.sha256(claims.encode()).digest() + page.content).digest()


class IntakeTable:
    """Forgets a file with the article that came of it."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def find(self, digest: bytes) -> int | None:
        """Return the id of the article that came of a file, in its current version."""
        row = self._database.one(
            "SELECT coalesce(superseded_by, id) FROM article"
            " WHERE id = (SELECT article_id FROM intake WHERE digest = ?)",
            (digest,),
        )
        return None if row is None else int(row[0])

    def remember(self, digest: bytes, article_id: int) -> None:
        """Keep what came of a file; nothing where the article has gone meanwhile."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO intake SELECT ?, id FROM article WHERE id = ?",
                (digest, article_id),
            )
