"""Measure all of it on a question set: every stage as it is used, in a throw-away directory."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answer import PASSAGES, Answering
from bot.damage import DAMAGES
from bot.metrics import Again, Decision, Figures, Judged, figures, highlight_is_right, is_right
from bot.question import LONGEST
from bot.question_set import GROUPINGS, Expected, read_questions
from bot.scratch_corpus import Progress, scratch_corpus
from bot.training_rows import DEPTH
from bot.types import Quote
from index.corpus import Corpus
from index.protocols import Embedder
from index.types import Hit, Retrieval

_RANKED = 10


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a set: over all, and by each grouping that the set has."""

    articles: int
    passages: int
    overall: Figures
    groups: dict[str, dict[str, Figures]]

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
    again: bool = True,
) -> Report:
    """Ingest the articles, ask every question and judge what comes back.

    With `again`, answerable questions are asked again under worse conditions. `progress` is called
    with a list and a label and yields the list's items. Raises SettingError for a file that cannot
    be read as what it should be.
    """
    expected = read_questions(questions)
    with scratch_corpus([articles, *more_articles], embedder, progress) as corpus:
        size = corpus.size()
        chosen = answering or Answering()
        judged = [
            judge(corpus, chosen, question, again=again)
            for question in progress(expected, "questions")
            if isinstance(question, Expected)
        ]
    return Report(size.articles, size.passages, figures(judged), _grouped(judged))


def judge(
    corpus: Corpus, answering: Answering, expected: Expected, *, again: bool = True
) -> Judged:
    """Ask one question and compare the answer with what is expected."""
    begun = time.perf_counter()
    answer = answering.answer(corpus, expected.text)
    milliseconds = 1000.0 * (time.perf_counter() - begun)
    found = corpus.search(answer.question.text, DEPTH, answer.question.language)
    right = [_is_right(hit, expected) for hit in found.hits[:_RANKED]]
    # Where Beleg is silent, what it would have quoted: silence is measured apart from choosing.
    quotes = answer.quotes or answering.quotes(corpus, expected.text, _best(found))
    sentences = [sentence for quote in quotes for sentence in quote.parted()]

    def rank(some: Sequence[Quote]) -> int | None:
        return _first([is_right(q, q.stored.article.source_id, expected) for q in some])

    judged = Judged(
        expected=expected,
        kind=answer.question.kind,
        article_rank=_first(right),
        quote_rank=rank(quotes),
        sentence_rank=rank(sentences),
        answered=answer.answered,
        confidence=answer.confidence,
        verbatim=all(
            corpus.article(q.stored.id).article.text[q.span.start : q.span.end] == q.text
            for q in quotes
        ),
        highlights=tuple(
            None
            if quote.highlight is None
            else highlight_is_right(quote, quote.stored.article.source_id, expected)
            for quote in answer.quotes
        ),
        quote_words=tuple(len(quote.text.split()) for quote in answer.quotes),
        milliseconds=milliseconds,
    )
    if not again or not expected.answerable:
        return judged
    return replace(judged, again=_ask_again(corpus, answering, expected, found))


def _ask_again(corpus: Corpus, answering: Answering, expected: Expected, found: Retrieval) -> Again:
    """Ask without the right articles, and with damaged words.

    The right articles are taken out of what was found, not out of the corpus: the rarity of words,
    and which words there are, stays that of the whole corpus.
    """

    def decide(left: Sequence[Hit]) -> Decision:
        retrieval = _best(replace(found, hits=tuple(left)))
        answer = answering.answer(corpus, expected.text, retrieval)
        return Decision(answer.answered, answer.confidence)

    right = [hit for hit in found.hits if _is_right(hit, expected)]
    topics = {hit.stored.article.title for hit in right}
    left = [hit for hit in found.hits if not _is_right(hit, expected)]
    others = [hit for hit in left if hit.stored.article.title not in topics]
    removed = decide(left)
    texts = {name: damage(expected.text)[:LONGEST] for name, damage in DAMAGES.items()}
    first = {expected.text: bool(found.hits) and _is_right(found.hits[0], expected)}
    for text in texts.values():
        if text not in first:
            hits = answering.search(corpus, text, 1)
            first[text] = bool(hits) and _is_right(hits[0], expected)
    return Again(
        removed=removed,
        topic_removed=removed if others == left else decide(others),
        found={name: first[text] for name, text in texts.items()},
    )


def _is_right(hit: Hit, expected: Expected) -> bool:
    return hit.stored.article.source_id in expected.answers


def _best(found: Retrieval) -> Retrieval:
    return replace(found, hits=found.hits[:PASSAGES])


def _first(right: Sequence[bool]) -> int | None:
    return right.index(True) + 1 if True in right else None


def _grouped(judged: Sequence[Judged]) -> dict[str, dict[str, Figures]]:
    groups = {}
    for name in (*GROUPINGS, "asked_for"):
        values = sorted({j.groups[name] for j in judged if name in j.groups})
        if len(values) > 1 or (name == "kind" and values):
            groups[name] = {
                value: figures([j for j in judged if j.groups.get(name) == value], judged)
                for value in values
            }
    return groups


def _table(name: str, group: dict[str, Figures]) -> str:
    rows = list(next(iter(group.values())))
    shown = [row for row in rows if any(column[row] is not None for column in group.values())]
    width = max(10, *(len(value) + 2 for value in group))
    first = max(len(row) for row in shown) + 2
    lines = [name.ljust(first) + "".join(value.rjust(width) for value in group)]
    for row in shown:
        cells = ("-" if column[row] is None else str(column[row]) for column in group.values())
        lines.append(row.ljust(first) + "".join(cell.rjust(width) for cell in cells))
    return "\n".join(lines)
