"""How late the event loop is: what blocks it keeps every answer and the heartbeat waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_TICK_S = 0.1


async def keep_ticking(note: Callable[[float], None]) -> None:
    """Note the seconds by which each tick came late, until cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        due = time.perf_counter() + _TICK_S
        woken = loop.create_future()
        handle = loop.call_later(_TICK_S, woken.set_result, None)
        try:
            await woken
        finally:
            handle.cancel()
        note(max(0.0, time.perf_counter() - due))
