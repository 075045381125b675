"""For which hosts an administrator has set reservations aside: who, when, why, against what."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from index.database import Database
from index.seals import article_seal

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Override:
    """One host that may be read although its site reserves it, in one corpus."""

    host: str  # as `index.rights.host_key` returns it
    by: str
    at: datetime
    reason: str
    stated: str  # what the site said then, by which the override can be judged later

    def __post_init__(self) -> None:
        """Refuse one for which nobody answers."""
        if not (self.host and self.by.strip() and self.reason.strip()):
            raise ValueError("an override needs a host, a person and a reason")
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone")


@dataclass(frozen=True, slots=True)
class Vouched:
    """Somebody's word that a page may be taken although its site reserves it."""

    by: str
    reason: str

    def override(self, host: str, at: datetime, stated: str) -> Override:
        """Return the override for a host that has refused."""
        return Override(host, self.by, at, self.reason, stated)


class OverrideTable:
    """The overrides of one corpus."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def all(self) -> list[Override]:
        """Return all overrides by host; a damaged one is logged and left out."""
        rows = self._database.all(
            "SELECT host, by, at, reason, stated, seal FROM permission_override ORDER BY host"
        )
        found = []
        for *values, seal in rows:
            if article_seal(*values) == seal:
                host, by, at, reason, stated = values
                found.append(Override(host, by, datetime.fromisoformat(at), reason, stated))
            else:
                _log.warning("%s: an override is damaged", self._database.path.name)
        return found

    def hosts(self) -> frozenset[str]:
        """Return the hosts alone."""
        return frozenset(override.host for override in self.all())

    def put(self, override: Override) -> None:
        """Write an override; one for the same host is replaced."""
        values = (
            override.host,
            override.by,
            override.at.isoformat(),
            override.reason,
            override.stated,
        )
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO permission_override (host, by, at, reason, stated, seal)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (*values, article_seal(*values)),
            )

    def remove(self, host: str) -> bool:
        """Remove a host's override; say whether there was one."""
        with self._database.transaction() as connection:
            done = connection.execute("DELETE FROM permission_override WHERE host = ?", (host,))
            return done.rowcount > 0
