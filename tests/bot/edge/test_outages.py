"""Where Discord breaks off, a request is made again unless it may have come through."""

from __future__ import annotations

import asyncio

import pytest

from bot.client import BelegClient
from bot.counters import Trouble
from tests.bot.edge.conftest import (
    ASKED,
    CALLBACK,
    EDIT,
    Way,
    at_every_request,
    by_command,
    counted,
    recovers,
)
from tests.discord_server import Channel, DiscordServer, Member, Rule

FOLLOW_UP = ("POST", "/webhooks/*")

at_every_status = pytest.mark.parametrize(
    "status", [500, 502, 503, 504, 0], ids=["500", "502", "503", "504", "reset"]
)


@pytest.mark.fault(5)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@at_every_status
@at_every_request
async def test_an_outage_leaves_one_answer(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    place: tuple[str, str],
    way: Way,
    status: int,
    after: bool,
) -> None:
    if way is by_command:
        discord_server.allow(Rule.SECOND_RESPONSE)
    fault = discord_server.fail_next(*place, status, after=after, drop=not status)
    answers = await way(channel, member)
    await recovers(channel, member)
    assert fault.hits == 1
    assert len(answers()) == 1
    assert client.counters.counts == {}


@pytest.mark.fault(5)
@at_every_status
async def test_a_follow_up_is_not_repeated_for_it_may_have_come_through(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    status: int,
) -> None:
    exchange = await member.slash(channel, "ask", ASKED | {"share": "me"})
    private = await exchange.final_message()
    fault = discord_server.fail_next(*FOLLOW_UP, status, after=True, drop=not status)
    await member.click(private, "Für alle zeigen")
    await counted(client, discord_server, Trouble.OUTAGE)
    assert fault.hits == 1
    assert len(channel.from_bot) == 1
    await recovers(channel, member)


@pytest.mark.fault(5)
@pytest.mark.parametrize("place", [CALLBACK, EDIT], ids=["callback", "edit"])
async def test_a_discord_that_never_answers_is_asked_again(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    place: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    discord_server.allow(Rule.SECOND_RESPONSE)
    monkeypatch.setattr("bot.outages.FIRST_PATIENCE_S", 0.3)
    monkeypatch.setattr("bot.outages.PATIENCE_S", 0.3)
    hold = asyncio.Event()
    fault = discord_server.fail_next(*place, hold=hold)
    answers = await by_command(channel, member)
    hold.set()
    await recovers(channel, member)
    assert fault.hits == 1
    assert len(answers()) == 1


@pytest.mark.fault(5)
async def test_an_outage_that_lasts_ends_quietly(
    client: BelegClient, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    fault = discord_server.fail_next(*CALLBACK, 503, times=4)
    exchange = await member.slash(channel, "ask", ASKED)
    await counted(client, discord_server, Trouble.OUTAGE)
    assert fault.hits == 4
    assert not exchange.messages
    await recovers(channel, member)
