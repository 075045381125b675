"""What the feeds of one corpus have listed, and what became of it.

An entry is known by its id or by the canonical form of its address; whether it was edited is seen
by its words or by the moment of change that the feed states. Its publication date says neither:
feeds date old articles anew. A page stands here once, however many feeds list it.
"""

from __future__ import annotations

import difflib
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.canonical import canonical_url
from index.database import Database, inserted
from index.errors import SourceError
from index.feed_table import (
    REMOVED,
    Failure,
    details_text,
    failure_of,
    not_yet,
    stamp,
    validators_of,
)
from index.feeds import Feed, FeedEntry
from index.refresh import recheck_page
from index.types import DateOrigin, Published, Validators

_SAME_TITLE = 0.6
# Of an article that was brought and removed since, only the page is left.
_WAITS = "state = 'waiting' AND NOT (brought AND article_id IS NULL)"


@dataclass(frozen=True, slots=True)
class Listed:
    """How many entries of a feed are new, and of how many the feed says that they changed."""

    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page to be fetched now."""

    id: int
    url: str
    guid: str | None
    title: str
    published: Published | None
    attempts: int
    validators: Validators | None  # only where the article is here
    is_known: bool


@dataclass(frozen=True, slots=True)
class FailedPage:
    """An article that a feed lists and that could not be had."""

    url: str
    title: str
    failure: Failure
    given_up: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an entry: the row of the feed's, and of its page."""

    page_id: int
    guid: str | None
    title: str
    updated: str | None
    digest: str


class FeedPages:
    """The entries and pages of one corpus."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def take(
        self,
        feed_id: int,
        feed: Feed,
        validators: Validators | None,
        now: datetime,
        *,
        most_at_first: int,
    ) -> Listed:
        """Write down what a feed lists, in one transaction with the validators of that list.

        New and edited entries wait to be fetched from then on. Of the first list only so many of
        the newest do.
        """
        entries = _unique(feed.entries)
        with self._database.transaction() as connection:
            listing = _Listing(connection, feed_id, now)
            wanted = set(entries)
            if listing.is_first:
                newest = sorted(entries, key=lambda a: _newness(entries[a]), reverse=True)
                wanted = set(newest[:most_at_first])
            for address, entry in entries.items():
                listing.take(address, entry, wanted=address in wanted)
            connection.execute(
                "UPDATE feed SET etag = ?, last_modified = ?, kind = ?,"
                " title = CASE WHEN ? = '' THEN title ELSE ? END WHERE id = ?",
                (
                    validators.etag if validators else None,
                    validators.last_modified if validators else None,
                    feed.kind.value,
                    feed.title,
                    feed.title,
                    feed_id,
                ),
            )
        return Listed(listing.new, listing.changed)

    def due(self, feed_id: int, now: datetime) -> list[DuePage]:
        """Return the pages of a feed that are to be fetched now, the newest first."""
        rows = self._database.all(
            "SELECT feed_page.id, url, guid, title, published, attempts, etag, last_modified,"  # noqa: S608 - constant
            " article_id FROM feed_page JOIN feed_entry ON page_id = feed_page.id"
            f" WHERE feed_id = ? AND {_WAITS} AND next_try NOT BETWEEN ? AND ?"
            " ORDER BY coalesce(published, updated, '') DESC, feed_page.id",
            (feed_id, *not_yet(now)),
        )
        return [
            DuePage(
                id=row[0],
                url=row[1],
                guid=row[2],
                title=row[3],
                published=_published(row[4]),
                attempts=row[5],
                validators=validators_of(row[6], row[7]) if row[8] is not None else None,
                is_known=row[8] is not None,
            )
            for row in rows
        ]

    def is_due(self, page_id: int, now: datetime) -> bool:
        """Whether a page still waits: another feed may have brought it meanwhile."""
        found = self._database.one(
            f"SELECT 1 FROM feed_page WHERE id = ? AND {_WAITS} AND next_try NOT BETWEEN ? AND ?",  # noqa: S608 - constant
            (page_id, *not_yet(now)),
        )
        return found is not None

    def unchanged(self, page_id: int) -> None:
        """Note that a page is as it was."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE feed_page SET state = 'taken', attempts = 0, error = NULL,"
                " error_details = NULL, unchanged = unchanged + 1 WHERE id = ?",
                (page_id,),
            )

    def taken(
        self,
        page_id: int,
        article_id: int,
        validators: Validators | None,
        now: datetime,
        *,
        is_new: bool,
        is_changed: bool,
    ) -> None:
        """Note that a page's article is in the corpus, after its commit."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE feed_page SET state = 'taken', attempts = 0, error = NULL,"
                " error_details = NULL, etag = ?, last_modified = ?, brought = max(brought, ?),"
                # Known at the first sight is not the same as called changed in vain.
                " unchanged = CASE WHEN ? OR article_id IS NULL THEN 0 ELSE unchanged + 1 END,"
                " article_id = (SELECT id FROM article WHERE id = ?) WHERE id = ?",
                (
                    validators.etag if validators else None,
                    validators.last_modified if validators else None,
                    is_new,
                    is_changed,
                    article_id,
                    page_id,
                ),
            )
            if is_changed:
                connection.execute(
                    "UPDATE feed SET last_article = ? WHERE id IN"
                    " (SELECT feed_id FROM feed_entry WHERE page_id = ?)",
                    (stamp(now), page_id),
                )

    def failed(self, page_id: int, error: SourceError, next_try: datetime | None) -> None:
        """Note that a page could not be had, and when to try again; None gives it up."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE feed_page SET attempts = attempts + 1, error = ?, error_details = ?,"
                " state = CASE WHEN ? IS NULL THEN 'failed' ELSE 'waiting' END,"
                " next_try = coalesce(?, next_try) WHERE id = ?",
                (
                    error.code,
                    details_text(error),
                    stamp(next_try) if next_try else None,
                    stamp(next_try) if next_try else None,
                    page_id,
                ),
            )

    def postpone(self, page_ids: Sequence[int], until: datetime) -> None:
        """Try pages no sooner; that is none of their attempts."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE feed_page SET next_try = max(next_try, ?) WHERE id = ?",
                [(stamp(until), page_id) for page_id in page_ids],
            )

    def failures(self, feed_id: int, most: int = 50) -> list[FailedPage]:
        """Return the articles of a feed that could not be had, the latest first."""
        rows = self._database.all(
            "SELECT url, title, error, error_details, state FROM feed_page"
            " JOIN feed_entry ON page_id = feed_page.id WHERE feed_id = ? AND error IS NOT NULL"
            " AND state IN ('failed', 'waiting') ORDER BY seen DESC, feed_page.id DESC LIMIT ?",
            (feed_id, most),
        )
        failures = ((row, _failure(row[2], row[3])) for row in rows)
        return [
            FailedPage(row[0], row[1], failure, row[4] == "failed")
            for row, failure in failures
            if failure is not None
        ]

    def counts(self, feed_id: int) -> tuple[int, int]:
        """Return how many articles of a feed are here, and how many wait to be fetched."""
        row = self._database.one(
            f"SELECT coalesce(sum(article_id IS NOT NULL), 0), coalesce(sum({_WAITS}), 0)"  # noqa: S608 - constant
            " FROM feed_page JOIN feed_entry ON page_id = feed_page.id WHERE feed_id = ?",
            (feed_id,),
        )
        return (int(row[0]), int(row[1])) if row is not None else (0, 0)

    def articles_of(self, feed_id: int) -> list[int]:
        """Return the ids of the articles that are here because of this feed alone."""
        rows = self._database.all(
            "SELECT DISTINCT coalesce(article.superseded_by, article.id) FROM feed_page"
            " JOIN feed_entry ON page_id = feed_page.id JOIN article ON article.id = article_id"
            " WHERE feed_id = ? AND brought AND NOT EXISTS (SELECT 1 FROM feed_entry AS other"
            " WHERE other.page_id = feed_page.id AND other.feed_id <> feed_entry.feed_id)",
            (feed_id,),
        )
        return sorted(int(row[0]) for row in rows)


class _Listing:
    """A list of a feed, compared with what was known of the feed before it."""

    def __init__(self, connection: sqlite3.Connection, feed_id: int, now: datetime) -> None:
        self._connection = connection
        self._feed_id = feed_id
        self._now = now
        self.new = self.changed = 0
        rows = connection.execute(
            "SELECT address, page_id, guid, title, updated, digest FROM feed_entry"
            " JOIN feed_page ON feed_page.id = page_id WHERE feed_id = ?",
            (feed_id,),
        ).fetchall()
        self._by_address = {row[0]: _Known(*row[1:]) for row in rows}
        self._by_guid = {known.guid: known for known in self._by_address.values() if known.guid}
        self.is_first = not rows

    def take(self, address: str, entry: FeedEntry, *, wanted: bool) -> None:
        known = self._by_address.get(address) or self._moved(address, entry)
        if known is None:
            self._add(address, entry, wanted=wanted)
        elif self._differs(entry, known):
            self._note(entry, known)

    def _moved(self, address: str, entry: FeedEntry) -> _Known | None:
        """Return the entry that has this one's id, if it is the same under another address."""
        known = self._by_guid.get(entry.id) if entry.id else None
        if known is None or not _same_article(entry, known):
            return None
        there = self._connection.execute(
            "SELECT 1 FROM feed_page WHERE address = ?", (address,)
        ).fetchone()
        if there is not None:
            return None  # another feed has it there
        self._connection.execute(
            "UPDATE feed_page SET address = ?, url = ?, etag = NULL, last_modified = NULL"
            " WHERE id = ?",
            (address, entry.url, known.page_id),
        )
        return known

    def _add(self, address: str, entry: FeedEntry, *, wanted: bool) -> None:
        self.new += 1
        row = self._connection.execute(
            "SELECT id, state FROM feed_page WHERE address = ?", (address,)
        ).fetchone()
        if row is None:
            state = "waiting" if wanted else "passed over"
            page_id = inserted(
                self._connection.execute(
                    "INSERT INTO feed_page (address, url, state, next_try) VALUES (?, ?, ?, ?)",
                    (address, entry.url, state, stamp(self._now)),
                )
            )
        else:
            page_id = int(row[0])
            if row[1] == "passed over" and wanted:
                self._wait(page_id)
        # An id that another article has had belongs to neither.
        guid = None if entry.id in self._by_guid else entry.id
        self._connection.execute(
            "INSERT INTO feed_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._feed_id,
                page_id,
                guid,
                entry.title,
                *_dates(entry),
                entry.digest,
                stamp(self._now),
            ),
        )

    def _differs(self, entry: FeedEntry, known: _Known) -> bool:
        return (entry.id, entry.title, entry.digest, _dates(entry)[1]) != (
            known.guid,
            known.title,
            known.digest,
            known.updated,
        )

    def _note(self, entry: FeedEntry, known: _Known) -> None:
        published, updated = _dates(entry)
        edited = entry.digest != known.digest or (updated is not None and updated != known.updated)
        if edited and not self._is_seen_elsewhere(entry, known):
            self.changed += self._wait_for_change(known.page_id)
        other = self._by_guid.get(entry.id) if entry.id else None
        guid = entry.id if other is None or other.page_id == known.page_id else known.guid
        self._connection.execute(
            "UPDATE feed_entry SET guid = ?, published = coalesce(published, ?), updated = ?,"  # noqa: S608 - constant
            f" title = iif(page_id IN ({REMOVED}), '', ?), digest = ?"
            " WHERE feed_id = ? AND page_id = ?",
            (guid, published, updated, entry.title, entry.digest, self._feed_id, known.page_id),
        )

    def _is_seen_elsewhere(self, entry: FeedEntry, known: _Known) -> bool:
        """Whether another feed has said the same, upon which the page was fetched."""
        found = self._connection.execute(
            "SELECT 1 FROM feed_entry WHERE page_id = ? AND feed_id <> ? AND digest = ?"
            " AND updated IS ?",
            (known.page_id, self._feed_id, entry.digest, _dates(entry)[1]),
        ).fetchone()
        return found is not None

    def _wait_for_change(self, page_id: int) -> bool:
        """Let a page be fetched again, unless its article was removed or never wanted."""
        state, unchanged, article_id = self._connection.execute(
            "SELECT state, unchanged, article_id FROM feed_page WHERE id = ?", (page_id,)
        ).fetchone()
        if state == "failed" or (state == "taken" and article_id is not None):
            self._wait(page_id, recheck_page(unchanged))
            return True
        return False

    def _wait(self, page_id: int, pause: timedelta = timedelta(0)) -> None:
        self._connection.execute(
            "UPDATE feed_page SET state = 'waiting', attempts = 0, next_try = ? WHERE id = ?",
            (stamp(self._now + pause), page_id),
        )


def _unique(entries: Sequence[FeedEntry]) -> dict[str, FeedEntry]:
    """Return the entries by canonical address; an id that several have is nobody's."""
    by_address: dict[str, FeedEntry] = {}
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        address = canonical_url(entry.url)
        by_address.setdefault(address, entry)
        if entry.id:
            owners[entry.id].add(address)
    return {
        address: entry if entry.id is None or len(owners[entry.id]) == 1 else _nameless(entry)
        for address, entry in by_address.items()
    }


def _nameless(entry: FeedEntry) -> FeedEntry:
    return FeedEntry(
        None, entry.url, entry.title, entry.published, entry.updated, entry.summary, entry.digest
    )


def _same_article(entry: FeedEntry, known: _Known) -> bool:
    if entry.digest == known.digest:
        return True
    alike = difflib.SequenceMatcher(None, entry.title, known.title, autojunk=False).ratio()
    return alike >= _SAME_TITLE


def _dates(entry: FeedEntry) -> tuple[str | None, str | None]:
    published, updated = (
        date.isoformat() if date else None for date in (entry.published, entry.updated)
    )
    return published, updated


def _newness(entry: FeedEntry) -> datetime:
    date = entry.published or entry.updated
    if date is None:
        return datetime.min.replace(tzinfo=UTC)
    if date.moment is not None:
        return date.moment.astimezone(UTC)
    return datetime(date.day.year, date.day.month, date.day.day, tzinfo=UTC)


def _published(text: str | None) -> Published | None:
    """Return a day or a moment; None where it is damaged: the page says it again."""
    try:
        return Published.parse(text, DateOrigin.FEED) if text else None
    except (ValueError, TypeError):
        return None


def _failure(code: str | None, details: str | None) -> Failure | None:
    """Return what went wrong; None where that is damaged."""
    try:
        return failure_of(code, details)
    except (ValueError, TypeError):
        return None
