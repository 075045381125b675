"""What Beleg prints of a figure or a day, read again, is the same figure and the same day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import say
from bot.language.days import day_text
from bot.language.figures import figure_text, unit_name
from bot.news.claim import Days, Figure, Hedge
from bot.news.figures import figures_in
from bot.news.numerals import german_number
from bot.news.times import days_in
from bot.news.units import NAMES
from bot.types import Language

LANGUAGES = st.sampled_from(Language)
NUMBERS = st.one_of(
    st.integers(-(10**6), 10**15).map(Decimal),
    st.decimals(-1000, 10**7, places=2),
    st.decimals(0, 10, places=3),
    st.builds(
        lambda number, scale: number * scale,
        st.decimals(1, 999, places=2),
        st.sampled_from([Decimal(10**6), Decimal(10**9), Decimal(10**12)]),
    ),
)
UNITS = st.sampled_from([None, *NAMES])
HEDGES = st.sampled_from([None, *Hedge])


@given(LANGUAGES, NUMBERS, UNITS, HEDGES)
def test_a_printed_figure_is_read_as_it_was(
    language: Language, number: Decimal, unit: str | None, hedge: Hedge | None
) -> None:
    figure = Figure(number, number, unit, None, hedge)
    assert _read(figure_text(language, figure), language) == [figure]


@given(LANGUAGES, NUMBERS, NUMBERS, UNITS, HEDGES)
def test_a_printed_range_is_read_as_it_was(
    language: Language, one: Decimal, other: Decimal, unit: str | None, hedge: Hedge | None
) -> None:
    figure = Figure(min(one, other), max(one, other), unit, None, hedge)
    assert _read(figure_text(language, figure), language) == [figure]


@given(LANGUAGES, st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(1950, 1, 1)))
def test_a_printed_day_is_read_as_it_was(language: Language, day: date, made: date) -> None:
    found = days_in(day_text(language, day), made, language)
    assert [one.days for one in found] == [Days(day, day)]


@given(st.integers(0, 999_999))
def test_a_german_number_in_words_is_read_as_it_was(number: int) -> None:
    assert german_number(_spelled(number)) == number


@given(LANGUAGES, st.text(max_size=200))
def test_any_text_can_be_read(language: Language, text: str) -> None:
    for figure in figures_in(text, language):
        assert 0 <= figure.start < figure.end <= len(text)
    for days in days_in(text, date(2025, 11, 7), language):
        assert 0 <= days.start < days.end <= len(text)


@pytest.mark.parametrize("language", Language)
def test_every_unit_has_a_name_and_a_way_to_print_it(language: Language) -> None:
    for name in NAMES:
        assert "{" not in say(language, f"unit.{name}", value="5")
        assert unit_name(language, name)


ONES = (
    (Language.GERMAN, "day", "1 Tag", "2 Tage"),
    (Language.GERMAN, "month", "1 Monat", "0,5 Monate"),
    (Language.GERMAN, "krone", "1 Krone", "21 Kronen"),
    (Language.GERMAN, "mile_per_hour", "1 Meile pro Stunde", "30 Meilen pro Stunde"),
    (Language.GERMAN, "euro", "1 €", "2 €"),
    (Language.ENGLISH, "day", "1 day", "2 days"),
    (Language.ENGLISH, "hour", "1 hour", "1.5 hours"),
    (Language.ENGLISH, "foot", "1 foot", "6 feet"),
    (Language.ENGLISH, "century", "1 century", "2 centuries"),
    (Language.ENGLISH, "degree", "\u22121 degree", "0 degrees"),
    (Language.ENGLISH, "time", "1 time", "2 times"),
)


@pytest.mark.parametrize(("language", "unit", "one", "several"), ONES)
def test_one_of_a_unit_is_printed_in_the_singular(
    language: Language, unit: str, one: str, several: str
) -> None:
    for text in (one, several):
        (figure,) = _read(text, language)
        assert figure.unit == unit
        assert figure_text(language, figure) == text


def test_a_range_has_the_number_of_its_end() -> None:
    half, one, two = Decimal("0.5"), Decimal(1), Decimal(2)
    assert figure_text(Language.GERMAN, Figure(half, one, "day")) == "0,5 bis 1 Tag"
    assert figure_text(Language.ENGLISH, Figure(one, two, "week")) == "1 to 2 weeks"
    about = Figure(one, one, "year", None, Hedge.ABOUT)
    assert figure_text(Language.GERMAN, about) == "rund 1 Jahr"


@given(LANGUAGES, UNITS, HEDGES)
def test_one_of_anything_is_read_as_it_was(
    language: Language, unit: str | None, hedge: Hedge | None
) -> None:
    figure = Figure(Decimal(1), Decimal(1), unit, None, hedge)
    assert _read(figure_text(language, figure), language) == [figure]


def _read(text: str, language: Language) -> list[Figure]:
    return [one.figure for one in figures_in(text, language)]


_ONES = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_TENS = [
    "-",
    "-",
    "zwanzig",
    "dreißig",
    "vierzig",
    "fünfzig",
    "sechzig",
    "siebzig",
    "achtzig",
    "neunzig",
]


def _spelled(number: int) -> str:
    """Write a number below a million in German words."""
    if number < 20:
        return "eins" if number == 1 else _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return (f"{_ONES[ones]}und" if ones else "") + _TENS[tens]
    size, name = (100, "hundert") if number < 1000 else (1000, "tausend")
    count, rest = divmod(number, size)
    before = "ein" if count == 1 else _spelled(count)
    return (
        before.removesuffix("s" if before.endswith("eins") else "")
        + name
        + (_spelled(rest) if rest else "")
    )
