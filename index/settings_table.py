"""What a server's administrators have chosen: names and values, whose meaning is not known here.

Who may do what hangs on it: a value that the disk has changed is no value, and one that is missing
is missed.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from index.database import Database
from index.seals import article_seal

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, as far as it is intact."""

    values: Mapping[str, object]
    damaged: frozenset[str]  # the names of values that are there and not intact
    complete: bool  # whether all the names are there that were written

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is damaged or missing."""
        return self.complete and not self.damaged

    def lost(self, names: Collection[str]) -> frozenset[str]:
        """Return which of these settings may have been chosen and cannot be read."""
        return self.damaged if self.complete else frozenset(names) - self.values.keys()


class SettingsTable:
    """The settings of one corpus that differ from their defaults."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def read(self) -> Chosen:
        """Return the values by name; a damaged one is logged and left out."""
        values: dict[str, object] = {}
        with self._database.lock:
            rows = self._database.all("SELECT name, value, seal FROM setting")
            stated = self._database.one("SELECT value FROM meta WHERE name = 'settings'")
        for name, value, seal in rows:
            try:
                if article_seal(name, value) != seal:
                    raise ValueError("another value than was stored")  # noqa: TRY301 - as any damage
                values[name] = json.loads(value)
            except (ValueError, TypeError):
                _log.warning("%s: the setting %s is damaged", self._database.path.name, name)
        names = [str(name) for name, *_ in rows]
        complete = stated is not None and stated[0] == _seal_of(names)
        if not complete:
            _log.warning("%s: settings are missing", self._database.path.name)
        return Chosen(values, frozenset(names) - values.keys(), complete)

    def write(self, connection: sqlite3.Connection, values: Mapping[str, object]) -> None:
        """Keep exactly these values, inside a transaction of the database."""
        connection.execute("DELETE FROM setting")
        texts = {name: json.dumps(value) for name, value in values.items()}
        rows = [(name, text, article_seal(name, text)) for name, text in texts.items()]
        connection.executemany("INSERT INTO setting (name, value, seal) VALUES (?, ?, ?)", rows)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('settings', ?)", (_seal_of(texts),))


def _seal_of(names: Collection[str]) -> str:
    return article_seal(" ".join(sorted(names)) if names else None)
