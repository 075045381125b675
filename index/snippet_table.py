"""How much of an article its site lets be shown, where it says so."""

from __future__ import annotations

from collections.abc import Sequence

from index.database import Database


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
                connection.execute(
                    "INSERT OR REPLACE INTO snippet_limit (article_id, characters) VALUES (?, ?)",
                    (article_id, characters),
                )

    def inherit(self, article_id: int) -> None:
        """Let an article that came from elsewhere keep the limit of the version before."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO snippet_limit (article_id, characters)"
                " SELECT ?, min(characters) FROM snippet_limit JOIN article ON id = article_id"
                " WHERE superseded_by = ? HAVING min(characters) IS NOT NULL",
                (article_id, article_id),
            )

    def limits(self, article_ids: Sequence[int]) -> dict[int, int]:
        """Return the limit of each article that has one."""
        rows = self._database.each(
            "SELECT article_id, characters FROM snippet_limit WHERE article_id IN", article_ids
        )
        return {int(article): int(characters) for article, characters in rows}
