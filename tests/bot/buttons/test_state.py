from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons.state import Query, decode, encode, parted
from index.filter import Filter

DAYS = st.dates()
FILTERS = st.one_of(
    st.none(),
    st.builds(Filter, DAYS, st.none(), st.frozensets(st.text(), max_size=2)),
    st.builds(Filter, st.none(), DAYS),
    st.builds(lambda day: Filter(day, day), DAYS),
)


@given(st.text(min_size=1, max_size=500).filter(str.strip), FILTERS)
def test_what_was_asked_comes_back_from_the_letters(text: str, only: Filter | None) -> None:
    asked = Query(text, only)
    letters = encode(asked)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", letters)
    assert decode(letters) == asked


def test_an_ordinary_question_takes_little_room_and_the_longest_fits() -> None:
    short = Query("Wie viele Soldaten sind in Kursk?", Filter(date(2024, 11, 1)))
    assert len(encode(short)) < 100
    words = (
        "Welche Folgen hat die Übernahme der Österreichischen Papierfabrik für die Beschäftigten "
        "im Waldviertel, und was sagen Bürgermeister, Gewerkschaft und Kundinnen zu den Plänen, "
        "von denen seit vergangener Woche in mehreren Zeitungen ausführlich die Rede gewesen ist, "
        "ohne dass jemand aus dem Vorstand dazu öffentlich Stellung beziehen wollte oder konnte, "
        "obwohl doch längst feststeht, dass zwei der drei Maschinen stillgelegt werden müssen und "
        "die Vorräte nur noch bis Weihnachten reichen?"
    )
    assert len(encode(Query(words))) < 600


@pytest.mark.parametrize(
    "letters", ["", "A", "AAAA", "!!", "ü", "-" * 50, encode(Query("Frage?"))[:-4], "eJwz" * 9]
)
def test_what_was_not_written_here_is_nothing(letters: str) -> None:
    assert decode(letters) is None


@given(st.text(alphabet="abcXYZ019-_", max_size=60))
def test_no_letters_break_the_reading(letters: str) -> None:
    decode(letters)


def test_a_text_is_parted_in_order_and_never_cut_off() -> None:
    assert parted("abcdef", [2, 3, 4]) == ["ab", "cde", "f"]
    assert parted("ab", [2, 3]) == ["ab", ""]
    assert parted("abcdef", [2, 3]) is None
