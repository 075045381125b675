"""Measure all of it on a question set: every stage as it is used, in a throw-away directory."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answer import Answering
from bot.metrics import Judged, figures, highlight_is_right, is_right
from bot.question_set import GROUPINGS, Expected, read_questions
from bot.scratch_corpus import Progress, scratch_corpus
from index.corpus import Corpus
from index.protocols import Embedder

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a set: over all, and by each grouping that the set has."""

    articles: int
    passages: int
    overall: dict[str, float | int | None]
    groups: dict[str, dict[str, dict[str, float | int | None]]]

    def as_json(self) -> dict[str, object]:
        """Return the report for a program."""
        return {
            "articles": self.articles,
            "passages": self.passages,
            "overall": self.overall,
            **{f"by_{name}": group for name, group in self.groups.items()},
        }

    def as_text(self) -> str:
        """Return the report as tables for a person: figures down, groups across."""
        blocks = [f"{self.articles} articles, {self.passages} passages"]
        blocks.append(_table("all", {"all": self.overall}))
        blocks += [_table(name, group) for name, group in self.groups.items()]
        return "\n\n".join(blocks)


def evaluate(
    articles: Path,
    questions: Path,
    more_articles: Sequence[Path],
    embedder: Embedder,
    *,
    progress: Progress[object],
    answering: Answering | None = None,
) -> Report:
    """Ingest the articles, ask every question and judge what comes back.

    `progress` is called with a list and a label and yields the list's items. Raises SettingError
    for a file that cannot be read as what it should be.
    """
    expected = read_questions(questions)
    with scratch_corpus([articles, *more_articles], embedder, progress) as corpus:
        size = corpus.size()
        chosen = answering or Answering()
        judged = [
            judge(corpus, chosen, question)
            for question in progress(expected, "questions")
            if isinstance(question, Expected)
        ]
    return Report(size.articles, size.passages, figures(judged), _grouped(judged))


def judge(corpus: Corpus, answering: Answering, expected: Expected) -> Judged:
    """Ask one question and compare the answer with what is expected."""
    begun = time.perf_counter()
    answer = answering.answer(corpus, expected.text)
    milliseconds = 1000.0 * (time.perf_counter() - begun)
    hits = answering.search(corpus, expected.text, _DEPTH)
    # Where Beleg is silent, what it would have quoted: silence is measured apart from choosing.
    quotes = answer.quotes or answering.quotes(corpus, expected.text)
    ranks = [i for i, hit in enumerate(hits, 1) if hit.stored.article.source_id in expected.answers]
    right = [
        i for i, q in enumerate(quotes, 1) if is_right(q, q.stored.article.source_id, expected)
    ]
    marked = next((quote for quote in quotes[:1] if quote.highlight is not None), None)
    return Judged(
        expected=expected,
        article_rank=min(ranks, default=None),
        quote_rank=min(right, default=None),
        answered=answer.answered,
        confidence=answer.confidence,
        verbatim=all(
            corpus.article(q.stored.id).article.text[q.span.start : q.span.end] == q.text
            for q in quotes
        ),
        highlight_right=None
        if marked is None
        else highlight_is_right(marked, marked.stored.article.source_id, expected),
        quote_words=tuple(len(quote.text.split()) for quote in quotes),
        milliseconds=milliseconds,
    )


def _grouped(judged: Sequence[Judged]) -> dict[str, dict[str, dict[str, float | int | None]]]:
    groups = {}
    for name in GROUPINGS:
        values = sorted({j.expected.groups[name] for j in judged if name in j.expected.groups})
        if len(values) > 1 or (name == "kind" and values):
            groups[name] = {
                value: figures([j for j in judged if j.expected.groups.get(name) == value])
                for value in values
            }
    return groups


def _table(name: str, group: dict[str, dict[str, float | int | None]]) -> str:
    rows = list(next(iter(group.values())))
    shown = [row for row in rows if any(column[row] is not None for column in group.values())]
    width = max(10, *(len(value) + 2 for value in group))
    first = max(len(row) for row in shown) + 2
    lines = [name.ljust(first) + "".join(value.rjust(width) for value in group)]
    for row in shown:
        cells = ("-" if column[row] is None else str(column[row]) for column in group.values())
        lines.append(row.ljust(first) + "".join(cell.rjust(width) for cell in cells))
    return "\n".join(lines)
