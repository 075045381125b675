"""Turns at something scarce: one of each in rotation, so that a crowd keeps nobody else waiting."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from index.errors import BelegError

AT_ONCE = 2
MOST_WAITING = 24  # of one server; half a second each leaves nobody beyond the patience below
PATIENCE_S = 10.0


class FairTurns:
    """Gives turns by name: within a name in order, between names one after the other.

    Used on one event loop. Whoever would wait as one too many, or has waited too long, gets
    BelegError("too_many_asking").
    """

    def __init__(
        self,
        at_once: int = AT_ONCE,
        most_waiting: int = MOST_WAITING,
        patience: float = PATIENCE_S,
    ) -> None:
        """Take how many have a turn at once, how many of one name may wait, and how long."""
        self._free = at_once
        self._most_waiting = most_waiting
        self._patience = patience
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many are waiting."""
        return sum(map(len, self._waiting.values()))

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for a turn and have it until the block ends."""
        await self._wait(name)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, name: str) -> None:
        if self._free:
            self._free -= 1
            return
        queue = self._waiting.setdefault(name, deque())
        if len(queue) >= self._most_waiting:
            raise BelegError("too_many_asking")
        mine = asyncio.get_running_loop().create_future()
        queue.append(mine)
        try:
            async with asyncio.timeout(self._patience):
                await mine
        except BaseException as error:
            if mine.done() and not mine.cancelled():
                self._pass_on()  # the turn came together with the end of the patience
            else:
                self._leave(name, mine)
            if isinstance(error, TimeoutError):
                raise BelegError("too_many_asking") from error
            raise

    def _leave(self, name: str, mine: asyncio.Future[None]) -> None:
        queue = self._waiting.get(name)
        if queue is not None and mine in queue:
            queue.remove(mine)
            if not queue:
                del self._waiting[name]

    def _pass_on(self) -> None:
        while self._waiting:
            name, queue = self._waiting.popitem(last=False)
            following = queue.popleft()
            if queue:
                self._waiting[name] = queue  # behind all others
            if not following.done():
                following.set_result(None)
                return
        self._free += 1
