"""Learn the weights of `bot.rank` from a question set, judged on articles that were held out."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from bot.folds import connected, folds
from bot.learn import DIGITS, ENCODER_FIGURES, has_right, learn, learn_beside
from bot.metrics import auc
from bot.question_set import Expected, read_questions
from bot.rank import Weights
from bot.reading import READER_FIGURES
from bot.scratch_corpus import Progress, scratch_corpus
from bot.training_rows import Asked, ask
from index.errors import SettingError
from index.protocols import Embedder, Reader

FOLDS = 5
Learner = Callable[[Sequence[Asked]], Weights]
_SURE = 1.0 - 10**-DIGITS


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
            "data": dict(self.data),
            "figures": dict(self.figures),
            **_numbers_of(self.weights),
            **({"plain": _numbers_of(self.weights.plain)} if self.weights.plain else {}),
        }

    def as_text(self) -> str:
        """Return the file: sorted, so that two of them can be compared line by line."""
        return json.dumps(self.as_json(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _numbers_of(weights: Weights) -> dict[str, object]:
    return {
        "ranking": dict(weights.ranking),
        "confidence": asdict(weights.confidence),
        "threshold": weights.threshold,
    }


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
    questions: Sequence[Path],
    more_articles: Sequence[Path],
    embedder: Embedder,
    *,
    answered: float,
    progress: Progress[object],
    reader: Reader | None = None,
    unseen: frozenset[str] | None = None,
) -> Trained:
    """Learn weights by which the share `answered` of the held-out answerable questions is answered.

    With a reader, the weights without one are learned first. Where embedder and reader have learned
    from some of these articles, `unseen` are the ids of the others: what these two say is weighed,
    and everything judged, by their questions alone. `progress` is called with a list and a label
    and yields the list's items. Raises SettingError for a file that cannot be read as what it
    should be, and where there is too little to learn.
    """
    expected = [one for path in questions for one in read_questions(path)]
    files = [articles, *more_articles]
    with scratch_corpus(files, embedder, progress) as corpus:

        def ask_all(
            some: Sequence[Expected], chosen: Reader | None, shortlist: Mapping[str, float]
        ) -> list[Asked]:
            return [
                ask(corpus, question, chosen, shortlist)
                for question in progress(some, "questions")
                if isinstance(question, Expected)
            ]

        asked = ask_all(expected, None, {})
        _check(asked)
        learner: Learner = learn
        plain: Weights | None = None
        trusted = asked
        if unseen is not None:
            trusted = [one for one in asked if _is_unseen(one.expected, unseen)]
            _check(trusted)
            learner = partial(_learn_beside, asked, unseen, ENCODER_FIGURES)
        if reader is not None:
            plain = replace(
                learner(trusted),
                threshold=_threshold(_judge_held_out(trusted, learner, progress), answered),
                model=embedder.name,
            )
            if unseen is not None:
                figures = (*ENCODER_FIGURES, *READER_FIGURES)
                learner = partial(_learn_beside, asked, unseen, figures)
            trusted = ask_all([one.expected for one in trusted], reader, plain.ranking)
            _check(trusted)
        asked = trusted
        size = corpus.size()
    judged = _judge_held_out(asked, learner, progress)
    threshold = _threshold(judged, answered)
    return Trained(
        weights=replace(
            learner(asked),
            threshold=threshold,
            model=embedder.name,
            reader=reader.name if reader else None,
            plain=plain,
        ),
        data={
            "files": [
                {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
                for path in [*files, *questions]
            ],
            "articles": size.articles,
            "questions": len(expected),
            "answerable": sum(question.answerable for question in expected),
            **({} if unseen is None else {"unseen_questions": len(asked)}),
        },
        figures=_figures(judged, threshold),
    )


def threshold_for(confidences: Sequence[float], share: float) -> float:
    """Return the highest readable threshold that this share of the confidences reaches."""
    reached = sorted(confidences, reverse=True)[max(0, math.ceil(share * len(confidences)) - 1)]
    steps = 10.0**DIGITS
    threshold: float = min(_SURE, max(1, int(reached * steps)) / steps)
    return threshold


def _threshold(judged: Sequence[_Judged], share: float) -> float:
    return threshold_for([one.confidence for one in judged if one.answerable], share)


def _is_unseen(question: Expected, unseen: frozenset[str]) -> bool:
    return bool(question.about) and question.about <= unseen


def _learn_beside(
    all_asked: Sequence[Asked],
    unseen: frozenset[str],
    beside: Sequence[str],
    trusted: Sequence[Asked],
) -> Weights:
    """Learn from all questions but those of unseen articles that are held out of `trusted`."""
    kept = {asked.expected.id for asked in trusted}
    known = [
        asked
        for asked in all_asked
        if asked.expected.id in kept or asked.expected.about.isdisjoint(unseen)
    ]
    return learn_beside(known, trusted, beside)


def _judge_held_out(
    asked: Sequence[Asked], learner: Learner, progress: Progress[object]
) -> list[_Judged]:
    dealt = folds([a.expected.about for a in asked], FOLDS)
    judged = []
    for number, _ in enumerate(progress(dealt, "folds")):
        held_out = set(dealt[number])
        weights = learner([a for i, a in enumerate(asked) if i not in held_out])
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
        digits = DIGITS if name == "auc" else 1
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
    found = len(connected([a.expected.about for a in asked if has_right(a.rows)]))
    if found < FOLDS:
        raise SettingError("training_too_little", found=found, needed=FOLDS)
