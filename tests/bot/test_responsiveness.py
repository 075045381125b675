"""A question is answered, and Discord hears its heartbeat, while a batch of articles goes in."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.client import BelegClient, settle
from bot.desk import Desk
from index.library import Library
from index.onnx_embedder import OnnxEmbedder
from index.types import Given, Outcome, Page
from tests.bot.conftest import PAGE, QUESTION, kursk
from tests.discord_server import Channel, Guild, Member
from tests.ticker import ticking

ARTICLES = 200
QUESTIONS = 20
LARGEST_GAP_S = 0.25


@pytest.fixture
def library(tmp_path: Path, embedder: OnnxEmbedder) -> Iterator[Library]:
    embedder.embed_question("Das Modell ist geladen, bevor gemessen wird.")
    library = Library(tmp_path, embedder)
    settle()
    yield library
    library.close()
    gc.unfreeze()


def page(number: int) -> Page:
    """A page like others, with words of its own in every sentence."""
    paragraphs = "".join(
        f"<p>Im Ort {number} beriet der Rat am Tag {line} über Punkt {number * line}. Er fasste "
        f"mit {line + 7} Stimmen einen Beschluss zum Haushalt, der im Frühjahr gelten soll.</p>"
        for line in range(1, 4)
    )
    html = PAGE.replace("Soldaten in Kursk", f"Rat von Ort {number}")
    html = html.replace("<p>", f"{paragraphs}<p>", 1)
    return Page(html.encode(), "text/html", charset="utf-8", source=f"{number}.html")


@pytest.mark.fault(8)
async def test_questions_are_answered_and_the_loop_runs_while_articles_go_in(
    client: BelegClient, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    corpus = str(guild.id)
    await desk.add_article(corpus, kursk())
    async with ticking(others_excused=True) as gaps:
        batch = [
            asyncio.create_task(desk.add_page(corpus, page(number), Given()))
            for number in range(ARTICLES)
        ]
        for _ in range(QUESTIONS):
            exchange = await member.slash(channel, "ask", {"question": QUESTION})
            assert "8.000" in (await exchange.final_message()).content
            assert exchange.seconds_to_respond < 1
        assert not batch[-1].done(), "the questions did not wait for the batch"
        receipts = await asyncio.gather(*batch)
    assert [receipt.outcome for receipt in receipts] == [Outcome.ADDED] * ARTICLES
    assert max(gaps) < LARGEST_GAP_S
