from __future__ import annotations

import random

import pytest

from index.training.counting import counted

SAMPLE = "Der Rat tagte lange. Nach dem Sturm fehlten 8.000 tönerne Pfannen auf Dächern in Lindau."
OTHER = "Damals waren 1945 Soldaten krank. Es standen noch zwölf Wagen bereit, alle in Bregenz."


def test_a_question_is_made_of_a_number_a_noun_and_a_place() -> None:
    asked = counted([SAMPLE], 5, random.Random(1))
    assert len(asked) == 1
    assert asked[0].text == SAMPLE
    assert asked[0].question.lower().startswith(("wie viele pfannen ", "wieviele pfannen "))
    (right,) = asked[0].rights
    assert right.words is not None
    assert SAMPLE[slice(*right.words)] == "8.000"


def test_years_units_and_times_are_not_counted() -> None:
    texts = [
        "Das Haus steht seit zwanzig Jahren leer, so wie viele andere alte Häuser in Lindau auch.",
        "Es waren am Ende elf Sitzungen nötig, von denen die meisten wohl im Sommer stattfanden.",
    ]
    assert counted(texts, 5, random.Random(1)) == []


def test_of_another_place_nothing_is_right() -> None:
    asked = [one for seed in range(20) for one in counted([SAMPLE, OTHER], 5, random.Random(seed))]
    elsewhere = [one for one in asked if not one.rights]
    assert 0 < len(elsewhere) < len(asked) / 2
    for one in elsewhere:
        foreign = "bregenz" if one.text == SAMPLE else "lindau"
        assert one.question.lower().rstrip("?").endswith(foreign)


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_than_asked_for(most: int) -> None:
    assert len(counted([SAMPLE, OTHER, SAMPLE], most, random.Random(1))) == most
