"""What can go wrong between Beleg and Discord: at most one answer, no traceback, recovery alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.client import BelegClient
from bot.counters import Trouble
from bot.desk import Desk
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Exchange, Guild, Member, Message, Rule

ASKED = {"question": QUESTION}
CALLBACK = ("POST", "/interactions/*/callback")
EDIT = ("PATCH", "/webhooks/*/messages/@original")
FOLLOW_UP = ("POST", "/webhooks/*")
MESSAGES = ("POST", "/channels/*/messages")
TYPING = ("POST", "/channels/*/typing")
STATUSES = [500, 502, 503, 504, 0]
STATUS_NAMES = ["500", "502", "503", "504", "reset"]


@pytest.fixture(autouse=True)
async def stocked(desk: Desk, guild: Guild, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    await desk.add_article(str(guild.id), kursk())


@pytest.fixture(autouse=True)
def no_traceback(stocked: None, caplog: pytest.LogCaptureFixture) -> object:
    yield
    assert "Traceback" not in caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def is_answer(message: Message) -> bool:
    return SENTENCE in read(message.content).text


async def recovers(channel: Channel, member: Member) -> None:
    """Without a hand: the next question of each kind is answered, once."""
    exchange = await member.slash(channel, "ask", ASKED)
    assert is_answer(await exchange.final_message())
    assert len(exchange.messages) == 1
    before = len(channel.from_bot)
    await member.say(channel, f"<@bot> {QUESTION}")
    await channel.server.wait_until(lambda: len(channel.from_bot) > before, "no answer")
    assert len(channel.from_bot) == before + 1
    assert is_answer(channel.from_bot[-1])


async def counted(client: BelegClient, server: DiscordServer, trouble: Trouble) -> None:
    await server.wait_until(lambda: client.counters.counts, "nothing was counted")
    assert client.counters.counts == {trouble: 1}


# The gateway ------------------------------------------------------------------------------------


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
    monkeypatch.setattr("discord.gateway.asyncio.sleep", _no_sleep(asyncio.sleep))
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


def _no_sleep(
    sleep: Callable[[float], Awaitable[None]],
) -> Callable[[float], Awaitable[None]]:
    return lambda seconds: sleep(min(seconds, 0.05))


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


# Too many requests ------------------------------------------------------------------------------


@pytest.mark.fault(4)
@pytest.mark.parametrize("is_global", [False, True])
@pytest.mark.parametrize("place", [CALLBACK, EDIT], ids=["callback", "edit"])
async def test_a_command_waits_out_a_rate_limit(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    place: tuple[str, str],
    is_global: bool,
) -> None:
    fault = discord_server.rate_limit_next(*place, retry_after=0.02, is_global=is_global)
    exchange = await member.slash(channel, "ask", ASKED)
    assert is_answer(await exchange.final_message())
    await recovers(channel, member)
    assert (fault.hits, len(exchange.messages)) == (1, 1)


@pytest.mark.fault(4)
@pytest.mark.parametrize("is_global", [False, True])
@pytest.mark.parametrize("place", [MESSAGES, TYPING], ids=["message", "typing"])
async def test_a_mention_waits_out_a_rate_limit(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    place: tuple[str, str],
    is_global: bool,
) -> None:
    fault = discord_server.rate_limit_next(*place, retry_after=0.02, is_global=is_global)
    await recovers(channel, member)
    assert fault.hits == 1


@pytest.mark.fault(4)
async def test_a_ban_by_the_proxy_in_front_of_discord_ends_quietly(
    client: BelegClient, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.rate_limit_next(*MESSAGES, via=False)
    await member.say(channel, f"<@bot> {QUESTION}")
    await counted(client, discord_server, Trouble.RATE_LIMITED)
    assert not channel.from_bot
    await recovers(channel, member)


@pytest.mark.fault(4)
@pytest.mark.parametrize(
    ("place", "retry_after"),
    [(CALLBACK, 65), (CALLBACK, 3600), (EDIT, 65), (EDIT, 3600), (MESSAGES, 65), (MESSAGES, 3600)],
    ids=["callback 65", "callback 3600", "edit 65", "edit 3600", "message 65", "message 3600"],
)
@pytest.mark.parametrize("is_global", [False, True], ids=["bucket", "global"])
async def test_a_pause_that_is_longer_than_the_answer_is_worth_is_not_waited_for(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    place: tuple[str, str],
    retry_after: float,
    is_global: bool,
) -> None:
    discord_server.allow(Rule.LEFT_THINKING)
    fault = discord_server.rate_limit_next(*place, retry_after=retry_after, is_global=is_global)
    if place == MESSAGES:
        await member.say(channel, f"<@bot> {QUESTION}")
    else:
        await member.slash(channel, "ask", ASKED)
    await counted(client, discord_server, Trouble.RATE_LIMITED)
    assert fault.hits == 1  # Discord counts those who ask all the same


# Outages ----------------------------------------------------------------------------------------


@pytest.mark.fault(5)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("status", STATUSES, ids=STATUS_NAMES)
@pytest.mark.parametrize("place", [CALLBACK, EDIT], ids=["callback", "edit"])
async def test_a_command_survives_an_outage_with_one_answer(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    place: tuple[str, str],
    status: int,
    after: bool,
) -> None:
    discord_server.allow(Rule.SECOND_RESPONSE)
    fault = discord_server.fail_next(*place, status, after=after, drop=not status)
    exchange = await member.slash(channel, "ask", ASKED)
    assert is_answer(await exchange.final_message())
    await recovers(channel, member)
    assert fault.hits == 1
    assert len(exchange.messages) == 1
    assert client.counters.counts == {}


@pytest.mark.fault(5)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("status", STATUSES, ids=STATUS_NAMES)
@pytest.mark.parametrize("place", [MESSAGES, TYPING], ids=["message", "typing"])
async def test_a_mention_survives_an_outage_with_one_answer(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    place: tuple[str, str],
    status: int,
    after: bool,
) -> None:
    fault = discord_server.fail_next(*place, status, after=after, drop=not status)
    question = await member.say(channel, f"<@bot> {QUESTION}")
    assert is_answer(await channel.next_message())
    await recovers(channel, member)
    assert fault.hits == 1
    assert len([one for one in channel.from_bot if one.reference is question]) == 1


@pytest.mark.fault(5)
@pytest.mark.parametrize("status", STATUSES, ids=STATUS_NAMES)
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
    exchange = await member.slash(channel, "ask", ASKED)
    assert is_answer(await exchange.final_message())
    hold.set()
    await recovers(channel, member)
    assert fault.hits == 1
    assert len(exchange.messages) == 1


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


# What Discord refuses for good ------------------------------------------------------------------


@pytest.mark.fault(6)
@pytest.mark.parametrize(
    ("status", "code", "trouble"),
    [
        (404, 10062, Trouble.UNKNOWN_INTERACTION),
        (400, 40060, Trouble.ANSWERED_ALREADY),
        (403, 50013, Trouble.PERMISSION_WITHDRAWN),
        (404, 10003, Trouble.GONE),
    ],
)
async def test_a_first_response_that_is_refused_ends_quietly(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    status: int,
    code: int,
    trouble: Trouble,
) -> None:
    fault = discord_server.fail_next(*CALLBACK, status, code=code)
    exchange = await member.slash(channel, "ask", ASKED)
    await counted(client, discord_server, trouble)
    assert fault.hits == 1
    assert not exchange.messages
    await recovers(channel, member)


@pytest.mark.fault(6)
@pytest.mark.parametrize(
    ("status", "code", "trouble"),
    [
        (401, 50027, Trouble.EXPIRED),
        (400, 50035, Trouble.OTHER),
        (404, 10015, Trouble.EXPIRED),
        (404, 10008, Trouble.GONE),
        (403, 50013, Trouble.PERMISSION_WITHDRAWN),
    ],
)
async def test_an_answer_that_is_refused_ends_quietly(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    status: int,
    code: int,
    trouble: Trouble,
) -> None:
    discord_server.allow(Rule.LEFT_THINKING)
    discord_server.fail_next(*EDIT, status, code=code)
    exchange = await member.slash(channel, "ask", ASKED)
    await counted(client, discord_server, trouble)
    assert not exchange.messages
    await recovers(channel, member)


async def held_answer(server: DiscordServer, channel: Channel, member: Member) -> asyncio.Event:
    hold = asyncio.Event()
    fault = server.fail_next(*EDIT, hold=hold)
    await member.slash(channel, "ask", ASKED)
    await server.wait_until(lambda: fault.hits, "no answer")
    return hold


@pytest.mark.fault(6)
async def test_a_token_that_has_expired_ends_quietly(
    client: BelegClient, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.allow(Rule.EXPIRED_TOKEN, Rule.LEFT_THINKING)
    hold = await held_answer(discord_server, channel, member)
    discord_server.expire_tokens()
    hold.set()
    await counted(client, discord_server, Trouble.EXPIRED)
    await recovers(channel, member)


@pytest.mark.fault(19)
async def test_a_right_that_was_withdrawn_ends_quietly(
    client: BelegClient,
    discord_server: DiscordServer,
    guild: Guild,
    channel: Channel,
    member: Member,
) -> None:
    discord_server.fail_next(*MESSAGES, 403, code=50013)
    await member.say(channel, f"<@bot> {QUESTION}")
    await counted(client, discord_server, Trouble.PERMISSION_WITHDRAWN)
    assert not channel.from_bot
    await recovers(channel, member)


@pytest.mark.fault(19)
async def test_a_server_that_throws_the_bot_out_mid_answer_ends_quietly(
    client: BelegClient, discord_server: DiscordServer, member: Member, channel: Channel
) -> None:
    other = discord_server.add_guild("Anderswo")
    place, somebody = other.add_text_channel("lang"), other.add_member("Cem")
    await client.desk.add_article(str(other.id), kursk())
    hold = asyncio.Event()
    fault = discord_server.fail_next(*MESSAGES, hold=hold)
    await member.say(channel, f"<@bot> {QUESTION}")
    await discord_server.wait_until(lambda: fault.hits, "no answer")
    discord_server.allow(Rule.MISSING_PERMISSIONS)  # nobody can know that it is out already
    assert channel.guild is not None
    discord_server.guilds[channel.guild.id].remove_bot()
    hold.set()
    await discord_server.wait_until(lambda: client.counters.counts, "nothing was counted")
    assert sum(client.counters.counts.values()) == 1
    await recovers(place, somebody)
    assert not channel.from_bot


@pytest.mark.fault(19)
async def test_a_channel_that_is_deleted_mid_answer_ends_quietly(
    client: BelegClient, discord_server: DiscordServer, guild: Guild, member: Member
) -> None:
    doomed, other = guild.add_text_channel("kurz"), guild.add_text_channel("lang")
    hold = asyncio.Event()
    fault = discord_server.fail_next(*MESSAGES, hold=hold)
    await member.say(doomed, f"<@bot> {QUESTION}")
    await discord_server.wait_until(lambda: fault.hits, "no answer")
    doomed.delete()
    hold.set()
    await counted(client, discord_server, Trouble.GONE)
    await recovers(other, member)


@pytest.mark.fault(19)
async def test_a_mention_in_a_channel_that_is_gone_ends_quietly(
    client: BelegClient, discord_server: DiscordServer, guild: Guild, member: Member
) -> None:
    doomed, other = guild.add_text_channel("kurz"), guild.add_text_channel("lang")
    discord_server.fail_next(*TYPING, 404, code=10003)
    await member.say(doomed, f"<@bot> {QUESTION}")
    await counted(client, discord_server, Trouble.GONE)
    assert not doomed.from_bot
    await recovers(other, member)


async def test_the_sentence_for_a_fault_of_ours_shows_nothing_of_it(
    client: BelegClient,
    channel: Channel,
    member: Member,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(client.desk, "ask", _broken)
        exchange: Exchange = await member.slash(channel, "ask", ASKED)
        told = await exchange.final_message()
        await member.say(channel, f"<@bot> {QUESTION}")
        mentioned = await channel.next_message(after=told)
    for message in (told, mentioned):
        assert "kaputt" not in message.content
        assert "Error" not in message.content
    caplog.clear()  # the log, which is not for people, has it all
    await recovers(channel, member)


async def _broken(*_values: object, **_named: object) -> None:
    raise ValueError("kaputt")
