"""The watch over the gateway's silence."""

from __future__ import annotations

import asyncio
import gc

import pytest

from bot.client import serve
from bot.desk import Desk
from bot.health import gateway
from bot.health.gateway import GatewayWatch
from bot.health.watching import Watching
from index.errors import BelegError
from tests.discord_server import DiscordServer


@pytest.mark.fault(2)
async def test_silence_beyond_all_patience_ends_it_while_a_socket_is_open() -> None:
    now, looks = [0.0], list[float]()
    watch = GatewayWatch(clock=lambda: now[0])
    watch.began()

    async def sleep(seconds: float) -> None:
        now[0] += seconds
        looks.append(now[0])

    with pytest.raises(BelegError, match="gateway_silent"):
        await watch.keep(lambda: True, sleep)
    assert looks[-1] <= 120


async def test_while_a_connection_is_being_made_there_is_patience() -> None:
    now, is_open = [0.0], [False]
    watch = GatewayWatch(clock=lambda: now[0])
    watch.began()

    async def sleep(seconds: float) -> None:
        now[0] += seconds
        if now[0] > 3600:
            is_open[0] = True

    with pytest.raises(BelegError, match="gateway_silent"):
        await watch.keep(lambda: is_open[0], sleep)
    assert now[0] > 3600


def test_whoever_was_never_let_in_is_not_silent() -> None:
    assert not GatewayWatch(clock=lambda: 1e6).silent


@pytest.mark.fault(2)
async def test_a_socket_that_stays_open_and_dead_ends_the_bot(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # discord.py itself would wait for a minute.
    watch = GatewayWatch(longest=0.5, look=0.05)
    watching = Watching(tmp_path_factory.mktemp("data"), gateway=watch)
    async with DiscordServer(heartbeat_interval=0.05) as server:
        bot = serve(desk, server.token, connector=server.connector(), watching=watching)
        running = asyncio.create_task(bot)
        await server.wait_until_ready()
        await server.wait_until(lambda: watch.connected, "it is not let in")
        await asyncio.sleep(0.8)
        assert not running.done()  # heartbeats are acknowledged: that is no silence
        server.gateway.go_silent()
        with pytest.raises(BelegError, match="gateway_silent"):
            await asyncio.wait_for(running, 10)
    gc.unfreeze()


def test_two_minutes_are_the_most() -> None:
    assert gateway.LONGEST_SILENCE_S + gateway._LOOK_S <= 120
