"""Articles that members have suggested: a queue that administrators look through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from index.database import Database, Row
from index.errors import SettingError

_MOST = 100  # waiting; whoever looks after a server looks through no more


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A link or a headline, and why it is missing. Nobody is named."""

    id: int
    what: str
    why: str
    at: datetime


class SuggestionTable:
    """The suggestions of one corpus, the oldest first."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def put(self, what: str, why: str, at: datetime) -> bool:
        """Add a suggestion; False for one that waits already, SettingError where too many do."""
        with self._database.transaction() as connection:
            (waiting,) = connection.execute("SELECT count(*) FROM suggestion").fetchone()
            (known,) = connection.execute(
                "SELECT count(*) FROM suggestion WHERE what = ?", (what,)
            ).fetchone()
            if known:
                return False
            if waiting >= _MOST:
                raise SettingError("suggestions_full")
            connection.execute(
                "INSERT INTO suggestion (what, why, at) VALUES (?, ?, ?)",
                (what, why, at.astimezone(UTC).isoformat()),
            )
        return True

    def count(self) -> int:
        """Return how many are waiting."""
        row = self._database.one("SELECT count(*) FROM suggestion")
        return int(row[0]) if row is not None else 0

    def at(self, place: int) -> Suggestion | None:
        """Return the suggestion at a place in the queue, counted from 0."""
        return _suggestion(
            self._database.one(
                "SELECT id, what, why, at FROM suggestion ORDER BY id LIMIT 1 OFFSET ?", (place,)
            )
        )

    def find(self, suggestion_id: int) -> Suggestion | None:
        """Return a suggestion that is still waiting."""
        return _suggestion(
            self._database.one(
                "SELECT id, what, why, at FROM suggestion WHERE id = ?", (suggestion_id,)
            )
        )

    def remove(self, suggestion_id: int) -> bool:
        """Take a suggestion out of the queue; False where somebody else was quicker."""
        with self._database.transaction() as connection:
            cursor = connection.execute("DELETE FROM suggestion WHERE id = ?", (suggestion_id,))
            return cursor.rowcount > 0


def _suggestion(row: Row | None) -> Suggestion | None:
    if row is None:
        return None
    number, what, why, at = row
    return Suggestion(int(number), str(what), str(why), datetime.fromisoformat(str(at)))
