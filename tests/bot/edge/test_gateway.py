"""A gateway that closes, falls silent or says things twice costs no answer and brings no second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.client import BelegClient
from bot.counters import Trouble
from bot.desk import Desk
from tests.bot.conftest import QUESTION, kursk
from tests.bot.edge.conftest import ASKED, EDIT, MESSAGES, is_answer, recovers
from tests.discord_server import Channel, DiscordServer, Member, Rule
from tests.fakes import short_of


@pytest.mark.fault(1)
@pytest.mark.parametrize("code", [1000, 1006, 4000])
async def test_a_gateway_that_closes_mid_answer_costs_no_answer(
    client: BelegClient, discord_server: DiscordServer, channel: Channel, member: Member, code: int
) -> None:
    hold = asyncio.Event()
    faults = [discord_server.fail_next(*place, hold=hold) for place in (EDIT, MESSAGES)]
    exchange = await member.slash(channel, "ask", ASKED)
    await member.say(channel, f"<@bot> {QUESTION}")
    await discord_server.wait_until(lambda: all(one.hits for one in faults), "no answers")
    await discord_server.gateway.close(code)
    hold.set()
    assert is_answer(await exchange.final_message())
    await discord_server.wait_until(lambda: channel.from_bot, "no answer to the mention")
    await discord_server.wait_until_ready()
    assert len(discord_server.gateway.resumes) == 1
    await recovers(channel, member)
    assert len(exchange.messages) == 1
    assert len([one for one in channel.from_bot if one.reference is not None]) == 2


@pytest.mark.fault(1)
@pytest.mark.parametrize("how", ["op 7", "op 9, resumable", "op 9, lost"])
async def test_a_gateway_that_asks_for_a_new_session_mid_answer_costs_no_answer(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    # Before it begins anew, discord.py waits for up to five seconds.
    monkeypatch.setattr("discord.gateway.asyncio.sleep", short_of(asyncio.sleep))
    hold = asyncio.Event()
    fault = discord_server.fail_next(*EDIT, hold=hold)
    exchange = await member.slash(channel, "ask", ASKED)
    await discord_server.wait_until(lambda: fault.hits, "no answer")
    seen = discord_server.gateway.connection_count
    if how == "op 7":
        discord_server.gateway.ask_to_reconnect()
    else:
        discord_server.gateway.invalidate_session(resumable=how == "op 9, resumable")
    await discord_server.wait_until(
        lambda: discord_server.gateway.connection_count > seen and discord_server.gateway.connected,
        "it has not come back",
        within=30,
    )
    hold.set()
    assert is_answer(await exchange.final_message())
    await recovers(channel, member)
    assert len(exchange.messages) == 1


@asynccontextmanager
async def impatient(client: BelegClient, server: DiscordServer) -> AsyncIterator[None]:
    """Run a client that gives a silent gateway up after a moment instead of a minute."""
    client._connection.heartbeat_timeout = 0.5
    async with server.running(client):
        yield


@pytest.mark.fault(2)
async def test_a_gateway_that_falls_silent_is_left_and_what_it_kept_back_is_answered_once(
    desk: Desk,
) -> None:
    async with DiscordServer(heartbeat_interval=0.05) as server:
        guild = server.add_guild("Stille")
        channel, member = guild.add_text_channel("allgemein"), guild.add_member("Ben")
        await desk.add_article(str(guild.id), kursk())
        client = BelegClient(desk, connector=server.connector())
        async with impatient(client, server):
            await server.wait_for_commands()
            server.gateway.go_silent()
            exchange = await member.slash(channel, "ask", ASKED)
            assert is_answer(await exchange.final_message(within=30))
            assert server.gateway.resumes
            await recovers(channel, member)
            assert len(exchange.messages) == 1


@pytest.mark.fault(3)
async def test_an_interaction_that_comes_twice_is_answered_once(
    client: BelegClient, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    hold = asyncio.Event()
    fault = discord_server.fail_next(*EDIT, hold=hold)
    exchange = await member.slash(channel, "ask", ASKED)
    await discord_server.wait_until(lambda: fault.hits, "no answer")
    discord_server.replay(exchange)
    hold.set()
    await exchange.final_message()
    discord_server.replay(exchange)
    await recovers(channel, member)
    assert len(exchange.messages) == 1
    assert exchange.edits == 1
    assert client.counters.counts == {}


@pytest.mark.fault(3)
async def test_a_button_that_comes_twice_acts_once(
    client: BelegClient, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.allow(Rule.SECOND_RESPONSE)
    answer = await (await member.slash(channel, "ask", ASKED)).final_message()
    pressed = await member.click(answer, "Zusammenhang")
    await pressed.final_message()
    discord_server.replay(pressed)
    await recovers(channel, member)
    assert len(pressed.messages) == 1
    assert pressed.edits == 1
    assert client.counters.counts in ({}, {Trouble.ANSWERED_ALREADY: 1})
