from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from typing import Any

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
    st.builds(
        Filter,
        st.none(),
        DAYS,
        st.frozensets(st.text(), max_size=2),
        st.frozensets(st.integers(1, 2**40), min_size=1, max_size=4),
    ),
)


@given(st.text(min_size=1, max_size=500).filter(str.strip), FILTERS)
def test_what_was_asked_comes_back_from_the_letters(text: str, only: Filter | None) -> None:
    asked = Query(text, only)
    letters = encode(asked)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", letters)
    assert decode(letters) == asked


OLD = "ePnQVT_zi45WMjIwMtE1NNQ1MFSCiTrll6QqxcbqKMHdZ68UCwD43AxL"
FULL: dict[str, Any] = {
    "first_day": date(2024, 11, 1),
    "last_day": date(2024, 11, 3),
    "outlets": frozenset({"Bote"}),
    "articles": frozenset({7, 12}),
}


def test_of_each_field_that_a_filter_has_a_value_is_remembered() -> None:
    assert FULL.keys() == {field.name for field in fields(Filter)}


@pytest.mark.parametrize("name", FULL)
def test_a_filter_by_one_field_alone_comes_back(name: str) -> None:
    asked = Query("Seit wann?", Filter(**{name: FULL[name]}))
    assert decode(encode(asked)) == asked


def test_a_button_from_before_articles_were_remembered_still_works() -> None:
    assert decode(OLD) == Query("Seit wann?", Filter(date(2024, 11, 1), None, frozenset({"Bote"})))


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
