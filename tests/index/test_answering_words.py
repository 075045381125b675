from __future__ import annotations

import numpy as np
import pytest

from index.answering_words import likeliest_words, whole_words


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("rund 8.000 Soldaten", "8", "8.000"),
        ("rund 8.000 Soldaten", "000", "8.000"),
        ("um 3,4 Prozent.", ",", "3,4"),
        ("Es waren 8. Danach nicht.", "8", "8"),
        ("Donaudampfschiff fährt", "dampf", "Donaudampfschiff"),
        ("in Köln, sagt er", " Köln,", "Köln,"),
        ("Ko\u0308ln liegt", "K", "Ko\u0308ln"),
        ("gut 👩🏽‍🔬 so", "👩", "👩🏽‍🔬"),
        ("gut 👩🏽‍🔬 so", "🔬", "👩🏽‍🔬"),
        ("`code` ist", "code", "code"),
        ("ganz", "ganz", "ganz"),
    ],
)
def test_a_part_is_widened_to_whole_words(text: str, part: str, whole: str) -> None:
    start = text.index(part)
    assert text[slice(*whole_words(text, start, start + len(part)))] == whole


def logits(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


def test_the_likeliest_words_start_and_end_where_both_are_likely() -> None:
    first, last, sure = likeliest_words(logits(0, 9, 0, 0), logits(0, 0, 9, 0), 8)
    assert (first, last) == (1, 2)
    assert sure > 0.99


def test_words_end_behind_their_start_and_are_not_too_long() -> None:
    assert likeliest_words(logits(0, 0, 9), logits(9, 0, 1), 3)[:2] == (2, 2)
    assert likeliest_words(logits(9, 0, 0), logits(0, 1, 9), 2)[:2] == (0, 1)


def test_where_all_words_are_alike_none_is_sure() -> None:
    zeros = logits(0, 0, 0, 0)
    assert likeliest_words(zeros, zeros, 8)[2] == pytest.approx(1 / 10)
