"""Fit the weights of `bot.rank` to questions with their candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.confidence import BIAS, Confidence
from bot.logit import fit_choice, fit_probability, fit_scale
from bot.rank import BEST, Weights
from bot.training_rows import Asked, Figures, Rows, Top

# A sentence that is about what is asked but says something else is told by how it is made and how
# it stands among its neighbours, not by how many words of the question there are: a near miss has
# as many. Other figures would learn which questions the set's authors chose not to answer.
_OF_HOW_MUCH = (
    *("coverage", "rank", "lexical", "relative_score", "missing", "rarest", "lead", "mass"),
    *("score", "cosine", "best_has", "best_near"),
)
# What an encoder says. One that has learned from a question flatters the sentence that answers it.
ENCODER_FIGURES = ("cosine", "relative_cosine", "cosine_around")
# How a sentence stands in the order that further figures change.
_STANDINGS = ("score", "margin", "mass")
# What `says` counts beside `present`. Where both count the same, more questions are answered of
# whose matter the articles have nothing; people ask these more often than near misses.
_SHARE = 0.5
# Log-odds of a certainty, where nothing was learned.
_CERTAIN = 30.0
DIGITS = 3
# Weights before a threshold is known.
_ANY = 0.5
_LEAST = 10**-DIGITS


@dataclass(frozen=True, slots=True)
class _Tops:
    """What a ranking puts first for questions of each kind."""

    answerable: list[Top]
    near_misses: list[Top]
    removed: list[Top]

    @classmethod
    def of(cls, asked: Sequence[Asked], ranking: Mapping[str, float]) -> _Tops:
        """Order the candidates of every question."""

        def tops(some: Iterable[Rows | None]) -> list[Top]:
            return [rows.top(ranking) for rows in some if rows is not None]

        return cls(
            answerable=tops(a.rows for a in asked if a.expected.answerable),
            near_misses=tops(a.rows for a in asked if not a.expected.answerable),
            removed=tops(a.without for a in asked),
        )


def learn(asked: Sequence[Asked]) -> Weights:
    """Fit the ranking, then the confidence in what it puts first; the threshold is not chosen.

    What tells that the articles have something is learned from answerable questions with and
    without their right articles, what tells that a sentence says it from near misses.
    """
    ranking = _learn_ranking(asked)
    tops = _Tops.of(asked, ranking)
    present = _tell_apart(tops.answerable, tops.removed, lambda _: True)
    says = _tell_apart(tops.answerable, tops.near_misses, _not_of_how_much)
    return Weights(ranking, _scaled(present, says, tops), _ANY)


def learn_beside(
    all_asked: Sequence[Asked], unseen: Sequence[Asked], beside: Sequence[str]
) -> Weights:
    """Fit weights where some figures can be trusted for few questions only: the `unseen` ones.

    `beside` names those figures, of a reader or an encoder that has learned from the others. All
    that counts else is learned from `all_asked`. From `unseen` come the few weights of these
    figures and of how a sentence stands among the others, and how much what was learned before
    counts beside them.
    """
    before = _learn_ranking(all_asked, but=beside)
    ranking = _rank_beside(before, unseen, beside)
    late = {*beside, *(f"{BEST}{name}" for name in beside), *_STANDINGS}
    earlier, later = _Tops.of(all_asked, before), _Tops.of(unseen, ranking)
    present = _tell_apart_beside(
        _tell_apart(earlier.answerable, earlier.removed, lambda name: name not in late),
        *(later.answerable, later.removed),
        lambda name: name in late,
    )
    says = _tell_apart_beside(
        _tell_apart(
            earlier.answerable,
            earlier.near_misses,
            lambda name: name not in late and _not_of_how_much(name),
        ),
        *(later.answerable, later.near_misses),
        lambda name: name in late and _not_of_how_much(name),
    )
    return Weights(ranking, _scaled(present, says, later), _ANY)


def _learn_ranking(asked: Sequence[Asked], but: Sequence[str] = ()) -> dict[str, float]:
    rows = [a.rows for a in asked if a.rows is not None and has_right(a.rows)]
    names = sorted({name for some in rows for name in some.names if name not in but})
    return _rounded(names, _fit(rows, [some.columns(names) for some in rows]))


def _rank_beside(
    before: Mapping[str, float], asked: Sequence[Asked], beside: Sequence[str]
) -> dict[str, float]:
    """Learn what further figures count, and what the score by the weights before."""
    rows = [a.rows for a in asked if a.rows is not None and has_right(a.rows)]
    known = np.array(list(before.values()))
    scale, *own = _fit(
        rows,
        [
            np.column_stack([some.columns(tuple(before)) @ known, some.columns(beside)])
            for some in rows
        ],
    )
    return _rounded([*before, *beside], [*(scale * known), *own])


def _fit(rows: Sequence[Rows], figures: Sequence[Figures]) -> Figures:
    return fit_choice(
        np.concatenate(figures),
        np.concatenate([some.right for some in rows]),
        np.array([len(some.texts) for some in rows]),
    )


def _scaled(present: Mapping[str, float], says: Mapping[str, float], tops: _Tops) -> Confidence:
    found = Confidence(present, says, share=_SHARE)
    everything = [*tops.answerable, *tops.near_misses, *tops.removed]
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


def _tell_apart_beside(
    before: Mapping[str, float],
    some: Sequence[Top],
    others: Sequence[Top],
    use: Callable[[str], bool],
) -> dict[str, float]:
    """Learn the same with more figures, of which those of `before` count as one."""
    if not some or not others:
        return dict(before)
    tops = [*some, *others]
    names = sorted({name for top in tops for name in top.figures if use(name)})
    rows = [
        [
            sum(weight * top.figures.get(name, 0.0) for name, weight in before.items()),
            *(top.figures.get(name, 0.0) for name in names),
        ]
        for top in tops
    ]
    (scale, *own), bias = fit_probability(np.array(rows), np.arange(len(tops)) < len(some))
    rest = {name: scale * weight for name, weight in before.items() if name != BIAS}
    # The weights before had their bias; beside others the new one takes its place.
    return _rounded([BIAS, *rest, *names], [bias, *rest.values(), *own])


def _not_of_how_much(name: str) -> bool:
    return not any(part in name for part in _OF_HOW_MUCH)


def _rounded(names: Sequence[str], weights: Iterable[float]) -> dict[str, float]:
    """Return readable weights; those that come to nothing are left out."""
    rounded = {name: _readable(weight) for name, weight in zip(names, weights, strict=True)}
    return {name: weight for name, weight in rounded.items() if weight}


def _readable(weight: float) -> float:
    return round(float(weight), DIGITS)


def has_right(rows: Rows | None) -> bool:
    """Whether a right sentence is among the candidates."""
    return rows is not None and bool(rows.right.any())
