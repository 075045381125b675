"""The pages that the feeds of one corpus have listed, and what became of each.

A page stands here once, however many feeds list it; `feed_listing` says which entries are new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from index.database import Database
from index.errors import SourceError
from index.feed_listing import Listed, take_list
from index.feed_table import (
    Failure,
    details_text,
    failure_of,
    not_yet,
    stamp,
    validators_of,
)
from index.feeds import Feed
from index.types import DateOrigin, Published, Validators

# Of an article that was brought and removed since, only the page is left.
_WAITS = "state = 'waiting' AND NOT (brought AND article_id IS NULL)"


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
        with self._database.transaction() as connection:
            listed = take_list(connection, feed_id, feed.entries, now, most_at_first=most_at_first)
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
        return listed

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
