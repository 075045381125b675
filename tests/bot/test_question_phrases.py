from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question_phrases import contents, phrases


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Wie viele Soldaten sind in Kursk?", ["Soldaten", "in Kursk"]),
        ("Wie viele nordkoreanische Soldaten sind es?", ["nordkoreanische Soldaten"]),
        ("Was sagte Lloyd Austin in New York?", ["Lloyd Austin", "in New York"]),
        ("Wer regiert in der Ukraine?", ["in der Ukraine"]),
        ("Wie hoch war die Inflation im Jahr 2023?", ["die Inflation", "im Jahr 2023"]),
        ("Hat Merz Macron getroffen?", ["Merz Macron"]),
        ("Bestätigte Merz die Zahl?", ["Merz", "die Zahl"]),
        ("Stimmt das?", []),
        ("Merz in Wien?", ["Merz", "in Wien"]),
        ("In Kursk?", ["In Kursk"]),
        ("wie viele soldaten sind in kursk?", ["in kursk"]),
        ("wer war das in der region?", ["in der region"]),
        ("Seit wann?", []),
    ],
)
def test_what_a_question_names_is_read_off_its_capitals(question: str, found: list[str]) -> None:
    assert [phrase.text for phrase in phrases(question)] == found


def test_what_is_counted_is_told_from_what_is_not() -> None:
    first, second = phrases("Wie viele Soldaten sind in Kursk?")
    assert (first.counted, second.counted) == (True, False)
    assert (first.is_place, second.is_place) == (False, True)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Wann wurde die FPÖ gegründet?", ["die FPÖ", "gegründet"]),
        ("How many soldiers are in Kursk?", ["soldiers", "in Kursk"]),
        ("wie alt ist merz?", ["merz"]),
        ("Wie lange schon?", []),
        ("Wo genau?", []),
        ("Since when exactly?", []),
    ],
)
def test_words_that_only_ask_are_no_contents(question: str, found: list[str]) -> None:
    assert [phrase.text for phrase in contents(question)] == found


@given(st.text(alphabet="ab AÄ9?.„-' inder", max_size=60))
def test_every_phrase_stands_in_the_question_in_order(text: str) -> None:
    at = 0
    for phrase in contents(text):
        assert at <= phrase.start < phrase.end <= len(text)
        assert " ".join(text[phrase.start : phrase.end].split()).endswith(phrase.name)
        at = phrase.end
