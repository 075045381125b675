"""What may be done with feeds: the same for the command line, Discord and the background."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.desk import Desk
from bot.feed_fetch import FeedFetch, Found, Moved
from bot.feed_import import FeedImport, Taken
from bot.pacing import Pacing
from bot.timing import Timing
from index.audit_table import AuditAction, AuditEntry, AuditTable
from index.corpus import Corpus
from index.departure import Departure
from index.errors import BelegError, FeedError, SourceError
from index.feed_listing import Listed
from index.feed_pages import FailedPage, FeedPages
from index.feed_reading import FeedReader
from index.feed_table import FeedTable, StoredFeed
from index.refresh import Intervals, is_due, is_gone, jittered, retry_after
from index.rights import host_of

_log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=2)  # between two requests to the same host
_AT_ONCE = 4  # hosts
_LOOK = 60.0  # seconds from one look for due feeds to the next


@dataclass(frozen=True, slots=True)
class Report:
    """What one look at a feed came to."""

    feed: StoredFeed
    listed: Listed | None  # None where it was not asked, has failed or has not changed
    error: SourceError | None
    taken: tuple[Taken, ...]
    waiting: int = 0  # articles that are still to be fetched, also those that could not be just now

    def count(self, outcome: str) -> int:
        """Return how many of its pages were "added", "updated", "known" or "failed"."""
        return sum(taken.outcome == outcome for taken in self.taken)


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed as people want to see it."""

    feed: StoredFeed
    articles: int
    waiting: int
    failures: tuple[FailedPage, ...]


class FeedDesk:
    """Feeds of all corpora; `close` ends the process that reads them."""

    def __init__(
        self,
        desk: Desk,
        *,
        intervals: Intervals,
        most_at_first: int,
        timing: Timing | None = None,
        reader: FeedReader | None = None,
    ) -> None:
        """Take the desk whose workers do the work, and the settings.

        `most_at_first` is how many articles come in when a feed is added.
        """
        self._desk = desk
        self._intervals = intervals
        self._most_at_first = most_at_first
        self._timing = timing or Timing()
        self._reader = reader or FeedReader()
        pacing = Pacing(self._timing, PAUSE)
        self._fetch = FeedFetch(desk, self._reader, pacing)
        self._import = FeedImport(desk, pacing, self._timing)
        self._groups = asyncio.Semaphore(_AT_ONCE)
        self._busy: set[tuple[str, int]] = set()

    async def close(self) -> None:
        """End the process that reads feeds."""
        await asyncio.to_thread(self._reader.close)

    async def preview(self, corpus: str, url: str) -> Found:
        """Return the feed at an address, or the one that the page there names.

        FeedError "feed_choice" where a page names several, `feeds` are their addresses and titles;
        "no_feed" where there is none.
        """
        return await self._fetch.find(corpus, url)

    async def add(self, corpus: str, url: str, by: str) -> StoredFeed:
        """Add the feed at an address; its newest articles wait from then on."""
        found = await self._fetch.find(corpus, url)
        now, first = self._timing.clock(), self._intervals.first

        def work(opened: Corpus) -> StoredFeed:
            table = FeedTable(opened.database)
            feed = table.add(
                found.url,
                title=found.feed.title,
                kind=found.feed.kind,
                by=by,
                now=now,
                interval=first,
            )
            self._pages(opened).take(
                feed.id, found.feed, found.validators, now, most_at_first=self._most_at_first
            )
            next_run = now + jittered(first, self._timing.chance())
            return table.succeeded(feed.id, now, interval=first, next_run=next_run)

        return await self._desk.change(corpus, work)

    async def note(self, corpus: str, by: str, action: AuditAction, feed: StoredFeed) -> None:
        """Note in the audit what somebody has done with a feed."""
        details: dict[str, str | int] = {"id": feed.id, "title": feed.title or feed.url}
        entry = AuditEntry(self._timing.clock(), by, action, details)
        await self._desk.change(corpus, lambda opened: AuditTable(opened.database).note(entry))

    async def states(self, corpus: str) -> list[FeedState]:
        """Return all feeds of a corpus in the order in which they were added."""
        return await self._desk.look(corpus, feed_states)

    async def pause(self, corpus: str, feed_id: int) -> StoredFeed:
        """Leave a feed alone until it is resumed; NotFoundError for an unknown number."""
        await self._known(corpus, feed_id)
        return await self._desk.change(
            corpus, lambda opened: FeedTable(opened.database).pause(feed_id)
        )

    async def resume(self, corpus: str, feed_id: int) -> StoredFeed:
        """Ask a feed again from now on."""
        await self._known(corpus, feed_id)
        now = self._timing.clock()
        return await self._desk.change(
            corpus, lambda opened: FeedTable(opened.database).resume(feed_id, now)
        )

    async def remove(
        self, corpus: str, feed_id: int, *, with_articles: bool = False
    ) -> tuple[StoredFeed, int]:
        """Forget a feed; with its articles, those that no other feed lists go, too.

        Return it and the number of articles that were removed.
        """
        await self._known(corpus, feed_id)

        def work(opened: Corpus) -> tuple[StoredFeed, int]:
            table = FeedTable(opened.database)
            table.feed(feed_id)
            articles = self._pages(opened).articles_of(feed_id) if with_articles else []
            for article_id in articles:
                opened.remove(article_id)
            return table.remove(feed_id), len(articles)

        return await self._desk.change(corpus, work)

    async def due(self, corpus: str) -> list[StoredFeed]:
        """Return the feeds that are to be asked now or have an article to be fetched now.

        None where the bot has left the server: what is still there only waits for its return.
        """
        now = self._timing.clock()

        def look(opened: Corpus) -> list[StoredFeed]:
            left = Departure(opened.database).since() is not None
            return [] if left else FeedTable(opened.database).due(now)

        return await self._desk.look(corpus, look)

    async def refresh(
        self,
        corpus: str,
        feed_id: int,
        told: Callable[[Taken], None] | None = None,
        *,
        forced: bool = True,
    ) -> Report:
        """Ask a feed and fetch what it has new; without force only what is due.

        FeedError "feed_must_wait" where its site wants to be left alone. `told` hears of each page.
        """
        feed = await self._desk.look(
            corpus, lambda opened: FeedTable(opened.database).feed(feed_id)
        )
        now = self._timing.clock()
        if forced and feed.not_before is not None and not is_due(feed.not_before, now):
            raise FeedError("feed_must_wait", host=host_of(feed.url), until=feed.not_before)
        if (corpus, feed_id) in self._busy:
            return Report(feed, None, None, ())
        self._busy.add((corpus, feed_id))
        try:
            listed, error = None, None
            if forced or (feed.paused is None and is_due(feed.next_run, now)):
                listed, error = await self._ask(corpus, feed)
            taken = await self._import.bring(corpus, feed_id, told)
        finally:
            self._busy.discard((corpus, feed_id))
        feed, waiting = await self._desk.look(
            corpus,
            lambda opened: (
                FeedTable(opened.database).feed(feed_id),
                self._pages(opened).counts(feed_id)[1],
            ),
        )
        return Report(feed, listed, error, tuple(taken), waiting)

    async def refresh_due(self, corpus: str) -> list[Report]:
        """Do all that is due in a corpus, several hosts at once; a feed's fault ends no other."""
        by_host: defaultdict[str, list[StoredFeed]] = defaultdict(list)
        for feed in await self.due(corpus):
            by_host[host_of(feed.url)].append(feed)
        groups = await asyncio.gather(
            *(self._refresh_group(corpus, feeds) for feeds in by_host.values())
        )
        return [report for group in groups for report in group]

    async def keep_fresh(self) -> None:
        """Do what is due in all corpora, again and again, until cancelled."""
        while True:
            try:
                corpora = await self._desk.corpora()
                await asyncio.gather(*map(self._refresh_quietly, corpora))
            except Exception:  # noqa: BLE001 - whatever it is: the bot goes on, and so does this
                _log.exception("feeds could not be looked after")
            await self._timing.sleep(_LOOK)

    async def _known(self, corpus: str, feed_id: int) -> StoredFeed:
        """Look a feed up: a corpus that is not there is not made for a feed that is not."""
        return await self._desk.look(
            corpus, lambda opened: FeedTable(opened.database).feed(feed_id)
        )

    async def _refresh_quietly(self, corpus: str) -> None:
        try:
            await self.refresh_due(corpus)
        except BelegError as error:
            _log.warning("the feeds of %s could not be looked after: %s", corpus, error)

    async def _refresh_group(self, corpus: str, feeds: Sequence[StoredFeed]) -> list[Report]:
        reports = []
        async with self._groups:
            for feed in feeds:
                try:
                    reports.append(await self.refresh(corpus, feed.id, forced=False))
                except BelegError as error:  # removed meanwhile, or the store is in trouble
                    _log.warning("feed %s of %s was left out: %s", feed.id, corpus, error)
        return reports

    async def _ask(self, corpus: str, feed: StoredFeed) -> tuple[Listed | None, SourceError | None]:
        """Ask a feed for its list and write down what it has answered."""
        try:
            answer = await self._fetch.list(corpus, feed.url, feed.validators)
            return await self._desk.change(corpus, partial(self._write, feed, answer)), None
        except SourceError as error:
            failure = error
        except BelegError:
            raise
        except Exception as fault:  # noqa: BLE001 - a feed nobody thought of must not stop the rest
            _log.exception("feed %s of %s could not be asked", feed.id, corpus)
            failure = SourceError("source_fault", kind=type(fault).__name__)
        await self._desk.change(corpus, partial(self._write_failure, feed, failure))
        return None, failure

    def _write(self, feed: StoredFeed, answer: Found | Moved, opened: Corpus) -> Listed | None:
        table, now = FeedTable(opened.database), self._timing.clock()
        listed = None
        if isinstance(answer, Found):
            listed = self._pages(opened).take(
                feed.id, answer.feed, answer.validators, now, most_at_first=self._most_at_first
            )
        if answer.moved_to is not None:
            table.move(feed.id, answer.moved_to)
        has_news = listed is not None and listed.new + listed.changed > 0
        minutes = answer.feed.minutes if isinstance(answer, Found) else None
        interval = self._intervals.after_success(feed.interval, has_news=has_news, minutes=minutes)
        next_run = now + jittered(interval, self._timing.chance())
        table.succeeded(feed.id, now, interval=interval, next_run=next_run)
        return listed

    def _write_failure(self, feed: StoredFeed, error: SourceError, opened: Corpus) -> None:
        now, seconds = self._timing.clock(), retry_after(error)
        pause = self._intervals.after_failure(feed.interval, feed.failures + 1, seconds)
        FeedTable(opened.database).failed(
            feed.id,
            now,
            error,
            next_run=now + jittered(pause, self._timing.chance()),
            not_before=now + timedelta(seconds=seconds) if seconds else None,
            paused=error.code if is_gone(error) else None,
        )

    def _pages(self, opened: Corpus) -> FeedPages:
        return FeedPages(opened.database)


def feed_states(opened: Corpus, most_failures: int = 50) -> list[FeedState]:
    """Return all feeds of a corpus as people want to see them."""
    pages = FeedPages(opened.database)
    return [
        FeedState(feed, *pages.counts(feed.id), tuple(pages.failures(feed.id, most_failures)))
        for feed in FeedTable(opened.database).all()
    ]


def next_run_of(states: Sequence[FeedState]) -> datetime | None:
    """Return when the next feed will be asked, None where all rest."""
    return min((s.feed.next_run for s in states if s.feed.paused is None), default=None)
