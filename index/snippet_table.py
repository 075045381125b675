"""How much of an article its site lets be shown, where it says so."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from index.database import Database
from index.seals import article_seal

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stated:
    """How many characters of an article its page lets be shown; None where it sets no limit."""

    characters: int | None


class SnippetTable:
    """The limits of one corpus, by article. A row goes with its article."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def write(self, connection: sqlite3.Connection, article_id: int, stated: Stated) -> None:
        """Write what an article's page states now, inside a transaction of the database."""
        if stated.characters is None:
            connection.execute("DELETE FROM snippet_limit WHERE article_id = ?", (article_id,))
        else:
            values = (article_id, stated.characters)
            connection.execute(
                "INSERT OR REPLACE INTO snippet_limit (article_id, characters, seal)"
                " VALUES (?, ?, ?)",
                (*values, article_seal(*values)),
            )

    def inherit(self, connection: sqlite3.Connection, article_id: int, before: int) -> None:
        """Let an article that came from elsewhere keep the limit of the version before it."""
        limit = self.limits([before]).get(before)
        if limit is not None:
            self.write(connection, article_id, Stated(limit))

    def put(self, article_id: int, characters: int | None) -> None:
        """Write what an article's page states now; None where it sets no limit."""
        with self._database.transaction() as connection:
            self.write(connection, article_id, Stated(characters))

    def limits(self, article_ids: Sequence[int]) -> dict[int, int]:
        """Return the limit of each article that has one; where it is damaged nothing is shown."""
        rows = self._database.each(
            "SELECT article_id, characters, seal FROM snippet_limit WHERE article_id IN",
            article_ids,
        )
        found = {}
        for article_id, characters, seal in rows:
            intact = article_seal(article_id, characters) == seal
            if not intact:
                _log.warning("the limit of article %s is damaged: nothing is shown", article_id)
            found[int(article_id)] = int(characters) if intact else 0
        return found
