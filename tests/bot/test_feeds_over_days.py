"""Ten feeds over nine days: a real web server, a real store, and a clock that is told the time."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from aiohttp import web

from bot.__main__ import main
from bot.answer import Answering
from bot.desk import Desk
from bot.feed_desk import PAUSE, FeedDesk
from bot.rank import shipped_weights
from bot.timing import Timing
from index.library import Library
from index.refresh import Intervals
from tests.fakes import HashingEmbedder
from tests.news_server import (
    ATOM,
    BEGIN,
    JSON,
    RSS,
    NewsServer,
    SimulatedTime,
    Story,
    atom,
    conditional,
    rss,
    sent_on,
    sitemap,
)

STEP = timedelta(minutes=15)
DAYS = 9
OUTAGE = (2.0, 4.0)
HTML = (3.0, 6.0)
RETRY_AFTER = timedelta(hours=6)
INTERVALS = Intervals(timedelta(minutes=30), timedelta(hours=8))
# What is looked at, at the end of which day.
LOOKS = {
    2: ("feed list",),
    3: ("status", "feed list --json"),
    4: ("feed list",),
    DAYS - 1: ("feed list", "status"),
}
PATHS = {
    "zeitung.test": "/rss.xml",
    "atom.test": "/feed",
    "json.test": "/feed.json",
    "karte.test": "/sitemap-news.xml",
    "alt.test": "/rss",  # moves for good
    "weg.test": "/rss",  # is only elsewhere
    "datum.test": "/rss",  # dates everything anew, every time
    "ausfall.test": "/rss",  # is gone for two days
    "html.test": "/rss",  # turns into a web page
    "busy.test": "/rss",  # asks for patience, and gives new ids to old links
}


@dataclass
class World:
    server: NewsServer
    feeds: FeedDesk
    library: Library
    directory: Path
    edited: list[Story] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)  # what the commands said, by occasion

    @property
    def time(self) -> SimulatedTime:
        return self.server.time

    async def until(self, day: float) -> None:
        while self.time.day < day:
            await self.feeds.refresh_due("local")
            self.time.now += STEP


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    time = SimulatedTime()
    library = Library(tmp_path, HashingEmbedder())
    async with NewsServer(time) as server:
        set_up(server)
        desk = Desk(library, server.fetcher(), Answering(shipped_weights()))
        timing = Timing(time.clock, time.sleep, lambda: 0.5)
        feeds = FeedDesk(desk, intervals=INTERVALS, most_at_first=3, timing=timing)
        yield World(server, feeds, library, tmp_path)
        await feeds.close()
        await asyncio.to_thread(desk.close)
    library.close()


def set_up(server: NewsServer) -> None:
    for host, path in PATHS.items():
        answer = ANSWERS.get(host, partial(plain, host))
        server.site(host).files[path] = partial(answer, server)
        for number in range(3):
            server.write(host, f"anfang{number}", dated=host != "json.test")
    server.site("neu.test").files["/feed.xml"] = partial(plain, "alt.test", server)
    server.site("lager.test").files["/weg.xml"] = partial(in_stock, server)


def plain(host: str, server: NewsServer, request: web.Request) -> web.Response:
    text = rss(server, server.newest(host), title=host)
    return conditional(request, text, RSS, f'"{hash(text)}"')


def modified(server: NewsServer, request: web.Request) -> web.Response:
    stories = server.newest("atom.test")
    last = max((story.updated or story.published for story in stories), default=BEGIN)
    stamp = format_datetime(last, usegmt=True)
    return conditional(request, atom(server, stories), ATOM, modified=stamp)


def as_json(server: NewsServer, request: web.Request) -> web.Response:
    items = [
        {
            "id": story.name,
            "url": story.path,
            "title": story.title,
            "content_text": story.summary,
            "date_published": story.published.isoformat(),
        }
        for story in server.newest("json.test")
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}
    return conditional(request, json.dumps(feed), JSON)


def as_map(server: NewsServer, request: web.Request) -> web.Response:
    text = sitemap(server, server.newest("karte.test"))
    return conditional(request, text, "application/xml", f'"{hash(text)}"')


def moved(server: NewsServer, request: web.Request) -> web.Response:
    if server.time.day < 1:
        return plain("alt.test", server, request)
    return sent_on(301, server.url("neu.test", "/feed.xml"))


def elsewhere(server: NewsServer, request: web.Request) -> web.Response:
    return sent_on(302, server.url("lager.test", "/weg.xml"))


def in_stock(server: NewsServer, request: web.Request) -> web.Response:
    """List a paper's own articles, and some of another paper."""
    stories = [*server.newest("weg.test"), *server.newest("zeitung.test", 2)]
    return conditional(request, rss(server, stories, title="Weg"), RSS)


def redated(server: NewsServer, request: web.Request) -> web.Response:
    stories = server.newest("datum.test")
    return conditional(request, rss(server, stories, dated=lambda _: server.time.now), RSS)


def page_or_feed(server: NewsServer, request: web.Request) -> web.Response:
    if HTML[0] <= server.time.day < HTML[1]:
        return web.Response(text="<!doctype html><title>Neu</title>", content_type="text/html")
    return plain("html.test", server, request)


def busy(server: NewsServer, request: web.Request) -> web.Response:
    if 1 <= server.time.day < 1.2:
        seconds = str(int(RETRY_AFTER.total_seconds()))
        return web.Response(status=503, headers={"Retry-After": seconds})
    moment = server.time.now.timestamp()
    text = rss(server, server.newest("busy.test"), guid=lambda story: f"{story.name}-{moment}")
    return conditional(request, text, RSS)


ANSWERS: dict[str, Callable[[NewsServer, web.Request], web.Response]] = {
    "atom.test": modified,
    "json.test": as_json,
    "karte.test": as_map,
    "alt.test": moved,
    "weg.test": elsewhere,
    "datum.test": redated,
    "html.test": page_or_feed,
    "busy.test": busy,
}


async def live(world: World) -> None:
    """Let the days pass, with news in each."""
    server = world.server
    for host, path in PATHS.items():
        await world.feeds.add("local", server.url(host, path), "test")
    for day in range(DAYS):
        for host in PATHS:
            server.site(host).is_down = host == "ausfall.test" and OUTAGE[0] <= day < OUTAGE[1]
            server.write(host, f"tag{day}", dated=host != "json.test")
        await world.until(day + 0.5)
        for host in ("zeitung.test", "atom.test", "karte.test", "weg.test"):
            if day in {1, 3}:
                story = server.sites[host].stories["/artikel/tag0.html"]
                server.edit(story)
                world.edited.append(story)
        await world.until(day + 1)
        for command in LOOKS.get(day, ()):
            world.seen[f"{command} {day}"] = await said(world, command)


async def said(world: World, command: str) -> str:
    """Return what a command writes meanwhile."""

    def run() -> str:
        written = io.StringIO()
        with contextlib.redirect_stdout(written):
            code = main(
                command.split(),
                environment={"BELEG_DATA": str(world.directory), "BELEG_READER": "none"},
                embedder_factory=lambda _: HashingEmbedder(),
            )
        assert code == 0
        return written.getvalue()

    return await asyncio.to_thread(run)


@pytest.mark.fault(16)
async def test_ten_feeds_over_nine_days(world: World) -> None:
    await live(world)
    corpus = world.library.corpus("local")
    articles = corpus.articles()

    # Everything is here, and nothing is here twice.
    stories = [story for host in PATHS for story in world.server.sites[host].stories.values()]
    addresses = Counter(stored.article.url for stored in articles)
    assert addresses == {world.server.url(story.host, story.path): 1 for story in stories}

    # Every edit is a version, and nothing else is; the newest words are the current ones.
    by_url = {stored.article.url: stored for stored in articles}
    editions = Counter(id(story) for story in world.edited)
    for story in stories:
        stored = by_url[world.server.url(story.host, story.path)]
        versions = corpus.versions(stored.id)
        assert len(versions) == 1 + editions[id(story)], story
        assert story.sentence in stored.article.text
        assert stored.article.published is not None
        assert stored.article.published.day == story.published.date()

    check_politeness(world)
    check_what_was_said(world)


def check_politeness(world: World) -> None:
    server = world.server
    by_host: defaultdict[str, list[datetime]] = defaultdict(list)
    for asked in server.asked:
        if asked.path not in {"/robots.txt", "/.well-known/tdmrep.json"}:
            by_host[asked.host].append(asked.at)
    # One at a time, with a pause. Where a feed is only elsewhere, the detour is part of one look.
    for host, moments in by_host.items():
        gaps = [b - a for a, b in pairwise(moments)]
        assert all(gap >= PAUSE for gap in gaps), host
    for host, path in PATHS.items():
        looks = [asked.at for asked in server.of(host, path)]
        gaps = [b - a for a, b in pairwise(looks)]
        assert all(gap >= INTERVALS.shortest for gap in gaps), host
        assert len(looks) < DAYS * 24, host

    # Whether it may be asked is read once a day.
    rights = Counter(a.host for a in server.asked if a.path == "/robots.txt" and a.status < 500)
    assert max(rights.values()) <= DAYS + 1

    # What has not changed is not sent again.
    feed = server.of("zeitung.test", "/rss.xml")
    assert all(asked.conditional for asked in feed[1:])
    assert sum(asked.status == 304 for asked in feed) > len(feed) / 2
    assert any(asked.status == 304 for asked in server.of("atom.test", "/feed"))

    # Articles are fetched once, and again only where the feed says that they were edited.
    for host in PATHS:
        for path, story in server.sites[host].stories.items():
            fetched = server.of(host, path)
            answered = [asked for asked in fetched if asked.status < 500]
            assert len(answered) == story.edition, (host, path)
            assert all(asked.conditional for asked in answered[1:])

    # A move for good is remembered, a detour is not.
    assert len(server.of("alt.test", "/rss")) < len(server.of("neu.test", "/feed.xml"))
    assert [asked for asked in server.of("alt.test", "/rss") if asked.at > at(2)] == []
    assert len(server.of("weg.test", "/rss")) == len(server.of("lager.test", "/weg.xml"))

    # Whoever asks for patience gets it; whoever is down is asked ever less.
    (refused,) = [asked for asked in server.of("busy.test", "/rss") if asked.status == 503]
    after = min(asked.at for asked in server.of("busy.test", "/rss") if asked.at > refused.at)
    assert after - refused.at >= RETRY_AFTER
    begin, end = at(OUTAGE[0]), at(OUTAGE[1])
    down = [a for a in server.asked if a.host == "ausfall.test" and begin <= a.at < end]
    assert 3 <= len(down) <= 8
    assert all(b.at - a.at >= INTERVALS.shortest for a, b in pairwise(down))


def check_what_was_said(world: World) -> None:
    during, after = world.seen["feed list 2"], world.seen[f"feed list {DAYS - 1}"]
    assert "! Gestört seit 6. November 2024" in block(during, "ausfall.test")
    assert "nicht vollständig geliefert" in block(during, "ausfall.test")
    assert "zuletzt gelesen" in block(during, "ausfall.test")
    assert "! Gestört seit 7. November 2024" in block(world.seen["feed list 4"], "html.test")
    assert "kein Feed" in block(world.seen["feed list 4"], "html.test")
    assert "!" not in after
    assert "nächster Abruf" in block(after, "zeitung.test")

    status = world.seen["status 3"]
    assert "10, davon gestört: 2" in status
    assert any(line.startswith("! ") and "ausfall.test" in line for line in status.splitlines())
    assert "10, davon gestört: 0" in world.seen[f"status {DAYS - 1}"]

    (record,) = [
        one for one in json.loads(world.seen["feed list --json 3"]) if one["title"] == "html.test"
    ]
    assert record["failing"]
    assert record["last_error"]["code"] == "no_feed"
    assert record["last_success"] < record["failing_since"] < record["next_run"]


def at(day: float) -> datetime:
    return BEGIN + timedelta(days=day)


def block(listed: str, name: str) -> str:
    """Return the lines on one feed."""
    lines = listed.splitlines()
    first = next(i for i, line in enumerate(lines) if f"{name} ·" in line)
    rest = next(
        (i for i, line in enumerate(lines[first + 1 :], first + 1) if line[:5].strip().isdigit()),
        len(lines),
    )
    return "\n".join(lines[first:rest])
