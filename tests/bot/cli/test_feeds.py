"""`beleg feed` against a paper on a real web server, which runs in a thread of its own."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import pytest
from aiohttp import web

from bot.cli.permit import person
from bot.desk import Desk
from bot.timing import Timing
from index.lock import hold
from tests.bot.cli.running import Beleg, Result
from tests.news_server import RSS, NewsServer, SimulatedTime, conditional, rss

HOST = "127.0.0.1"


class Paper:
    """A server in a thread, and the command that may fetch from it."""

    def __init__(self, beleg: Beleg) -> None:
        self.time = SimulatedTime()
        self.server = NewsServer(self.time)
        self.timing = Timing(self.time.clock, self.time.sleep, lambda: 0.0)
        self._beleg = beleg
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self.server.__aenter__())
        self.serve()
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self.server.__aexit__())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def url(self) -> str:
        return self.server.url(HOST, "/rss")

    def serve(self, title: str = "Die Zeitung") -> None:
        server = self.server
        server.site(HOST).files["/rss"] = lambda request: conditional(
            request, rss(server, server.newest(HOST), title=title), RSS
        )

    def __call__(self, *argv: str, **more: Any) -> Result:
        allowed = f"{HOST}:{self.server.port}"
        return self._beleg(*argv, timing=self.timing, BELEG_FETCH_ALLOW=allowed, **more)

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)


@pytest.fixture
def paper(beleg: Beleg) -> Iterator[Paper]:
    with Paper(beleg) as paper:
        paper.server.write(HOST, "a1")
        yield paper


def test_a_feed_is_added_with_its_articles(paper: Paper) -> None:
    result = paper("feed", "add", paper.url)
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0] == "Feed Nr. 1 hinzugefügt: Die Zeitung. Ich hole jetzt die neuesten Artikel."
    assert lines[1].startswith("Aufgenommen: ")
    assert lines[2].startswith("Die Zeitung: 1 aufgenommen")
    again = paper("feed", "add", paper.url)
    assert (again.code, again.out) == (1, "")
    assert "gibt es hier schon: Nr. 1" in again.err


def test_a_feed_can_be_looked_at_before(paper: Paper) -> None:
    result = paper("feed", "preview", paper.url)
    assert (result.code, result.out.splitlines()[0]) == (0, "Die Zeitung")
    assert "4. November 2024" in result.out
    record = paper("feed", "preview", paper.url, "--json").json()
    assert (record["kind"], len(record["entries"])) == ("rss", 1)
    assert paper("feed", "list", "--json").json() == []


def test_where_a_page_has_several_feeds_they_are_named(paper: Paper) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="T{i}" href="/f{i}">'
        for i in range(2)
    )
    paper.server.site(HOST).files["/"] = lambda request: conditional(
        request, f"<html><head>{links}</head></html>", "text/html"
    )
    page = paper.server.url(HOST, "/")
    result = paper("feed", "add", page)
    assert result.code == 1
    assert "nennt 2 Feeds" in result.err
    assert f"{paper.server.url(HOST, '/f1')}  T1" in result.out
    record = paper("feed", "add", page, "--json").json()
    assert [feed["title"] for feed in record["feeds"]] == ["T0", "T1"]


def test_what_is_due_is_read(paper: Paper) -> None:
    paper("feed", "add", paper.url)
    result = paper("feed", "refresh")
    assert (result.code, result.out) == (0, "")
    assert "Kein Feed ist an der Reihe" in result.err
    paper.server.write(HOST, "a2")
    (record,) = paper("feed", "refresh", "--all", "--json").json_lines()
    assert [taken["outcome"] for taken in record["taken"]] == ["added"]
    assert record["articles"] == 2
    assert "nichts Neues" in paper("feed", "now", "1").out


def test_a_feed_that_fails_is_seen_where_people_look(paper: Paper) -> None:
    paper("feed", "add", paper.url)
    paper.server.site(HOST).is_down = True
    result = paper("feed", "now", "1")
    assert result.code == 1
    assert result.out.startswith("! Die Zeitung: ")
    for command in (("feed", "list"), ("status",)):
        shown = paper(*command)
        assert shown.code == 0
        assert any(
            line.strip().startswith("! ") and "Gestört seit" in line
            for line in shown.out.splitlines()
        )
        assert "nächster Abruf" in shown.out
        assert "zuletzt gelesen" in shown.out
    (feed,) = paper("status", "--json").json()["feeds"]
    assert (feed["failing"], feed["last_error"]["code"]) == (True, "http_error")
    english = paper("feed", "list", "--language", "en").out
    assert "! Failing since" in english


def test_until_when_a_site_wants_to_be_left_alone_is_said_as_people_write_dates(
    paper: Paper,
) -> None:
    paper("feed", "add", paper.url)
    patience = {"Retry-After": "7200"}
    paper.server.site(HOST).files["/rss"] = lambda _: web.Response(status=429, headers=patience)
    assert paper("feed", "now", "1").code == 1
    result = paper("feed", "now", "1")
    assert result.code == 1
    assert re.search(r"möchte bis \d+\. [A-Z]\w+ 2024, \d\d:\d\d Uhr in Ruhe", result.err)
    english = paper("feed", "now", "1", "--language", "en").err
    assert re.search(r"alone until \d+ [A-Z]\w+ 2024, \d\d:\d\d\.", english)


def test_articles_that_could_not_be_fetched_are_refusals_and_wait_visibly(paper: Paper) -> None:
    for name in ("a2", "a3"):
        paper.server.write(HOST, name)
    files = paper.server.site(HOST).files
    for story in paper.server.newest(HOST):
        files[story.path] = lambda _: web.Response(status=503)
    added = paper("feed", "add", paper.url)
    assert added.code == 1
    assert "0 aufgenommen" in added.out
    assert added.out.endswith("Noch nicht geholt: 3, ich versuche es später wieder.\n")
    now = paper("feed", "now", "1")
    assert (now.code, now.out) == (
        0,
        "Die Zeitung: nichts Neues. Noch nicht geholt: 3, ich versuche es später wieder.\n",
    )


def test_a_feed_rests_goes_on_and_is_removed(paper: Paper) -> None:
    paper("feed", "add", paper.url)
    assert paper("feed", "pause", "1").out == "Pausiert: Die Zeitung\n"
    assert "pausiert" in paper("feed", "list").out
    assert paper("feed", "pause", "1", "--json").json()["next_run"] is None
    assert paper("feed", "resume", "1").out == "Läuft wieder: Die Zeitung\n"
    assert paper("feed", "remove", "1", "--with-articles", "--json").json()["articles"] == 1
    assert paper("list", "--json").json() == []
    gone = paper("feed", "remove", "1")
    assert (gone.code, len(gone.err.splitlines())) == (1, 1)
    assert "noch keine Feeds" in paper("feed", "list").err
    done = [line.split(" · ", 1)[1] for line in paper("audit").out.splitlines()]
    assert [line.split(": ")[0].removeprefix(person()) for line in done] == [
        " im Terminal · Feed entfernt",
        " im Terminal · Feed läuft wieder",
        *[" im Terminal · Feed pausiert"] * 2,
        "Feed Die Zeitung · Artikel hinzugefügt",
        " im Terminal · Feed hinzugefügt",
    ]


def test_a_collection_that_is_not_there_is_not_made(beleg: Beleg, tmp_path: Path) -> None:
    assert beleg("feed", "pause", "1").code == 1
    assert beleg("feed", "refresh", "--corpus", "nix").code == 1
    assert not (tmp_path / "data" / "corpora").exists()


def test_a_title_cannot_steer_the_terminal(paper: Paper) -> None:
    paper.serve("B\u202eoese&#27;[31m\nZeile")
    paper("feed", "add", paper.url)
    shown = paper("feed", "list").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    "argv", [["feed"], ["feed", "nix"], ["feed", "now"], ["feed", "pause", "0"], ["feed", "add"]]
)
def test_what_is_not_understood_is_said(beleg: Beleg, argv: list[str]) -> None:
    result = beleg(*argv)
    assert (result.code, result.out) == (2, "")
    for english in ("usage", "argument", "invalid", "required"):
        assert english not in result.err


@pytest.mark.parametrize(
    "action", ["add", "list", "preview", "pause", "resume", "remove", "now", "refresh"]
)
def test_every_action_teaches(beleg: Beleg, action: str) -> None:
    shown = beleg("feed", action, "--help").out
    assert f"beleg feed {action}" in shown
    assert "Beispiele:" in shown
    assert all(len(line) <= 80 for line in shown.splitlines() if "[" not in line)


@pytest.mark.parametrize(("switch", "articles"), [("on", 2), ("off", 1)])
def test_the_bot_looks_after_feeds_in_the_background(
    paper: Paper, switch: str, articles: int
) -> None:
    paper("feed", "add", paper.url)
    paper.server.write(HOST, "a2")

    async def serve(desk: Desk, token: str | None, **_more: object) -> None:
        paper.time.now += 10 * (paper.time.now - paper.time.now.replace(hour=0))
        for turn in range(500):
            if len(await desk.headlines("local")) == 2:
                return
            if switch == "off" and turn > 20:
                return
            await asyncio.sleep(0.01)

    result = paper("run", serve=serve, BELEG_DISCORD_TOKEN="x.y.z", BELEG_FEEDS=switch)
    assert result.code == 0
    assert len(paper("list", "--json").json()) == articles


def test_while_the_bot_runs_feeds_are_added_paused_and_resumed_and_it_fetches_their_articles(
    paper: Paper,
) -> None:
    said = list[str]()

    async def serve(desk: Desk, token: str | None, **_more: object) -> None:
        for words in (("add", paper.url), ("pause", "1"), ("resume", "1"), ("now", "1")):
            done = await asyncio.to_thread(paper, "feed", *words)
            said.append(done.out)
        paper.time.now += timedelta(hours=1)
        async with asyncio.timeout(20):
            while not await desk.headlines("local"):  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.01)

    assert paper("run", serve=serve, BELEG_DISCORD_TOKEN="x.y.z").code == 0
    assert said[0].startswith("Feed Nr. 1 hinzugefügt: Die Zeitung. Der Bot läuft gerade")
    assert said[1:] == ["Pausiert: Die Zeitung\n", "Läuft wieder: Die Zeitung\n", ""]
    assert len(paper("list", "--json").json()) == 1


def test_while_something_else_writes_no_feed_is_added(
    paper: Paper, environment: dict[str, str]
) -> None:
    with hold(Path(environment["BELEG_DATA"])):
        refused = paper("feed", "add", paper.url)
    assert (refused.code, refused.out) == (5, "")
    assert "noch keine Feeds" in paper("feed", "list").err


@pytest.mark.parametrize(
    ("variable", "value"),
    [("BELEG_FEEDS", "vielleicht"), ("BELEG_FEED_SHORTEST", "0"), ("BELEG_FEED_LONGEST", "5")],
)
def test_settings_that_make_no_sense_are_said(beleg: Beleg, variable: str, value: str) -> None:
    result = beleg("feed", "list", **{variable: value})
    assert result.code == 2
    assert variable in result.err
