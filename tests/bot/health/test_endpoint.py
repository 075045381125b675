"""What a running bot says of itself, asked over a real socket."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.client import BelegClient
from bot.desk import Desk
from bot.health.address import Address
from bot.health.figures import Figures
from bot.health.gateway import GatewayWatch
from bot.health.watching import Watching
from bot.observer import Observer
from index.errors import QuestionError
from index.library import Library
from tests.bot.conftest import QUESTION, kursk
from tests.discord_server import Channel, DiscordServer, Member

ANY_PORT = Address("127.0.0.1", 0)


class Seconds:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def figures() -> Figures:
    return Figures()


@pytest.fixture
def observer(figures: Figures) -> Observer:
    return figures


@pytest.fixture
def watching(tmp_path: Path, figures: Figures, seconds: Seconds) -> Watching:
    return Watching(tmp_path, figures=figures, gateway=GatewayWatch(clock=seconds), clock=seconds)


@asynccontextmanager
async def asked(watching: Watching, desk: Desk) -> AsyncIterator[Ask]:
    async with watching.background(desk, ANY_PORT) as where, aiohttp.ClientSession() as web:
        assert where is not None
        yield Ask(web, str(where))


class Ask:
    def __init__(self, web: aiohttp.ClientSession, where: str) -> None:
        self._web, self._where = web, where

    async def get(self, path: str) -> tuple[int, str]:
        async with self._web.get(f"http://{self._where}{path}") as answer:
            return answer.status, await answer.text()

    async def metric(self, name: str, **labels: str) -> float:
        _, text = await self.get("/metrics")
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                if sample.name == name and labels.items() <= sample.labels.items():
                    return sample.value
        raise AssertionError(f"no {name} {labels}")


async def test_a_healthy_bot_is_healthy_and_ready(watching: Watching, desk: Desk) -> None:
    async with asked(watching, desk) as ask:
        status, text = await ask.get("/healthz")
        assert (status, json.loads(text)) == (
            200,
            {"status": "ok", "troubles": [], "warnings": []},
        )
        assert (await ask.get("/readyz"))[0] == 503  # nobody has logged in yet
        watching.ready()
        assert (await ask.get("/readyz"))[0] == 200
        watching.stopping()
        assert (await ask.get("/readyz"))[0] == 503
        assert (await ask.get("/elsewhere"))[0] == 404


async def test_a_silent_gateway_is_unhealthy(
    watching: Watching, desk: Desk, seconds: Seconds
) -> None:
    async with asked(watching, desk) as ask:
        watching.ready()
        seconds.now += 104
        assert (await ask.get("/healthz"))[0] == 200
        seconds.now += 2
        status, text = await ask.get("/healthz")
        assert (status, json.loads(text)["troubles"]) == (503, ["gateway"])
        watching.gateway.heard()
        assert (await ask.get("/healthz"))[0] == 200


async def test_a_damaged_database_is_unhealthy_and_the_others_go_on(
    watching: Watching, desk: Desk, library: Library, tmp_path: Path
) -> None:
    await desk.add_article("42", kursk())
    damaged = tmp_path / "corpora" / "43.sqlite3"
    damaged.write_bytes(b"SQLite format 3\0" + b"\xff" * 8192)
    async with asked(watching, desk) as ask:
        status, text = await ask.get("/healthz")
        assert (status, json.loads(text)["troubles"]) == (503, ["data"])
        assert await ask.metric("beleg_damaged") == 1
        assert await ask.metric("beleg_corpora") == 2
        assert await ask.metric("beleg_articles") == 1
    assert damaged.read_bytes().endswith(b"\xff")


async def test_an_article_that_is_damaged_is_a_warning(
    watching: Watching, desk: Desk, library: Library, tmp_path: Path
) -> None:
    await desk.add_article("42", kursk())
    library.close()
    path = tmp_path / "corpora" / "42.sqlite3"
    path.write_bytes(path.read_bytes().replace(b"8.000 Soldaten", b"9.000 Soldaten"))
    async with asked(watching, desk) as ask:
        status, text = await ask.get("/healthz")
        assert (status, json.loads(text)["warnings"]) == (200, ["articles"])
        assert await ask.metric("beleg_withheld") == 1


async def test_a_survey_that_hangs_shows(watching: Watching, desk: Desk, seconds: Seconds) -> None:
    async with asked(watching, desk) as ask:
        seconds.now += 301
        assert json.loads((await ask.get("/healthz"))[1])["troubles"] == ["survey"]
        await watching.look(desk)
        assert (await ask.get("/healthz"))[0] == 200


async def test_questions_and_articles_are_counted_by_what_came_of_them(
    watching: Watching, desk: Desk
) -> None:
    await desk.add_article("42", kursk())
    await desk.add_article("42", kursk())
    await desk.ask("42", QUESTION)
    await desk.ask("43", QUESTION)
    with pytest.raises(QuestionError):
        await desk.ask("42", "?" * 10_000)
    async with asked(watching, desk) as ask:
        counted = {
            outcome: await ask.metric("beleg_questions_total", outcome=outcome)
            for outcome in ("answered", "silent", "refused", "failed")
        }
        assert counted == {"answered": 1, "silent": 1, "refused": 1, "failed": 0}
        assert await ask.metric("beleg_intake_total", outcome="added") == 1
        assert await ask.metric("beleg_intake_total", outcome="known") == 1
        assert await ask.metric("beleg_answer_seconds_count") == 3
        assert await ask.metric("beleg_sentences") == 3
        _, text = await ask.get("/metrics")
    assert 'beleg_errors_total{code="question_' in text
    assert "Kursk" not in text
    assert "42" not in {label for line in text.splitlines() for label in line.split('"')[1::2]}


async def test_the_lateness_of_the_loop_is_measured(watching: Watching, desk: Desk) -> None:
    import time  # noqa: PLC0415 - only to be late

    async with asked(watching, desk) as ask:
        await asyncio.sleep(0.15)
        time.sleep(0.4)  # noqa: ASYNC251 - what must not happen
        await asyncio.sleep(0.15)
        late = await ask.metric("beleg_loop_lag_seconds_bucket", le="0.25")
        assert await ask.metric("beleg_loop_lag_seconds_count") > late


async def test_an_address_that_is_taken_keeps_the_bot_from_nothing(
    watching: Watching, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = Address("127.0.0.1", taken.getsockname()[1])
        async with watching.background(desk, address) as where:
            assert where is None
    assert str(address) in caplog.text


async def test_without_an_address_nobody_is_answered(watching: Watching, desk: Desk) -> None:
    async with watching.background(desk, None) as where:
        assert where is None


async def test_discord_is_seen_in_the_figures(
    desk: Desk,
    watching: Watching,
    *,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
) -> None:
    client = BelegClient(desk, connector=discord_server.connector(), watching=watching)
    async with discord_server.running(client), asked(watching, desk) as ask:
        await discord_server.wait_for_commands()
        await (await member.slash(channel, "ask", {"question": QUESTION})).final_message()
        assert (await ask.get("/readyz"))[0] == 200
        assert await ask.metric("beleg_gateway_connected") == 1
        assert await ask.metric("beleg_servers") == 1
        discord_server.fail_next("POST", "/channels/*/messages", 403, code=50013)
        await member.say(channel, f"<@bot> {QUESTION}")
        await discord_server.wait_until(lambda: client.counters.counts, "nothing was counted")
        assert await ask.metric("beleg_discord_troubles", kind="permission_withdrawn") == 1
        await discord_server.gateway.close(4000)
        await discord_server.wait_until(lambda: watching.gateway.sessions == 2, "no new session")
        assert await ask.metric("beleg_gateway_sessions") == 2
