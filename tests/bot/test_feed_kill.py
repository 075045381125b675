"""A kill in the midst of a feed: a real process, killed again and again while articles come in."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path

from aiohttp import web

from index.feed_pages import FeedPages
from index.feed_table import FeedTable
from tests.making import make_corpus
from tests.news_server import RSS, NewsServer, SimulatedTime, Story, conditional, rss

ROOT = Path(__file__).parents[2]
ARTICLES = 30
KILLS = 5
HOST = "127.0.0.1"


async def test_a_kill_loses_nothing_and_brings_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(7)
    async with NewsServer(SimulatedTime()) as server:
        stories = [server.write(HOST, f"a{i}") for i in range(ARTICLES)]
        server.site(HOST).files["/rss"] = lambda request: listing(server, request, stories)
        parent = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bot.feeding_until_killed"),
            *(str(tmp_path), server.url(HOST, "/rss")),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert parent.stdin is not None
        assert parent.stdout is not None
        for _ in range(KILLS):
            parent.stdin.write(b"again\n")
            process = int(await parent.stdout.readline())
            await more_asked(server, chance.randint(1, 5))
            await asyncio.sleep(0.02 * chance.random())  # anywhere between two articles
            os.kill(process, signal.SIGKILL)
            assert await parent.stdout.readline() == b"gone 9\n"
        parent.stdin.write(b"to the end\n")
        await parent.stdout.readline()
        assert await parent.stdout.readline() == b"gone 0\n"
        parent.stdin.close()
        await parent.wait()

        corpus = make_corpus(tmp_path / "corpora", name="local")
        found = Counter(stored.article.url for stored in corpus.articles())
        assert found == {server.url(HOST, story.path): 1 for story in stories}
        assert all(len(corpus.versions(stored.id)) == 1 for stored in corpus.articles())
        (feed,) = FeedTable(corpus.database).all()
        assert FeedPages(corpus.database).counts(feed.id) == (ARTICLES, 0)
        corpus.close()
    fetched = Counter(asked.path for asked in server.of(HOST) if asked.path != "/rss")
    assert fetched.total() <= ARTICLES + KILLS


def listing(server: NewsServer, request: web.Request, stories: list[Story]) -> web.Response:
    return conditional(request, rss(server, stories), RSS, '"1"')


async def more_asked(server: NewsServer, count: int) -> None:
    wanted = len(server.of(HOST)) + count
    async with asyncio.timeout(60):
        while len(server.of(HOST)) < wanted:  # noqa: ASYNC110 - the server calls nobody
            await asyncio.sleep(0.001)
