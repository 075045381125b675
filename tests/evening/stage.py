"""Two servers, their people, the papers that they read, and a Beleg that can be started again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from aiohttp import web
from discord import Permissions

from bot.answer import Answering
from bot.client import BelegClient
from bot.desk import Desk
from bot.feed_desk import FeedDesk
from bot.installation import Installation
from bot.timing import Timing
from index.library import Library
from index.protocols import Embedder, Reader
from index.refresh import Intervals
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.news_server import RSS, NewsServer, SimulatedTime, rss

EVENING = datetime(2025, 9, 17, 18, 30, tzinfo=UTC)
LOCAL, ABROAD = "Rade-Runde", "Valley Readers"
FEED_HOST, RESERVED_HOST = "taldepesche.example", "vorbehalt.example"
SAMPLES = {
    "kursk-1-tagesblatt": "tagesblatt-mitte.example",
    "kursk-2-nordlicht": "nordlicht.example",
    "kursk-3-donaukurier": "donaukurier-am-morgen.example",
    "bruecke-1-tagesblatt": "tagesblatt-mitte.example",
    "bruecke-2-nordlicht": "nordlicht.example",
    "muenzen-1-stadtblick": "stadtblick.example",
    "muenzen-2-stadtblick": "stadtblick.example",
    "pokalfinale-sportrevue": "sportrevue.example",
}
OF_LOCAL = ("kursk-1-tagesblatt", "kursk-2-nordlicht", "bruecke-1-tagesblatt")
OF_ABROAD = ("muenzen-1-stadtblick", "muenzen-2-stadtblick", "pokalfinale-sportrevue")


def sample(name: str, kind: str = "html") -> str:
    """Return an article that ships with Beleg."""
    return resources.files("bot.samples").joinpath(f"{name}.{kind}").read_text(encoding="utf-8")


class Stage:
    """All that stands around the scene; `begin` and `end` start Beleg and stop it, as often as."""

    def __init__(
        self,
        directory: Path,
        server: DiscordServer,
        papers: NewsServer,
        embedder: Embedder,
        reader: Reader | None,
    ) -> None:
        self.server, self.papers = server, papers
        self._directory, self._embedder, self._reader = directory, embedder, reader
        self._running = AsyncExitStack()
        self.local, self.abroad = server.add_guild(LOCAL), server.add_guild(ABROAD)
        self.square = self.local.add_text_channel("stammtisch")
        self.workshop = self.local.add_text_channel("werkstatt")
        self.lounge = self.abroad.add_text_channel("lounge")
        self._people()
        self.pages = {name: sample(name) for name in SAMPLES}
        for name, host in SAMPLES.items():
            papers.site(host).files[f"/{name}.html"] = self._page(name)
        self._feed()

    def _people(self) -> None:
        manager = Permissions(manage_guild=True)
        self.editors = self.local.add_role("Redaktion")
        self.regulars = self.local.add_role("Stammgäste")
        self.anna = self.local.add_member("Anna", permissions=manager)
        self.carla = self.local.add_member("Carla", roles=[self.editors])
        self.grace = self.abroad.add_member("Grace", permissions=manager, locale="en-US")
        regulars = [self.regulars]
        self.ben, self.cem, self.dora, self.emil = (
            self.local.add_member(name, roles=regulars) for name in ("Ben", "Cem", "Dora", "Emil")
        )
        self.fay = self.local.add_member("Fay", locale="en-US", roles=regulars)
        self.gul = self.local.add_member("Gül")
        self.hank, self.ivy, self.jack, self.kim = (
            self.abroad.add_member(name, locale="en-GB") for name in ("Hank", "Ivy", "Jack", "Kim")
        )
        self.liv = self.abroad.add_member("Liv", locale="de")
        self.mona = self.abroad.add_member("Mona", locale="fr")
        self.ben_abroad = self.abroad.add_member("Ben", user=self.ben.user)

    @property
    def guilds(self) -> tuple[Guild, Guild]:
        """Both servers."""
        return self.local, self.abroad

    def url(self, name: str) -> str:
        """Return where an article of the papers stands."""
        return self.papers.url(SAMPLES[name], f"/{name}.html")

    def _page(self, name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a handler
        def serve(_: web.Request) -> web.Response:
            return web.Response(text=self.pages[name], content_type="text/html", charset="utf-8")

        return serve

    def _feed(self) -> None:
        for number in range(1, 8):
            self.papers.write(FEED_HOST, f"vorhaben-{number}")
        self.papers.write(RESERVED_HOST, "gutachten")
        reserved = self.papers.site(RESERVED_HOST).files
        reserved["/robots.txt"] = lambda _: web.Response(text="User-agent: *\nDisallow: /\n")

        def serve(_: web.Request) -> web.Response:
            stories = self.papers.newest(FEED_HOST)
            text = rss(self.papers, stories, title="Taldepesche")
            return web.Response(text=text, content_type=RSS, charset="utf-8")

        self.papers.site(FEED_HOST).files["/rss"] = serve

    async def begin(self) -> None:
        """Start Beleg on what is on the disk."""
        library = Library(self._directory, self._embedder)
        self._running.callback(library.close)
        desk = Desk(library, self.papers.fetcher(), Answering(reader=self._reader))
        self._running.push_async_callback(asyncio.to_thread, desk.close)
        timing = Timing(self.papers.time.clock, self.papers.time.sleep, lambda: 0.0)
        feeds = FeedDesk(desk, intervals=Intervals(), most_at_first=4, timing=timing)
        self._running.push_async_callback(feeds.close)
        self.client = BelegClient(
            desk,
            directory=self._directory,
            feeds=feeds,
            connector=self.server.connector(),
            timing=Timing(clock=self.papers.time.clock),
            installation=Installation(contact="redaktion@beleg.example"),
        )
        await self._running.enter_async_context(self.server.running(self.client))
        await self.server.wait_for_commands()

    async def end(self) -> None:
        """Stop Beleg; what it keeps is on the disk."""
        await self._running.aclose()
        self._running = AsyncExitStack()


@asynccontextmanager
async def set_up(
    directory: Path, embedder: Embedder, reader: Reader | None = None
) -> AsyncIterator[Stage]:
    """Furnish the stage, start Beleg, and stop it at the end."""
    time = SimulatedTime(EVENING)
    async with DiscordServer() as server, NewsServer(time) as papers:
        stage = Stage(directory, server, papers, embedder, reader)
        await stage.begin()
        try:
            yield stage
        finally:
            await stage.end()


__all__ = ["Channel", "Member", "Stage", "set_up"]
