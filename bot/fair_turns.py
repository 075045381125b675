"""Turns at something scarce: one of each in rotation, so that a crowd keeps nobody else waiting."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from index.errors import BelegError

AT_ONCE = 2
MOST_WAITING = 24  # of one server; half a second each leaves nobody beyond the patience below
MOST_IN_ALL = 96
MOST_OWN = 3  # of one person, beside the one that is being answered
PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    asker: Hashable
    turn: asyncio.Future[None]


class FairTurns:
    """Gives turns by name: within a name in order, between names one after the other.

    One asker has one turn at a time, and the others of that name go first meanwhile. Used on one
    event loop. Whoever would wait as one too many, or has waited too long, gets
    BelegError("too_many_asking"), or "own_questions_waiting" where the others are their own.
    """

    def __init__(
        self,
        at_once: int = AT_ONCE,
        most_waiting: int = MOST_WAITING,
        patience: float = PATIENCE_S,
        *,
        most_in_all: int = MOST_IN_ALL,
        most_own: int = MOST_OWN,
    ) -> None:
        """Take how many have a turn at once, how many may wait (by name, in all), and how long."""
        self._free = at_once
        self._most_waiting = most_waiting
        self._most_in_all = most_in_all
        self._most_own = most_own
        self._patience = patience
        self._served: set[Hashable] = set()
        self._waiting: OrderedDict[str, list[_Waiting]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many are waiting."""
        return sum(map(len, self._waiting.values()))

    @asynccontextmanager
    async def turn(self, name: str, asker: Hashable = None) -> AsyncIterator[None]:
        """Wait for a turn and have it until the block ends; without an asker nobody counts."""
        await self._wait(name, asker)
        try:
            yield
        finally:
            self._end(asker)

    async def _wait(self, name: str, asker: Hashable) -> None:
        if self._free and asker not in self._served:
            self._begin(asker)
            return
        self._make_room(name, asker)
        mine = _Waiting(asker, asyncio.get_running_loop().create_future())
        self._waiting.setdefault(name, []).append(mine)
        try:
            async with asyncio.timeout(self._patience):
                await mine.turn
        except BaseException as error:
            if mine.turn.done() and not mine.turn.cancelled() and mine.turn.exception() is None:
                self._end(asker)  # the turn came together with the end of the patience
            else:
                self._leave(name, mine)
            if isinstance(error, TimeoutError):
                raise BelegError("too_many_asking") from error
            raise

    def _make_room(self, name: str, asker: Hashable) -> None:
        """Raise BelegError for one too many; in all, the last of the longest queue gives way."""
        everybody = [one for queue in self._waiting.values() for one in queue]
        if asker is not None:
            own = sum(one.asker == asker for one in everybody)
            if own >= self._most_own:
                raise BelegError("own_questions_waiting", count=own + (asker in self._served))
        here = len(self._waiting.get(name, ()))
        if here >= self._most_waiting:
            raise BelegError("too_many_asking")
        if len(everybody) >= self._most_in_all:
            longest = max(self._waiting, key=lambda other: len(self._waiting[other]))
            if len(self._waiting[longest]) <= here + 1:
                raise BelegError("too_many_asking")
            last = self._waiting[longest][-1]
            self._leave(longest, last)
            if not last.turn.done():
                last.turn.set_exception(BelegError("too_many_asking"))

    def _leave(self, name: str, mine: _Waiting) -> None:
        queue = self._waiting.get(name)
        if queue is not None and mine in queue:
            queue.remove(mine)
            if not queue:
                del self._waiting[name]

    def _begin(self, asker: Hashable) -> None:
        self._free -= 1
        if asker is not None:
            self._served.add(asker)

    def _end(self, asker: Hashable) -> None:
        self._free += 1
        self._served.discard(asker)
        for name, queue in list(self._waiting.items()):
            for following in list(queue):
                if following.turn.done():
                    self._leave(name, following)
                elif following.asker not in self._served:
                    self._leave(name, following)
                    if name in self._waiting:
                        self._waiting.move_to_end(name)  # behind all others
                    self._begin(following.asker)
                    following.turn.set_result(None)
                    return
