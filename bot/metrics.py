"""Figures over judged answers. Shares are percentages; None where there is nothing to count."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.question_set import Expected
from bot.types import Quote
from index.types import Article

_RECIPROCAL_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One question after it was asked.

    `article_rank` is the rank (from 1) of the first passage of a right article, `quote_rank` that
    of the first quotation that is right; both None where there was none. `highlight_right` is None
    where nothing was highlighted or the question has no answer.
    """

    expected: Expected
    article_rank: int | None
    quote_rank: int | None
    answered: bool
    confidence: float
    verbatim: bool
    highlight_right: bool | None
    quote_words: tuple[int, ...]
    milliseconds: float


def is_right(quote: Quote, source_id: str | None, expected: Expected) -> bool:
    """Whether a quotation is of a right article, holds an answer and overlaps the gold sentence."""
    accepted = expected.answers.get(source_id or "", ())
    text = normal(quote.text)
    if not any(normal(answer) in text for answer in accepted):
        return False
    if expected.gold_sentence is None:
        return True
    return _overlaps(quote, normal(expected.gold_sentence))


def highlight_is_right(quote: Quote, source_id: str | None, expected: Expected) -> bool:
    """Whether the highlighted words and an accepted answer overlap."""
    if quote.highlight is None:
        return False
    marked = normal(quote.highlight.text)
    accepted = [normal(answer) for answer in expected.answers.get(source_id or "", ())]
    return any(marked in answer or answer in marked for answer in accepted)


def normal(text: str) -> str:
    """Fold white space, as texts are compared."""
    return " ".join(text.split())


def _overlaps(quote: Quote, gold: str) -> bool:
    article: Article = quote.stored.article
    position = normal(article.text).find(gold)
    if position < 0:
        # Told by another article, in other words: holding the answer must do.
        return True
    start = len(normal(article.text[: quote.span.start] + "|")) - 1
    return start < position + len(gold) and position < start + len(normal(quote.text))


def figures(judged: Sequence[Judged]) -> dict[str, float | int | None]:
    """Return all figures of a group of questions."""
    answerable = [j for j in judged if j.expected.answerable]
    unanswerable = [j for j in judged if not j.expected.answerable]
    words = [count for j in judged for count in j.quote_words]
    times = sorted(j.milliseconds for j in judged)
    return {
        "questions": len(judged),
        "article_hit@1": _share(answerable, lambda j: _within(j.article_rank, 1)),
        "article_hit@5": _share(answerable, lambda j: _within(j.article_rank, 5)),
        "mrr@10": _mean(_reciprocal(j.article_rank) for j in answerable),
        "quote_hit@1": _share(answerable, lambda j: _within(j.quote_rank, 1)),
        "quote_hit@3": _share(answerable, lambda j: _within(j.quote_rank, 3)),
        "answerable_answered": _share(answerable, lambda j: j.answered),
        "unanswerable_answered": _share(unanswerable, lambda j: j.answered),
        "auc": auc([j.confidence for j in answerable], [j.confidence for j in unanswerable]),
        "highlighted": _share(answerable, lambda j: j.highlight_right is not None),
        "highlight_precision": _share(
            [j for j in answerable if j.highlight_right is not None],
            lambda j: bool(j.highlight_right),
        ),
        "verbatim": _share(judged, lambda j: j.verbatim),
        "quote_words": round(statistics.mean(words), 1) if words else None,
        "p50_ms": round(statistics.median(times), 1) if times else None,
        "p95_ms": round(times[int(len(times) * 0.95)], 1) if times else None,
    }


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


def _share(judged: Sequence[Judged], test: Callable[[Judged], bool]) -> float | None:
    return round(100.0 * sum(map(test, judged)) / len(judged), 1) if judged else None


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return round(statistics.mean(listed), 3) if listed else None
