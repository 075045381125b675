"""A real `beleg run` that is told to stop while people wait."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from discord import Permissions

from index.library import Library
from tests.beleg_process import running_beleg
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.fakes import HashingEmbedder
from tests.making import make_corpus
from tests.news_server import RSS, NewsServer, SimulatedTime, conditional, rss

APOLOGY = "neu gestartet"
HOST = "127.0.0.1"


@pytest.fixture
def guild(discord_server: DiscordServer) -> Guild:
    return discord_server.add_guild("Nachrichten")


@pytest.fixture
def stocked(tmp_path: Path, guild: Guild) -> Path:
    library = Library(tmp_path / "data", HashingEmbedder())
    library.corpus(str(guild.id)).add(kursk())
    library.close()
    return tmp_path / "data"


async def ended(process: asyncio.subprocess.Process) -> float:
    """Send SIGTERM and return how many seconds it takes; the exit code is 0."""
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 12) == 0
    return time.monotonic() - begun


SLOW = f"{QUESTION} langsam"


@pytest.mark.fault(10)
async def test_an_answer_in_flight_is_finished_and_whoever_asks_meanwhile_is_told_at_once(
    discord_server: DiscordServer, channel: Channel, member: Member, stocked: Path
) -> None:
    async with running_beleg(discord_server, stocked, slow=1.5) as process:
        asked = await member.slash(channel, "ask", {"question": SLOW})
        await member.say(channel, f"<@bot> {SLOW}")
        await asked.first_response()
        ending = asyncio.create_task(ended(process))
        await asyncio.sleep(0.3)
        too_late = await member.slash(channel, "ask", {"question": QUESTION})
        told = await too_late.final_message(2)
        assert await ending < 10
    assert APOLOGY in told.content
    assert told.ephemeral
    assert SENTENCE in read((await asked.final_message(0.1)).content).text
    (mentioned,) = (one for one in channel.from_bot if one.reference is not None)
    assert SENTENCE in read(mentioned.content).text
    assert len(asked.messages) == 1


@pytest.mark.fault(10)
async def test_what_takes_too_long_is_apologised_for_within_ten_seconds(
    discord_server: DiscordServer, channel: Channel, member: Member, stocked: Path
) -> None:
    async with running_beleg(discord_server, stocked, slow=30.0) as process:
        answer = await (await member.slash(channel, "ask", {"question": QUESTION})).final_message()
        asked = await member.slash(channel, "ask", {"question": SLOW})
        question = await member.say(channel, f"<@bot> {SLOW}")
        pressed = await member.click(answer, "Zusammenhang")
        await asked.first_response()
        await pressed.first_response()
        assert await ended(process) < 10
    assert [APOLOGY in one.content for one in asked.messages] == [True]
    assert [APOLOGY in one.content for one in pressed.messages] == [True]
    (mentioned,) = (one for one in channel.from_bot if one.reference is question)
    assert APOLOGY in mentioned.content
    assert "Traceback" not in (stocked / "beleg.err").read_text(encoding="utf-8")


@pytest.mark.fault(10)
async def test_a_long_job_says_that_it_ends_and_the_next_start_goes_on(
    discord_server: DiscordServer, guild: Guild, channel: Channel, tmp_path: Path
) -> None:
    admin = guild.add_member("Anna", permissions=Permissions(manage_guild=True))
    async with NewsServer(SimulatedTime()) as paper:
        stories = [paper.write(HOST, f"a{i}") for i in range(6)]
        paper.site(HOST).files["/rss"] = lambda request: conditional(
            request, rss(paper, stories), RSS, '"1"'
        )
        feed = paper.url(HOST, "/rss")
        allowed = {"BELEG_FETCH_ALLOW": urlsplit(feed).netloc}
        async with running_beleg(discord_server, tmp_path / "data", settings=allowed) as process:
            adding = await admin.slash(channel, "feed add", {"url": feed})
            await asked_for(paper, 1)
            assert await ended(process) < 10
        message = await adding.final_message(0.1)
        assert APOLOGY in message.content
        assert "von selbst" in message.content
        async with running_beleg(discord_server, tmp_path / "data", settings=allowed) as process:
            await asked_for(paper, 5)
            await ended(process)
    corpus = make_corpus(tmp_path / "data" / "corpora", name=str(guild.id))
    found = sorted(stored.article.url or "" for stored in corpus.articles())
    corpus.close()
    # The last one may have been fetched and left for the next start.
    assert len(found) >= 4
    assert len(set(found)) == len(found)


async def asked_for(paper: NewsServer, count: int) -> None:
    """Wait until so many articles were fetched."""
    async with asyncio.timeout(30):
        while len({one.path for one in paper.of(HOST)} - {"/rss"}) < count:  # noqa: ASYNC110 - it calls nobody
            await asyncio.sleep(0.01)
