"""On which servers the bot is: the corpus of one that it has left is marked, and goes later."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial

from bot.desk import Desk
from index.corpus import Corpus
from index.departure import Departure
from index.errors import BelegError
from index.watch_table import WatchTable

_log = logging.getLogger(__name__)


class Presence:
    """Keeps the marks of all corpora."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        """Take the desk that writes the marks."""
        self._desk = desk
        self._clock = clock

    async def arrived(self, corpus: str) -> None:
        """Note that the bot is on a server; whatever was kept of it stays."""
        if corpus in await self._desk.corpora():
            await self._change(corpus, lambda opened: Departure(opened.database).arrived())

    async def left(self, corpus: str) -> None:
        """Note that the bot was removed from a server."""
        if corpus in await self._desk.corpora():
            at = self._clock()
            await self._change(corpus, partial(_left, at))
            _log.warning("the bot has left server %s; its articles are kept a while", corpus)

    async def compare(self, servers: Collection[str]) -> None:
        """Catch up with what happened while the bot was away; `servers` are those it is on."""
        for corpus in await self._desk.corpora():
            if corpus in servers:
                await self.arrived(corpus)
            elif await self._was_here(corpus):
                await self.left(corpus)

    async def _was_here(self, corpus: str) -> bool:
        try:
            return await self._desk.look(
                corpus, lambda opened: Departure(opened.database).known_here()
            )
        except BelegError:
            return False

    async def _change(self, corpus: str, work: Callable[[Corpus], None]) -> None:
        try:
            await self._desk.change(corpus, work)
        except BelegError:
            _log.exception("whether the bot is on server %s could not be noted", corpus)


def _left(at: datetime, opened: Corpus) -> None:
    Departure(opened.database).left(at)
    WatchTable(opened.database).clear()  # there is nobody any more to be told
