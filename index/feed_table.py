"""The feeds of one corpus: where they are, how they fare, when they are asked again."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.database import Database, Row, inserted
from index.errors import FeedError, NotFoundError, SourceError
from index.feeds import FeedKind
from index.refresh import bounds
from index.types import Validators

_log = logging.getLogger(__name__)

BY_HAND = "by hand"
_LONGEST_DETAILS = 2000
_COLUMNS = (
    "id, url, title, kind, added, added_by, paused, etag, last_modified, interval_s, next_run,"
    " last_run, last_success, last_article, not_before, failures, failing_since, error,"
    " error_details, error_at"
)
_DUE = (
    "(next_run NOT BETWEEN ? AND ? OR EXISTS (SELECT 1 FROM feed_entry"
    " JOIN feed_page ON feed_page.id = page_id"
    " WHERE feed_id = feed.id AND state = 'waiting' AND NOT (brought AND article_id IS NULL)"
    " AND next_try NOT BETWEEN ? AND ?))"
)
# Pages whose article was here and was removed.
REMOVED = "SELECT id FROM feed_page WHERE state = 'taken' AND article_id IS NULL"


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong last, kept as it can be told in any language."""

    code: str
    details: dict[str, object]

    @property
    def error(self) -> SourceError:
        """The error, to be said."""
        return SourceError(self.code, **self.details)


@dataclass(frozen=True, slots=True)
class StoredFeed:
    """A feed of a corpus as it stands; moments are in UTC."""

    id: int
    url: str
    title: str
    kind: FeedKind
    added: datetime
    added_by: str
    paused: str | None  # `BY_HAND`, or the code of the error that paused it
    validators: Validators | None
    interval: timedelta
    next_run: datetime
    last_run: datetime | None
    last_success: datetime | None
    last_article: datetime | None
    not_before: datetime | None  # until then the site wants to be left alone
    failures: int  # since the last success
    failing_since: datetime | None
    failure: Failure | None  # the last one, also of a feed that is well again
    failed_at: datetime | None

    @property
    def is_failing(self) -> bool:
        """Whether it did not work the last time."""
        return self.failures > 0


class FeedTable:
    """The feeds of one corpus; what they list is `index.feed_pages`'s."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def add(
        self,
        url: str,
        *,
        title: str,
        kind: FeedKind,
        by: str,
        now: datetime,
        interval: timedelta,
    ) -> StoredFeed:
        """Write a new feed, due at once; FeedError "feed_known" where it is one already."""
        with self._database.lock:
            known = self.find(url)
            if known is not None:
                raise FeedError("feed_known", id=known.id, title=known.title or known.url)
            with self._database.transaction() as connection:
                # What stands there all the same is damaged.
                connection.execute("DELETE FROM feed WHERE url = ?", (url,))
                feed_id = inserted(
                    connection.execute(
                        "INSERT INTO feed (url, title, kind, added, added_by, interval_s, next_run)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (url, title, kind.value, stamp(now), by, _seconds(interval), stamp(now)),
                    )
                )
        return self.feed(feed_id)

    def all(self) -> list[StoredFeed]:
        """Return all feeds in the order in which they were added; a damaged one is left out."""
        return self._some("1 ORDER BY id")

    def due(self, now: datetime) -> list[StoredFeed]:
        """Return the feeds that are to be asked now or have a page to be tried now."""
        return self._some(
            f"paused IS NULL AND {_DUE} ORDER BY next_run, id", *not_yet(now), *not_yet(now)
        )

    def feed(self, feed_id: int) -> StoredFeed:
        """Return one feed; NotFoundError where there is none."""
        found = self._some("id = ?", feed_id)
        if not found:
            raise NotFoundError("feed_not_found", id=feed_id)
        return found[0]

    def find(self, url: str) -> StoredFeed | None:
        """Return the feed at an address."""
        return next(iter(self._some("url = ?", url)), None)

    def pause(self, feed_id: int, why: str = BY_HAND) -> StoredFeed:
        """Leave a feed alone until it is resumed."""
        return self._set(feed_id, "paused = ?", why)

    def resume(self, feed_id: int, now: datetime) -> StoredFeed:
        """Ask a feed again from now on, but not before its site wants to be asked."""
        return self._set(
            feed_id,
            "paused = NULL, next_run = max(?, coalesce(not_before, ''))",
            stamp(now),
        )

    def move(self, feed_id: int, url: str) -> StoredFeed:
        """Note that a feed has moved for good; where another one is there already, it stays."""
        with self._database.lock:
            known = self.find(url)
            return self.feed(feed_id) if known else self._set(feed_id, "url = ?", url)

    def succeeded(
        self, feed_id: int, now: datetime, *, interval: timedelta, next_run: datetime
    ) -> StoredFeed:
        """Note that a feed was asked and has answered."""
        return self._set(
            feed_id,
            # What an error has paused goes on by itself where it is well again after all.
            "paused = CASE paused WHEN 'by hand' THEN paused END,"
            " failures = 0, failing_since = NULL, not_before = NULL, last_run = ?,"
            " last_success = ?, interval_s = ?, next_run = ?",
            stamp(now),
            stamp(now),
            _seconds(interval),
            stamp(next_run),
        )

    def failed(
        self,
        feed_id: int,
        now: datetime,
        error: SourceError,
        *,
        next_run: datetime,
        not_before: datetime | None = None,
        paused: str | None = None,
    ) -> StoredFeed:
        """Note that a feed was asked in vain, and when to ask it again."""
        return self._set(
            feed_id,
            "failures = failures + 1, failing_since = coalesce(failing_since, ?), last_run = ?,"
            " error = ?, error_details = ?, error_at = ?, next_run = ?, not_before = ?,"
            " paused = coalesce(paused, ?)",
            stamp(now),
            stamp(now),
            error.code,
            details_text(error),
            stamp(now),
            stamp(next_run),
            stamp(not_before) if not_before else None,
            paused,
        )

    def remove(self, feed_id: int) -> StoredFeed:
        """Forget a feed and what it listed; its articles stay. NotFoundError for an unknown id."""
        with self._database.lock:
            feed = self.feed(feed_id)
            with self._database.transaction() as connection:
                connection.execute("DELETE FROM feed WHERE id = ?", (feed_id,))
                connection.execute(
                    "DELETE FROM feed_page WHERE id NOT IN (SELECT page_id FROM feed_entry)"
                )
        return feed

    def forget_removed(self) -> None:
        """Blank the headlines of articles that were removed.

        Their addresses stay: by these they are not taken in again.
        """
        with self._database.transaction() as connection:
            connection.execute(
                f"UPDATE feed_entry SET title = '' WHERE page_id IN ({REMOVED})"  # noqa: S608 - constant
            )

    def _some(self, condition: str, *values: object) -> list[StoredFeed]:
        rows = self._database.all(f"SELECT {_COLUMNS} FROM feed WHERE {condition}", values)  # noqa: S608 - constants
        found = []
        for row in rows:
            try:
                found.append(_feed(row))
            except (ValueError, TypeError):
                _log.exception("%s: feed %s is damaged", self._database.path.name, row[0])
        return found

    def _set(self, feed_id: int, changes: str, *values: object) -> StoredFeed:
        with self._database.lock:
            self.feed(feed_id)
            with self._database.transaction() as connection:
                connection.execute(f"UPDATE feed SET {changes} WHERE id = ?", (*values, feed_id))  # noqa: S608 - constants
            return self.feed(feed_id)


def stamp(moment: datetime) -> str:
    """Return a moment as it stands in the tables, where it can be compared as text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def not_yet(now: datetime) -> tuple[str, str]:
    """Return the moments between which, both included, nothing is due yet."""
    begin, end = bounds(now)
    return stamp(begin + timedelta(seconds=1)), stamp(end)


def details_text(error: SourceError) -> str:
    """Return the values of an error's sentence as JSON."""
    kept = {
        name: value if isinstance(value, int) else str(value)[:_LONGEST_DETAILS]
        for name, value in error.details.items()
        if name != "feeds"
    }
    return json.dumps(kept)


def failure_of(code: str | None, details: str | None) -> Failure | None:
    """Return what `details_text` has written."""
    return None if code is None else Failure(code, json.loads(details or "{}"))


def validators_of(etag: str | None, last_modified: str | None) -> Validators | None:
    """Return the validators of two columns."""
    return Validators(etag, last_modified) if etag or last_modified else None


def _feed(row: Row | Sequence[object]) -> StoredFeed:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    moments = {
        name: datetime.fromisoformat(values[name]) if values[name] else None
        for name in ("last_run", "last_success", "last_article", "not_before", "failing_since")
    }
    return StoredFeed(
        id=values["id"],
        url=values["url"],
        title=values["title"],
        kind=FeedKind(values["kind"]),
        added=datetime.fromisoformat(values["added"]),
        added_by=values["added_by"],
        paused=values["paused"],
        validators=validators_of(values["etag"], values["last_modified"]),
        interval=timedelta(seconds=values["interval_s"]),
        next_run=datetime.fromisoformat(values["next_run"]),
        failures=values["failures"],
        failure=failure_of(values["error"], values["error_details"]),
        failed_at=datetime.fromisoformat(values["error_at"]) if values["error_at"] else None,
        **moments,
    )


def _seconds(interval: timedelta) -> int:
    return round(interval.total_seconds())
