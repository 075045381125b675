"""Many items taken in: read ahead, embedded together, acknowledged in order, stopped cleanly."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.cli.sources import Address, Item
from bot.desk import Desk
from bot.intake import Incoming
from index.errors import BelegError, SourceError
from index.intake_table import digest_of
from index.override_table import Vouched
from index.types import Article, Extracted, Given, Outcome, Page, Receipt

_log = logging.getLogger(__name__)

# Embedded together: more are hardly faster, and keep who stops it waiting.
_TOGETHER = 16
_READ_AT_ONCE = 4  # files and pages in memory

Result = tuple[Item, Receipt | SourceError]


@dataclass(frozen=True, slots=True)
class _Read:
    """What an item came to before it is added, and the mark of the file that it was."""

    item: Item
    found: Incoming | Receipt | SourceError
    digest: bytes | None = None


class Intake:
    """Takes items into one corpus."""

    def __init__(
        self,
        desk: Desk,
        corpus: str,
        given: Given,
        stop: asyncio.Event,
        *,
        vouched: Vouched | None = None,
    ) -> None:
        """Take where to, what is stated about all items, and what ends it early when it is set.

        `vouched` is who answers for the sites that reserve their pages.
        """
        self._desk = desk
        self._corpus = corpus
        self._given = given
        self._stop = stop
        self._vouched = vouched
        self._turns = asyncio.Semaphore(_READ_AT_ONCE)

    async def take(self, items: Iterable[Item]) -> AsyncIterator[Result]:
        """Yield what came of each item, in their order, after it was committed.

        The next items are read while those before them are embedded. Raise BelegError where it is
        about no item: the others would fare no better.
        """
        groups = _groups(items)
        reading = self._begin(groups)
        try:
            while reading is not None and await self._done(reading):
                read = reading.result()
                reading = self._begin(groups)
                for result in await self._add(read):
                    yield result
        finally:
            if reading is not None and not reading.cancel() and not reading.cancelled():
                reading.exception()  # nobody wants to know any more

    def _begin(self, groups: Iterator[list[Item]]) -> asyncio.Task[list[_Read]] | None:
        group = [] if self._stop.is_set() else next(groups, [])
        return asyncio.create_task(self._read_all(group)) if group else None

    async def _done(self, reading: asyncio.Task[list[_Read]]) -> bool:
        """Wait until the items are read, or until nobody wants them any more."""
        stopped = asyncio.create_task(self._stop.wait())
        await asyncio.wait({reading, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        return not self._stop.is_set()

    async def _read_all(self, items: Sequence[Item]) -> list[_Read]:
        return list(await asyncio.gather(*map(self._read, items)))

    async def _read(self, item: Item) -> _Read:
        async with self._turns:
            try:
                return await self._load(item)
            except SourceError as error:
                return _Read(item, error)
            except BelegError:
                raise
            except Exception as fault:  # noqa: BLE001 - a page nobody thought of: not all of them
                return _Read(item, _told(fault))

    async def _load(self, item: Item) -> _Read:
        match item.load():
            case Article() as article:
                return _Read(item, Incoming(Extracted(_completed(article, self._given))))
            case Address(url):
                page = await self._desk.fetch(self._corpus, url, self._vouched)
                return _Read(item, await self._desk.read(page, self._given))
            case Page() as page:
                digest = digest_of(page, self._given)
                known = await self._desk.article_of_file(self._corpus, digest)
                if known is not None:
                    return _Read(item, Receipt(Outcome.KNOWN, known))
                return _Read(item, await self._desk.read(page, self._given), digest)

    async def _add(self, read: Sequence[_Read]) -> list[Result]:
        incoming = [one.found for one in read if isinstance(one.found, Incoming)]
        added = iter(await self._desk.add_all(self._corpus, incoming) if incoming else ())
        results: list[Result] = []
        for one in read:
            found = next(added) if isinstance(one.found, Incoming) else one.found
            if isinstance(found, Receipt) and one.digest is not None:
                await self._desk.remember_file(self._corpus, one.digest, found.stored.id)
            came = found if isinstance(found, Receipt | SourceError) else _told(found)
            results.append((one.item, came))
        return results


def _groups(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while group := list(islice(remaining, _TOGETHER)):
        yield group


def _completed(article: Article, given: Given) -> Article:
    """Let what is stated outrank a record, as it outranks a page."""
    return replace(
        article,
        title=given.title or article.title,
        url=given.url or article.url,
        outlet=given.outlet or article.outlet,
        outlet_given=article.outlet_given or given.outlet is not None,
        published=given.published or article.published,
    )


def _told(fault: Exception) -> SourceError:
    _log.error("could not add an item", exc_info=fault)
    return SourceError("source_fault", kind=type(fault).__name__)
