"""Choose sentences: a small learned model whose weights lie in a readable file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import repeat
from operator import mul
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bot.confidence import Confidence, Figure
from bot.features import Candidate
from index.errors import SettingError

# The margin of a sentence that has no rival.
_ALONE = 3.0
_RIVALS = 10
# How many of the best sentences show what there is at all, and how their figures are named.
_BEST = 5
BEST = "best_"


Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Linear models over named figures; a figure without a weight counts for nothing.

    `ranking` orders sentences; `confidence`, which also has the figures of `standings` and
    `best_of`, says how sure a choice is. Below `threshold` Beleg keeps silent. `model` names the
    embedder whose cosines they were learned from, `reader` the reader whose figures, if any;
    `plain` are then the weights without one, which also choose what it is to read.
    """

    ranking: Mapping[str, float]
    confidence: Confidence
    threshold: float
    model: str | None = None
    reader: str | None = None
    plain: Weights | None = None

    def __post_init__(self) -> None:
        """Refuse a threshold that is no probability, and weights that are no numbers."""
        if not 0.0 < self.threshold < 1.0:
            raise ValueError("the threshold is a probability")
        if not all(map(math.isfinite, self.ranking.values())):
            raise ValueError("weights are finite")
        if (self.reader is None) != (self.plain is None):
            raise ValueError("weights with a reader have plain ones beside them")


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate with its place in the order: `score` for ranking, `confidence` as probability."""

    candidate: Candidate
    score: float
    confidence: float


@cache
def shipped_weights() -> Weights:
    """Return the weights that ship with Beleg."""
    text = resources.files("bot").joinpath("weights.json").read_text(encoding="utf-8")
    return read_weights(json.loads(text))


def load_weights(path: Path) -> Weights:
    """Read weights from a file; SettingError where it holds none."""
    try:
        return read_weights(json.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise SettingError("weights_unusable", path=str(path)) from error


def read_weights(data: object) -> Weights:
    """Build weights from the parsed file; an exception where it holds none."""
    if not isinstance(data, dict):
        raise TypeError("weights are an object")
    model = data["model"]
    reader = data.get("reader")
    if not isinstance(model, str) or not isinstance(reader, str | None):
        raise TypeError("models have names")
    return Weights(
        ranking=_numbers(data["ranking"]),
        confidence=_confidence(data["confidence"]),
        threshold=_number(data["threshold"]),
        model=model,
        reader=reader,
        plain=None if reader is None else read_weights({"model": model, **data["plain"]}),
    )


def _confidence(value: object) -> Confidence:
    if not isinstance(value, dict):
        raise TypeError("confidence has parts")
    return Confidence(
        present=_numbers(value["present"]),
        says=_numbers(value["says"]),
        slope=_number(value["slope"]),
        offset=_number(value["offset"]),
        share=_number(value.get("share", 1.0)),
    )


def _numbers(value: object) -> Mapping[str, float]:
    if not isinstance(value, dict) or not value:
        raise TypeError("weights map figures to numbers")
    return MappingProxyType({name: _number(weight) for name, weight in value.items()})


def _number(value: object) -> float:
    # bool is a number to Python, and a mistake in this file.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a weight is a number")
    return float(value)


def choose(candidates: Sequence[Candidate], weights: Weights) -> list[Choice]:
    """Order candidates, best first, each with its probability of being the answer."""
    if not candidates:
        return []
    names = sorted({name for candidate in candidates for name in candidate.figures})
    rows = np.array([list(map(c.figures.get, names, repeat(0.0))) for c in candidates])
    scores = rows @ np.array([weights.ranking.get(name, 0.0) for name in names])
    order = np.argsort(-scores, kind="stable")
    ranked = [candidates[i] for i in order]
    rows, scores = rows[order], scores[order]
    figures: dict[str, Figure] = {
        **dict(zip(names, rows.T, strict=True)),
        **best_of(names, rows),
        **standings(scores, [candidate.sentence.text for candidate in ranked]),
    }
    # Where no figure of a sentence counts, all of them are equally likely.
    sure = np.broadcast_to(weights.confidence.probability(figures), scores.shape)
    return [
        Choice(candidate, float(score), float(probability))
        for candidate, score, probability in zip(ranked, scores, sure, strict=True)
    ]


def best_of(names: Sequence[str], rows: Figures) -> dict[str, float]:
    """Return the highest of each figure among the best sentences, of rows that are in order.

    Whether any of them has what is asked for tells more than whether the first one has.
    """
    highest = rows[:_BEST].max(axis=0)
    return {f"{BEST}{name}": float(value) for name, value in zip(names, highest, strict=True)}


def standings(scores: Figures, texts: Sequence[str]) -> dict[str, Figures]:
    """Return how each sentence stands among the others, of scores and texts that are in order.

    `margin` is the distance to the best other sentence (agency copies of the same words are no
    rivals), `mass` its share of the first ten by softmax: of as many in a small corpus as in a
    large one.
    """
    best = scores[0]
    like_first = np.array([text == texts[0] for text in texts])
    second = best - _ALONE if like_first.all() else scores[np.argmin(like_first)]
    masses = np.exp(scores - best)
    return {
        "score": scores,
        "margin": scores - np.where(like_first, second, best),
        "mass": masses / masses[:_RIVALS].sum(),
    }


def weighted(figures: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of figures."""
    # Of thousands of sums a question: without a step of Python for each weight.
    return float(sum(map(mul, weights.values(), map(figures.get, weights, repeat(0.0)))))
