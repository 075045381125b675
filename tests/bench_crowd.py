"""Measure a crowd: `python -m tests.bench_crowd` asks 100 questions within a second.

Forty people in four servers, the model that ships, over real sockets to the double.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from bot.answer import Answering
from bot.client import BelegClient, settle
from bot.desk import Desk
from index.fetch import GuardedFetcher
from index.library import Library
from index.onnx_embedder import OnnxEmbedder
from index.onnx_reader import OnnxReader
from index.own_model import shipped_model
from tests.bench_figures import quantile
from tests.crowd import PEOPLE, QUESTIONS, SERVERS, ask_at_once, gather, stock
from tests.discord_server import DiscordServer, Exchange
from tests.prose import make_articles

ARTICLES = 40
ASKED = (
    "Wie viele Menschen kamen zur Sitzung?",
    "Wer hat den Haushalt beschlossen?",
    "Wann beginnt der Umbau der Brücke?",
    "Warum wurde die Straße gesperrt?",
)


async def measure() -> None:
    """Ask, wait, print."""
    with tempfile.TemporaryDirectory() as directory:
        library = Library(Path(directory), OnnxEmbedder(shipped_model()))
        answering = Answering(reader=OnnxReader(shipped_model()))
        async with (
            DiscordServer() as server,
            GuardedFetcher(user_agent="Beleg bench") as fetcher,
            Desk(library, fetcher, answering) as desk,
        ):
            crowd = gather(server)
            await stock(desk, crowd, list(make_articles(ARTICLES)))
            await desk.prepare()
            settle()
            client = BelegClient(desk, connector=server.connector())
            async with server.running(client):
                await server.wait_for_commands()
                waiting: list[asyncio.Task[float]] = []
                exchanges = await ask_at_once(
                    crowd,
                    ASKED,
                    over_s=0.3,
                    asked=lambda one: waiting.append(asyncio.create_task(_answered(one, server))),
                )
                waits = await asyncio.gather(*waiting)
        library.close()
    _report(exchanges, waits)


async def _answered(exchange: Exchange, server: DiscordServer) -> float:
    await exchange.final_message(within=60)
    return server.clock() - exchange.interaction.dispatched


def _report(exchanges: list[Exchange], waits: list[float]) -> None:
    first = [exchange.seconds_to_respond for exchange in exchanges]
    busy = sum("Gerade fragen" in exchange.messages[0].content for exchange in exchanges)
    asked = exchanges[-1].interaction.dispatched - exchanges[0].interaction.dispatched
    lines = [
        f"{QUESTIONS} questions of {PEOPLE} people in {SERVERS} servers within {asked:.2f} s",
        f"acknowledged: p50 {quantile(first, 0.5):.3f} s, p99 {quantile(first, 0.99):.3f} s",
        f"answered: p50 {quantile(waits, 0.5):.2f} s, slowest {max(waits):.2f} s",
        f"told that too many ask: {busy}",
        f"answered twice: {sum(len(exchange.messages) != 1 for exchange in exchanges)}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    asyncio.run(measure())
