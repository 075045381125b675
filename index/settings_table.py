"""What a server's administrators have chosen: names and values, whose meaning is not known here."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Mapping

from index.database import Database

_log = logging.getLogger(__name__)


class SettingsTable:
    """The settings of one corpus that differ from their defaults."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def all(self) -> dict[str, object]:
        """Return the values by name; a damaged one is logged and left out."""
        values: dict[str, object] = {}
        for name, value in self._database.all("SELECT name, value FROM setting"):
            try:
                values[name] = json.loads(value)
            except ValueError:
                _log.warning("%s: the setting %s is damaged", self._database.path.name, name)
        return values

    def write(self, connection: sqlite3.Connection, values: Mapping[str, object]) -> None:
        """Keep exactly these values, inside a transaction of the database."""
        connection.execute("DELETE FROM setting")
        rows = [(name, json.dumps(value)) for name, value in values.items()]
        connection.executemany("INSERT INTO setting (name, value) VALUES (?, ?)", rows)
