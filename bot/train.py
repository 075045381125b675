"""Learn the weights of `bot.rank` from a question set, judged on articles that were held out."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from bot.confidence import BIAS, Confidence
from bot.folds import connected, folds
from bot.logit import fit_choice, fit_probability, fit_scale
from bot.metrics import auc
from bot.question_set import Expected, read_questions
from bot.rank import Weights
from bot.scratch_corpus import Progress, scratch_corpus
from bot.training_rows import Asked, Rows, Top, ask
from index.errors import SettingError
from index.protocols import Embedder, Reader

FOLDS = 5
# A sentence that is about what is asked but says something else is told by how it is made and how
# it stands among its neighbours, not by how many words of the question there are: a near miss has
# as many. Other figures would learn which questions the set's authors chose not to answer.
_OF_HOW_MUCH = (
    *("coverage", "rank", "lexical", "relative_score", "missing", "rarest", "lead", "mass"),
    *("score", "cosine", "best_has", "best_near"),
)
# Log-odds of a certainty, where nothing was learned.
_CERTAIN = 30.0
_DIGITS = 3
# Weights before a threshold is known.
_ANY = 0.5
_SURE = 1.0 - 10**-_DIGITS
_LEAST = 10**-_DIGITS


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights with what they were learned from and how well they do on held-out articles."""

    weights: Weights
    data: Mapping[str, object]
    figures: Mapping[str, float | int | None]

    def as_json(self) -> dict[str, object]:
        """Return what the file of weights holds."""
        return {
            "model": self.weights.model,
            "reader": self.weights.reader,
            **({"shortlist": dict(self.weights.shortlist)} if self.weights.reader else {}),
            "data": dict(self.data),
            "figures": dict(self.figures),
            "ranking": dict(self.weights.ranking),
            "confidence": asdict(self.weights.confidence),
            "threshold": self.weights.threshold,
        }

    def as_text(self) -> str:
        """Return the file: sorted, so that two of them can be compared line by line."""
        return json.dumps(self.as_json(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class _Judged:
    """A question of a held-out fold: a confidence of 0 where nothing was found."""

    fold: int
    answerable: bool
    right_rank: int | None
    confidence: float
    without: float | None


def train(
    articles: Path,
    questions: Path,
    more_articles: Sequence[Path],
    embedder: Embedder,
    *,
    answered: float,
    progress: Progress[object],
    reader: Reader | None = None,
) -> Trained:
    """Learn weights by which the share `answered` of the held-out answerable questions is answered.

    With a reader, what it is to read is learned first, on all questions. `progress` is called with
    a list and a label and yields the list's items. Raises SettingError for a file that cannot be
    read as what it should be, and where there is too little to learn.
    """
    expected = read_questions(questions)
    files = [articles, *more_articles]
    with scratch_corpus(files, embedder, progress) as corpus:

        def ask_all(chosen: Reader | None, shortlist: Mapping[str, float]) -> list[Asked]:
            return [
                ask(corpus, question, chosen, shortlist)
                for question in progress(expected, "questions")
                if isinstance(question, Expected)
            ]

        asked = ask_all(None, {})
        _check(asked)
        shortlist: Mapping[str, float] = {}
        if reader is not None:
            shortlist = learn(asked).ranking
            asked = ask_all(reader, shortlist)
        size = corpus.size()
    judged = _judge_held_out(asked, progress)
    threshold = threshold_for([j.confidence for j in judged if j.answerable], answered)
    return Trained(
        weights=replace(
            learn(asked),
            threshold=threshold,
            model=embedder.name,
            reader=reader.name if reader else None,
            shortlist=shortlist,
        ),
        data={
            "files": [
                {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
                for path in [*files, questions]
            ],
            "articles": size.articles,
            "questions": len(expected),
            "answerable": sum(question.answerable for question in expected),
        },
        figures=_figures(judged, threshold),
    )


def learn(asked: Sequence[Asked]) -> Weights:
    """Fit the ranking, then the confidence in what it puts first; the threshold is not chosen.

    What tells that the articles have something is learned from answerable questions with and
    without their right articles, what tells that a sentence says it from near misses.
    """
    ranking = _learn_ranking([a.rows for a in asked if a.rows is not None and _has_right(a.rows)])

    def tops(some: Iterable[Rows | None]) -> list[Top]:
        return [rows.top(ranking) for rows in some if rows is not None]

    confidence = _learn_confidence(
        answerable=tops(a.rows for a in asked if a.expected.answerable),
        near_misses=tops(a.rows for a in asked if not a.expected.answerable),
        removed=tops(a.without for a in asked),
    )
    return Weights(ranking, confidence, _ANY)


def _learn_ranking(rows: Sequence[Rows]) -> dict[str, float]:
    names = sorted({name for some in rows for name in some.names})
    weights = fit_choice(
        np.concatenate([some.columns(names) for some in rows]),
        np.concatenate([some.right for some in rows]),
        np.array([len(some.texts) for some in rows]),
    )
    return _rounded(names, weights)


def _learn_confidence(
    answerable: Sequence[Top], near_misses: Sequence[Top], removed: Sequence[Top]
) -> Confidence:
    found = Confidence(
        present=_tell_apart(answerable, removed, lambda _: True),
        says=_tell_apart(
            answerable, near_misses, lambda name: not any(part in name for part in _OF_HOW_MUCH)
        ),
    )
    everything = [*answerable, *near_misses, *removed]
    slope, offset = fit_scale(
        np.array([found.log_odds(top.figures) for top in everything]),
        np.array([top.right_rank == 1 for top in everything]),
    )
    return replace(found, slope=_readable(max(slope, _LEAST)), offset=_readable(offset))


def _tell_apart(
    some: Sequence[Top], others: Sequence[Top], use: Callable[[str], bool]
) -> dict[str, float]:
    """Learn by which figures the first are told from the others; none where one side is missing."""
    if not some or not others:
        return {BIAS: _CERTAIN}
    tops = [*some, *others]
    names = sorted({name for top in tops for name in top.figures if use(name)})
    weights, bias = fit_probability(
        np.array([[top.figures.get(name, 0.0) for name in names] for top in tops]),
        np.arange(len(tops)) < len(some),
    )
    return _rounded([BIAS, *names], [bias, *weights])


def _rounded(names: Sequence[str], weights: Iterable[float]) -> dict[str, float]:
    """Return readable weights; those that come to nothing are left out."""
    rounded = {name: _readable(weight) for name, weight in zip(names, weights, strict=True)}
    return {name: weight for name, weight in rounded.items() if weight}


def _readable(weight: float) -> float:
    return round(float(weight), _DIGITS)


def threshold_for(confidences: Sequence[float], share: float) -> float:
    """Return the highest readable threshold that this share of the confidences reaches."""
    reached = sorted(confidences, reverse=True)[max(0, math.ceil(share * len(confidences)) - 1)]
    steps = 10.0**_DIGITS
    threshold: float = min(_SURE, max(1, int(reached * steps)) / steps)
    return threshold


def _judge_held_out(asked: Sequence[Asked], progress: Progress[object]) -> list[_Judged]:
    dealt = folds([a.expected.about for a in asked], FOLDS)
    judged = []
    for number, _ in enumerate(progress(dealt, "folds")):
        held_out = set(dealt[number])
        weights = learn([a for i, a in enumerate(asked) if i not in held_out])
        judged += [_judge(asked[i], weights, number) for i in dealt[number]]
    return judged


def _judge(asked: Asked, weights: Weights, fold: int) -> _Judged:
    top = asked.rows.top(weights.ranking) if asked.rows else None
    other = asked.without.top(weights.ranking) if asked.without else None
    removed = 0.0 if asked.expected.answerable else None
    return _Judged(
        fold=fold,
        answerable=asked.expected.answerable,
        right_rank=top.right_rank if top else None,
        confidence=float(weights.confidence.probability(top.figures)) if top else 0.0,
        without=float(weights.confidence.probability(other.figures)) if other else removed,
    )


def _figures(judged: Sequence[_Judged], threshold: float) -> dict[str, float | int | None]:
    """Return the figures of each fold in the mean, shares in percent."""
    by_fold = [
        _of_fold([j for j in judged if j.fold == fold], threshold)
        for fold in sorted({j.fold for j in judged})
    ]
    means: dict[str, float | int | None] = {"folds": len(by_fold)}
    for name in by_fold[0]:
        values = [value for figures in by_fold if (value := figures[name]) is not None]
        digits = _DIGITS if name == "auc" else 1
        means[name] = round(statistics.mean(values), digits) if values else None
    return means


def _of_fold(judged: Sequence[_Judged], threshold: float) -> dict[str, float | None]:
    answerable = [j for j in judged if j.answerable]
    unanswerable = [j for j in judged if not j.answerable]
    sure = [j.confidence for j in answerable]
    unsure = [j.confidence for j in unanswerable]
    return {
        "quote_hit@1": _share([j.right_rank == 1 for j in answerable]),
        "quote_hit@3": _share([j.right_rank in {1, 2, 3} for j in answerable]),
        "auc": auc(sure, unsure),
        "answerable_answered": _share([one >= threshold for one in sure]),
        "unanswerable_answered": _share([one >= threshold for one in unsure]),
        "removed_answered": _share([(j.without or 0.0) >= threshold for j in answerable]),
    }


def _share(tests: Sequence[bool]) -> float | None:
    return 100.0 * sum(tests) / len(tests) if tests else None


def _check(asked: Sequence[Asked]) -> None:
    """Refuse a set that leaves a fold with nothing to learn from."""
    found = len(connected([a.expected.about for a in asked if _has_right(a.rows)]))
    if found < FOLDS:
        raise SettingError("training_too_little", found=found, needed=FOLDS)


def _has_right(rows: Rows | None) -> bool:
    return rows is not None and bool(rows.right.any())
