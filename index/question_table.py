"""What was asked on a server, where its administrators keep that; nobody's number stands in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from index.database import Database

_LONGEST = 500  # characters


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """A question, and whether it got an answer."""

    at: datetime
    text: str
    answered: bool


class QuestionTable:
    """The questions of one corpus. What is deleted is gone from the file and its log at once."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def note(self, question: LoggedQuestion, asker: int) -> None:
        """Keep a question; of the asker only a hash by a key of this corpus."""
        values = (
            _stamp(question.at),
            self._hash(asker),
            question.text[:_LONGEST],
            int(question.answered),
        )
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO question (at, asker, text, answered) VALUES (?, ?, ?, ?)", values
            )

    def count(self) -> int:
        """Return how many questions are kept."""
        row = self._database.one("SELECT count(*) FROM question")
        return int(row[0]) if row else 0

    def unanswered(self) -> list[LoggedQuestion]:
        """Return the questions without an answer, the latest first."""
        rows = self._database.all(
            "SELECT at, text FROM question WHERE NOT answered ORDER BY id DESC"
        )
        return [
            LoggedQuestion(datetime.fromisoformat(at), text, answered=False) for at, text in rows
        ]

    def forget_before(self, moment: datetime) -> int:
        """Delete the questions from before a moment; return how many."""
        return self._delete("at < ?", _stamp(moment))

    def forget_asker(self, asker: int) -> int:
        """Delete what somebody has asked; return how many questions."""
        return self._delete("asker = ?", self._hash(asker))

    def clear(self) -> int:
        """Delete all questions; return how many."""
        return self._delete("at <> ?", "")

    def _delete(self, condition: str, value: object) -> int:
        with self._database.transaction() as connection:
            done = connection.execute(f"DELETE FROM question WHERE {condition}", (value,))  # noqa: S608 - constants
            count = done.rowcount
        if count:
            self._database.forget()
        return count

    def _hash(self, asker: int) -> bytes:
        row = self._database.one("SELECT key FROM question_key")
        key = bytes(row[0]) if row else b""
        return hashlib.blake2b(str(asker).encode(), key=key, digest_size=16).digest()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
