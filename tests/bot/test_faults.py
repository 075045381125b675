"""Faults of the table that belong to no one part: clocks, a web that fails, hostile questions."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import discord
import pytest
from aiohttp import web

from bot.answer import Answering
from bot.client import BelegClient
from bot.desk import Desk
from bot.feed_desk import FeedDesk
from bot.question_rate import QuestionRate
from bot.rank import shipped_weights
from bot.timing import Timing
from index.library import Library
from index.refresh import Intervals
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, Guild, Member
from tests.fakes import Clock, HashingEmbedder
from tests.news_server import NewsServer, SimulatedTime

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
HOST = "zeitung.test"


@asynccontextmanager
async def feeding(directory: Path) -> AsyncIterator[tuple[NewsServer, FeedDesk]]:
    """Feeds of one paper that names no article, over days that pass when they are told."""
    time = SimulatedTime()
    library = Library(directory, HashingEmbedder())
    async with NewsServer(time) as server:
        server.site(HOST).files["/rss"] = lambda _: web.Response(
            text="<rss version='2.0'><channel><title>Z</title></channel></rss>",
            content_type="application/rss+xml",
        )
        async with Desk(library, server.fetcher(), Answering(shipped_weights())) as desk:
            timing = Timing(time.clock, time.sleep, lambda: 0.5)
            feeds = FeedDesk(desk, intervals=Intervals(), most_at_first=3, timing=timing)
            await feeds.add("local", server.url(HOST, "/rss"), "ada")
            server.asked.clear()
            try:
                yield server, feeds
            finally:
                await feeds.close()
                library.close()


async def looks(server: NewsServer, feeds: FeedDesk, times: int = 3) -> int:
    """Look for due feeds some times in a row; return how often the feed was asked."""
    before = len(server.of(HOST, "/rss"))
    for _ in range(times):
        await feeds.refresh_due("local")
        server.time.now += timedelta(minutes=1)
    return len(server.of(HOST, "/rss")) - before


# Clocks ---------------------------------------------------------------------------------------


@pytest.mark.fault(13)
@pytest.mark.parametrize("jump", [2 * HOUR, 24 * HOUR, YEAR], ids=["two hours", "a day", "a year"])
async def test_a_clock_that_jumps_ahead_makes_no_storm(tmp_path: Path, jump: timedelta) -> None:
    async with feeding(tmp_path) as (server, feeds):
        server.time.now += jump
        assert await looks(server, feeds) == 1


@pytest.mark.fault(13)
async def test_a_clock_that_was_a_year_ahead_puts_no_feed_off_for_a_year(tmp_path: Path) -> None:
    async with feeding(tmp_path) as (server, feeds):
        server.time.now += YEAR
        assert await looks(server, feeds) == 1
        server.time.now -= YEAR
        assert await looks(server, feeds) == 1


@pytest.mark.fault(13)
async def test_a_clock_that_is_set_back_an_hour_makes_no_storm_and_costs_no_more(
    tmp_path: Path,
) -> None:
    async with feeding(tmp_path) as (server, feeds):
        server.time.now += 24 * HOUR
        assert await looks(server, feeds) == 1
        server.time.now -= HOUR
        assert await looks(server, feeds) == 0
        server.time.now += 24 * HOUR
        assert await looks(server, feeds) == 1


@pytest.mark.fault(13)
def test_a_clock_that_is_set_back_keeps_nobody_from_asking() -> None:
    clock = Clock()
    rate = QuestionRate(clock)
    clock.now += YEAR
    assert rate.admit("1", 2, 1) is None
    assert rate.admit("1", 2, 1) is not None
    clock.now -= YEAR
    assert rate.admit("1", 2, 1) is None


@pytest.mark.fault(13)
@pytest.mark.parametrize("jump", [HOUR, -HOUR, YEAR], ids=["ahead", "back", "a year"])
async def test_whatever_the_clock_says_questions_are_answered(
    client: BelegClient,
    guild: Guild,
    channel: Channel,
    member: Member,
    *,
    clock: Clock,
    jump: timedelta,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await client.desk.add_article(str(guild.id), kursk())
    clock.now += jump
    monkeypatch.setattr(discord.utils, "utcnow", clock)  # by it tokens would seem expired
    exchange = await member.slash(channel, "ask", {"question": QUESTION})
    answer = await exchange.final_message()
    assert SENTENCE in read(answer.content).text
    pressed = await member.click(answer, "Zusammenhang")
    await pressed.final_message()
    await member.say(channel, f"<@bot> {QUESTION}")
    await channel.next_message(after=answer)
    assert client.counters.counts == {}


# The web --------------------------------------------------------------------------------------


@pytest.mark.fault(16)
async def test_a_host_that_nobody_knows_is_said_and_questions_are_answered(
    client: BelegClient, guild: Guild, channel: Channel, *, admin: Member, member: Member
) -> None:
    await client.desk.add_article(str(guild.id), kursk())
    url = {"url": "https://nirgends.invalid/artikel"}
    adding = await admin.slash(channel, "article add", url)
    asked = await member.slash(channel, "ask", {"question": QUESTION})
    assert SENTENCE in read((await asked.final_message()).content).text
    told = (await adding.final_message()).content
    assert "nirgends.invalid" in told
    assert "\n" not in told


@pytest.mark.fault(16)
async def test_a_feed_that_is_refused_for_days_is_asked_ever_less_and_shown_once(
    tmp_path: Path,
) -> None:
    async with feeding(tmp_path) as (server, feeds):
        server.site(HOST).files["/rss"] = lambda _: web.Response(status=429)
        for _ in range(5 * 24 * 6):
            await feeds.refresh_due("local")
            server.time.now += timedelta(minutes=10)
        asked = [one.at for one in server.of(HOST, "/rss")]
        gaps = [b - a for a, b in pairwise(asked)]
        assert 4 <= len(asked) <= 14
        assert gaps == sorted(gaps)
        assert gaps[-1] >= 20 * HOUR
        (state,) = await feeds.states("local")
        assert state.feed.failures == len(asked)
        assert state.feed.failing_since == asked[0]


# Questions ------------------------------------------------------------------------------------


@pytest.mark.fault(18)
@pytest.mark.parametrize(
    "question",
    [
        "x" * 6000,
        "Wort " * 1200,
        "😀😀😀👩‍👩‍👧‍👦",
        "من هو الرئيس في كورسك؟",
        "\u202eksruK ni netadloS\u202c",
        "und oder aber der die das",
        '" OR NEAR( *',
        "AND OR NOT",
        "title:Kursk^9 ~2 (a OR b) [1 TO 5] {x}",
        "'; DROP TABLE article; --",
        "%s {0} {x} \\",
        "?!",
        "a\u0300\u0301\u0302" * 500,
    ],
    ids=lambda text: ascii(text[:12]),
)
async def test_a_hostile_question_gets_one_ordinary_answer(
    client: BelegClient,
    guild: Guild,
    channel: Channel,
    *,
    member: Member,
    question: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    await client.desk.add_article(str(guild.id), kursk())
    exchange = await member.slash(channel, "ask", {"question": question})
    told = await exchange.final_message()
    assert told.content
    assert "Error" not in told.content
    assert len(exchange.messages) == 1
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert client.counters.counts == {}
