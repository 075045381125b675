from __future__ import annotations

import json
import math
from importlib import resources

import pytest

from bot.features import Candidate
from bot.rank import Weights, choose, read_weights, shipped_weights, weighted
from index.split import split_passages
from index.types import Hit, StoredArticle
from tests.making import make_article

WEIGHTS = Weights({"good": 1.0, "bad": -2.0}, {"bias": -1.0, "good": 2.0}, 0.5)


def candidate(**figures: float) -> Candidate:
    article = make_article("Ein Satz.")
    (passage,) = split_passages(article)
    hit = Hit(StoredArticle(1, article), passage, 0.0, (0.0,), 0.0)
    return Candidate(hit, passage.sentences[0], figures)


def test_figures_without_a_weight_and_weights_without_a_figure_count_for_nothing() -> None:
    assert weighted({"good": 3.0, "new": 9.0}, {"good": 2.0, "gone": 5.0}) == 6.0
    assert weighted({}, {}) == 0.0


def test_choices_come_best_first_with_probabilities() -> None:
    some = [candidate(good=0.2), candidate(good=0.9), candidate(good=0.9, bad=1.0)]
    choices = choose(some, WEIGHTS)
    assert [choice.candidate for choice in choices] == [some[1], some[0], some[2]]
    assert [choice.score for choice in choices] == pytest.approx([0.9, 0.2, -1.1])
    assert all(0.0 < choice.confidence < 1.0 for choice in choices)
    assert choices[0].confidence == pytest.approx(1 / (1 + math.exp(-(-1.0 + 1.8))))


@pytest.mark.parametrize("far", [-1e6, 1e6])
def test_figures_that_are_far_out_still_give_a_probability(far: float) -> None:
    choices = choose([candidate(good=far), candidate(good=-far)], WEIGHTS)
    assert all(0.0 <= choice.confidence <= 1.0 for choice in choices)


def test_equal_candidates_keep_their_order() -> None:
    some = [candidate(good=1.0) for _ in range(5)]
    assert [choice.candidate for choice in choose(some, WEIGHTS)] == some


def test_nothing_to_choose_from_gives_no_choice() -> None:
    assert choose([], WEIGHTS) == []


@pytest.mark.parametrize("threshold", [0.0, 1.0, -1, 7])
def test_a_threshold_that_is_no_probability_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="probability"):
        Weights({}, {}, threshold)


def test_the_shipped_weights_are_those_of_the_readable_file() -> None:
    text = resources.files("bot").joinpath("weights.json").read_text(encoding="utf-8")
    assert shipped_weights() == read_weights(json.loads(text))
    assert 0 < shipped_weights().threshold < 1
    assert shipped_weights().ranking


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"ranking": [], "confidence": {}, "threshold": 0.5},
        {"ranking": {}, "confidence": {"a": "x"}, "threshold": 0.5},
        {"ranking": {}, "confidence": {}, "threshold": None},
    ],
)
def test_a_file_that_holds_no_weights_is_refused(data: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_weights(data)
