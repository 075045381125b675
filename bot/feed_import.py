"""The articles that feeds list, one by one into the corpus."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.audit_notes import entry_of, feed_actor
from bot.desk import Desk
from bot.pacing import Pacing
from bot.timing import Timing
from index.audit_table import AuditTable
from index.corpus import Corpus
from index.errors import BelegError, SourceError
from index.feed_pages import DuePage, FeedPages
from index.feed_table import FeedTable
from index.media_types import PAGE_TYPES
from index.refresh import is_outage, jittered, retry_after, retry_page
from index.rights import host_of
from index.types import Given, NotModified, Outcome, Receipt

_log = logging.getLogger(__name__)

_LARGEST_PAGE = 5 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one page that a feed lists."""

    url: str
    title: str
    outcome: str  # an Outcome's value, or "failed"
    receipt: Receipt | None = None
    error: SourceError | None = None


class FeedImport:
    """Fetches what waits; each page is noted as soon as its article is committed."""

    def __init__(self, desk: Desk, pacing: Pacing, timing: Timing) -> None:
        """Take the parts."""
        self._desk = desk
        self._pacing = pacing
        self._timing = timing
        self._claimed: set[tuple[str, int]] = set()

    async def bring(
        self, corpus: str, feed_id: int, told: Callable[[Taken], None] | None = None
    ) -> list[Taken]:
        """Fetch the pages of a feed that are due, the newest first."""
        now = self._timing.clock()
        pages = await self._desk.look(
            corpus, lambda opened: FeedPages(opened.database).due(feed_id, now)
        )
        results: list[Taken] = []
        troubled: dict[str, timedelta] = {}  # hosts, and how long to leave them alone
        for page in pages:
            host = host_of(page.url)
            if host in troubled:
                await self._postpone(corpus, page, troubled[host])
                continue
            if (corpus, page.id) in self._claimed:
                continue
            self._claimed.add((corpus, page.id))
            try:
                taken = await self._one(corpus, feed_id, page)
            finally:
                self._claimed.discard((corpus, page.id))
            if taken is None:
                continue
            results.append(taken)
            if told is not None:
                told(taken)
            if taken.error is not None and is_outage(taken.error):
                troubled[host] = _patience(taken.error)
        return results

    async def _one(self, corpus: str, feed_id: int, page: DuePage) -> Taken | None:
        now = self._timing.clock()
        if not await self._desk.look(
            corpus, lambda opened: FeedPages(opened.database).is_due(page.id, now)
        ):
            return None  # another feed has brought it meanwhile
        try:
            return await self._fetch(corpus, feed_id, page)
        except SourceError as error:
            failure = error
        except BelegError:
            raise
        except Exception as fault:  # noqa: BLE001 - a page nobody thought of must not stop the rest
            _log.exception("page %s of %s could not be taken in", page.id, corpus)
            failure = SourceError("source_fault", kind=type(fault).__name__)
        await self._desk.change(corpus, partial(self._write_failure, page, failure))
        return Taken(page.url, page.title, "failed", error=failure)

    async def _fetch(self, corpus: str, feed_id: int, page: DuePage) -> Taken:
        title = await self._desk.look(corpus, partial(_title, feed_id))
        fetcher = await self._desk.fetcher(corpus)
        async with self._pacing.turn(host_of(page.url)):
            answer = await fetcher.get(
                page.url, accept=PAGE_TYPES, limit=_LARGEST_PAGE, validators=page.validators
            )
        if isinstance(answer, NotModified):
            await self._desk.change(
                corpus, lambda opened: FeedPages(opened.database).unchanged(page.id)
            )
            return Taken(page.url, page.title, Outcome.KNOWN.value)
        given = Given(
            published=page.published,  # extraction knows that it comes from a feed
            source_id=f"feed:{feed_id}:{page.guid}" if page.guid else None,
        )
        receipt = await self._desk.add_page(corpus, answer, given)
        now = self._timing.clock()

        def note(opened: Corpus) -> None:
            FeedPages(opened.database).taken(
                page.id,
                receipt.stored.id,
                answer.validators,
                now,
                is_new=receipt.outcome is Outcome.ADDED,
                is_changed=receipt.outcome is not Outcome.KNOWN,
            )
            entry = entry_of(receipt, feed_actor(title), now)
            if entry is not None:
                AuditTable(opened.database).note(entry)

        await self._desk.change(corpus, note)
        return Taken(page.url, page.title, receipt.outcome.value, receipt)

    def _write_failure(self, page: DuePage, error: SourceError, opened: Corpus) -> None:
        pause = retry_page(page.attempts + 1, error)
        next_try = None
        if pause is not None:
            pause = max(pause, timedelta(seconds=retry_after(error) or 0))
            next_try = self._timing.clock() + jittered(pause, self._timing.chance())
        FeedPages(opened.database).failed(page.id, error, next_try)

    async def _postpone(self, corpus: str, page: DuePage, pause: timedelta) -> None:
        until = self._timing.clock() + pause
        await self._desk.change(
            corpus, lambda opened: FeedPages(opened.database).postpone([page.id], until)
        )


def _title(feed_id: int, opened: Corpus) -> str:
    feed = FeedTable(opened.database).feed(feed_id)
    return feed.title or host_of(feed.url)


def _patience(error: SourceError) -> timedelta:
    """Return for how long the other pages of a host in trouble are left alone."""
    first = retry_page(1, error) or timedelta(0)
    return max(first, timedelta(seconds=retry_after(error) or 0))
