from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from bot.feed_desk import FeedDesk
from bot.presence import Presence
from bot.retention import sweep
from index.departure import Departure
from index.feed_table import FeedTable
from index.feeds import FeedKind
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.fakes import Clock


async def left(desk: Desk, corpus: str) -> datetime | None:
    return await desk.look(corpus, lambda opened: Departure(opened.database).since())


async def test_a_server_that_the_bot_leaves_is_marked_and_one_it_returns_to_is_not(
    discord_server: DiscordServer, desk: Desk, client: BelegClient, guild: Guild, clock: Clock
) -> None:
    corpus = str(guild.id)
    await desk.add_article(corpus, kursk())
    await client.rules.change(corpus, "1", threads=True)
    marks: list[datetime | None] = []

    async def look() -> bool:
        marks.append(await left(desk, corpus))
        return True

    guild.remove_bot()
    for _ in range(500):
        await look()
        if marks[-1] is not None:
            break
    assert marks[-1] == clock.now.replace(microsecond=0)
    await client.presence.arrived(corpus)
    assert await left(desk, corpus) is None
    await client.rules.reload(corpus)
    assert client.rules.of(corpus).threads


async def test_what_happened_while_the_bot_was_away_is_caught_up_with(
    desk: Desk, clock: Clock
) -> None:
    presence = Presence(desk, clock)
    for corpus in ("1", "2", "local"):
        await desk.add_article(corpus, kursk())
    await presence.compare({"1", "2"})
    assert [await left(desk, corpus) for corpus in ("1", "2", "local")] == [None, None, None]
    clock.now += timedelta(days=1)
    await presence.compare({"2"})
    assert await left(desk, "1") == clock.now.replace(microsecond=0)
    assert [await left(desk, corpus) for corpus in ("2", "local")] == [None, None]
    await presence.compare({"1", "2"})
    assert await left(desk, "1") is None


async def test_a_server_without_articles_gets_no_file(desk: Desk, clock: Clock) -> None:
    presence = Presence(desk, clock)
    await presence.arrived("1")
    await presence.left("1")
    await presence.compare({"1"})
    assert await desk.corpora() == []


async def test_a_corpus_that_was_deleted_begins_anew(
    desk: Desk, client: BelegClient, channel: Channel, member: Member, clock: Clock
) -> None:
    corpus = str(member.guild.id)
    await desk.add_article(corpus, kursk())
    await client.rules.change(corpus, "1", language=None, threads=True)
    await client.presence.left(corpus)
    at = clock.now + timedelta(days=30)
    assert await desk.over_all(lambda library: sweep(library, at, timedelta(days=30))) == [corpus]
    await client.on_guild_join(client.guilds[0])
    assert not client.rules.of(corpus).threads
    for expected in (False, True):
        exchange = await member.slash(channel, "ask", {"question": QUESTION})
        answer = await exchange.final_message()
        assert (SENTENCE in read(answer.content).text) is expected
        await desk.add_article(corpus, kursk())


@pytest.mark.usefixtures("client")
async def test_at_the_start_the_servers_are_compared(desk: Desk, guild: Guild) -> None:
    assert guild.id
    assert await desk.corpora() == []


async def test_feeds_of_a_server_that_was_left_rest(
    desk: Desk, feeds: FeedDesk, clock: Clock
) -> None:
    await desk.change(
        "1",
        lambda opened: FeedTable(opened.database).add(
            "https://zeitung.example/rss",
            title="Zeitung",
            kind=FeedKind.RSS,
            by="ada",
            now=clock.now,
            interval=timedelta(hours=1),
        ),
    )
    presence = Presence(desk, clock)
    assert len(await feeds.due("1")) == 1
    await presence.left("1")
    assert await feeds.due("1") == []
    await presence.arrived("1")
    assert len(await feeds.due("1")) == 1
