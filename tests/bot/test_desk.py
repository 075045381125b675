from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.desk import Desk
from bot.news.claim import Days
from index.errors import ExtractionError, FetchError, NotFoundError, QuestionError, SettingError
from index.library import Library
from index.parsing import ParserProcess
from index.protocols import Vectors
from index.types import Given, Outcome, Page, StoredArticle
from tests.fakes import HashingEmbedder, Web, WordReader
from tests.making import make_article

PATIENCE = 30
TEXT = """Soldaten nahe der Grenze

In der Region Kursk sind nach Angaben der Regierung rund 8.000 Soldaten. Sie warten dort auf
ihren Einsatz, sagte der Botschafter am Freitag vor dem Sicherheitsrat der Vereinten Nationen.
"""


class GatedEmbedder(HashingEmbedder):
    """Holds the embedding of an article while its gate is closed."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.gate = threading.Event()
        self.gate.set()
        self.threads: set[str] = set()

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        self.threads.add(threading.current_thread().name.partition("_")[0])
        self.begun.release()
        assert self.gate.wait(PATIENCE)
        return super().embed_sentences(texts)

    def embed_question(self, text: str) -> Vectors:
        self.threads.add(threading.current_thread().name.partition("_")[0])
        return HashingEmbedder().embed_question(text)


URL = "https://example.org/1"
WEB = Web({URL: Page(TEXT.encode(), "text/plain", "utf-8", url=URL, source=URL)})


@pytest.fixture
def embedder_with_gate() -> GatedEmbedder:
    return GatedEmbedder()


@pytest.fixture
async def desk(tmp_path: Path, embedder_with_gate: GatedEmbedder) -> AsyncIterator[Desk]:
    library = Library(tmp_path, embedder_with_gate)
    async with Desk(library, WEB, Answering()) as desk:
        yield desk
        embedder_with_gate.gate.set()
    library.close()


async def begun(embedder: GatedEmbedder) -> None:
    assert await asyncio.to_thread(embedder.begun.acquire, timeout=PATIENCE)


async def found(desk: Desk, corpus: str, text: str) -> list[StoredArticle]:
    return await desk.in_turn(
        corpus, lambda opened: [hit.stored for hit in opened.search(text, 10).hits]
    )


async def test_an_article_goes_in_and_comes_out(desk: Desk) -> None:
    receipt = await desk.add_article("local", make_article())
    assert receipt.outcome is Outcome.ADDED
    stored = receipt.stored
    assert await desk.headlines("local") == [stored.headline]
    assert await desk.article("local", stored.id) == stored
    assert await found(desk, "local", "Kursk") == [stored]
    assert (await desk.ask("local", "Wie viele Soldaten sind in Kursk?")).nearest == (stored,)
    assert (await desk.extent("local")).articles == 1
    assert await desk.remove("local", stored.id) == stored
    assert await desk.headlines("local") == []


async def test_a_page_is_fetched_read_and_added(desk: Desk) -> None:
    receipt = await desk.add_address("local", "https://example.org/1", Given(outlet="Blatt"))
    article = receipt.stored.article
    assert article.title == "Soldaten nahe der Grenze"
    assert (article.url, article.outlet) == ("https://example.org/1", "Blatt")
    assert article.fetched.tzinfo is not None
    again = await desk.add_address("local", "https://example.org/1", Given(outlet="Blatt"))
    assert again.outcome is Outcome.KNOWN


async def test_a_corpus_sees_nothing_of_another(desk: Desk) -> None:
    ours = (await desk.add_article("1", make_article())).stored
    assert await desk.headlines("2") == []
    assert await found(desk, "2", "Kursk") == []
    with pytest.raises(NotFoundError):
        await desk.remove("2", ours.id)
    assert await desk.headlines("1") == [ours.headline]


async def test_errors_come_through_as_they_are(desk: Desk) -> None:
    with pytest.raises(QuestionError):
        await desk.ask("local", "😀")
    with pytest.raises(NotFoundError):
        await desk.article("local", 7)
    with pytest.raises(FetchError):
        await desk.add_address("local", "https://example.org/2", Given())
    with pytest.raises(ExtractionError):
        await desk.add_page("local", Page(b"", "text/plain"), Given())
    with pytest.raises(SettingError):
        await desk.headlines("../local")


async def test_a_question_does_not_wait_for_articles(
    desk: Desk, embedder_with_gate: GatedEmbedder
) -> None:
    await desk.add_article("local", make_article())
    await begun(embedder_with_gate)
    embedder_with_gate.gate.clear()
    batch = [
        asyncio.create_task(desk.add_article("local", make_article(f"Nummer {i}.")))
        for i in range(5)
    ]
    await begun(embedder_with_gate)  # the first is at work, the others are queued
    async with asyncio.timeout(PATIENCE):
        questions = [desk.ask("local", "Wie viele Soldaten sind in Kursk?") for _ in range(5)]
        answers = await asyncio.gather(*questions)
        assert len(await desk.headlines("local")) == 1
    assert [answer.nearest[0].article.title for answer in answers] == ["Soldaten in Kursk"] * 5
    assert not any(task.done() for task in batch)
    embedder_with_gate.gate.set()
    receipts = await asyncio.gather(*batch)
    assert [receipt.stored.id for receipt in receipts] == [2, 3, 4, 5, 6]


async def test_work_is_done_in_the_workers_and_never_on_the_event_loop(
    desk: Desk, embedder_with_gate: GatedEmbedder
) -> None:
    await desk.add_article("local", make_article())
    await desk.ask("local", "Wie viele Soldaten?")
    assert embedder_with_gate.threads == {"ingest", "question"}


async def test_closing_waits_for_work_in_progress_and_drops_the_queue(
    tmp_path: Path, embedder_with_gate: GatedEmbedder
) -> None:
    library = Library(tmp_path, embedder_with_gate)
    desk = Desk(library, WEB, Answering())
    embedder_with_gate.gate.clear()
    first, second = (
        asyncio.create_task(desk.add_article("local", make_article(f"Nummer {i}.")))
        for i in range(2)
    )
    await begun(embedder_with_gate)
    closing = asyncio.create_task(asyncio.to_thread(desk.close))
    with pytest.raises(asyncio.CancelledError):
        await second
    assert not closing.done()
    embedder_with_gate.gate.set()
    await closing
    assert (await first).outcome is Outcome.ADDED
    assert len(library.corpus("local").articles()) == 1
    with pytest.raises(RuntimeError):
        await desk.ask("local", "Wie viele Soldaten?")
    library.close()


async def test_what_the_first_question_needs_is_loaded_before_it(tmp_path: Path) -> None:
    library, reader = Library(tmp_path, HashingEmbedder()), WordReader()
    async with Desk(library, WEB, Answering(reader=reader)) as desk:
        await desk.prepare()
        assert len(reader.calls) == 1
    library.close()


async def test_a_page_that_kills_its_parser_costs_that_page_alone(tmp_path: Path) -> None:
    library = Library(tmp_path, HashingEmbedder())
    parser = ParserProcess(function="tests.hostile_work:parse")
    async with Desk(library, WEB, Answering(), parser) as desk:
        await desk.add_page("local", Page(TEXT.encode(), "text/plain"), Given())
        hostile = Page(b"<!-- hostile: crash -->", "text/html", source="seite.html")
        with pytest.raises(ExtractionError) as caught:
            await desk.add_page("local", hostile, Given())
        assert caught.value.code == "page_breaks_parser"
        other = Page(TEXT.replace("8.000", "9.000").encode(), "text/plain")
        await desk.add_page("local", other, Given())
        assert len(await desk.headlines("local")) == 2
        started = parser.pid
        assert started is not None
    assert parser.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(started, 0)
    library.close()


async def test_what_needs_no_parsing_starts_no_parser(tmp_path: Path) -> None:
    library, parser = Library(tmp_path, HashingEmbedder()), ParserProcess()
    async with Desk(library, Web(), Answering(), parser) as desk:
        await desk.add_article("local", make_article())
        await desk.ask("local", "Wie viele Soldaten?")
        assert parser.pid is None
    library.close()


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where it is Saturday morning while it is Friday evening in Greenwich."""
    monkeypatch.setenv("TZ", "UTC-14")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_east")
async def test_a_day_begins_where_beleg_runs(desk: Desk) -> None:
    friday, asked = datetime(2025, 11, 7, 20, tzinfo=UTC), "Wie viele Soldaten waren gestern hier?"
    await desk.add_page("test", WEB.pages[URL], Given())
    account = await desk.account("test", asked, now=friday)
    assert account.days == Days(date(2025, 11, 7), date(2025, 11, 7))
