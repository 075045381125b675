from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from bot.news.periods_asked import period_asked
from index.types import DateOrigin, Published

NOW = datetime(2026, 6, 12, 18, 0, tzinfo=timezone(timedelta(hours=2)))  # a Friday


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("Was nannte er letzte Woche?", "2026-06-01 00:00", "2026-06-07 23:59", "Was nannte er?"),
        ("Was galt gestern?", "2026-06-11 00:00", "2026-06-11 23:59", "Was galt?"),
        ("Was galt gestern Mittag?", "2026-06-11 10:00", "2026-06-11 14:59", "Was galt?"),
        ("Was galt vorgestern?", "2026-06-10 00:00", "2026-06-10 23:59", "Was galt?"),
        ("Was galt am 3. Mai?", "2026-05-03 00:00", "2026-05-03 23:59", "Was galt?"),
        ("Was galt am 3. Juli?", "2025-07-03 00:00", "2025-07-03 23:59", "Was galt?"),
        ("Was galt am 3.5.2025?", "2025-05-03 00:00", "2025-05-03 23:59", "Was galt?"),
        ("Was galt am Morgen des 3. Juni?", "2026-06-03 00:00", "2026-06-03 10:59", "Was galt?"),
        ("Was galt im Oktober?", "2025-10-01 00:00", "2025-10-31 23:59", "Was galt?"),
        ("Was galt im Februar 2025?", "2025-02-01 00:00", "2025-02-28 23:59", "Was galt?"),
        ("Was galt Mitte Mai?", "2026-05-10 00:00", "2026-05-20 23:59", "Was galt?"),
        ("Was galt Stand Ende März?", "2026-03-20 00:00", "2026-03-31 23:59", "Was galt?"),
        ("Was galt letzten Donnerstag?", "2026-06-11 00:00", "2026-06-11 23:59", "Was galt?"),
        ("Was galt letzten Freitag?", "2026-06-05 00:00", "2026-06-05 23:59", "Was galt?"),
        ("Was galt am Dienstagabend?", "2026-06-09 17:00", "2026-06-09 23:59", "Was galt?"),
        ("Was galt seit Montag?", "2026-06-08 00:00", None, "Was galt?"),
        ("Was galt bis zum 3. Juni?", None, "2026-06-03 23:59", "Was galt?"),
        ("Was galt vor drei Tagen?", "2026-06-09 00:00", "2026-06-09 23:59", "Was galt?"),
        ("Was galt letzten Monat?", "2026-05-01 00:00", "2026-05-31 23:59", "Was galt?"),
        ("Was galt gestern um 9.30 Uhr?", "2026-06-11 00:00", "2026-06-11 09:30", "Was galt?"),
        ("Was galt heute Morgen?", "2026-06-12 00:00", "2026-06-12 10:59", "Was galt?"),
        ("Was galt vorletzte Woche?", "2026-05-25 00:00", "2026-05-31 23:59", "Was galt?"),
        ("Was galt Anfang letzter Woche?", "2026-06-01 00:00", "2026-06-03 23:59", "Was galt?"),
        ("Was galt Ende der Woche?", "2026-06-11 00:00", "2026-06-14 23:59", "Was galt?"),
        ("Was galt am Montag letzter Woche?", "2026-06-01 00:00", "2026-06-01 23:59", "Was galt?"),
        ("Was galt Anfang 2026?", "2026-01-01 00:00", "2026-03-31 23:59", "Was galt?"),
        ("Was galt Ende letzten Jahres?", "2025-10-01 00:00", "2025-12-31 23:59", "Was galt?"),
        ("Was galt im Vorjahr?", "2025-01-01 00:00", "2025-12-31 23:59", "Was galt?"),
        ("Was galt zu Jahresbeginn?", "2026-01-01 00:00", "2026-03-31 23:59", "Was galt?"),
        ("Was galt zum Jahreswechsel?", "2025-12-20 00:00", "2026-01-10 23:59", "Was galt?"),
        ("Was galt an Weihnachten?", "2025-12-24 00:00", "2025-12-26 23:59", "Was galt?"),
        ("What was up on New Year's Eve?", "2025-12-31 00:00", "2025-12-31 23:59", "What was up?"),
        ("What was up on New Year’s Eve?", "2025-12-31 00:00", "2025-12-31 23:59", "What was up?"),
        ("Was galt im letzten Oktober?", "2025-10-01 00:00", "2025-10-31 23:59", "Was galt?"),
        ("Was galt letzten Sommer?", "2025-06-01 00:00", "2025-08-31 23:59", "Was galt?"),
        ("Was galt im ersten Quartal 2026?", "2026-01-01 00:00", "2026-03-31 23:59", "Was galt?"),
        ("Was galt in der ersten Maiwoche?", "2026-05-01 00:00", "2026-05-07 23:59", "Was galt?"),
        ("Was galt vom 1. bis zum 5. Mai?", "2026-05-01 00:00", "2026-05-05 23:59", "Was galt?"),
        (
            "Was galt zwischen dem 28. April und dem 2. Mai?",
            "2026-04-28 00:00",
            "2026-05-02 23:59",
            "Was galt?",
        ),
        ("Was galt in der Nacht auf Montag?", "2026-06-08 00:00", "2026-06-08 23:59", "Was galt?"),
        ("Was galt vor ein paar Tagen?", "2026-06-08 00:00", "2026-06-10 23:59", "Was galt?"),
        ("Was galt vor rund zwei Wochen?", "2026-05-26 00:00", "2026-06-01 23:59", "Was galt?"),
        ("What was it this morning?", "2026-06-12 00:00", "2026-06-12 10:59", "What was it?"),
        ("What was it by the end of May?", None, "2026-05-31 23:59", "What was it?"),
        (
            "What was it at the beginning of May?",
            "2026-05-01 00:00",
            "2026-05-10 23:59",
            "What was it?",
        ),
        ("What was it late last year?", "2025-10-01 00:00", "2025-12-31 23:59", "What was it?"),
        (
            "What was it on the evening of 3 June?",
            "2026-06-03 17:00",
            "2026-06-03 23:59",
            "What was it?",
        ),
        (
            "What was it in the last week of May?",
            "2026-05-25 00:00",
            "2026-05-31 23:59",
            "What was it?",
        ),
        ("What was it on 3 May?", "2026-05-03 00:00", "2026-05-03 23:59", "What was it?"),
        ("What was it on May 3?", "2026-05-03 00:00", "2026-05-03 23:59", "What was it?"),
        ("What was it in April?", "2026-04-01 00:00", "2026-04-30 23:59", "What was it?"),
        ("What was it last week?", "2026-06-01 00:00", "2026-06-07 23:59", "What was it?"),
        ("What was it yesterday?", "2026-06-11 00:00", "2026-06-11 23:59", "What was it?"),
        ("What was it three days ago?", "2026-06-09 00:00", "2026-06-09 23:59", "What was it?"),
    ],
)
def test_periods_are_read_at_the_moment_of_asking(
    text: str, first: str | None, last: str | None, rest: str
) -> None:
    period = period_asked(text, NOW)
    assert period is not None
    written = [
        moment.strftime("%Y-%m-%d %H:%M") if moment else None
        for moment in (period.first, period.last)
    ]
    assert written == [first, last]
    assert period.without(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "Wer gewann die WM 2026?",
        "Wie viele Menschen leben in Wien?",
        "May I ask who won?",
        "Was sagt Bürgermeister Mai?",
        "Wie hoch war der Stand?",
        "Wer wurde 1911 geboren?",
        "Wie viele Besucher kommen am Tag?",
        "Was wird heute Abend gespielt?",
        "Wer gewann das erste Spiel?",
    ],
)
def test_what_names_no_period_has_none(text: str) -> None:
    assert period_asked(text, NOW) is None


def test_who_asks_what_was_said_first_wants_the_earliest() -> None:
    period = period_asked("Welche Zahl wurde am 3. Mai zuerst gemeldet?", NOW)
    assert period is not None
    assert period.earliest
    assert period.without("Welche Zahl wurde am 3. Mai zuerst gemeldet?") == (
        "Welche Zahl wurde gemeldet?"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele waren es am Anfang?",
        "Welche Zahl stand in der ersten Meldung?",
        "Which number did they give in their first statement?",
    ],
)
def test_the_earliest_is_asked_for_in_many_words(text: str) -> None:
    period = period_asked(text, NOW)
    assert period is not None
    assert period.earliest


def test_the_beginning_of_something_named_is_not_what_was_said_first() -> None:
    assert period_asked("Wie viele waren es zu Beginn des Konzerts?", NOW) is None


def test_a_claim_lies_in_a_part_of_a_day_by_its_moment() -> None:
    period = period_asked("Was galt gestern Mittag?", NOW)
    assert period is not None

    def made(time: str) -> Published:
        return Published.parse(f"2026-06-11T{time}:00+02:00", DateOrigin.METADATA)

    assert period.has(made("13:30"))
    assert not period.has(made("08:00"))
    assert period.is_over(made("18:10"))
    # Of an article that only states its day nobody knows the hour: it may have been then.
    assert period.has(Published(date(2026, 6, 11), DateOrigin.METADATA))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        period_asked("Was galt gestern?", NOW.replace(tzinfo=None))
