from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.cli.intake import Intake, Result
from bot.cli.sources import Address, Item
from bot.desk import Desk
from index.errors import ExtractionError, StoreError
from index.library import Library
from index.protocols import Vectors
from index.types import Article, Extracted, Given, Outcome, Page, Receipt
from tests.fakes import HashingEmbedder, Web
from tests.making import make_article

PATIENCE = 30
CORPUS = "local"


class SlowParser:
    """Reads pages while its gate is open."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.begun = threading.Semaphore(0)
        self.read_pages = 0

    def read(self, page: Page, given: Given, fetched: datetime) -> Extracted:
        self.begun.release()
        assert self.gate.wait(PATIENCE)
        self.read_pages += 1
        return Extracted(make_article(page.content.decode(), url=page.url, fetched=fetched))

    def close(self) -> None:
        self.gate.set()


class FaultyEmbedder(HashingEmbedder):
    """Falls over the word "Fehler", and the disk with it over "Platte"."""

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        words = " ".join(texts)
        if "Platte" in words:
            raise StoreError("store_failed", reason="full")
        if "Fehler" in words:
            raise ZeroDivisionError
        return super().embed_sentences(texts)


@pytest.fixture
def parser() -> SlowParser:
    return SlowParser()


URL = "https://a.example/artikel-eins"


@pytest.fixture
async def desk(tmp_path: Path, parser: SlowParser) -> AsyncIterator[Desk]:
    library = Library(tmp_path, FaultyEmbedder())
    web = Web({URL: Page(b"Im Netz steht das.", "text/plain", url=URL, source=URL)})
    async with Desk(library, web, Answering(), parser) as desk:
        yield desk
    library.close()


def article(number: int, text: str = "") -> Item:
    made = make_article(text or f"Ort {number} liegt am See.")
    return Item(str(number), lambda: made)


def page(text: str) -> Item:
    return Item(text, lambda: Page(text.encode(), "text/plain", source=text))


async def taken(desk: Desk, *items: Item, stop: asyncio.Event | None = None) -> list[Result]:
    intake = Intake(desk, CORPUS, Given(), stop or asyncio.Event())
    return [result async for result in intake.take(items)]


def outcomes(results: Sequence[Result]) -> list[str]:
    return [
        found.outcome.value if isinstance(found, Receipt) else found.code for _, found in results
    ]


async def test_items_of_every_kind_come_out_in_their_order(desk: Desk) -> None:
    def refuse() -> Article:
        raise ExtractionError("record_not_json")

    items = [
        article(1),
        page("Auf der Seite steht das."),
        Item("kaputt", refuse),
        Item(URL, lambda: Address(URL)),
        Item("weg", lambda: Address("https://a.example/weg")),
        *(article(number) for number in range(2, 40)),
        article(1),
    ]
    results = await taken(desk, *items)
    assert [item for item, _ in results] == items
    assert outcomes(results) == [
        "added",
        "added",
        "record_not_json",
        "added",
        "http_error",
        *["added"] * 38,
        "known",
    ]


async def test_what_is_stated_outranks_the_record(desk: Desk) -> None:
    intake = Intake(desk, CORPUS, Given(title="Anders", outlet="Bote"), asyncio.Event())
    ((_, receipt),) = [result async for result in intake.take([article(1)])]
    assert isinstance(receipt, Receipt)
    assert (receipt.stored.article.title, receipt.stored.article.outlet) == ("Anders", "Bote")


async def test_a_fault_costs_one_article_of_those_embedded_together(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    results = await taken(desk, article(1), article(2, "Hier ist ein Fehler."), article(3))
    assert outcomes(results) == ["added", "source_fault", "added"]
    assert "ZeroDivisionError" in caplog.text


async def test_what_concerns_all_ends_it(desk: Desk) -> None:
    items = [*(article(number) for number in range(16)), article(16, "Die Platte ist voll.")]
    with pytest.raises(StoreError):
        await taken(desk, *items)
    assert len(await desk.headlines(CORPUS)) == 16


async def test_who_stops_does_not_wait_for_a_page_that_is_slow(
    desk: Desk, parser: SlowParser
) -> None:
    parser.gate.clear()
    stop = asyncio.Event()
    work = asyncio.create_task(taken(desk, page("Diese Seite ist langsam."), stop=stop))
    assert await asyncio.to_thread(parser.begun.acquire, timeout=PATIENCE)
    stop.set()
    assert await asyncio.wait_for(work, PATIENCE) == []
    parser.gate.set()


async def test_articles_in_hand_are_finished_and_no_others_begun(desk: Desk) -> None:
    stop = asyncio.Event()
    results = []
    async for result in Intake(desk, CORPUS, Given(), stop).take(map(article, range(100))):
        stop.set()
        results.append(result)
    assert outcomes(results) == ["added"] * len(results)
    assert len(results) < 100
    assert len(await desk.headlines(CORPUS)) == len(results)


async def test_a_known_file_is_not_read_again_unless_something_else_is_stated(
    desk: Desk, parser: SlowParser
) -> None:
    for expected in (Outcome.ADDED, Outcome.KNOWN):
        ((_, receipt),) = await taken(desk, page("Diese Seite ist da."))
        assert isinstance(receipt, Receipt)
        assert receipt.outcome is expected
    assert parser.read_pages == 1
    intake = Intake(desk, CORPUS, Given(outlet="Bote"), asyncio.Event())
    assert [result async for result in intake.take([page("Diese Seite ist da.")])]
    assert parser.read_pages == 2
