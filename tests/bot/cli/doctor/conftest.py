"""`beleg doctor` at a Discord and with a directory that can be healthy or broken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.doctor.finding import Level
from bot.timing import Timing
from index.protocols import Embedder
from tests.bot.cli.running import Result
from tests.bot.conftest import kursk
from tests.discord_server import DiscordServer
from tests.discord_server.network import DoubleConnector
from tests.fakes import Clock, HashingEmbedder
from tests.making import make_corpus

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"
Doctor = Callable[..., Awaitable[Result]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A directory with two collections, as a bot has left it."""
    directory = tmp_path / "data"
    directory.mkdir(mode=0o700)
    (directory / "corpora").mkdir()
    for name in ("42", "43"):
        corpus = make_corpus(directory / "corpora", name=name)
        corpus.add(kursk())
        corpus.add(kursk(text="Ein anderer Text. Er hat zwei Sätze.", url=None))
        corpus.close()
    (directory / "discord-commands.sha256").write_text("x")
    return directory


@pytest.fixture
def doctor(
    discord_server: DiscordServer,
    environment: dict[str, str],
    data: Path,
    capsys: pytest.CaptureFixture[str],
) -> Doctor:
    """The command at a Discord whose bot has this token and is on one server."""
    discord_server.token = TOKEN
    discord_server.add_guild("Nachrichten")

    async def run(
        *argv: str,
        embedder: Embedder | None = None,
        now: datetime | None = None,
        port: int | None = None,
        **more: str,
    ) -> Result:
        code = await asyncio.to_thread(
            main,
            ["doctor", *argv],
            environment={**environment, "BELEG_DISCORD_TOKEN": TOKEN, **more},
            embedder_factory=lambda _: embedder or HashingEmbedder(),
            timing=Timing(clock=Clock(now)),
            connector=lambda: DoubleConnector(port or discord_server.port),
        )
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err
        assert TOKEN not in shown.out + shown.err
        return Result(code, shown.out, shown.err)

    return run


def findings(result: Result) -> dict[str, tuple[str, str]]:
    """Return the worst finding of each check: its level and its name."""
    worst: dict[str, tuple[str, str]] = {}
    for one in result.json():
        level, key = one["level"], one["finding"]
        order = list(Level)
        known = worst.get(one["check"])
        if known is None or order.index(Level(level)) > order.index(Level(known[0])):
            worst[one["check"]] = (level, key)
    return worst
