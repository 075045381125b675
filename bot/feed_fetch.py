"""An address to a feed, by the guarded fetcher and in the manners of a guest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from bot.desk import Desk
from bot.pacing import Pacing
from index.errors import FeedError, SourceError
from index.feed_reading import LARGEST_FEED, FeedReader
from index.feeds import Feed, FeedEntry, FeedKind
from index.media_types import feed_types_at
from index.protocols import Fetcher
from index.rights import host_of
from index.types import NotModified, Page, Validators

_MOST_PARTS = 3  # of a sitemap index: the newest


@dataclass(frozen=True, slots=True)
class Found:
    """A feed and where it lies."""

    url: str
    feed: Feed
    validators: Validators | None
    moved_to: str | None = None  # where the address that was asked has moved for good


@dataclass(frozen=True, slots=True)
class Moved:
    """A feed that has not changed; it may have moved for good."""

    moved_to: str | None


class FeedFetch:
    """Asks one host once at a time, with pauses."""

    def __init__(self, desk: Desk, reader: FeedReader, pacing: Pacing) -> None:
        """Take the parts."""
        self._desk = desk
        self._reader = reader
        self._pacing = pacing

    async def find(self, corpus: str, url: str) -> Found:
        """Return the feed at an address, or the only one that the page there names."""
        try:
            found = await self._get(corpus, url)
        except FeedError as error:
            feeds = error.details.get("feeds")
            if error.code != "no_feed" or not isinstance(feeds, list) or not feeds:
                raise
            if len(feeds) > 1:
                host = error.details["host"]
                raise FeedError("feed_choice", host=host, count=len(feeds), feeds=feeds) from error
            found = await self._get(corpus, feeds[0][0])
        assert isinstance(found, Found)  # nothing else comes without validators
        return found

    async def list(self, corpus: str, url: str, validators: Validators | None) -> Found | Moved:
        """Return what a feed lists, or that it has not changed."""
        return await self._get(corpus, url, validators)

    async def _get(
        self, corpus: str, url: str, validators: Validators | None = None
    ) -> Found | Moved:
        fetcher = await self._desk.fetcher(corpus)
        page = await self._page(fetcher, url, validators)
        if isinstance(page, NotModified):
            return Moved(page.moved_permanently_to)
        feed = await self._desk.aside(partial(self._reader.read, page))
        if feed.kind is FeedKind.SITEMAP_INDEX:
            # Its parts change while it does not: it is always asked for as a whole.
            feed, kept = await self._parts(fetcher, feed), None
        else:
            kept = page.validators
        return Found(page.moved_permanently_to or url, feed, kept, page.moved_permanently_to)

    async def _parts(self, fetcher: Fetcher, index: Feed) -> Feed:
        """Return what the newest parts of a sitemap index list; one that fails is left out."""
        entries: list[FeedEntry] = []
        failed: list[SourceError] = []
        parts = index.parts[:_MOST_PARTS]
        for part in parts:
            try:
                page = await self._page(fetcher, part, None)
                assert isinstance(page, Page)  # nothing else comes without validators
                read = await self._desk.aside(partial(self._reader.read, page))
                entries += read.entries
            except SourceError as error:
                failed.append(error)
        if parts and len(failed) == len(parts):
            raise failed[0]
        return Feed(index.kind, index.title, tuple(entries))

    async def _page(
        self, fetcher: Fetcher, url: str, validators: Validators | None
    ) -> Page | NotModified:
        async with self._pacing.turn(host_of(url)):
            # Feeds come as pages, too, and a page may come in place of a feed.
            return await fetcher.get(
                url, accept=feed_types_at(url), limit=LARGEST_FEED, validators=validators
            )
