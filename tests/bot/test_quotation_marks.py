from __future__ import annotations

import pytest

from bot.quotation_marks import is_enclosed, marks_around

PAIRS = ("„“", "»«")


def enclosed(text: str) -> str:
    opening, closing = marks_around(text, PAIRS)
    return f"{opening}{text}{closing}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("In Kursk sind Soldaten.", "„In Kursk sind Soldaten.“"),
        ("„Das stimmt nicht.“", "„Das stimmt nicht.“"),
        ("»Das stimmt nicht.«", "»Das stimmt nicht.«"),
        ('"Das stimmt nicht."', '"Das stimmt nicht."'),
        ("„Das stimmt nicht”.", "„Das stimmt nicht”."),
        ("„Das stimmt nicht“, sagte Wood.", "»„Das stimmt nicht“, sagte Wood.«"),
        ("„Ja“, sagte Wood, „nein.“", "»„Ja“, sagte Wood, „nein.“«"),
        ("»Ja«, sagte Wood.", "„»Ja«, sagte Wood.“"),
        ("„Ja“, sagte Wood, »nein«, sagte Austin.", "„„Ja“, sagte Wood, »nein«, sagte Austin.“"),
    ],
)
def test_marks_of_our_own_never_stand_beside_those_of_the_text(text: str, shown: str) -> None:
    assert enclosed(text) == shown


@pytest.mark.parametrize("text", ["", "„", "“", '"', "„Ja", "Ja“", "8.000"])
def test_half_a_pair_encloses_nothing(text: str) -> None:
    assert not is_enclosed(text)
