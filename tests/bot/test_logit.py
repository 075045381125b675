from __future__ import annotations

import numpy as np
import pytest

from bot import logit


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


def test_the_choice_is_learned_from_figures_of_any_size(random: np.random.Generator) -> None:
    figures = random.normal(size=(400, 3)) * [1.0, 1000.0, 1.0] + [0.0, 50.0, 0.0]
    sizes = np.full(100, 4)
    # By the first two figures in equal parts once they are on one scale; the third is noise.
    merit = figures[:, 0] + figures[:, 1] / 1000.0
    best = merit.reshape(100, 4).argmax(axis=1)
    right = (np.arange(400) % 4) == np.repeat(best, 4)
    weights = logit.fit_choice(figures, right, sizes)
    assert weights[0] / (weights[1] * 1000.0) == pytest.approx(1.0, abs=0.3)
    assert abs(weights[2]) < 0.15 * weights[0]
    chosen = (figures @ weights).reshape(100, 4).argmax(axis=1)
    assert np.mean(chosen == best) > 0.95


def test_several_right_rows_share_one_success() -> None:
    # The right rows have the figure or lack it; what is common to all wrong ones is held against.
    figures = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]] * 5)
    right = np.array([True, True, False] * 5)
    weights = logit.fit_choice(figures, right, np.full(5, 3))
    assert weights[0] > 0 > weights[1]


def test_a_figure_that_never_changes_gets_no_weight() -> None:
    figures = np.array([[1.0, 7.0], [0.0, 7.0]] * 3)
    weights = logit.fit_choice(figures, np.array([True, False] * 3), np.full(3, 2))
    assert weights[0] > 0
    assert weights[1] == 0.0


def test_probabilities_are_those_of_the_data(random: np.random.Generator) -> None:
    figures = random.normal(size=(4000, 2)) * [1.0, 30.0] + [5.0, 0.0]
    odds = 1.5 * (figures[:, 0] - 5.0) - 0.02 * figures[:, 1] - 1.0
    right = random.random(4000) < 1.0 / (1.0 + np.exp(-odds))
    weights, bias = logit.fit_probability(figures, right)
    assert weights == pytest.approx([1.5, -0.02], rel=0.2)
    # As if there were as many right rows as others.
    balanced = -8.5 + np.log((~right).sum() / right.sum())
    assert bias == pytest.approx(balanced, rel=0.2)
    slope, offset = logit.fit_scale(figures @ weights + bias, right)
    assert slope * (figures @ weights + bias) + offset == pytest.approx(odds, abs=0.4)


def test_no_weights_do_better_than_those_that_are_found(random: np.random.Generator) -> None:
    figures, sizes = random.normal(size=(90, 4)), np.array([3, 6] * 10)
    right = np.zeros(90, dtype=bool)
    right[np.cumsum(sizes) - 1] = True
    right[np.cumsum(sizes) - 2] = True
    best = logit.fit_choice(figures, right, sizes)
    spread = figures.std(axis=0)

    def loss(weights: np.ndarray) -> float:
        scores = np.split(figures @ weights, np.cumsum(sizes)[:-1])
        flags = np.split(right, np.cumsum(sizes)[:-1])
        lost = [
            np.log(np.exp(s).sum() / np.exp(s[f]).sum()) for s, f in zip(scores, flags, strict=True)
        ]
        return float(np.mean(lost) + 1e-3 * ((weights * spread) ** 2).sum())

    for step in random.normal(size=(20, 4)) * 1e-2:
        assert loss(best) <= loss(best + step)
