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

# The margin of a sentence that has no rival, and the log-odds beyond which nothing changes.
_ALONE = 3.0
_FAR = 30.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Two linear models over named figures; a figure without a weight counts for nothing.

    `ranking` orders sentences; `confidence` (with its bias under "bias", and with the figures of
    `standings`) gives the log-odds that a sentence answers the question. Below
    `threshold` Beleg keeps silent.
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
        Choice(
            candidate,
            score,
            probability({**candidate.figures, **standing}, weights.confidence),
        )
        for (score, candidate), standing in zip(scored, standings(scored), strict=True)
    ]


def standings(scored: Sequence[tuple[float, Candidate]]) -> list[dict[str, float]]:
    """Return how each candidate of an ordered list stands among the others.

    `margin` is the distance to the best other sentence (agency copies of the same words are no
    rivals), `mass` its share of all candidates by softmax.
    """
    if not scored:
        return []
    best, first = scored[0]
    second = next(
        (score for score, other in scored if other.sentence.text != first.sentence.text),
        best - _ALONE,
    )
    total = sum(math.exp(score - best) for score, _ in scored)
    return [
        {
            "bias": 1.0,
            "score": score,
            "margin": score - (second if other.sentence.text == first.sentence.text else best),
            "mass": math.exp(score - best) / total,
        }
        for score, other in scored
    ]


def probability(figures: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the logistic function of the weighted sum, also for sums that are far out."""
    log_odds = max(-_FAR, min(_FAR, weighted(figures, weights)))
    return 1.0 / (1.0 + math.exp(-log_odds))


def weighted(figures: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of figures."""
    return sum(weight * figures.get(name, 0.0) for name, weight in weights.items())
