"""Choose sentences: a small learned model whose weights lie in a readable file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from bot.features import Candidate


@dataclass(frozen=True, slots=True)
class Weights:
    """Two linear models over named figures; a figure without a weight counts for nothing.

    `ranking` orders sentences, `confidence` (with its bias under "bias") gives the log-odds that
    the first of them answers the question. Below `threshold` Beleg keeps silent.
    """

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float

    def __post_init__(self) -> None:
        """Refuse a threshold that is no probability."""
        if not 0.0 < self.threshold < 1.0:
            raise ValueError("the threshold is a probability")


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


def read_weights(data: Mapping[str, object]) -> Weights:
    """Build weights from the parsed file."""
    ranking, confidence, threshold = data["ranking"], data["confidence"], data["threshold"]
    if not isinstance(ranking, dict) or not isinstance(confidence, dict):
        raise TypeError("ranking and confidence map figures to weights")
    return Weights(
        MappingProxyType({str(k): float(v) for k, v in ranking.items()}),
        MappingProxyType({str(k): float(v) for k, v in confidence.items()}),
        float(str(threshold)),
    )


def choose(candidates: Sequence[Candidate], weights: Weights) -> list[Choice]:
    """Order candidates, best first, each with its probability of being the answer."""
    scored = sorted(
        ((weighted(candidate.figures, weights.ranking), candidate) for candidate in candidates),
        key=lambda pair: -pair[0],
    )
    return [
        Choice(candidate, score, confidence(candidate, score, scored[0][0], weights))
        for score, candidate in scored
    ]


def confidence(candidate: Candidate, score: float, best: float, weights: Weights) -> float:
    """Return the probability that a sentence answers, by its own figures and its distance."""
    figures = {**candidate.figures, "score": score, "behind": best - score, "bias": 1.0}
    return 1.0 / (1.0 + math.exp(-weighted(figures, weights.confidence)))


def weighted(figures: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of figures."""
    return sum(weight * figures.get(name, 0.0) for name, weight in weights.items())
