"""Who has changed what in a corpus and in its settings, for its administrators to look up."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum

from index.database import Database

_LONGEST_DETAIL = 300  # characters
_WHERE = (
    " WHERE (? IS NULL OR actor = ?)"
    " AND (? IS NULL OR substr(action, 1, instr(action, '_') - 1) = ?)"
)


class AuditAction(Enum):
    """What can be changed."""

    ARTICLE_ADDED = "article_added"
    ARTICLE_UPDATED = "article_updated"
    ARTICLE_REMOVED = "article_removed"
    FEED_ADDED = "feed_added"
    FEED_REMOVED = "feed_removed"
    FEED_PAUSED = "feed_paused"
    FEED_RESUMED = "feed_resumed"
    SETTING_CHANGED = "setting_changed"
    OVERRIDE_SET = "override_set"
    OVERRIDE_REMOVED = "override_removed"
    SUGGESTION_ACCEPTED = "suggestion_accepted"
    SUGGESTION_DECLINED = "suggestion_declined"
    WATCH_PAUSED = "watch_paused"
    WATCH_RESUMED = "watch_resumed"
    WATCH_REMOVED = "watch_removed"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change: `details` are the values of the sentence that tells of it."""

    at: datetime
    actor: str  # a member's number on Discord, or a name on the machine that Beleg runs on
    action: AuditAction
    details: Mapping[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse an entry that names nobody or no moment."""
        if not self.actor.strip():
            raise ValueError("somebody must have done it")
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone")


class AuditTopic(Enum):
    """What a change is about: the word that the names of its actions begin with."""

    ARTICLE = "article"
    FEED = "feed"
    SETTING = "setting"
    OVERRIDE = "override"
    SUGGESTION = "suggestion"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Whose changes, and about what; what is None is open."""

    actor: str | None = None
    topic: AuditTopic | None = None


class AuditTable:
    """The changes of one corpus."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def forget_removed(self) -> None:
        """Take the headlines of articles that were removed out of the entries about them."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE audit SET details = json_set(details, '$.title', '…')"
                " WHERE action LIKE 'article!_%' ESCAPE '!'"
                " AND json_extract(details, '$.title') IS NOT NULL"
                " AND json_extract(details, '$.id') NOT IN (SELECT id FROM article)"
            )

    def note(self, entry: AuditEntry) -> None:
        """Write an entry."""
        with self._database.transaction() as connection:
            self.write(connection, entry)

    def write(self, connection: sqlite3.Connection, entry: AuditEntry) -> None:
        """Write an entry together with what it tells of, inside a transaction of the database."""
        details = {
            name: value if isinstance(value, int) else value[:_LONGEST_DETAIL]
            for name, value in entry.details.items()
        }
        connection.execute(
            "INSERT INTO audit (at, actor, action, details) VALUES (?, ?, ?, ?)",
            (_stamp(entry.at), entry.actor, entry.action.value, json.dumps(details)),
        )

    def count(self, only: AuditFilter = AuditFilter()) -> int:
        """Return how many entries there are."""
        row = self._database.one(f"SELECT count(*) FROM audit{_WHERE}", _values(only))  # noqa: S608 - a constant
        return int(row[0]) if row else 0

    def count_by(self, actor: str) -> int:
        """Return how many entries name somebody."""
        return self.count(AuditFilter(actor))

    def page(
        self,
        first: int,
        count: int,
        only: AuditFilter = AuditFilter(),
    ) -> list[AuditEntry]:
        """Return entries, the newest first, from the one with this place (from 0) on."""
        rows = self._database.all(
            f"SELECT at, actor, action, details FROM audit{_WHERE}"  # noqa: S608 - same
            " ORDER BY id DESC LIMIT ? OFFSET ?",
            (*_values(only), count, first),
        )
        return [
            AuditEntry(datetime.fromisoformat(at), actor, AuditAction(action), json.loads(details))
            for at, actor, action, details in rows
        ]

    def forget_before(self, moment: datetime) -> int:
        """Delete the entries from before a moment; return how many."""
        with self._database.transaction() as connection:
            done = connection.execute("DELETE FROM audit WHERE at < ?", (_stamp(moment),))
            count = done.rowcount
        if count:
            self._database.forget()
        return count


def _values(only: AuditFilter) -> tuple[str | None, ...]:
    topic = only.topic.value if only.topic else None
    return only.actor, only.actor, topic, topic


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
