from __future__ import annotations

import json
import math
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from bot.confidence import Confidence
from bot.features import Candidate
from bot.language import say_error
from bot.rank import (
    Weights,
    best_of,
    choose,
    load_weights,
    read_weights,
    shipped_weights,
    standings,
    weighted,
)
from bot.types import Language
from index.errors import SettingError
from index.own_model import shipped_model
from index.split import split_passages
from index.types import Hit, StoredArticle
from tests.making import make_article, make_confidence

WEIGHTS = Weights({"good": 1.0, "bad": -2.0}, make_confidence(-1.0, good=2.0), 0.5)


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
        Weights({}, make_confidence(0.0), threshold)


def test_the_shipped_weights_are_those_of_the_readable_file() -> None:
    text = resources.files("bot").joinpath("weights.json").read_text(encoding="utf-8")
    assert shipped_weights() == read_weights(json.loads(text))
    assert 0 < shipped_weights().threshold < 1
    assert shipped_weights().ranking


def test_the_shipped_weights_belong_to_the_shipped_model() -> None:
    assert shipped_weights().model == shipped_model().revision("encoder")
    assert shipped_weights().reader == shipped_model().revision("ranker")


def test_a_copy_of_the_best_sentence_is_no_rival() -> None:
    some = standings(np.array([2.0, 2.0, 0.5]), ["a", "a", "b"])
    assert some["margin"].tolist() == [1.5, 1.5, -1.5]
    assert some["mass"].sum() == pytest.approx(1.0)
    alone = standings(np.array([2.0]), ["a"])
    assert [alone[name].tolist() for name in ("margin", "mass", "score")] == [[3.0], [1.0], [2.0]]


def test_the_best_sentences_show_what_there_is_at_all() -> None:
    rows = np.array([[0.1, 5.0], [0.9, 4.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [7.0, 7.0]])
    assert best_of(["a", "b"], rows) == {"best_a": 0.9, "best_b": 5.0}


PARTS: dict[str, object] = {
    "present": {"bias": -0.5},
    "says": {"bias": 2},
    "slope": 1.5,
    "offset": 0,
}
READ = Confidence({"bias": -0.5}, {"bias": 2.0}, 1.5, 0.0)
GOOD = {"model": "m", "ranking": {"a": 1}, "confidence": PARTS, "threshold": 0.25}


def test_weights_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({**GOOD, "figures": {"quote_hit@1": 50.0}}))
    assert load_weights(path) == Weights({"a": 1.0}, READ, 0.25, "m")


PLAIN: dict[str, object] = {"ranking": {"a": 2}, "confidence": PARTS, "threshold": 0.5}


def test_weights_that_know_a_reader_have_plain_ones_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({**GOOD, "reader": "r@1", "plain": PLAIN}))
    plain = Weights({"a": 2.0}, READ, 0.5, "m")
    assert load_weights(path) == Weights({"a": 1.0}, READ, 0.25, "m", "r@1", plain)
    path.write_text(json.dumps({**GOOD, "reader": None}))
    assert load_weights(path).reader is None
    with pytest.raises(ValueError, match="plain"):
        Weights({"a": 1.0}, READ, 0.5, reader="r@1")
    with pytest.raises(ValueError, match="plain"):
        Weights({"a": 1.0}, READ, 0.5, plain=plain)


WRONG: list[dict[str, object]] = [
    {"model": None},
    {"reader": 3},
    {"reader": "r@1"},
    {"reader": "r@1", "plain": {}},
    {"reader": "r@1", "plain": {**PLAIN, "ranking": {"a": None}}},
    {"ranking": []},
    {"ranking": {}},
    {"ranking": {"a": "1"}},
    {"ranking": {"a": True}},
    {"ranking": {"a": math.inf}},
    {"ranking": {"a": 10**400}},
    {"confidence": None},
    {"confidence": {**PARTS, "present": {"bias": math.nan}}},
    {"confidence": {**PARTS, "says": {}}},
    {"confidence": {**PARTS, "slope": 0}},
    {"confidence": {**PARTS, "slope": "1"}},
    {"confidence": {"present": {"bias": 1}}},
    {"threshold": None},
    {"threshold": "0.5"},
    {"threshold": 1},
    {"threshold": 0},
    {"threshold": math.nan},
]


@pytest.mark.parametrize(
    "content", [None, "", "{", "[]", "{}", *(json.dumps({**GOOD, **wrong}) for wrong in WRONG)]
)
def test_a_file_that_holds_no_weights_is_named_in_both_languages(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "weights.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingError) as caught:
        load_weights(path)
    assert caught.value.code == "weights_unusable"
    assert all(str(path) in say_error(language, caught.value) for language in Language)
