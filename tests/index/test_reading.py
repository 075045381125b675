from __future__ import annotations

import math

import pytest

from index.reading import Excerpt, Reading


def test_an_excerpt_needs_its_sentence_and_nothing_else() -> None:
    assert Excerpt("", "", "Es regnet.", "").sentence == "Es regnet."
    with pytest.raises(ValueError, match="sentence"):
        Excerpt("Titel", "davor", "", "danach")


@pytest.mark.parametrize("score", [math.nan, math.inf, -math.inf])
def test_a_score_that_is_no_number_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Reading(score)


@pytest.mark.parametrize(("start", "end"), [(None, 3), (0, None), (3, 3), (4, 2), (-1, 2)])
def test_words_that_are_none_are_refused(start: int | None, end: int | None) -> None:
    with pytest.raises(ValueError, match=r"words|start"):
        Reading(0.0, start, end)


def test_a_reading_may_name_words_or_none() -> None:
    assert Reading(-2.0).start is None
    assert Reading(2.0, 0, 5).end == 5
