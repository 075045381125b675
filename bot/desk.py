"""What a chat may ask of Beleg: asynchronous outside, plain functions in worker threads inside."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

from bot.answer import Answering
from bot.conversation import Turn
from bot.types import Answer, ArchiveExtent
from index.corpus import Corpus
from index.library import Library
from index.parsing import ParserProcess
from index.protocols import Fetcher, Parser
from index.rights import for_corpus
from index.types import Article, Given, Hit, Page, Receipt, StoredArticle

T = TypeVar("T")


class Desk:
    """The one place that hops to threads.

    Questions and ingestion have workers of their own, so that a batch never queues ahead of a
    question. Every method takes the name of the corpus and sees nothing of another.
    """

    def __init__(
        self,
        library: Library,
        fetcher: Fetcher,
        answering: Answering,
        parser: Parser | None = None,
    ) -> None:
        """Take the parts; `close` ends the workers and the parser but leaves the library open.

        Without a parser pages are read in a limited process, which starts with the first of them.
        """
        self._library = library
        self._fetcher = fetcher
        self._answering = answering
        self._parser = parser or ParserProcess()
        self._questions = ThreadPoolExecutor(2, thread_name_prefix="question")
        self._ingestion = ThreadPoolExecutor(1, thread_name_prefix="ingest")

    async def prepare(self) -> None:
        """Load what the first question would otherwise wait for."""
        await self._question(self._library.prepare)
        await self._question(self._answering.prepare)

    async def ask(self, corpus: str, text: str, last: Turn | None = None) -> Answer:
        """Answer from the articles of a corpus, or say that they do not say.

        `last` is the question that this one may go on with. Raises QuestionError for a text that
        is no question.
        """
        return await self._question(
            lambda: self._answering.answer(self._open(corpus), text, last=last)
        )

    async def search(self, corpus: str, text: str, count: int = 10) -> Sequence[Hit]:
        """Return the best passages, best first."""
        return await self._question(lambda: self._answering.search(self._open(corpus), text, count))

    async def add_address(self, corpus: str, url: str, given: Given) -> Receipt:
        """Fetch and add a page; raises SourceError where it is refused or unreadable."""
        fetcher = await self.fetcher(corpus)
        return await self.add_page(corpus, await fetcher.fetch(url), given)

    async def fetcher(self, corpus: str) -> Fetcher:
        """Return the way to the network for a corpus: what it has overridden is open to it."""
        return for_corpus(self._fetcher, await self._question(partial(self._overridden, corpus)))

    async def add_page(self, corpus: str, page: Page, given: Given) -> Receipt:
        """Read and add a page that is already here: a file, an attachment, pasted text."""
        fetched = datetime.now(UTC)

        def work() -> Receipt:
            extracted = self._parser.read(page, given, fetched)
            opened = self._open(corpus)
            receipt = opened.add(extracted.article, extracted.canonical)
            if page.url is None:  # a file says nothing about what may be shown of it
                opened.snippets.inherit(receipt.stored.id)
            else:
                opened.snippets.put(receipt.stored.id, page.max_snippet)
            return receipt

        return await self._ingest(work)

    async def add_article(self, corpus: str, article: Article) -> Receipt:
        """Add an article that is already clean."""
        return await self._ingest(lambda: self._open(corpus).add(article))

    async def remove(self, corpus: str, article_id: int) -> StoredArticle:
        """Remove an article from the store and every index; NotFoundError for an unknown id."""
        return await self._ingest(lambda: self._open(corpus).remove(article_id))

    async def article(self, corpus: str, article_id: int) -> StoredArticle:
        """Return one article; NotFoundError for an unknown id."""
        return await self._question(lambda: self._open(corpus).article(article_id))

    async def articles(self, corpus: str) -> Sequence[StoredArticle]:
        """Return all articles, the newest addition first."""
        return await self._question(lambda: self._open(corpus).articles())

    async def extent(self, corpus: str) -> ArchiveExtent:
        """Return how much a corpus holds."""
        return await self._question(lambda: self._answering.extent(self._open(corpus)))

    def close(self) -> None:
        """Wait for the work in progress, drop what is queued."""
        self._questions.shutdown(cancel_futures=True)
        self._ingestion.shutdown(cancel_futures=True)
        self._parser.close()

    def _overridden(self, corpus: str) -> frozenset[str]:
        return self._open(corpus).overrides.hosts()

    def _open(self, name: str) -> Corpus:
        return self._library.corpus(name)

    async def _question(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._questions, work)

    async def _ingest(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._ingestion, work)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.close)
