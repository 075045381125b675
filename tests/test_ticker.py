from __future__ import annotations

import asyncio
import time

from tests.ticker import ticking


async def test_a_blocked_loop_is_noticed() -> None:
    async with ticking() as gaps:
        await asyncio.sleep(0.02)
        time.sleep(0.1)  # noqa: ASYNC251 - to block is the point
        await asyncio.sleep(0.02)
    assert max(gaps) >= 0.09


async def test_a_loop_that_is_blocked_until_the_end_is_noticed() -> None:
    async with ticking() as gaps:
        time.sleep(0.1)  # noqa: ASYNC251 - same
    assert max(gaps) >= 0.09


async def test_a_loop_that_blocks_itself_has_no_excuse() -> None:
    async with ticking(others_excused=True) as gaps:
        await asyncio.sleep(0.02)
        end = time.perf_counter() + 0.3
        while time.perf_counter() < end:
            pass
        time.sleep(0.3)  # noqa: ASYNC251 - same
        await asyncio.sleep(0.02)
    assert max(gaps) >= 0.29


async def test_nothing_ticks_afterwards() -> None:
    async with ticking() as gaps:
        await asyncio.sleep(0.02)
    seen = len(gaps)
    assert seen
    await asyncio.sleep(0.02)
    assert len(gaps) == seen
