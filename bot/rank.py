"""Choose sentences: a small learned model whose weights lie in a readable file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from bot.features import Candidate
from index.errors import SettingError

# The margin of a sentence that has no rival, and the log-odds beyond which nothing changes.
_ALONE = 3.0
_FAR = 30.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Two linear models over named figures; a figure without a weight counts for nothing.

    `ranking` orders sentences; `confidence` (with its bias under "bias", and with the figures of
    `standings`) gives the log-odds that a sentence answers the question. Below
    `threshold` Beleg keeps silent. `model` names the embedder whose cosines they were learned from,
    `reader` the reader whose figures, if any; `shortlist` then orders what it is to read.
    """

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float
    model: str | None = None
    reader: str | None = None
    shortlist: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a threshold that is no probability, and weights that are no numbers."""
        if not 0.0 < self.threshold < 1.0:
            raise ValueError("the threshold is a probability")
        some = (self.ranking, self.confidence, self.shortlist)
        if not all(math.isfinite(weight) for weights in some for weight in weights.values()):
            raise ValueError("weights are finite")
        if self.reader is not None and not self.shortlist:
            raise ValueError("a reader needs a shortlist")


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
        confidence=_numbers(data["confidence"]),
        threshold=_number(data["threshold"]),
        model=model,
        reader=reader,
        shortlist=_numbers(data["shortlist"]) if reader is not None else {},
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
        for (score, candidate), standing in zip(
            scored,
            standings([(score, candidate.sentence.text) for score, candidate in scored]),
            strict=True,
        )
    ]


def standings(scored: Sequence[tuple[float, str]]) -> list[dict[str, float]]:
    """Return how each sentence of a list with scores, best first, stands among the others.

    `margin` is the distance to the best other sentence (agency copies of the same words are no
    rivals), `mass` its share of all candidates by softmax.
    """
    if not scored:
        return []
    best, first = scored[0]
    second = next(
        (score for score, other in scored if other != first),
        best - _ALONE,
    )
    total = sum(math.exp(score - best) for score, _ in scored)
    return [
        {
            "bias": 1.0,
            "score": score,
            "margin": score - (second if other == first else best),
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
