"""`beleg run` as a process of its own, at the Discord double of the process that starts it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.__main__ import main
from bot.answer import Answering
from bot.desk import Desk
from index.corpus import Corpus
from tests.discord_server import DiscordServer
from tests.discord_server.network import DoubleConnector, authority_pem, context_trusting
from tests.fakes import HashingEmbedder

ROOT = Path(__file__).parents[1]
PORT, AUTHORITY, FAKE_MODEL, SLOW = "DOUBLE_PORT", "DOUBLE_PEM", "DOUBLE_MODEL", "DOUBLE_SLOW_S"


@asynccontextmanager
async def running_beleg(
    server: DiscordServer,
    directory: Path,
    *,
    fake_model: bool = True,
    slow: float = 0.0,
    before: tuple[str, ...] = (),
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start it and wait until it is logged in; what is left of it at the end is killed.

    `slow` is how many seconds it takes to answer what says "langsam", and to show the context of an
    answer; `before` is a command that starts it, such as nice.
    Its standard error goes to beleg.err beside the data.
    """
    directory.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - a test's own directory
    environment: Mapping[str, str] = {
        **os.environ,
        "LANG": "de_DE.UTF-8",
        "HF_HUB_OFFLINE": "1",
        "BELEG_DATA": str(directory),
        "BELEG_DISCORD_TOKEN": server.token,
        "BELEG_HEALTH": "off",
        PORT: str(server.port),
        AUTHORITY: authority_pem(),
        FAKE_MODEL: "yes" if fake_model else "",
        SLOW: str(slow),
        **({"BELEG_READER": "none"} if fake_model else {}),
        **(settings or {}),
    }
    with (directory / "beleg.err").open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            *before, sys.executable, "-m", "tests.beleg_process",
            cwd=ROOT, env=environment, stderr=errors,
        )  # fmt: skip
    try:
        seen = server.gateway.connection_count
        await server.wait_until(
            lambda: server.gateway.connection_count > seen and server.gateway.connected,
            "beleg run has not logged in",
            within=60,
        )
        await server.wait_for_commands()
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()


async def _serve(desk: Desk, token: str | None, **parts: Any) -> None:
    from bot.client import MOST_CONNECTIONS, serve  # noqa: PLC0415 - as `beleg run` does

    context = context_trusting(os.environ[AUTHORITY])
    connector = DoubleConnector(int(os.environ[PORT]), context, limit=MOST_CONNECTIONS)
    await serve(desk, token, connector=connector, **parts)


def _slow(name: str, word: str, seconds: float) -> None:
    """Let what answers take its time in its thread, as with a large model."""
    work = getattr(Answering, name)

    def late(answering: Answering, corpus: Corpus, text: str, **named: Any) -> Any:
        if word in text:
            time.sleep(seconds)
        return work(answering, corpus, text, **named)

    setattr(Answering, name, late)


if __name__ == "__main__":
    how_long = float(os.environ[SLOW])
    _slow("answer", "langsam", how_long)
    _slow("surroundings", "", how_long)
    factory = (lambda _: HashingEmbedder()) if os.environ[FAKE_MODEL] else None
    sys.exit(main(["run"], embedder_factory=factory, serve=_serve))
