from __future__ import annotations

import random

import pytest

from index.training.leaving_out import with_less


@pytest.mark.parametrize(
    ("question", "less"),
    [
        (
            "Wie viele nordkoreanische Soldaten sind in Kursk?",
            "Wie viele Soldaten sind in Kursk?",
        ),
        ("Wer leitet das neue Museum?", "Wer leitet das Museum?"),
    ],
)
def test_a_word_that_describes_a_noun_is_left_out(question: str, less: str) -> None:
    assert with_less(question, random.Random(1)) == less


@pytest.mark.parametrize(
    "question",
    ["Wie viele Soldaten sind in Kursk?", "Welche Partei gewann?", "Wurden seine Pläne bekannt?"],
)
def test_what_describes_nothing_stays(question: str) -> None:
    assert with_less(question, random.Random(1)) == question
