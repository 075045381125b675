from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.byline import read_byline
from index.dates import date_in_address, dates_in, stated_date, whole_date
from index.types import DateOrigin


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1. November 2024", date(2024, 11, 1)),
        ("01.11.2024", date(2024, 11, 1)),
        ("1.11.24", date(2024, 11, 1)),
        ("am 1. Jänner 2024 früh", date(2024, 1, 1)),
        ("3. Mrz. 2024", date(2024, 3, 3)),
        ("2024-11-01", date(2024, 11, 1)),
        ("November 1, 2024", date(2024, 11, 1)),
        ("Nov. 1st, 2024", date(2024, 11, 1)),
        ("1 November 2024", date(2024, 11, 1)),
        ("1. Auguſt 1924", date(1924, 8, 1)),
        ("3. MÄRZ 2024", date(2024, 3, 3)),
    ],
)
def test_written_dates_are_read(text: str, day: date) -> None:
    assert [found[0] for found in dates_in(text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2024",
        "2024-13-01",
        "1. November",
        "Version 1.2.3.4",
        "13:30",
        "99.99.2024",
        "1. Aprıl 2024",
        "2024",
        "",
    ],
)
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert not list(dates_in(text))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-11-01T08:30:00+01:00", "2024-11-01T08:30:00+01:00"),
        ("2024-11-01T08:30:00.123Z", "2024-11-01T08:30:00.123000+00:00"),
        ("2024-11-01T08:30:00+0100", "2024-11-01T08:30:00+01:00"),
        ("2024-11-01 08:30:00 +0100", "2024-11-01T08:30:00+01:00"),
        ("2024-11-01T08:30:00", "2024-11-01"),
        ("2024-11-01", "2024-11-01"),
        ("Fri, 01 Nov 2024 08:30:00 +0100", "2024-11-01T08:30:00+01:00"),
        ("Fri Nov 01 08:30:00 CET 2024", "2024-11-01"),
        ("1. November 2024, 08:30 Uhr", "2024-11-01"),
    ],
)
def test_stated_dates_keep_their_moment_only_with_its_zone(value: str, expected: str) -> None:
    found = stated_date(value, DateOrigin.METADATA)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    "value",
    [
        *("", "gestern", "1730448000", "null", "0000-00-00", "2024"),
        "Fri, 99 Nov 2024 10:00:00 +99999999999999999999",
    ],
)
def test_nothing_is_made_of_what_states_no_date(value: str) -> None:
    assert stated_date(value, DateOrigin.METADATA) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 1.11.2024 ", "2024-11-01"),
        ("01.11.24", "2024-11-01"),
        ("1. November 2024", "2024-11-01"),
        ("November 1, 2024", "2024-11-01"),
        ("2024-11-01", "2024-11-01"),
        ("2024-11-01T08:30:00+01:00", "2024-11-01T08:30:00+01:00"),
        ("am 1.11.2024", None),
        ("1.11.2024 oder 2.11.2024", None),
        ("31.11.2024", None),
        ("1.13.2024", None),
        ("11/1/2024", None),
        ("gestern", None),
        ("", None),
    ],
)
def test_a_whole_text_is_a_date_or_none(text: str, expected: str | None) -> None:
    found = whole_date(text, DateOrigin.GIVEN)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2024/11/01/titel.html", date(2024, 11, 1)),
        ("https://a.example/news/2024-11/01/titel", date(2024, 11, 1)),
        ("https://a.example/titel-2024-11-1-x", date(2024, 11, 1)),
        ("https://a.example/2024/11/titel", None),
        ("https://a.example/artikel-120241101", None),
        ("https://a.example/2024/13/01", None),
    ],
)
def test_an_address_may_hold_the_day(url: str, day: date | None) -> None:
    assert date_in_address(url) == day


@pytest.mark.parametrize(
    "line",
    [
        "Die Lage am 1. November 2024",
        "Von Kiew bis Moskau",
        "Der Rat tagte am 1. November 2024, sagte die Bürgermeisterin.",
        "Alles Wichtige zum Krieg, zur Wahl, zum Wetter, 1. November 2024",
        "Text",
    ],
)
def test_a_line_that_says_more_is_no_byline(line: str) -> None:
    assert read_byline(line) is None


@given(st.text(alphabet="Von Axy, 1.2024|/:-()und\ue000", max_size=160))
def test_any_line_can_be_asked(line: str) -> None:
    read_byline(line)
    stated_date(line, DateOrigin.METADATA)
