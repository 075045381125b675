"""Feeds as people and the background handle them, against papers on a real web server."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.answer import Answering
from bot.desk import Desk
from bot.feed_desk import PAUSE, FeedDesk
from bot.feed_import import Taken
from bot.rank import shipped_weights
from bot.timing import Timing
from index.audit_table import AuditAction, AuditTable
from index.corpus import Corpus
from index.errors import FeedError, FetchError, NotFoundError
from index.library import Library
from index.refresh import Intervals
from index.types import DateOrigin
from tests.fakes import HashingEmbedder
from tests.news_server import RSS, NewsServer, SimulatedTime, Story, conditional, rss, sitemap

HOST = "zeitung.test"
HOUR = timedelta(hours=1)


@dataclass
class World:
    server: NewsServer
    desk: Desk
    feeds: FeedDesk
    library: Library
    timing: Timing

    @property
    def url(self) -> str:
        return self.server.url(HOST, "/rss")

    @property
    def corpus(self) -> Corpus:
        return self.library.corpus("local")

    def answer(self, path: str = "/rss", **response: Any) -> None:
        """Serve the same from now on; a response that was sent once cannot be sent again."""
        self.server.site(HOST).files[path] = lambda _: web.Response(**response)

    def serve_feed(self, path: str = "/rss") -> None:
        server = self.server
        server.site(HOST).files[path] = lambda request: conditional(
            request, rss(server, server.newest(HOST), title="Zeitung"), RSS
        )

    def paths(self) -> list[str]:
        return [asked.path for asked in self.server.of(HOST)]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    time = SimulatedTime()
    library = Library(tmp_path, HashingEmbedder())
    async with NewsServer(time) as server:
        server.site(HOST)
        server.site("andere.test")
        desk = Desk(library, server.fetcher(), Answering(shipped_weights()))
        timing = Timing(time.clock, time.sleep, lambda: 0.0)
        feeds = FeedDesk(desk, intervals=Intervals(), most_at_first=3, timing=timing)
        made = World(server, desk, feeds, library, timing)
        made.serve_feed()
        yield made
        await feeds.close()
        await asyncio.to_thread(desk.close)
    library.close()


def head(*links: str) -> dict[str, str]:
    inside = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{link}" href="{link}">'
        for link in links
    )
    text = f"<!doctype html><html><head>{inside}</head></html>"
    return {"text": text, "content_type": "text/html"}


async def test_a_feed_that_is_added_brings_its_newest_articles(world: World) -> None:
    for i in range(5):
        world.server.write(HOST, f"a{i}")
        world.server.time.now += HOUR
    feed = await world.feeds.add("local", world.url, "ada")
    told: list[Taken] = []
    report = await world.feeds.refresh("local", feed.id, told.append, forced=False)
    assert (feed.title, feed.added_by) == ("Zeitung", "ada")
    assert [taken.outcome for taken in report.taken] == ["added"] * 3
    assert told == list(report.taken)
    assert {stored.article.title.split()[1] for stored in world.corpus.articles()} == {
        "a2",
        "a3",
        "a4",
    }
    assert world.paths().count("/rss") == 1


async def test_what_a_feed_brings_and_changes_stands_in_the_audit_once(world: World) -> None:
    story = world.server.write(HOST, "a")
    feed = await world.feeds.add("local", world.url, "ada")
    await world.feeds.refresh("local", feed.id, forced=False)
    world.server.time.now += 3 * HOUR
    world.server.edit(story)
    for _ in range(3):
        world.server.time.now += HOUR
        await world.feeds.refresh("local", feed.id)
    entries = AuditTable(world.corpus.database).page(0, 9)
    assert [(one.actor, one.action) for one in entries] == [
        ("Feed Zeitung", AuditAction.ARTICLE_UPDATED),
        ("Feed Zeitung", AuditAction.ARTICLE_ADDED),
    ]
    assert [one.details["id"] for one in entries] == [2, 1]  # a version has a number of its own


async def test_the_feed_that_a_page_names_is_found(world: World) -> None:
    world.answer("/", **head("/rss"))
    found = await world.feeds.preview("local", world.server.url(HOST, "/"))
    assert (found.url, found.feed.title) == (world.url, "Zeitung")
    assert await world.feeds.states("local") == []


async def test_among_several_feeds_a_person_chooses(world: World) -> None:
    world.answer("/", **head("/rss", "/sport"))
    with pytest.raises(FeedError) as caught:
        await world.feeds.add("local", world.server.url(HOST, "/"), "ada")
    assert caught.value.code == "feed_choice"
    assert caught.value.details["feeds"] == [
        [world.url, "/rss"],
        [world.server.url(HOST, "/sport"), "/sport"],
    ]


async def test_a_page_without_feeds_is_none(world: World) -> None:
    world.answer("/", **head())
    with pytest.raises(FeedError, match="no_feed"):
        await world.feeds.add("local", world.server.url(HOST, "/"), "ada")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/news.xml.gz", "application/gzip"),
        ("/news.xml.gz?teil=1", "application/octet-stream"),
        ("/packed", "application/x-gzip"),
    ],
)
async def test_a_sitemap_packed_as_a_file_is_read(world: World, path: str, media_type: str) -> None:
    story = world.server.write(HOST, "a")
    packed = gzip.compress(sitemap(world.server, [story]).encode())
    world.answer(path.partition("?")[0], body=packed, content_type=media_type)
    found = await world.feeds.preview("local", world.server.url(HOST, path))
    assert [entry.title for entry in found.feed.entries] == [story.title]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (gzip.compress(b" " * (11 * 1024**2), mtime=0), "too_large"),
        (gzip.compress(b"<urlset></urlset>", mtime=0)[:-5], "bad_encoding"),
        (b"\x1f\x8bkein gzip", "bad_encoding"),
    ],
)
async def test_a_packed_sitemap_that_is_too_large_or_broken_is_refused(
    world: World, body: bytes, code: str
) -> None:
    world.answer("/news.xml.gz", body=body, content_type="application/gzip")
    with pytest.raises(FetchError, match=code):
        await world.feeds.preview("local", world.server.url(HOST, "/news.xml.gz"))


async def test_of_a_sitemap_index_the_newest_parts_are_read(world: World) -> None:
    world.server.write(HOST, "a")
    parts = "".join(
        f"<sitemap><loc>/teil{i}</loc><lastmod>2024-01-{i + 1:02}</lastmod></sitemap>"
        for i in range(6)
    )
    index = f"<sitemapindex>{parts}</sitemapindex>"
    world.answer("/map", text=index, content_type="text/xml")
    world.serve_feed("/teil5")
    found = await world.feeds.preview("local", world.server.url(HOST, "/map"))
    assert len(found.feed.entries) == 1
    assert world.paths() == ["/map", "/teil5", "/teil4", "/teil3"]


async def test_a_feed_that_is_gone_rests_and_says_so(world: World) -> None:
    feed = await world.feeds.add("local", world.url, "ada")
    world.answer(status=410)
    report = await world.feeds.refresh("local", feed.id)
    assert report.error is not None
    assert report.feed.paused == "http_error"
    world.server.time.now += 1000 * HOUR
    assert await world.feeds.due("local") == []
    world.serve_feed()
    report = await world.feeds.refresh("local", feed.id)
    assert (report.error, report.feed.paused) == (None, None)


async def test_whoever_asks_for_patience_gets_it_even_from_the_impatient(world: World) -> None:
    feed = await world.feeds.add("local", world.url, "ada")
    world.answer(status=429, headers={"Retry-After": "7200"})
    await world.feeds.refresh("local", feed.id)
    asked = len(world.server.asked)
    with pytest.raises(FeedError, match="feed_must_wait"):
        await world.feeds.refresh("local", feed.id)
    assert len(world.server.asked) == asked
    world.server.time.now += 2 * HOUR
    assert (await world.feeds.refresh("local", feed.id)).error is not None
    assert len(world.server.asked) == asked + 1


async def test_a_feed_that_leads_into_an_internal_network_fails(world: World) -> None:
    feed = await world.feeds.add("local", world.url, "ada")
    world.answer(status=301, headers={"Location": "http://10.0.0.5/"})
    report = await world.feeds.refresh("local", feed.id)
    assert report.error is not None
    assert report.error.code == "redirect_blocked"
    assert (report.feed.is_failing, report.feed.url) == (True, world.url)


async def test_a_site_that_reserves_itself_later_is_shown_with_its_reason(world: World) -> None:
    world.server.write(HOST, "a")
    feed = await world.feeds.add("local", world.url, "ada")
    await world.feeds.refresh("local", feed.id, forced=False)
    world.answer("/robots.txt", text="User-agent: *\nDisallow: /")
    world.server.time.now += 30 * HOUR
    (report,) = await world.feeds.refresh_due("local")
    assert report.error is not None
    assert report.error.code == "robots_disallowed"
    assert len(world.corpus.articles()) == 1


async def test_a_moment_of_the_feed_counts_where_the_page_has_none(world: World) -> None:
    world.server.write(HOST, "ohne", dated=False)
    world.server.write(HOST, "mit")
    feed = await world.feeds.add("local", world.url, "ada")
    await world.feeds.refresh("local", feed.id, forced=False)
    origins = {
        stored.article.title.split()[1]: stored.article.published.origin
        for stored in world.corpus.articles()
        if stored.article.published
    }
    assert origins == {"ohne": DateOrigin.FEED, "mit": DateOrigin.METADATA}


async def test_an_article_that_cannot_be_read_is_tried_again_and_then_named(world: World) -> None:
    story = world.server.write(HOST, "kaputt")
    world.answer(story.path, status=404)
    feed = await world.feeds.add("local", world.url, "ada")
    for _ in range(40):
        await world.feeds.refresh_due("local")
        world.server.time.now += 6 * HOUR
    assert world.paths().count(story.path) == 7
    (state,) = await world.feeds.states("local")
    (failed,) = state.failures
    assert (failed.url, failed.given_up) == (world.server.url(HOST, story.path), True)
    assert not state.feed.is_failing
    assert feed.id == state.feed.id


async def test_where_a_host_has_trouble_its_other_articles_wait(world: World) -> None:
    stories = [world.server.write(HOST, f"a{i}") for i in range(3)]
    for story in stories:
        world.answer(story.path, status=503, headers={"Retry-After": "3600"})
    feed = await world.feeds.add("local", world.url, "ada")
    report = await world.feeds.refresh("local", feed.id, forced=False)
    assert [taken.outcome for taken in report.taken] == ["failed"]
    for story in stories:
        del world.server.site(HOST).files[story.path]
    world.server.time.now += HOUR + timedelta(seconds=1)
    report = await world.feeds.refresh("local", feed.id, forced=False)
    assert report.count("added") == 3


async def test_articles_of_a_host_are_fetched_with_pauses(world: World) -> None:
    for i in range(3):
        world.server.write(HOST, f"a{i}")
    feed = await world.feeds.add("local", world.url, "ada")
    await world.feeds.refresh("local", feed.id, forced=False)
    moments = [asked.at for asked in world.server.of(HOST)]
    assert [moment - moments[0] for moment in moments] == [PAUSE * i for i in range(4)]


async def test_removing_a_feed_keeps_its_articles_unless_told_otherwise(world: World) -> None:
    world.server.write(HOST, "a")
    feed = await world.feeds.add("local", world.url, "ada")
    await world.feeds.refresh("local", feed.id, forced=False)
    await world.feeds.remove("local", feed.id)
    assert len(world.corpus.articles()) == 1
    feed = await world.feeds.add("local", world.url, "ada")
    await world.feeds.refresh("local", feed.id, forced=False)
    # It was here before this feed was: it is not this feed's.
    removed, articles = await world.feeds.remove("local", feed.id, with_articles=True)
    assert (removed.id, articles) == (feed.id, 0)
    with pytest.raises(NotFoundError):
        await world.feeds.remove("local", feed.id)


async def test_the_articles_of_a_feed_go_with_it_where_that_is_wanted(world: World) -> None:
    world.server.write(HOST, "a")
    feed = await world.feeds.add("local", world.url, "ada")
    await world.feeds.refresh("local", feed.id, forced=False)
    removed, articles = await world.feeds.remove("local", feed.id, with_articles=True)
    assert (removed.id, articles) == (feed.id, 1)
    assert world.corpus.articles() == []


async def test_a_fault_of_one_feed_ends_no_other_and_is_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = world.server.url("andere.test", "/rss")
    world.server.site("andere.test").files["/rss"] = lambda _: web.Response(
        text=rss(world.server, []), content_type=RSS
    )
    bad = await world.feeds.add("local", world.url, "ada")
    good = await world.feeds.add("local", other, "ada")
    world.server.time.now += 10 * HOUR
    read = world.feeds._reader.read

    def breaking(page: object) -> object:
        if getattr(page, "url", "") == world.url:
            raise ZeroDivisionError
        return read(page)  # type: ignore[arg-type] # a page

    monkeypatch.setattr(world.feeds._reader, "read", breaking)
    reports = {report.feed.id: report for report in await world.feeds.refresh_due("local")}
    assert reports[good.id].error is None
    error = reports[bad.id].error
    assert error is not None
    assert (error.code, error.details) == ("source_fault", {"kind": "ZeroDivisionError"})
    assert reports[bad.id].feed.is_failing


async def test_the_background_goes_on_after_a_fault_until_it_is_cancelled(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world.server.write(HOST, "a")
    await world.feeds.add("local", world.url, "ada")
    corpora = world.desk.corpora
    calls = 0

    async def failing_once() -> list[str]:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise ZeroDivisionError
        return await corpora()

    monkeypatch.setattr(world.desk, "corpora", failing_once)
    keeping = asyncio.create_task(world.feeds.keep_fresh())
    async with asyncio.timeout(30):
        while not world.corpus.articles():  # noqa: ASYNC110 - the store calls nobody
            await asyncio.sleep(0.01)
    keeping.cancel()
    await asyncio.wait([keeping])
    assert keeping.cancelled()
    assert "ZeroDivisionError" in caplog.text


async def test_two_looks_at_a_feed_at_once_are_one(world: World) -> None:
    story: Story = world.server.write(HOST, "a")
    feed = await world.feeds.add("local", world.url, "ada")
    await asyncio.gather(
        *(world.feeds.refresh("local", feed.id, forced=False) for _ in range(3)),
        world.feeds.refresh_due("local"),
    )
    assert world.paths().count(story.path) == 1
