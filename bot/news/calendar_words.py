"""Names of months, weekdays and seasons, German and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType


def _numbered(lines: Iterable[str], first: int) -> Mapping[str, int]:
    return MappingProxyType(
        {name: n for n, names in enumerate(lines, first) for name in names.split()}
    )


MONTHS = _numbered(
    (
        "januar jänner january jan", "februar feber february feb", "märz march mrz mar",
        "april apr", "mai may", "juni june jun", "juli july jul", "august aug",
        "september sept sep", "oktober october okt oct", "november nov",
        "dezember december dez dec",
    ),
    1,
)  # fmt: skip
WEEKDAYS = _numbered(
    (
        "montag monday", "dienstag tuesday", "mittwoch wednesday", "donnerstag thursday",
        "freitag friday", "samstag sonnabend saturday", "sonntag sunday",
    ),
    0,
)  # fmt: skip
# The first and the last month.
SEASONS: Mapping[str, tuple[int, int]] = MappingProxyType({
    "frühling": (3, 5), "frühjahr": (3, 5), "spring": (3, 5), "sommer": (6, 8), "summer": (6, 8),
    "herbst": (9, 11), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2),
})  # fmt: skip
COUNTS = _numbered(
    (
        "einem einer ein eine one a an", "zwei two", "drei three", "vier four", "fünf five",
        "sechs six", "sieben seven", "acht eight", "neun nine", "zehn ten", "elf eleven",
        "zwölf twelve",
    ),
    1,
)  # fmt: skip


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def last_of_month(day: date) -> date:
    """Return the last day of the month of a day."""
    return (day.replace(day=1) + timedelta(31)).replace(day=1) - timedelta(1)


def months_later(day: date, months: int) -> date:
    """Return the first of the month that is so many months later, or earlier."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
