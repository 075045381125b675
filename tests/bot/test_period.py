from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.periods import age_text, days_text, filter_text, offer_text
from bot.period import Period, days_of, filtered, read_first_day, read_last_day, read_period
from bot.types import Language
from index.errors import NotFoundError, SettingError
from index.filter import Filter

DE, EN = Language.GERMAN, Language.ENGLISH
TODAY = date(2024, 11, 20)


def on(day: int, month: int = 11, year: int = 2024) -> date:
    return date(year, month, day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heute", (TODAY, None)),
        ("Today", (TODAY, None)),
        ("gestern", (on(19), on(19))),
        ("Woche", (on(14), None)),
        ("diese Woche", (on(14), None)),
        ("last week", (on(14), None)),
        ("letzte 7 Tage", (on(14), None)),
        ("in den letzten 3 Tagen", (on(18), None)),
        ("past 2 weeks", (on(7), None)),
        ("month", (on(22, 10), None)),
        ("letzte 12 Monate", (TODAY - timedelta(364), None)),
        ("letzte 2 Monate", (TODAY - timedelta(60), None)),
        ("year", (TODAY - timedelta(364), None)),
        ("1.11.2024", (on(1), on(1))),
        ("1. November 2024", (on(1), on(1))),
        ("2024-11-01", (on(1), on(1))),
        ("2023", (on(1, 1, 2023), on(31, 12, 2023))),
        ("Februar 2024", (on(1, 2), on(29, 2))),
        ("in February 2024", (on(1, 2), on(29, 2))),
        ("2024-12", (on(1, 12), on(31, 12))),
        ("12/2024", (on(1, 12), on(31, 12))),
        ("1.11.2024 bis 3.11.2024", (on(1), on(3))),
        ("1.11.2024-3.11.2024", (on(1), on(3))),
        ("1.11.2024 - 3.11.2024", (on(1), on(3))),
        ("2024-11-01..2024-11-03", (on(1), on(3))),
        ("2024-11-01 – 2024-11-03", (on(1), on(3))),
        ("from 2024-11-01 to 2024-11-03", (on(1), on(3))),
        ("von Oktober 2024 bis November 2024", (on(1, 10), on(30))),
        ("3.11.2024 bis 1.11.2024", (on(1), on(3))),
        ("seit 1.11.2024", (on(1), None)),
        ("since November 2024", (on(1), None)),
        ("bis 3.11.2024", (None, on(3))),
        ("until 2023", (None, on(31, 12, 2023))),
    ],
)
def test_a_period_is_read_as_people_write_it(
    text: str, expected: tuple[date | None, date | None]
) -> None:
    assert read_period(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "bald",
        "0 Tage",
        "9999 Jahre",
        "32.11.2024",
        "13/2024",
        "1.11.2024 bis bald",
        "1" * 90,
    ],
)
def test_what_is_no_period_is_named(text: str) -> None:
    with pytest.raises(SettingError, match="period_unreadable"):
        read_period(text, TODAY)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_period_or_an_error(text: str) -> None:
    try:
        first, last = read_period(text, TODAY)
    except SettingError:
        return
    assert first or last
    assert first is None or last is None or first <= last


def test_a_month_begins_with_its_first_and_ends_with_its_last_day() -> None:
    assert read_first_day("Februar 2024", TODAY) == on(1, 2)
    assert read_last_day("Februar 2024", TODAY) == on(29, 2)
    assert read_last_day("gestern", TODAY) == on(19)
    for read in (read_first_day, read_last_day):
        with pytest.raises(SettingError):
            read("seit gestern", TODAY)


@pytest.mark.parametrize("period", Period)
def test_what_is_offered_is_understood_and_called_by_its_name(period: Period) -> None:
    for language in Language:
        assert read_period(offer_text(language, period), TODAY) == days_of(period, TODAY)
        assert days_text(language, Filter(*days_of(period, TODAY)), TODAY) == offer_text(
            language, period
        )


def test_a_filter_is_written_out() -> None:
    only = Filter(on(1), on(3), frozenset({"ORF", "APA"}))
    assert filter_text(DE, only, TODAY) == (
        "Zeitraum: 1. November 2024 bis 3. November 2024, ohne Artikel mit unbekanntem Datum"
        " · Medium: APA, ORF"
    )
    assert filter_text(EN, Filter(outlets=frozenset({"ORF"}))) == "Outlet: ORF"
    assert days_text(DE, Filter(on(1), on(1))) == "1. November 2024"
    assert days_text(DE, Filter(on(14))) == "seit 14. November 2024"
    assert days_text(DE, Filter(None, on(14))) == "bis 14. November 2024"


@pytest.mark.parametrize(
    ("days", "german", "english"),
    [
        (0, "heute", "today"),
        (1, "gestern", "yesterday"),
        (2, "vor 2 Tagen", "2 days ago"),
        (13, "vor 13 Tagen", "13 days ago"),
        (14, "vor 2 Wochen", "2 weeks ago"),
        (59, "vor 8 Wochen", "8 weeks ago"),
        (60, "vor 8 Wochen", "8 weeks ago"),
        (61, "vor 2 Monaten", "2 months ago"),
        (365, "vor 12 Monaten", "12 months ago"),
        (729, "vor 23 Monaten", "23 months ago"),
        (730, "vor 2 Jahren", "2 years ago"),
        (-1, None, None),
    ],
)
def test_an_age_is_told_in_the_unit_that_fits(
    days: int, german: str | None, english: str | None
) -> None:
    day = TODAY - timedelta(days)
    assert (age_text(DE, day, TODAY), age_text(EN, day, TODAY)) == (german, english)


@pytest.mark.parametrize(
    ("known", "code"), [((), "outlets_none"), (("ORF", "Blatt"), "outlet_unknown")]
)
def test_an_outlet_that_is_not_there_is_refused_with_those_that_are(
    known: tuple[str, ...], code: str
) -> None:
    with pytest.raises(NotFoundError) as caught:
        filtered((None, None), "Bote", known)
    assert caught.value.code == code
    assert caught.value.details.get("known", "ORF, Blatt") == "ORF, Blatt"
