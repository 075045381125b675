"""Waiting for something to come true."""

from __future__ import annotations

import asyncio

import pytest

from tests.discord_server.waiting import Changes, Clock


async def test_what_nobody_announces_is_noticed_too() -> None:
    told = asyncio.Event()
    asyncio.get_running_loop().call_later(0.001, told.set)
    assert await Changes().until(told.is_set, 0.5, lambda: "never")


async def test_waiting_ends_with_the_complaint() -> None:
    with pytest.raises(AssertionError, match=r"never \(waited 0.01 s\)"):
        await Changes().until(list, 0.01, lambda: "never")


def test_a_clock_can_be_advanced() -> None:
    clock = Clock()
    before = clock()
    clock.advance(900)
    assert 900 <= clock() - before < 960
