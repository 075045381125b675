"""A clock that tests may turn, and waiting for something to come true."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
GLANCE_SECONDS = 0.01


class Clock:
    """Seconds that only grow; `advance` lets minutes pass at once."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        """Return the seconds."""
        return time.monotonic() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass for the double alone."""
        self._ahead += seconds


class Changes:
    """Wake everyone who waits for the state of the double to become something."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Say that something has changed."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(
        self, look: Callable[[], Found | None], within: float, complaint: Callable[[], str]
    ) -> Found:
        """Return the first true value of `look`."""
        try:
            async with asyncio.timeout(within):
                while True:
                    found = look()
                    if found:
                        return found
                    await self._next()
        except TimeoutError:
            raise AssertionError(f"{complaint()} (waited {within:g} s)") from None

    async def _next(self) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            # What changes inside the client notifies nobody, so look again now and then.
            await asyncio.wait({waiter}, timeout=GLANCE_SECONDS)
        finally:
            self._waiters.discard(waiter)
