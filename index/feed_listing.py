"""The list of a feed beside what was known of it: what is new, moved or edited.

An entry is known by its id or by the canonical form of its address; whether it was edited is seen
by its words or by the moment of change that the feed states. Its publication date says neither:
feeds date old articles anew.
"""

from __future__ import annotations

import difflib
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.canonical import canonical_url
from index.database import inserted
from index.feed_table import REMOVED, stamp
from index.feeds import FeedEntry
from index.refresh import recheck_page

_SAME_TITLE = 0.6


@dataclass(frozen=True, slots=True)
class Listed:
    """How many entries of a feed are new, and of how many the feed says that they changed."""

    new: int
    changed: int


def take_list(
    connection: sqlite3.Connection,
    feed_id: int,
    entries: Sequence[FeedEntry],
    now: datetime,
    *,
    most_at_first: int,
) -> Listed:
    """Write down what a feed lists, inside a transaction; its pages wait to be fetched.

    Of the first list only so many of the newest do.
    """
    by_address = _unique(entries)
    listing = _Listing(connection, feed_id, now)
    wanted = set(by_address)
    if listing.is_first:
        newest = sorted(by_address, key=lambda one: _newness(by_address[one]), reverse=True)
        wanted = set(newest[:most_at_first])
    for address, entry in by_address.items():
        listing.take(address, entry, wanted=address in wanted)
    return Listed(listing.new, listing.changed)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an entry: the row of the feed's, and of its page."""

    page_id: int
    guid: str | None
    title: str
    updated: str | None
    digest: str


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
