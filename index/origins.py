"""Which articles of a corpus have one origin, kept up with every article that comes or goes.

Texts are found by some of their word pairs, which stand in a table, and then compared word by word
(`index/similar.py`): however many articles there are, only the few that share pairs are read.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.article_rows import COLUMNS, intact
from index.database import Database
from index.similar import Wording, is_copy, origins
from index.types import StoredArticle

# A word pair that more articles have is a phrase of the trade and says nothing.
_COMMON = 500
# Copies share dozens of pairs; a text with fewer in common is not even read.
_FEWEST_SHARED = 2
_MOST_COMPARED = 40
# Of a larger heap of like texts only this much is grouped anew with a change.
_LARGEST_HEAP = 300


@dataclass(frozen=True, slots=True)
class Likeness:
    """By what a text is found, and the articles that are copies of it."""

    hashes: frozenset[int]
    copies: frozenset[int]


class Origins:
    """The groups of one corpus."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def likeness(self, text: str, but: int | None = None) -> Likeness:
        """Compare a text with all current articles, but for the one that it replaces."""
        wording = Wording.of(text)
        shared: Counter[int] = Counter()
        for value in wording.sketch:
            having = self._database.all(
                "SELECT article_id FROM shingle WHERE hash = ? LIMIT ?", (value, _COMMON)
            )
            if len(having) < _COMMON:
                shared.update(row[0] for row in having)
        near = [
            i for i, n in shared.most_common(_MOST_COMPARED) if n >= _FEWEST_SHARED and i != but
        ]
        return Likeness(
            wording.sketch,
            frozenset(
                stored.id
                for stored in self._articles(near)
                if is_copy(wording, Wording.of(stored.article.text))
            ),
        )

    def write(self, connection: sqlite3.Connection, article_id: int, likeness: Likeness) -> None:
        """Note what a current article is like, in the caller's transaction."""
        hashes = np.array(sorted(likeness.hashes), dtype="<u4")
        connection.execute(
            "INSERT INTO sketch (article_id, hashes, origin) VALUES (?, ?, ?)",
            (article_id, hashes.tobytes(), article_id),
        )
        connection.executemany(
            "INSERT INTO shingle (hash, article_id) VALUES (?, ?)",
            [(int(value), article_id) for value in hashes],
        )
        connection.executemany(
            "INSERT INTO copy (article_id, like_id) VALUES (?1, ?2), (?2, ?1)",
            [(article_id, copy) for copy in likeness.copies],
        )
        if likeness.copies:
            self._group(connection, [article_id])

    def forget(self, connection: sqlite3.Connection, article_id: int) -> None:
        """Take an article out of its group, in the caller's transaction."""
        row = connection.execute(
            "SELECT hashes FROM sketch WHERE article_id = ?", (article_id,)
        ).fetchone()
        if row is None:
            return
        connection.executemany(
            "DELETE FROM shingle WHERE hash = ? AND article_id = ?",
            [(int(value), article_id) for value in np.frombuffer(row[0], dtype="<u4")],
        )
        like = [copy for (copy,) in _copies_of(connection, article_id)]
        connection.execute("DELETE FROM sketch WHERE article_id = ?", (article_id,))
        connection.execute("DELETE FROM copy WHERE article_id = ?1 OR like_id = ?1", (article_id,))
        self._group(connection, like)

    def origin_of(self, article_ids: Sequence[int]) -> Mapping[int, int]:
        """Return the group of each article: the lowest id in it, its own where it stands alone."""
        known = {
            int(article): int(origin)
            for article, origin in self._database.each(
                "SELECT article_id, origin FROM sketch WHERE article_id IN", article_ids
            )
        }
        return {article: known.get(article, article) for article in article_ids}

    def members(self, origin: int) -> list[int]:
        """Return the articles of a group, in the order in which they came."""
        rows = self._database.all(
            "SELECT article_id FROM sketch WHERE origin = ? ORDER BY article_id", (origin,)
        )
        return [row[0] for row in rows]

    def missing(self, most: int) -> list[StoredArticle]:
        """Return some articles that came before copies were looked for."""
        rows = self._database.all(
            f"SELECT {COLUMNS} FROM article WHERE superseded_by IS NULL"  # noqa: S608 - constant
            " AND id NOT IN (SELECT article_id FROM sketch) ORDER BY id LIMIT ?",
            (most,),
        )
        return list(intact(rows))

    def _articles(self, ids: Sequence[int]) -> Iterable[StoredArticle]:
        rows = self._database.each(
            f"SELECT {COLUMNS} FROM article WHERE superseded_by IS NULL AND id IN",  # noqa: S608 - constant
            ids,
        )
        return intact(rows)

    def _group(self, connection: sqlite3.Connection, changed: Sequence[int]) -> None:
        """Group anew whatever hangs together with what has changed."""
        copies: dict[int, set[int]] = {}
        queue = list(changed)
        for one in queue:  # grows while it is gone through
            if one not in copies and len(copies) < _LARGEST_HEAP:
                copies[one] = {copy for (copy,) in _copies_of(connection, one)}
                queue += sorted(copies[one])
        within = {one: likes & copies.keys() for one, likes in copies.items()}
        connection.executemany(
            "UPDATE sketch SET origin = ? WHERE article_id = ?",
            [(origin, one) for one, origin in origins(within).items()],
        )


def _copies_of(connection: sqlite3.Connection, article_id: int) -> list[tuple[int]]:
    return connection.execute(
        "SELECT like_id FROM copy WHERE article_id = ?", (article_id,)
    ).fetchall()
