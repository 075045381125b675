"""How late an event loop is: a ticker that shares it with what is measured."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tests.machine import WaitsForCore

TICK_S = 0.005


@asynccontextmanager
async def ticking(*, others_excused: bool = False) -> AsyncIterator[list[float]]:
    """Yield a list that fills with the seconds by which each tick came late.

    With `others_excused` without those in which other programs had the core that a thread of this
    one was waiting for: what is left is this program's own doing.
    """
    gaps: list[float] = []
    waits = WaitsForCore() if others_excused else None
    ticker = asyncio.create_task(_note_gaps(gaps, waits))
    await asyncio.sleep(0)  # the first tick is under way before anything else is
    try:
        yield gaps
    finally:
        ticker.cancel()
        with suppress(asyncio.CancelledError):
            await ticker


async def _note_gaps(gaps: list[float], waits: WaitsForCore | None) -> None:
    while True:
        if waits is not None:
            waits.since_last()
        begun = time.perf_counter()
        try:
            await asyncio.sleep(TICK_S)
        finally:
            # Also when cancelled: the last tick may be the late one.
            late = time.perf_counter() - begun - TICK_S
            if waits is not None and late > TICK_S:
                late -= waits.since_last()
            gaps.append(max(0.0, late))
