"""Failures on order, and a client that survives them."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest

from tests.discord_server import Channel, DiscordServer, Guild, Member, Rule
from tests.discord_server_test.example_bot import ExampleBot

QUESTION = {"question": "Was?"}


@pytest.mark.parametrize("code", [1006, 1000, 4000])
async def test_a_closed_gateway_is_resumed_and_nothing_is_lost(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member, code: int
) -> None:
    gateway = discord_server.gateway
    exchange = await member.slash(channel, "ask", QUESTION)
    await gateway.close(code)
    assert (await exchange.final_message()).content == "Was? (0)"
    await discord_server.wait_until(lambda: bot.resumed, "no resume")
    assert len(gateway.identifies) == 1
    assert len(gateway.resumes) == 1
    assert bot.connects == 1


async def test_a_request_to_reconnect_is_followed(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.gateway.ask_to_reconnect()
    await discord_server.wait_until(lambda: bot.resumed, "no resume")
    await (await member.slash(channel, "ask", QUESTION)).final_message()


async def test_an_invalid_session_begins_anew(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    gateway = discord_server.gateway
    gateway.invalidate_session()
    await discord_server.wait_until(lambda: len(gateway.identifies) == 2, "no second login")
    await discord_server.wait_until_ready()
    await (await member.slash(channel, "ask", QUESTION)).final_message()


async def test_a_forgotten_session_cannot_be_resumed(
    bot: ExampleBot, discord_server: DiscordServer
) -> None:
    gateway = discord_server.gateway
    gateway.forget_sessions()
    await gateway.close(4000)
    await discord_server.wait_until(lambda: len(gateway.identifies) == 2, "no second login")
    assert len(gateway.resumes) == 1
    assert bot.resumed == 0


async def test_a_silent_gateway_says_nothing_until_it_speaks_again(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.gateway.go_silent()
    exchange = await member.slash(channel, "ask", QUESTION)
    with pytest.raises(AssertionError, match="no first response"):
        await exchange.first_response(within=0.05)
    discord_server.gateway.speak_again()
    await exchange.final_message()


async def test_a_reset_token_ends_the_bot(discord_server: DiscordServer, channel: Channel) -> None:
    client = ExampleBot(discord_server)
    task = asyncio.create_task(client.start(discord_server.token))
    await discord_server.wait_until_ready()
    discord_server.reset_token()
    await discord_server.gateway.close(4004)
    with pytest.raises(discord.ConnectionClosed):
        await task
    with pytest.raises(RuntimeError, match="Session is closed"):
        await client.get_partial_messageable(channel.id).send("a")


async def test_a_scripted_status_strikes_as_often_as_ordered(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    place = bot.get_partial_messageable(channel.id)
    fault = discord_server.fail_next("POST", "/channels/*/messages", 503, times=2)
    for _ in range(2):
        with pytest.raises(discord.DiscordServerError):
            await place.send("a")
    await place.send("b")
    assert fault.hits == 2
    assert [message.content for message in channel.messages] == ["b"]
    assert [one.status for one in discord_server.requests if one.method == "POST"] == [
        503,
        503,
        200,
    ]


async def test_a_failure_may_come_after_the_effect(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    discord_server.fail_next("POST", "/channels/*/messages", 503, after=True)
    with pytest.raises(discord.DiscordServerError):
        await bot.get_partial_messageable(channel.id).send("doch")
    assert [message.content for message in channel.messages] == ["doch"]


async def test_a_connection_may_be_cut(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    discord_server.fail_next("POST", "/channels/*/messages", drop=True)
    with pytest.raises((OSError, aiohttp.ClientError)):
        await bot.get_partial_messageable(channel.id).send("a")
    assert channel.messages == []


async def test_a_request_may_be_held_back(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    hold = asyncio.Event()
    fault = discord_server.fail_next("POST", "/channels/*/messages", hold=hold)
    task = asyncio.create_task(bot.get_partial_messageable(channel.id).send("a"))
    await discord_server.wait_until(lambda: fault.hits, "no request")
    assert channel.messages == []
    hold.set()
    await task
    assert len(channel.messages) == 1


@pytest.mark.parametrize("is_global", [False, True])
async def test_a_rate_limit_is_waited_for(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, is_global: bool
) -> None:
    fault = discord_server.rate_limit_next(
        "POST", "/channels/*/messages", retry_after=0.02, is_global=is_global
    )
    await bot.get_partial_messageable(channel.id).send("a")
    first, second = (one for one in discord_server.requests if one.path.endswith("/messages"))
    assert (fault.hits, first.status, second.status) == (1, 429, 200)
    assert second.at - first.at >= 0.02


async def test_a_rate_limit_without_via_is_taken_for_a_ban(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    discord_server.rate_limit_next("POST", "/channels/*/messages", via=False)
    with pytest.raises(discord.HTTPException, match="429"):
        await bot.get_partial_messageable(channel.id).send("a")


async def test_a_failed_edit_leaves_the_bot_thinking(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.allow(Rule.LEFT_THINKING)
    fault = discord_server.fail_next("PATCH", "/webhooks/*/messages/@original", 404, code=10008)
    exchange = await member.slash(channel, "ask", QUESTION)
    await discord_server.wait_until(lambda: fault.hits, "no edit")
    assert exchange.messages == []
    assert exchange.original is not None
    assert exchange.original.loading


async def test_expired_tokens_are_refused(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.allow(Rule.EXPIRED_TOKEN, Rule.LEFT_THINKING)
    hold = asyncio.Event()
    fault = discord_server.fail_next("PATCH", "/webhooks/*/messages/@original", hold=hold)
    await member.slash(channel, "ask", QUESTION)
    await discord_server.wait_until(lambda: fault.hits, "no edit")
    discord_server.expire_tokens()
    hold.set()
    await discord_server.wait_until(lambda: discord_server.judge.passed_over, "no violation")
    assert discord_server.requests[-1].status == 401


async def test_a_deleted_channel_is_gone(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    place = bot.get_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    channel.delete()
    await discord_server.wait_until(lambda: bot.get_channel(channel.id) is None, "still there")
    with pytest.raises(discord.NotFound, match="10003"):
        await place.send("a")


async def test_a_bot_can_join_and_be_thrown_out(
    bot: ExampleBot, discord_server: DiscordServer, guild: Guild
) -> None:
    second = discord_server.add_guild("Zweite")
    await discord_server.wait_until(lambda: bot.get_guild(second.id), "not joined")
    guild.remove_bot()
    await discord_server.wait_until(lambda: bot.get_guild(guild.id) is None, "still there")


async def test_a_client_that_dies_says_why(discord_server: DiscordServer) -> None:
    class Broken(ExampleBot):
        async def setup_hook(self) -> None:
            raise ValueError("kaputt")

    with pytest.raises(ValueError, match="kaputt"):
        async with discord_server.running(Broken(discord_server)):
            pass


async def test_heartbeats_are_answered() -> None:
    async with DiscordServer(heartbeat_interval=0.05) as server:
        server.add_guild("Takt")
        async with server.running(client := ExampleBot(server)):
            await server.wait_until(lambda: server.gateway.heartbeats >= 3, "no heartbeat")
            assert client.latency < 1
