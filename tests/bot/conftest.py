"""A Beleg on a Discord of this machine: real desk, real store, real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aiohttp import web
from discord import Permissions

from bot.answer import Answering
from bot.client import BelegClient
from bot.desk import Desk
from bot.fair_turns import FairTurns
from bot.feed_desk import FeedDesk
from bot.observer import Observer, Unobserved
from bot.rank import shipped_weights
from bot.reading import fitting
from bot.timing import Timing
from index.fetch import GuardedFetcher
from index.library import Library
from index.refresh import Intervals
from index.types import Article, DateOrigin, Published
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.fakes import Clock, HashingEmbedder

SENTENCE = "Rund 8.000 Soldaten sind nach Angaben der USA in der Region Kursk."
QUESTION = "Wie viele Soldaten sind in der Region Kursk?"
PAGE = f"""<!doctype html><html lang="de"><head><title>Soldaten in Kursk</title>
<meta property="article:published_time" content="2024-11-01T08:00:00+01:00"></head><body>
<nav><a href="/">Start</a></nav><article><h1>Soldaten in Kursk</h1>
<p>Der Sicherheitsrat in New York kam am Donnerstag zu einer Sitzung zusammen und beriet lange.</p>
<p>{SENTENCE} Das sagte der Verteidigungsminister bei einem Besuch in der Hauptstadt am Abend.</p>
<p>Russland bestritt die Angaben und verwies auf ein Abkommen zwischen den beiden Ländern.</p>
</article></body></html>"""


def kursk(**values: object) -> Article:
    """The article of the question."""
    given: dict[str, object] = {
        "title": "Soldaten in Kursk",
        "text": f"Der Rat beriet lange. {SENTENCE} Russland bestritt die Angaben.",
        "fetched": datetime.now(UTC),
        "url": "https://nachrichten.example/kursk",
        "outlet": "Tagesblatt",
        "published": Published(date(2024, 11, 1), DateOrigin.GIVEN),
    }
    return Article(**{**given, **values})  # type: ignore[arg-type]  # values are the test's


@dataclass
class Website:
    """A web server of this machine; `pages` maps paths to HTML, None answers 404."""

    address: str
    pages: dict[str, str]


@pytest.fixture
async def website() -> AsyncIterator[Website]:
    pages: dict[str, str] = {}

    async def serve(request: web.Request) -> web.Response:
        if request.path not in pages:
            return web.Response(status=404)
        return web.Response(text=pages[request.path], content_type="text/html")

    application = web.Application()
    application.router.add_get("/{path:.*}", serve)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield Website(f"http://127.0.0.1:{runner.addresses[0][1]}", pages)
    await runner.cleanup()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path, HashingEmbedder())
    yield library
    library.close()


@pytest.fixture
def threshold() -> float:
    """From which confidence on Beleg speaks: here always, for what it finds is tested elsewhere."""
    return 1e-9


@pytest.fixture
def turns() -> FairTurns:
    """In which what people ask is answered."""
    return FairTurns()


@pytest.fixture
def observer() -> Observer:
    return Unobserved()


@pytest.fixture
async def desk(
    library: Library, website: Website, threshold: float, turns: FairTurns, observer: Observer
) -> AsyncIterator[Desk]:
    weights = replace(fitting(shipped_weights(), None), threshold=threshold)
    allowed = frozenset({website.address.removeprefix("http://")})
    async with (
        GuardedFetcher(user_agent="Beleg test", allowed_hosts=allowed) as fetcher,
        Desk(library, fetcher, Answering(weights), turns=turns, observer=observer) as desk,
    ):
        yield desk


@pytest.fixture
def guild(discord_server: DiscordServer) -> Guild:
    return discord_server.add_guild("Nachrichten")


@pytest.fixture
def channel(guild: Guild) -> Channel:
    return guild.add_text_channel("allgemein")


@pytest.fixture
def admin(guild: Guild) -> Member:
    return guild.add_member("Anna", permissions=Permissions(manage_guild=True))


@pytest.fixture
def member(guild: Guild) -> Member:
    return guild.add_member("Ben")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def feeds(desk: Desk, clock: Clock) -> AsyncIterator[FeedDesk]:
    async def no_pause(_seconds: float) -> None:
        await asyncio.sleep(0)

    timing = Timing(clock, no_pause, lambda: 0.0)
    feeds = FeedDesk(desk, intervals=Intervals(), most_at_first=3, timing=timing)
    yield feeds
    await feeds.close()


@pytest.fixture
async def client(
    discord_server: DiscordServer, channel: Channel, desk: Desk, feeds: FeedDesk, clock: Clock
) -> AsyncIterator[BelegClient]:
    timing = Timing(clock=clock)
    connector = discord_server.connector()
    client = BelegClient(desk, feeds=feeds, connector=connector, timing=timing)
    async with discord_server.running(client):
        yield client
