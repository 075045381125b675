"""Two small models fitted to a file's worth of rows: figures standardised, weights for raw ones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Pull towards zero, on standardised figures and the mean loss: by held-out questions.
_RANKING_PULL = 1e-3
_CONFIDENCE_PULL = 3e-3
_STEPS = 1000
_CONSTANT = 1e-9


def fit_choice(figures: Array, right: Flags, sizes: NDArray[np.intp]) -> Array:
    """Fit a conditional logit: the share that right rows have of their question by softmax.

    `figures` has the rows of all questions one below the other, `sizes` says how many each has;
    each needs one right row at least. Returns a weight for each column.
    """
    standard, _, spread = _standardised(figures)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def loss(weights: Array) -> tuple[float, Array]:
        scores = standard @ weights
        scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
        # A right row far below the best still has a logarithm.
        masses = np.maximum(np.exp(scores), 1e-300)
        total = np.add.reduceat(masses, starts)
        won = np.add.reduceat(np.where(right, masses, 0.0), starts)
        pull = masses / np.repeat(total, sizes)
        pull -= np.where(right, masses / np.repeat(won, sizes), 0.0)
        value = float(np.mean(np.log(total) - np.log(won)))
        return (
            value + _RANKING_PULL * float(weights @ weights),
            standard.T @ pull / len(sizes) + 2 * _RANKING_PULL * weights,
        )

    return _least(loss, standard.shape[1]) / spread


def fit_probability(figures: Array, right: Flags) -> tuple[Array, float]:
    """Fit a logistic regression; return a weight for each column, and the bias.

    The right rows together count as much as the others, however many there are of either; there
    must be one of each.
    """
    standard, mean, spread = _standardised(figures)
    standard = np.column_stack([standard, np.ones(len(standard))])
    target = right.astype(np.float64)
    counts = np.where(right, 0.5 / right.sum(), 0.5 / (~right).sum())

    def loss(weights: Array) -> tuple[float, Array]:
        odds = standard @ weights
        value = float(np.sum(counts * (np.logaddexp(0.0, odds) - target * odds)))
        return (
            value + _CONFIDENCE_PULL * float(weights @ weights),
            standard.T @ (counts * (expit(odds) - target)) + 2 * _CONFIDENCE_PULL * weights,
        )

    fitted = _least(loss, standard.shape[1])
    weights = fitted[:-1] / spread
    return weights, float(fitted[-1] - weights @ mean)


def fit_scale(log_odds: Array, right: Flags) -> tuple[float, float]:
    """Fit slope and offset by which log-odds become those of the share of right ones."""

    def loss(weights: Array) -> tuple[float, Array]:
        odds = weights[0] * log_odds + weights[1]
        wrong = expit(odds) - right
        value = float(np.mean(np.logaddexp(0.0, odds) - right * odds))
        return value, np.array([np.mean(wrong * log_odds), np.mean(wrong)])

    slope, offset = _least(loss, 2)
    return float(slope), float(offset)


def _standardised(figures: Array) -> tuple[Array, Array, Array]:
    mean, spread = figures.mean(axis=0), figures.std(axis=0)
    # A figure that never changes tells nothing and must not be divided by nothing.
    spread = np.where(spread > _CONSTANT, spread, 1.0)
    return (figures - mean) / spread, mean, spread


def _least(loss: Callable[[Array], tuple[float, Array]], count: int) -> Array:
    options = {"maxiter": _STEPS, "ftol": 1e-12, "gtol": 1e-7}
    found: Array = minimize(loss, np.zeros(count), jac=True, method="L-BFGS-B", options=options).x
    return found
