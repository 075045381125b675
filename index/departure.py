"""Whether the bot is on the server of a corpus, and since when it no longer is."""

from __future__ import annotations

from datetime import UTC, datetime

from index.database import Database

_NAME = "guild"
_HERE = "here"


class Departure:
    """The mark of one corpus. A corpus without one was never served on Discord."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def known_here(self) -> bool:
        """Whether the bot was on the server when it last looked."""
        return self._mark() == _HERE

    def since(self) -> datetime | None:
        """Return when the bot has left the server, None where it has not."""
        mark = self._mark()
        return None if mark in {None, _HERE} else datetime.fromisoformat(str(mark))

    def arrived(self) -> None:
        """Note that the bot is on the server."""
        if not self.known_here():
            self._write(_HERE)

    def left(self, at: datetime) -> None:
        """Note that the bot is no longer on the server; the first time counts."""
        if self.since() is None:
            self._write(at.astimezone(UTC).isoformat(timespec="seconds"))

    def _mark(self) -> str | None:
        row = self._database.one("SELECT value FROM meta WHERE name = ?", (_NAME,))
        return None if row is None else str(row[0])

    def _write(self, mark: str) -> None:
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NAME, mark))
