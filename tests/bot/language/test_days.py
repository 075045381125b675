from __future__ import annotations

from datetime import UTC, date, datetime

from bot.language.days import day_text, published_text
from bot.types import Language
from index.types import DateOrigin, Published


def test_a_day_is_written_out_as_people_of_the_language_write_it() -> None:
    assert day_text(Language.GERMAN, date(2024, 11, 1)) == "1. November 2024"
    assert day_text(Language.ENGLISH, date(2024, 3, 31)) == "31 March 2024"


def test_each_language_knows_twelve_months() -> None:
    for language in Language:
        days = {day_text(language, date(2024, month, 1)) for month in range(1, 13)}
        assert len(days) == 12


def test_an_unknown_date_is_said_to_be_unknown() -> None:
    assert published_text(Language.GERMAN, None) == "Datum unbekannt"
    assert published_text(Language.ENGLISH, None) == "date unknown"


def test_a_moment_is_shown_by_its_day() -> None:
    moment = datetime(2024, 11, 1, 23, 30, tzinfo=UTC)
    published = Published(moment.date(), DateOrigin.METADATA, moment)
    assert published_text(Language.GERMAN, published) == "1. November 2024"
