"""How late an event loop is: a ticker that shares it with what is measured."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

TICK_S = 0.005


@asynccontextmanager
async def ticking() -> AsyncIterator[list[float]]:
    """Yield a list that fills with the seconds by which each tick came late."""
    gaps: list[float] = []
    ticker = asyncio.create_task(_note_gaps(gaps))
    await asyncio.sleep(0)  # the first tick is under way before anything else is
    try:
        yield gaps
    finally:
        ticker.cancel()
        with suppress(asyncio.CancelledError):
            await ticker


async def _note_gaps(gaps: list[float]) -> None:
    while True:
        begun = time.perf_counter()
        try:
            await asyncio.sleep(TICK_S)
        finally:
            # Also when cancelled: the last tick may be the late one.
            gaps.append(max(0.0, time.perf_counter() - begun - TICK_S))
