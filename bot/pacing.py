"""Politeness towards hosts: one request at a time, and a pause before the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.timing import Timing

_MOST_HOSTS = 1000


class Pacing:
    """Remembers when each host was asked last."""

    def __init__(self, timing: Timing, pause: timedelta) -> None:
        """Take the pause between the end of a request and the next to the same host."""
        self._timing = timing
        self._pause = pause
        self._last: dict[str, datetime] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the turn to ask a host, and keep it until the request is done."""
        lock = self._locks.setdefault(host, asyncio.Lock())
        async with lock:
            last = self._last.get(host)
            if last is not None:
                left = (last + self._pause - self._timing.clock()).total_seconds()
                if left > 0:
                    await self._timing.sleep(left)
            try:
                yield
            finally:
                self._last[host] = self._timing.clock()
                self._forget()

    def _forget(self) -> None:
        if len(self._last) > _MOST_HOSTS:
            done = self._timing.clock() - self._pause
            self._last = {host: last for host, last in self._last.items() if last > done}
            self._locks = {
                host: lock
                for host, lock in self._locks.items()
                if lock.locked() or host in self._last
            }
