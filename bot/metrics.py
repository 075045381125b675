"""Figures over judged answers. Shares are percentages; None where there is nothing to count."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.damage import DAMAGES
from bot.question_set import Expected
from bot.types import AnswerKind, Quote
from index.types import Span

Figures = dict[str, float | int | None]

_RECIPROCAL_DEPTH = 10
# While so many answerable questions are answered: how many that should not be?
_AGAINST_UNANSWERABLE = 0.85
_AGAINST_REMOVED = 0.9


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether Beleg spoke, and how sure it was."""

    answered: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Again:
    """An answerable question, asked again under worse conditions.

    `removed` is the decision without the right articles, `topic_removed` that without any article
    of the same headline; `found` says of each damage to the question whether a right article is
    still first.
    """

    removed: Decision
    topic_removed: Decision
    found: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Judged:
    """One question after it was asked.

    `kind` is what Beleg takes the question to ask for, `article_rank` the rank (from 1) of the
    first passage of a right article, `quote_rank` that of the first quotation that is right as
    shown, `sentence_rank` that of the first answering sentence that is right without context; None
    where there was none. `highlights` and `quote_words` have an entry for each quotation given:
    whether what is highlighted is right, None where nothing is, and its number of words.
    """

    expected: Expected
    kind: AnswerKind
    article_rank: int | None
    quote_rank: int | None
    sentence_rank: int | None
    answered: bool
    confidence: float
    verbatim: bool
    highlights: tuple[bool | None, ...]
    quote_words: tuple[int, ...]
    milliseconds: float
    again: Again | None = None

    @property
    def groups(self) -> Mapping[str, str]:
        """Return the groups that the question belongs to, by the name of the grouping."""
        return {**self.expected.groups, "asked_for": self.kind.value}


def is_right(quote: Quote, source_id: str | None, expected: Expected) -> bool:
    """Whether a quotation is of a right article, holds an answer and overlaps the gold sentence.

    Judged is what is shown, context too: `Quote.parted` has the sentences by themselves.
    """
    accepted = expected.answers.get(source_id or "", ())
    text = normal(quote.text)
    if not any(normal(answer) in text for answer in accepted):
        return False
    if expected.gold_sentence is None:
        return True
    return _overlaps(quote.span, normal(expected.gold_sentence))


def highlight_is_right(quote: Quote, source_id: str | None, expected: Expected) -> bool:
    """Whether the highlighted words and an accepted answer overlap."""
    if quote.highlight is None:
        return False
    before = quote.stored.article.text[quote.span.start : quote.highlight.start]
    text, marked = normal(quote.text), normal(quote.highlight.text)
    start = len(normal(before + "|")) - 1
    end = start + len(marked)
    for answer in map(normal, expected.answers.get(source_id or "", ())):
        if _holds(answer, marked):
            return True
        if any(m.start() < end and start < m.end() for m in re.finditer(re.escape(answer), text)):
            return True
    return False


def _holds(answer: str, words: str) -> bool:
    """Whether these words are a part of the answer: "8.000" is one of "rund 8.000", "8" is not."""
    whole = rf"(?<!\w)(?<!\d[.,]){re.escape(words)}(?!\w)(?![.,]\d)"
    return re.search(whole, answer) is not None


def normal(text: str) -> str:
    """Fold white space, as texts are compared."""
    return " ".join(text.split())


def _overlaps(quoted: Span, gold: str) -> bool:
    text = quoted.article.text
    position = normal(text).find(gold)
    if position < 0:
        # Told by another article, in other words: holding the answer must do.
        return True
    start = len(normal(text[: quoted.start] + "|")) - 1
    return start < position + len(gold) and position < start + len(normal(quoted.text))


def figures(judged: Sequence[Judged], against: Sequence[Judged] = ()) -> Figures:
    """Return all figures of a group of questions.

    A group without unanswerable questions is held against those in `against`, where confidences are
    compared.
    """
    answerable = [j for j in judged if j.expected.answerable]
    unanswerable = [j for j in judged if not j.expected.answerable]
    sure = [j.confidence for j in answerable]
    unsure = [j.confidence for j in unanswerable or against if not j.expected.answerable]
    again = [j.again for j in answerable if j.again is not None]
    marks = [mark for j in answerable for mark in j.highlights if mark is not None]
    first_marks = [mark for j in answerable for mark in j.highlights[:1] if mark is not None]
    words = [count for j in judged for count in j.quote_words]
    times = sorted(j.milliseconds for j in judged)
    return {
        "questions": len(judged),
        "article_hit@1": _share(_within(j.article_rank, 1) for j in answerable),
        "article_hit@5": _share(_within(j.article_rank, 5) for j in answerable),
        "mrr@10": _mean(_reciprocal(j.article_rank) for j in answerable),
        "quote_hit@1": _share(_within(j.quote_rank, 1) for j in answerable),
        "quote_hit@3": _share(_within(j.quote_rank, 3) for j in answerable),
        "sentence_hit@1": _share(_within(j.sentence_rank, 1) for j in answerable),
        "sentence_hit@3": _share(_within(j.sentence_rank, 3) for j in answerable),
        "answerable_answered": _share(j.answered for j in answerable),
        "unanswerable_answered": _share(j.answered for j in unanswerable),
        "auc": auc(sure, unsure),
        "unanswerable_at_85": answered_while(unsure, sure, _AGAINST_UNANSWERABLE),
        **_removed("removed", sure, [one.removed for one in again]),
        **_removed("topic_removed", sure, [one.topic_removed for one in again]),
        "highlighted": _share(j.highlights[:1] not in {(), (None,)} for j in answerable),
        "highlight_precision": _share(first_marks),
        "highlight_precision@3": _share(marks),
        **{f"{damage}_loss": _loss(answerable, damage) for damage in DAMAGES},
        "verbatim": _share(j.verbatim for j in judged),
        "quote_words": round(statistics.mean(words), 1) if words else None,
        "longest_quote": max(words, default=None),
        "p50_ms": round(statistics.median(times), 1) if times else None,
        "p95_ms": round(times[int(len(times) * 0.95)], 1) if times else None,
    }


def _removed(name: str, sure: Sequence[float], decisions: Sequence[Decision]) -> Figures:
    unsure = [decision.confidence for decision in decisions]
    return {
        f"{name}_answered": _share(decision.answered for decision in decisions),
        f"{name}_at_90": answered_while(unsure, sure, _AGAINST_REMOVED),
    }


def answered_while(
    negative: Sequence[float], positive: Sequence[float], share: float
) -> float | None:
    """Return how many negatives, in percent, reach the threshold that this share of positives does.

    Where several positives tie at the threshold and only a part of them is needed, the same part of
    the negatives that tie with them counts: no luck of the order decides.
    """
    if not positive or not negative:
        return None
    needed = share * len(positive)
    threshold = sorted(positive, reverse=True)[math.ceil(needed) - 1]
    above = sum(one > threshold for one in positive)
    part = (needed - above) / sum(one == threshold for one in positive)
    reached = sum((one > threshold) + part * (one == threshold) for one in negative)
    return round(100.0 * reached / len(negative), 1)


def auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return how often a positive scores above a negative; ties count half."""
    if not positive or not negative:
        return None
    wins = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return round(wins / (len(positive) * len(negative)), 3)


def _within(rank: int | None, depth: int) -> bool:
    return rank is not None and rank <= depth


def _reciprocal(rank: int | None) -> float:
    return 1.0 / rank if rank is not None and rank <= _RECIPROCAL_DEPTH else 0.0


def _loss(answerable: Sequence[Judged], damage: str) -> float | None:
    """Return how many points of article_hit@1 a damage to the questions costs."""
    pairs = [
        (_within(j.article_rank, 1), j.again.found[damage])
        for j in answerable
        if j.again is not None
    ]
    return round(100.0 * statistics.mean(a - b for a, b in pairs), 1) if pairs else None


def _share(tests: Iterable[bool]) -> float | None:
    listed = list(tests)
    return round(100.0 * sum(listed) / len(listed), 1) if listed else None


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return round(statistics.mean(listed), 3) if listed else None
