"""How often answers were called helpful or wrong, by counters alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from index.database import Database

_KEPT = timedelta(days=365)


class Verdict(StrEnum):
    """What somebody says of an answer."""

    HELPFUL = "helpful"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Votes:
    """How often answers were called what."""

    helpful: int
    wrong: int


class FeedbackTable:
    """The votes of one corpus, by the number of the message that was the answer; a year of them."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def count(self, answer: int, verdict: Verdict, today: date) -> None:
        """Count one vote, and forget what is older than a year."""
        helpful, wrong = int(verdict is Verdict.HELPFUL), int(verdict is Verdict.WRONG)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM feedback WHERE day < ?", ((today - _KEPT).isoformat(),))
            connection.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?) ON CONFLICT (answer) DO UPDATE"
                " SET helpful = helpful + excluded.helpful, wrong = wrong + excluded.wrong",
                (answer, today.isoformat(), helpful, wrong),
            )

    def of(self, answer: int) -> Votes:
        """Return the votes on one answer."""
        row = self._database.one("SELECT helpful, wrong FROM feedback WHERE answer = ?", (answer,))
        return Votes(*row) if row is not None else Votes(0, 0)

    def totals(self) -> Votes:
        """Return the votes on all answers."""
        row = self._database.one(
            "SELECT coalesce(sum(helpful), 0), coalesce(sum(wrong), 0) FROM feedback"
        )
        return Votes(*row) if row is not None else Votes(0, 0)
