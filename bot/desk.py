"""What a chat may ask of Beleg: asynchronous outside, plain functions in worker threads inside."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

from bot.answer import Answering
from bot.conversation import Turn
from bot.excerpt_limits import ExcerptLimits
from bot.fair_turns import FairTurns
from bot.intake import Incoming, Intake
from bot.news.chart import Chart, ImageKind
from bot.news.claim import Account, Claim
from bot.news.picture import Draughtsman
from bot.observer import Observer, Unobserved
from bot.types import Answer, ArchiveExtent
from bot.watch_compare import Compared, compare, holding_now
from index.corpus import Corpus
from index.errors import ReservedError
from index.filter import Filter
from index.library import Library
from index.override_table import Override, Vouched
from index.parsing import ParserProcess
from index.protocols import Fetcher, Parser
from index.rights import for_corpus, host_key, site_of
from index.types import Article, Extracted, Given, Headline, Page, Receipt, StoredArticle
from index.watch_table import Watch

T = TypeVar("T")


class Desk:
    """The one place that hops to threads.

    Questions and ingestion have workers of their own, so that a batch never queues ahead of a
    question; what people ask is served in turns, corpus by corpus, and what is too much for that
    raises BelegError: "too_many_asking" or "own_questions_waiting". Every method takes the name of
    the corpus and sees nothing of another.
    """

    def __init__(
        self,
        library: Library,
        fetcher: Fetcher,
        answering: Answering,
        parser: Parser | None = None,
        turns: FairTurns | None = None,
        *,
        observer: Observer | None = None,
        draughtsman: Draughtsman | None = None,
    ) -> None:
        """Take the parts; `close` ends the workers and the parser but leaves the library open.

        Without a parser pages are read in a limited process, which starts with the first of them;
        pictures are drawn in another one.
        """
        self._library = library
        self._fetcher = fetcher
        self._answering = answering
        self._parser = parser or ParserProcess()
        self._turns = FairTurns() if turns is None else turns
        self._observer = observer or Unobserved()
        self._intake = Intake(library, self._observer)
        self._questions = ThreadPoolExecutor(2, thread_name_prefix="question")
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="read")
        self._ingestion = ThreadPoolExecutor(1, thread_name_prefix="ingest")
        self._draughtsman = draughtsman or Draughtsman()
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="draw")

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn."""
        return len(self._turns)

    @property
    def limits(self) -> ExcerptLimits:
        """How much of an article may be shown at once; its site may want less."""
        return self._answering.limits

    async def prepare(self) -> None:
        """Load what the first question would otherwise wait for."""
        await self._question(self._library.prepare)
        await self._question(self._answering.prepare)

    async def ask(
        self,
        corpus: str,
        text: str,
        last: Turn | None = None,
        *,
        only: Filter | None = None,
        longest: int | None = None,
        asker: int | None = None,
        now: datetime | None = None,
    ) -> Answer:
        """Answer from the articles of a corpus, or say that they do not say.

        `last` is the question that this one may go on with, `only` what may answer it, `longest`
        how many characters a quotation may have, if fewer than the limits say; `now` is the moment
        of asking, as everywhere here: "yesterday" is read against it, by this machine's zone. Of
        one `asker` one question is answered at a time. Raises QuestionError for a text that is no
        question.
        """

        def work(opened: Corpus) -> Answer:
            return self._answering.answer(
                opened, text, last=last, only=only, longest=longest, now=_here(now)
            )

        with self._observer.question() as asked:
            answer = await self.in_turn(corpus, work, asker)
            asked.answered = answer.answered
        return answer

    async def account(
        self,
        corpus: str,
        text: str,
        *,
        now: datetime | None = None,
        only: Filter | None = None,
        asker: int | None = None,
    ) -> Account:
        """Return all that the articles claim on a question; see Answering.account."""
        return await self.in_turn(
            corpus,
            lambda opened: self._answering.account(opened, text, now=_here(now), only=only),
            asker,
        )

    async def holding(
        self,
        corpus: str,
        text: str,
        *,
        now: datetime | None = None,
        only: Filter | None = None,
        asker: int | None = None,
    ) -> tuple[Claim, ...]:
        """Return the claims that an answer would say hold, none where there would be no answer."""
        return await self.in_turn(
            corpus,
            lambda opened: holding_now(self._answering, opened, text, _here(now), only),
            asker,
        )

    async def compared(self, corpus: str, watch: Watch, now: datetime) -> Compared | None:
        """Return a watch compared with what came in since, None where nothing of it touches it."""
        moment = now.astimezone()
        return await self.in_turn(
            corpus, lambda opened: compare(self._answering, opened, watch, moment)
        )

    async def further(
        self,
        corpus: str,
        text: str,
        *,
        only: Filter | None = None,
        longest: int | None = None,
        asker: int | None = None,
        now: datetime | None = None,
    ) -> Answer:
        """Return what else the articles say to a question, beside what `ask` has shown."""
        return await self.in_turn(
            corpus,
            lambda opened: self._answering.further(
                opened, text, only=only, longest=longest, now=_here(now)
            ),
            asker,
        )

    async def surroundings(
        self,
        corpus: str,
        text: str,
        *,
        only: Filter | None = None,
        longest: int | None = None,
        asker: int | None = None,
        now: datetime | None = None,
    ) -> Answer:
        """Return what `ask` shows, with the sentences around it."""
        return await self.in_turn(
            corpus,
            lambda opened: self._answering.surroundings(
                opened, text, only=only, longest=longest, now=_here(now)
            ),
            asker,
        )

    async def add_address(
        self, corpus: str, url: str, given: Given, vouched: Vouched | None = None
    ) -> Receipt:
        """Fetch and add a page; raises SourceError where it is refused or unreadable.

        With somebody who answers for it, the reservations of its site are set aside for good.
        """
        return await self.add_page(corpus, await self.fetch(corpus, url, vouched), given)

    async def fetch(self, corpus: str, url: str, vouched: Vouched | None = None) -> Page:
        """Fetch a page without adding it, as `add_address` does."""
        passed: set[str] = set()  # a redirect may lead to another site that reserves its pages
        while True:
            fetcher = await self.fetcher(corpus)
            try:
                with self._noted():
                    return await fetcher.fetch(url)
            except ReservedError as error:
                host = host_key(str(error.details["host"]))
                if vouched is None or host in passed:
                    raise
                passed.add(host)
                stated = str(error.details["rule"])
                override = vouched.override(host, datetime.now(UTC), stated)
                await self._ingest(partial(self._set_aside, corpus, override))

    async def set_aside(self, corpus: str, named: str, vouched: Vouched) -> Override:
        """Set the reservations of a host, or of an address's host, aside for good.

        What the site states now is asked for and kept with it. FetchError for what names no host.
        """
        host, stated = await site_of(self._fetcher, named)
        override = vouched.override(host, datetime.now(UTC), stated)
        await self._ingest(partial(self._set_aside, corpus, override))
        return override

    async def fetcher(self, corpus: str) -> Fetcher:
        """Return the way to the network for a corpus: what it has overridden is open to it."""
        return for_corpus(self._fetcher, await self._question(partial(self._overridden, corpus)))

    async def add_page(self, corpus: str, page: Page, given: Given) -> Receipt:
        """Read and add a page that is already here: a file, an attachment, pasted text."""
        return await self._ingest(partial(self._intake.add, corpus, await self.read(page, given)))

    async def read(self, page: Page, given: Given) -> Incoming:
        """Read a page without adding it: the next can be read while this one is embedded."""
        fetched = datetime.now(UTC)
        extracted = await self._run(self._reading, partial(self._parser.read, page, given, fetched))
        return Incoming(extracted, page)

    async def add_all(self, corpus: str, several: Sequence[Incoming]) -> list[Receipt | Exception]:
        """Add some articles, faster than one by one; what came of each, in their order.

        Each is committed by itself. StoreError and the like, which concern all, are raised.
        """
        return await self._ingest(partial(self._intake.add_all, corpus, several))

    async def add_article(self, corpus: str, article: Article) -> Receipt:
        """Add an article that is already clean."""
        return await self._ingest(partial(self._intake.add, corpus, Incoming(Extracted(article))))

    async def article_of_file(self, corpus: str, digest: bytes) -> StoredArticle | None:
        """Return what came of a file that was taken in before; see index.intake_table."""

        def find() -> StoredArticle | None:
            opened = self._open(corpus)
            known = opened.intake.find(digest)
            return None if known is None else opened.article(known)

        return await self._question(find)

    async def remember_file(self, corpus: str, digest: bytes, article_id: int) -> None:
        """Keep which article came of a file."""
        await self._ingest(lambda: self._open(corpus).intake.remember(digest, article_id))

    async def remove(self, corpus: str, article_id: int) -> StoredArticle:
        """Remove an article from the store and every index; NotFoundError for an unknown id."""
        return await self._ingest(lambda: self._read(corpus).remove(article_id))

    async def article(self, corpus: str, article_id: int) -> StoredArticle:
        """Return one article; NotFoundError for an unknown id."""
        return await self.look(corpus, lambda opened: opened.article(article_id))

    async def headlines(self, corpus: str) -> Sequence[Headline]:
        """Return all articles without their texts, the newest addition first."""
        return await self.look(corpus, lambda opened: opened.headlines())

    async def look(self, corpus: str, work: Callable[[Corpus], T]) -> T:
        """Return what a quick look into a corpus finds; it goes with the questions."""
        return await self._question(lambda: work(self._read(corpus)))

    async def in_turn(
        self, corpus: str, work: Callable[[Corpus], T], asker: int | None = None
    ) -> T:
        """Return what a longer look into a corpus finds; it takes its turn as questions do."""
        async with AsyncExitStack() as stack:
            with self._noted():
                await stack.enter_async_context(self._turns.turn(corpus, asker))
            return await self.look(corpus, work)

    async def change(self, corpus: str, work: Callable[[Corpus], T]) -> T:
        """Change something in a corpus; it takes its turn with what comes in."""
        return await self._ingest(lambda: work(self._open(corpus)))

    async def survey(self, work: Callable[[Library], T]) -> T:
        """Return what a quick look into all corpora finds; it goes with the questions."""
        return await self._question(lambda: work(self._library))

    async def over_all(self, work: Callable[[Library], T]) -> T:
        """Do something with all corpora; it takes its turn with what comes in."""
        return await self._ingest(lambda: work(self._library))

    async def aside(self, work: Callable[[], T]) -> T:
        """Read something that comes from outside, as pages are read."""
        return await self._run(self._reading, work)

    async def draw(self, chart: Chart, kind: ImageKind = ImageKind.PNG) -> bytes | None:
        """Return a picture as a file; None where it could not be drawn in time."""
        return await self._run(self._drawing, partial(self._draughtsman.draw, chart, kind))

    async def corpora(self) -> list[str]:
        """Return the names of all corpora."""
        return await self._question(self._library.names)

    async def extent(self, corpus: str, only: Filter | None = None) -> ArchiveExtent:
        """Return how much a corpus holds, or a filter admits of it."""
        return await self.look(corpus, lambda opened: self._answering.extent(opened, only))

    def close(self) -> None:
        """Wait for the work in progress, drop what is queued."""
        self._questions.shutdown(cancel_futures=True)
        self._reading.shutdown(cancel_futures=True)
        self._ingestion.shutdown(cancel_futures=True)
        self._drawing.shutdown(cancel_futures=True)
        self._parser.close()
        self._draughtsman.close()

    def _set_aside(self, corpus: str, override: Override) -> None:
        self._open(corpus).overrides.put(override)

    def _overridden(self, corpus: str) -> frozenset[str]:
        return self._read(corpus).overrides.hosts()

    def _open(self, name: str) -> Corpus:
        return self._library.corpus(name)

    def _read(self, name: str) -> Corpus:
        """Return a corpus as it is: who only reads makes none."""
        return self._library.existing(name)

    async def _question(self, work: Callable[[], T]) -> T:
        return await self._run(self._questions, work)

    async def _ingest(self, work: Callable[[], T]) -> T:
        return await self._run(self._ingestion, work)

    async def _run(self, worker: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        with self._noted():
            return await asyncio.get_running_loop().run_in_executor(worker, work)

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self._observer.error(error)
            raise

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.close)


def _here(moment: datetime | None) -> datetime | None:
    """Return a moment in the zone of this machine: a day begins and ends by that."""
    return None if moment is None else moment.astimezone()
