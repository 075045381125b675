from __future__ import annotations

import random

import pytest

from index.training.mixing import mixed, translations

KNOWN = {"bridge": [("Brücke", 1.0)], "costs": [("kostet", 1.0)], "new": [("neue", 1.0)]}
TEXT = "The new bridge costs 8 million euros."


def test_translations_are_counted_from_pairs() -> None:
    pairs = [
        (f"Die {german} steht {n}.", f"A {english} stands {n}.")
        for german, english in (("Brücke", "bridge"), ("Kirche", "church"), ("Schule", "school"))
        for n in range(5)
    ]
    known = translations(pairs)
    assert [word for word, _ in known["bridge"]] == ["Brücke"]
    assert [word for word, _ in known["church"]] == ["Kirche"]
    assert {word for word, _ in known["the"]} == {"der", "die", "das", "den", "dem"}


def test_a_rare_word_has_no_translation() -> None:
    assert "bridge" not in translations([("Die Brücke.", "The bridge.")] * 3)


def test_all_known_words_or_none_are_translated() -> None:
    chance = random.Random(6)
    assert mixed(TEXT, None, KNOWN, 1.0, chance)[0] == "The neue Brücke kostet 8 million euros."
    assert mixed(TEXT, None, KNOWN, 0.0, chance)[0] == TEXT


@pytest.mark.parametrize(
    ("answer", "found"),
    [("8 million", "8 million"), ("new bridge", "neue Brücke"), ("bri", "Brücke"), (".", ".")],
)
def test_the_answer_is_found_again(answer: str, found: str) -> None:
    start = TEXT.index(answer)
    text, span = mixed(TEXT, (start, start + len(answer)), KNOWN, 1.0, random.Random(6))
    assert span is not None
    assert text[slice(*span)] == found
