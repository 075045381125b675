"""How much of an article its site lets be shown, where it says so."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from index.database import Database
from index.seals import article_seal

_log = logging.getLogger(__name__)

_WRITE = "INSERT OR REPLACE INTO snippet_limit (article_id, characters, seal) VALUES (?, ?, ?)"


class SnippetTable:
    """The limits of one corpus, by article. A row goes with its article."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def put(self, article_id: int, characters: int | None) -> None:
        """Write what an article's page states now; None where it states nothing."""
        with self._database.transaction() as connection:
            if characters is None:
                connection.execute("DELETE FROM snippet_limit WHERE article_id = ?", (article_id,))
            else:
                connection.execute(_WRITE, _row(article_id, characters))

    def inherit(self, article_id: int) -> None:
        """Let an article that came from elsewhere keep the limit of the version before."""
        with self._database.lock:
            rows = self._database.all(
                "SELECT id FROM article WHERE superseded_by = ?", (article_id,)
            )
            before = self.limits([one for (one,) in rows])
            if before and not self.limits([article_id]):
                self.put(article_id, min(before.values()))

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


def _row(article_id: int, characters: int) -> tuple[int, int, str]:
    return article_id, characters, article_seal(article_id, characters)
