"""Measure speed and memory with the model that ships: `make bench`, or with `--json`, `--readme`.

Pages are made here and samples ship with Beleg. The large corpus holds the articles of
../shared/data where they are present, and made ones up to its size.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import numpy as np

from bot.answer import Answering
from bot.cli.parts import embedder_for, reader_for
from bot.client import settle
from bot.desk import Desk
from bot.scratch_corpus import read_records
from index.errors import BelegError
from index.fetch import GuardedFetcher
from index.library import Library
from index.protocols import Embedder, Reader, Vectors
from index.records import article_from_record
from index.split import split_passages
from index.store import Store
from index.types import Article, Given, Page, Receipt
from tests.bench_figures import Figure, as_markdown, as_table, quantile, ratio
from tests.bench_start import resident_mib
from tests.machine import cores
from tests.prose import FETCHED, as_page, make_article, make_articles
from tests.quality_table import with_block
from tests.ticker import ticking

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SAMPLES = ROOT / "bot" / "samples"
DATA = ROOT.parent / "shared" / "data"
NEWS = (DATA / "newsqa" / "articles.jsonl", DATA / "wikinews_de.jsonl")

Note = Callable[[str], None]

# What a question and the event loop may take (with 100,000 passages, on four cores).
ANSWER_ALONE_MS, ANSWER_BUSY_MS, LARGEST_GAP_MS = 2000.0, 5000.0, 250.0
SMALL, LARGE = "small", "large"
MEMORY = "memory"
_MIB = 1024 * 1024
# Made articles are numbered; each use begins where no other comes.
_FIRST_OF_BATCHES = 100_000
_FIRST_OF_LARGE = 200_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything."""

    rounds: int = 3
    small_passages: int = 300
    large_passages: int = 6000
    batch: int = 200  # pages that go in while questions are asked
    batch_sentences: int = 6
    questions: int = 30  # per round and corpus
    per_second: float = 5.0
    embedded: int = 600  # sentences whose vectors the large corpus borrows


@dataclass(frozen=True, slots=True)
class Asked:
    """What a round of questions took."""

    milliseconds: list[float]
    largest_gap_ms: float


def borrow(pool: Vectors, count: int, chance: np.random.Generator) -> Vectors:
    """Return the vectors of other sentences, a little moved: as hard to search, made at once.

    Embedding 6,000 passages takes minutes. What a question costs depends on how many vectors
    there are and how they lie to each other, not on whose they are.
    """
    noise = chance.normal(scale=0.3, size=(count, pool.shape[1])) / np.sqrt(pool.shape[1])
    vectors = pool[chance.integers(len(pool), size=count)] + noise
    moved: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return moved


def measure_start(rounds: int, note: Note) -> list[Figure]:
    """Start Beleg and load the model in processes of their own."""
    command: list[float] = []
    starts: list[dict[str, float | None]] = []
    with tempfile.TemporaryDirectory(prefix="beleg-bench-") as data:
        for number in range(rounds):
            note(f"start {number + 1} of {rounds}")
            begun = time.perf_counter()
            _run("bot", "--data", data, "status")
            command.append(time.perf_counter() - begun)
            starts.append(json.loads(_run("tests.bench_start")))
    group = "start, each in a process of its own"
    figures = [Figure(group, "beleg status", "s", tuple(command))]
    for key, name, unit in (
        ("import_s", "import of all that the bot needs", "s"),
        ("model_s", "sentence model, to the first vector", "s"),
        ("without_model_mib", "memory before the model", "MiB"),
        ("with_model_mib", "memory with the model", "MiB"),
    ):
        runs = tuple(value for start in starts if (value := start[key]) is not None)
        figures += [Figure(group, name, unit, runs)] if runs else []
    return figures


def measure_started(data: Path) -> list[Figure]:
    """Start on the large corpus in a process of its own, and ask the questions of the samples."""
    held = json.loads(_run("tests.bench_start", str(data)))["asked_mib"]
    name = "a process that only answers, large corpus"
    return [] if held is None else [Figure(MEMORY, name, "MiB", (held,))]


def _run(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


class Bench:
    """The measurements that share one process, one model and one data directory."""

    def __init__(
        self,
        plan: Plan,
        embedder: Embedder,
        directory: Path,
        note: Note,
        reader: Reader | None = None,
    ) -> None:
        """Take what is measured, where its corpora may lie, and whom to tell of progress."""
        self._plan = plan
        self._embedder = embedder
        self._reader = reader
        self._directory = directory
        self._note = note
        self._samples = [
            Page(path.read_bytes(), "text/html", source=path.name)
            for path in sorted(SAMPLES.glob("*.html"))
        ]
        self._questions = [
            str(record["question"]) for record in read_records(SAMPLES / "questions.jsonl")
        ]

    async def run(self, articles: Sequence[Article]) -> list[Figure]:
        """Measure ingestion, the large corpus (of these articles first) and questions."""
        self._note("loading the model")
        async with self._desk() as (desk, library):
            await desk.prepare()
            settle()
            figures = await self._ingest(desk, library)
            for page in self._samples:  # with vectors of their own: they are what is asked about
                await desk.add_page(LARGE, page, Given())
        figures += self._fill(articles)
        figures += self._reopen()
        async with self._desk() as (desk, _):
            figures += await self._converse(desk)
        held = resident_mib()
        if held is not None:
            name = "this process, after all that went in"
            figures.append(Figure(MEMORY, name, "MiB", (held,)))
        return figures

    @asynccontextmanager
    async def _desk(self) -> AsyncIterator[tuple[Desk, Library]]:
        with closing(Library(self._directory, self._embedder)) as library:
            async with (
                GuardedFetcher(user_agent="Beleg bench") as fetcher,
                Desk(library, fetcher, Answering(reader=self._reader)) as desk,
            ):
                yield desk, library

    async def _ingest(self, desk: Desk, library: Library) -> list[Figure]:
        """Fill the small corpus, a portion a run."""
        for page in self._samples:
            await desk.add_page(SMALL, page, Given())
        corpus, rounds = library.corpus(SMALL), self._plan.rounds
        # A made article of eight sentences is one passage.
        portion = max(1, (self._plan.small_passages - corpus.size().passages) // rounds)
        articles, sentences = [], []
        for number in range(rounds):
            self._note(f"ingestion {number + 1} of {rounds}: {portion} pages")
            pages = [as_page(a) for a in make_articles(portion, first=number * portion)]
            before = corpus.size().sentences
            begun = time.perf_counter()
            await asyncio.gather(*(desk.add_page(SMALL, page, Given()) for page in pages))
            took = time.perf_counter() - begun
            articles.append(portion / took)
            sentences.append((corpus.size().sentences - before) / took)
        group = f"ingestion of web pages with {sum(sentences) / sum(articles):.0f} sentences"
        return [
            Figure(group, "articles", "a second", tuple(articles)),
            Figure(group, "sentences", "a second", tuple(sentences)),
        ]

    def _fill(self, articles: Sequence[Article]) -> list[Figure]:
        """Write the large corpus, given articles first; its indexes are built when it is opened."""
        wanted = _with_passages(articles, self._plan.large_passages)
        given = min(len(articles), len(wanted))
        self._note(f"large corpus: {given} articles of others, {len(wanted) - given} made here")
        parted = [(article, split_passages(article)) for article in wanted]
        sentences = [s.text for _, passages in parted for p in passages for s in p.sentences]
        step = max(1, len(sentences) // self._plan.embedded)
        pool = self._embedder.embed_sentences(sentences[::step])
        chance = np.random.default_rng(0)
        path = self._directory / "corpora" / f"{LARGE}.sqlite3"
        took = []
        with closing(Store(path, self._embedder.name)) as store:
            for article, passages in parted:
                vectors = borrow(pool, sum(len(p.sentences) for p in passages), chance)
                begun = time.perf_counter()
                store.add(article, passages, vectors, None)
                took.append(1000 * (time.perf_counter() - begun))
                if len(took) % 500 == 0:
                    self._note(f"large corpus: {len(took)} of {len(wanted)} articles")
            count, _ = store.counts()
        # Closed: nothing lies in the write-ahead log any more.
        size = sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*"))
        group = f"storage, {count:,} passages"
        return [
            Figure(group, "database for 1,000 passages", "MiB", (1000 * size / count / _MIB,)),
            Figure(group, "transaction of an article, p50", "ms", (statistics.median(took),)),
        ]

    def _reopen(self) -> list[Figure]:
        """Open the large corpus as a start does, up to its first hit."""
        runs, passages = [], 0
        for number in range(self._plan.rounds):
            self._note(f"rebuild of the indexes {number + 1} of {self._plan.rounds}")
            begun = time.perf_counter()
            with closing(Library(self._directory, self._embedder)) as library:
                library.corpus(LARGE).search(self._questions[0], 1)
                runs.append(time.perf_counter() - begun)
                passages = library.corpus(LARGE).size().passages
        group = f"storage, {passages:,} passages"
        return [Figure(group, "open, rebuild the indexes, first hit", "s", tuple(runs))]

    async def _converse(self, desk: Desk) -> list[Figure]:
        """Ask alone and while articles go in, in turns, so that both meet the same load."""
        alone_small, alone_large, busy = [], [], []
        speeds: list[float] = []
        for corpus in (SMALL, LARGE):  # opened, and warm
            await desk.ask(corpus, self._questions[0])
        for number in range(self._plan.rounds):
            self._note(f"questions {number + 1} of {self._plan.rounds}: alone")
            alone_small.append(await self._ask(desk, SMALL, self._enough()))
            alone_large.append(await self._ask(desk, LARGE, self._enough()))
            self._note(f"questions {number + 1} of {self._plan.rounds}: while articles go in")
            first = _FIRST_OF_BATCHES + number * self._plan.batch
            made = make_articles(self._plan.batch, self._plan.batch_sentences, first=first)
            pages = [as_page(article) for article in made]
            begun = time.perf_counter()
            batch = asyncio.gather(*(desk.add_page(LARGE, page, Given()) for page in pages))
            busy.append(await self._ask(desk, LARGE, _unfinished(batch)))
            await batch
            speeds.append(len(pages) / (time.perf_counter() - begun))
        of_large = f"questions, {self._plan.large_passages:,} passages"
        titles = (
            (f"questions, {self._plan.small_passages} passages", alone_small, ANSWER_ALONE_MS),
            (of_large, alone_large, ANSWER_ALONE_MS),
            (f"{of_large}, while {self._plan.batch} articles go in", busy, ANSWER_BUSY_MS),
        )
        small, large, loaded = (_told(*title) for title in titles)
        return [
            *small,
            *large,
            ratio("p50 beside that of the small corpus", large[0], small[0]),
            *loaded,
            ratio("p50 beside that alone", loaded[0], large[0]),
            ratio("p95 beside that alone", loaded[1], large[1]),
            Figure(loaded[0].group, "articles meanwhile", "a second", tuple(speeds)),
        ]

    def _enough(self) -> Callable[[int], bool]:
        return lambda asked: asked < self._plan.questions

    async def _answered(self, desk: Desk, corpus: str, text: str) -> bool:
        """Ask; who is told that too many are asking will ask again, and has waited all along."""
        try:
            await desk.ask(corpus, text)
        except BelegError as refusal:
            if refusal.code != "too_many_asking":
                raise
            return False
        return True

    async def _ask(self, desk: Desk, corpus: str, going_on: Callable[[int], bool]) -> Asked:
        """Ask at a steady pace, whether or not earlier questions are answered.

        A question's time begins when it was due: waiting for a busy loop counts.
        """
        milliseconds: list[float] = []

        async def ask(text: str, due: float) -> None:
            while not await self._answered(desk, corpus, text):  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0.01)
            milliseconds.append(1000 * (time.perf_counter() - due))

        async with ticking() as gaps, asyncio.TaskGroup() as tasks:
            begun = time.perf_counter()
            for asked, question in enumerate(cycle(self._questions)):
                due = begun + asked / self._plan.per_second
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                if not going_on(asked):
                    break
                tasks.create_task(ask(question, due))
        return Asked(milliseconds, 1000 * max(gaps))


def _unfinished(batch: asyncio.Future[list[Receipt]]) -> Callable[[int], bool]:
    return lambda _asked: not batch.done()


def _told(group: str, rounds: Sequence[Asked], slowest_ms: float) -> list[Figure]:
    p50 = tuple(statistics.median(asked.milliseconds) for asked in rounds)
    p95 = tuple(quantile(asked.milliseconds, 0.95) for asked in rounds)
    gaps = tuple(asked.largest_gap_ms for asked in rounds)
    return [
        Figure(group, "p50", "ms", p50),
        Figure(group, "p95", "ms", p95, slowest_ms),
        Figure(group, "largest gap of the event loop", "ms", gaps, LARGEST_GAP_MS),
    ]


def _with_passages(articles: Sequence[Article], count: int) -> list[Article]:
    """Return articles with that many passages or a few more: the given ones, then made ones."""
    made = (make_article(number, 40) for number in itertools.count(_FIRST_OF_LARGE))
    wanted: list[Article] = []
    for article in itertools.chain(articles, made):
        if count <= 0:
            break
        count -= len(split_passages(article))
        wanted.append(article)
    return wanted


def read_news() -> list[Article]:
    """Return the articles of ../shared/data that are there."""
    records = [record for path in NEWS if path.is_file() for record in read_records(path)]
    return [article_from_record(record, FETCHED) for record in records]


def main() -> int:
    """Measure everything and write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="write figures for a program")
    parser.add_argument("--readme", action="store_true", help="also write them into the README")
    options = parser.parse_args()
    begun = time.perf_counter()

    def note(text: str) -> None:
        sys.stderr.write(f"{time.perf_counter() - begun:4.0f} s  {text}\n")

    plan, load = Plan(), os.getloadavg()[0]
    articles = read_news()
    figures = measure_start(plan.rounds, note)
    with tempfile.TemporaryDirectory(prefix="beleg-bench-") as directory:
        bench = Bench(plan, embedder_for(None), Path(directory), note, reader_for(None))
        figures += asyncio.run(bench.run(articles))
        note("memory of a process that only answers")
        figures += measure_started(Path(directory))
    setting = {
        "cores": cores(),
        "load_before": round(load, 1),
        "python": platform.python_version(),
        "questions_per_second": plan.per_second,
        "large_corpus": (
            f"{len(articles)} articles of newsqa and wikinews, then made ones; vectors borrowed "
            f"from {plan.embedded} embedded sentences"
            if articles
            else "made articles; vectors borrowed from embedded sentences"
        ),
        "took_s": round(time.perf_counter() - begun),
    }
    if options.json:
        text = json.dumps({**setting, "figures": [f.as_json() for f in figures]}, indent=2)
    else:
        lines = [f"{name.replace('_', ' ')}: {value}" for name, value in setting.items()]
        text = "\n".join([*lines, "", as_table(figures)])
    sys.stdout.write(f"{text}\n")
    if options.readme:
        where = f"On {cores()} cores that had other work, load {load:.1f} before."
        block = f"{as_markdown(figures)}\n\n{where} Large corpus: {setting['large_corpus']}."
        readme = with_block(README.read_text(encoding="utf-8"), "bench", block)
        README.write_text(readme, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
