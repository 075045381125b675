"""How sure a choice is: that the articles have what is asked for, and that the sentence says it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

BIAS = "bias"
# One figure of a sentence, or that figure of several sentences at once.
Figure = float | NDArray[np.float64]
# The log-odds beyond which nothing changes.
_FAR = 30.0


@dataclass(frozen=True, slots=True)
class Confidence:
    """Two logistic models over named figures, each with its bias under "bias".

    There are two ways to have no answer, and they look different: the articles have nothing on the
    matter, which `present` tells, or they are about it and say something else, which `says` tells.
    The product of the two, the second to the power of `share`, as log-odds times `slope` plus
    `offset`, is the log-odds that the sentence answers the question. A figure without a weight
    counts for nothing.
    """

    present: Mapping[str, float]
    says: Mapping[str, float]
    slope: float = 1.0
    offset: float = 0.0
    share: float = 1.0

    def __post_init__(self) -> None:
        """Refuse weights that are no numbers, and a slope by which the surer is the less sure."""
        numbers = (self.slope, self.offset, self.share)
        weights = (*self.present.values(), *self.says.values(), *numbers)
        if not all(map(math.isfinite, weights)):
            raise ValueError("weights are finite")
        if self.slope <= 0 or self.share < 0:
            raise ValueError("a slope rises, and a share is not negative")

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the figures that count."""
        return frozenset({*self.present, *self.says}) - {BIAS}

    def log_odds(self, figures: Mapping[str, Figure]) -> Any:  # noqa: ANN401 - as the figures are
        """Return the log-odds that both hold, before slope and offset."""
        says = self.share * _log_probability(self.says, figures)
        both = _log_probability(self.present, figures) + says
        # Just below certainty: the logarithm of nothing is none.
        both = np.minimum(both, -1e-9)
        return both - np.log(-np.expm1(both))

    def probability(self, figures: Mapping[str, Figure]) -> Any:  # noqa: ANN401 - same
        """Return the probability that a sentence with these figures answers the question."""
        return _logistic(self.slope * self.log_odds(figures) + self.offset)

    def without(self, names: frozenset[str]) -> Confidence:
        """Return the same without the say of these figures."""
        present = {name: weight for name, weight in self.present.items() if name not in names}
        says = {name: weight for name, weight in self.says.items() if name not in names}
        return replace(self, present=present, says=says)


def _log_probability(weights: Mapping[str, float], figures: Mapping[str, Figure]) -> Any:  # noqa: ANN401 - same
    odds = weights.get(BIAS, 0.0) + sum(
        weight * figures[name] for name, weight in weights.items() if name in figures
    )
    return -np.logaddexp(0.0, -np.clip(odds, -_FAR, _FAR))


def _logistic(log_odds: Any) -> Any:  # noqa: ANN401 - same
    return 1.0 / (1.0 + np.exp(-np.clip(log_odds, -_FAR, _FAR)))
