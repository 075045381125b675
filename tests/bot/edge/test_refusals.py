"""What Discord refuses for good ends quietly."""

from __future__ import annotations

import asyncio

import pytest

from bot.client import BelegClient
from bot.counters import Trouble
from tests.bot.conftest import QUESTION, kursk
from tests.bot.edge.conftest import ASKED, CALLBACK, EDIT, MESSAGES, TYPING, counted, recovers
from tests.discord_server import Channel, DiscordServer, Exchange, Guild, Member, Rule


@pytest.mark.fault(6)
@pytest.mark.parametrize(
    ("place", "status", "code", "trouble"),
    [
        (CALLBACK, 404, 10062, Trouble.UNKNOWN_INTERACTION),
        (CALLBACK, 400, 40060, Trouble.ANSWERED_ALREADY),
        (CALLBACK, 403, 50013, Trouble.PERMISSION_WITHDRAWN),
        (CALLBACK, 404, 10003, Trouble.GONE),
        (EDIT, 401, 50027, Trouble.EXPIRED),
        (EDIT, 400, 50035, Trouble.OTHER),
        (EDIT, 404, 10015, Trouble.EXPIRED),
        (EDIT, 404, 10008, Trouble.GONE),
        (EDIT, 403, 50013, Trouble.PERMISSION_WITHDRAWN),
    ],
)
async def test_a_response_or_an_answer_that_is_refused_ends_quietly(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    place: tuple[str, str],
    status: int,
    code: int,
    trouble: Trouble,
) -> None:
    if place == EDIT:
        discord_server.allow(Rule.LEFT_THINKING)
    fault = discord_server.fail_next(*place, status, code=code)
    exchange = await member.slash(channel, "ask", ASKED)
    await counted(client, discord_server, trouble)
    assert fault.hits == 1
    assert not exchange.messages
    await recovers(channel, member)


@pytest.mark.fault(6)
@pytest.mark.parametrize(
    ("command", "options"), [("timeline", ASKED), ("digest", {"period": "2024"})]
)
async def test_what_answers_at_length_ends_as_quietly(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    command: str,
    options: dict[str, str],
) -> None:
    discord_server.allow(Rule.LEFT_THINKING)
    discord_server.fail_next(*EDIT, 403, code=50013)
    exchange = await member.slash(channel, command, options)
    await counted(client, discord_server, Trouble.PERMISSION_WITHDRAWN)
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
