"""A backup made while articles come in, restored elsewhere: it answers as its origin does."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.answer import Answering
from bot.render import render_answer
from bot.scratch_corpus import read_records
from bot.types import Language
from index.backup import back_up
from index.corpus import Corpus
from index.onnx_embedder import OnnxEmbedder
from index.own_model import shipped_model
from index.protocols import Embedder
from index.records import article_from_record
from index.types import Article
from tests.fakes import HashingEmbedder
from tests.making import FETCHED
from tests.prose import make_articles
from tests.torture.kills import BrokenPromiseError, restore_into
from tests.torture.worker import corpus_path

NEWS = Path(__file__).parents[3] / "shared" / "data" / "newsqa"
_NOW = datetime(2024, 12, 1, 12, tzinfo=UTC)
_FIRST_MADE = 500_000  # made articles are numbered; these are no other's
_PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Compared:
    """How much was asked, how much of that has an answer, and what went on meanwhile."""

    articles: int  # in the backup
    meanwhile: int  # that came in between the first look and the end of the backup
    questions: int
    answered: int

    def lines(self) -> list[str]:
        """Return the summary."""
        return [
            f"a backup of {self.articles} articles while {self.meanwhile} came in, restored",
            f"  questions answered the same: {self.questions}, with quotations: {self.answered}",
        ]


def compare_backup(directory: Path, questions: int) -> Compared:
    """Use articles and questions of people where they are, with the model that ships."""
    if not NEWS.is_dir():
        made = [f"Was geschah in Ort {number}?" for number in range(questions)]
        return compare(directory, list(make_articles(100)), made, HashingEmbedder())
    articles = [article_from_record(one, FETCHED) for one in read_records(NEWS / "articles.jsonl")]
    asked = [str(one["question"]) for one in read_records(NEWS / "questions.jsonl")]
    asked = asked[:: max(1, len(asked) // questions)][:questions]
    return compare(directory, articles, asked, OnnxEmbedder(shipped_model()))


def compare(
    directory: Path, articles: Sequence[Article], questions: Sequence[str], embedder: Embedder
) -> Compared:
    """Back up amid an ingest; BrokenPromiseError where one answer of the copy is another one."""
    data, saved = directory / "data", directory / "saved.tar"
    half = len(articles) // 2
    corpus = Corpus(corpus_path(data), embedder)
    for article in articles[:half]:
        corpus.add(article)
    before = corpus.size().articles
    stopped, begun = threading.Event(), threading.Event()
    more = itertools.chain(articles[half:], make_articles(10_000, first=_FIRST_MADE))
    coming = threading.Thread(target=_add, args=(corpus, more, stopped.is_set, begun.set))
    coming.start()
    try:
        if not begun.wait(_PATIENCE_S):
            raise BrokenPromiseError("nothing comes in")
        back_up(data, saved, _NOW)
        meanwhile = corpus.size().articles - before
    finally:
        stopped.set()
        coming.join()
    restore_into(saved, directory / "elsewhere")
    with closing(Corpus(corpus_path(directory / "elsewhere"), embedder)) as copy:
        there = {one.id for one in copy.articles()}
        if not before <= len(there) <= before + meanwhile:
            raise BrokenPromiseError(f"{len(there)} articles of {before} to {before + meanwhile}")
        for one in corpus.headlines():
            if one.id not in there:
                corpus.remove(one.id)
        corpus.close()
        # Opened again: how often a word comes is counted anew where articles went.
        with closing(Corpus(corpus_path(data), embedder)) as origin:
            answered = sum(_same(origin, copy, question) for question in questions)
    return Compared(len(there), meanwhile, len(questions), answered)


def _add(
    corpus: Corpus,
    articles: Iterable[Article],
    stopped: Callable[[], bool],
    begun: Callable[[], None],
) -> None:
    for article in articles:
        if stopped():
            return
        corpus.add(article)
        begun()


def _same(origin: Corpus, copy: Corpus, question: str) -> bool:
    """Ask both; return whether they have answered."""
    answering = Answering(clock=lambda: _NOW)
    one, other = (answering.answer(corpus, question) for corpus in (origin, copy))
    texts = [render_answer(answer, Language.GERMAN, _NOW.date()) for answer in (one, other)]
    if texts[0] != texts[1] or one.confidence != other.confidence:
        raise BrokenPromiseError(f"{question}: {texts[1]!r} instead of {texts[0]!r}")
    return one.answered
