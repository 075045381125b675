"""Measure all of it on a question set: every stage as it is used, in a throw-away directory."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.answer import Answering
from bot.metrics import Judged, figures, highlight_is_right, is_right
from bot.question_set import GROUPINGS, Expected, read_questions
from index.corpus import Corpus
from index.errors import SettingError, SourceError
from index.library import Library
from index.protocols import Embedder
from index.records import article_from_record

T = TypeVar("T")
Progress = Callable[[Sequence[T], str], Iterable[T]]

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
    records = [record for path in (articles, *more_articles) for record in read_records(path)]
    with tempfile.TemporaryDirectory(prefix="beleg-evaluate-") as directory:
        library = Library(Path(directory), embedder)
        try:
            corpus = library.corpus("evaluate")
            for record in progress(records, "articles"):
                _add(corpus, record)
            size = corpus.size()
            chosen = answering or Answering()
            judged = [
                judge(corpus, chosen, question)
                for question in progress(expected, "questions")
                if isinstance(question, Expected)
            ]
        finally:
            library.close()
    return Report(size.articles, size.passages, figures(judged), _grouped(judged))


def read_records(path: Path) -> list[dict[str, object]]:
    """Read a JSON-lines file of objects; SettingError names the line that is none."""
    records = []
    try:
        # Not splitlines: JSON strings may hold other line separators, such as U+2028.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError("file_unreadable", path=str(path)) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise SettingError("json_line_invalid", path=str(path), line=number) from error
        if not isinstance(record, dict):
            raise SettingError("json_line_invalid", path=str(path), line=number)
        records.append(record)
    return records


def judge(corpus: Corpus, answering: Answering, expected: Expected) -> Judged:
    """Ask one question and compare the answer with what is expected."""
    begun = time.perf_counter()
    answer = answering.answer(corpus, expected.text)
    milliseconds = 1000.0 * (time.perf_counter() - begun)
    hits = answering.search(corpus, expected.text, _DEPTH)
    # What would be quoted if Beleg were never silent: silence is measured apart from choosing.
    quotes = answering.quotes(corpus, expected.text)
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


def _add(corpus: Corpus, record: object) -> None:
    try:
        corpus.add(article_from_record(record, datetime.now(UTC)))  # type: ignore[arg-type] # it checks
    except SourceError:
        # One bad record is a hole in the corpus, not the end of the measurement.
        return


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
