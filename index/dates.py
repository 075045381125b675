"""Dates as German and English pages write them. None of these functions knows today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from index.types import DateOrigin, Published

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan jän",
            "februar feber february feb",
            "märz march mär mrz mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WRITTEN = re.compile(
    rf"""
    (?<![\d.,/-])(?:
      (?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)(?!\d)
    | (?P<d2>\d\d?)\.\s?(?P<m2>\d\d?)\.\s?(?P<y2>(?:19|20)?\d\d)(?!\d)
    | (?P<d3>\d\d?)(?:\.|st|nd|rd|th)?\s(?P<m3>{_MONTH})\b\.?,?\s(?P<y3>(?:19|20)\d\d)(?!\d)
    | (?P<m4>{_MONTH})\b\.?\s(?P<d4>\d\d?)(?:st|nd|rd|th)?,\s(?P<y4>(?:19|20)\d\d)(?!\d)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_.](\d\d?)[-/_.](\d\d?)(?!\d)")
_SPACE_BEFORE_ZONE = re.compile(r"(?<=\d:\d\d) (?=[+-]\d\d:?\d\d$)")
_DAY_LENGTH = len("2024-11-01")


def dates_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Yield the full dates in a text with their spans; a day without its year is none."""
    for match in _WRITTEN.finditer(text):
        found = {name[0]: value for name, value in match.groupdict().items() if value}
        # Case is ignored in ways that lower() does not know: "Auguſt", "APRıL".
        name = found["m"].casefold()
        month = int(name) if name.isdecimal() else _MONTHS.get(name, 0)
        year = int(found["y"]) if len(found["y"]) > 2 else 2000 + int(found["y"])  # noqa: PLR2004
        day = _day(year, month, int(found["d"]))
        if day is not None:
            yield day, match.start(), match.end()


def whole_date(text: str, origin: DateOrigin) -> Published | None:
    """Read a text that is a day or a moment and nothing else: ISO 8601, or as people write days."""
    text = text.strip()
    try:
        return Published.parse(text, origin)
    except ValueError:
        found = next(dates_in(text), None)
    return Published(found[0], origin) if found and found[1:] == (0, len(text)) else None


def date_in_address(url: str) -> date | None:
    """Return the day in a path such as /2024/11/01/, None where there is none."""
    for match in _IN_ADDRESS.finditer(url):
        day = _day(*(int(part) for part in match.groups()))
        if day is not None:
            return day
    return None


def stated_date(value: str, origin: DateOrigin) -> Published | None:
    """Read the date in a metadata value; the moment is kept only with its zone."""
    value = " ".join(value.split())
    if len(value) <= _DAY_LENGTH:
        found = next(dates_in(value), None)
        return Published(found[0], origin) if found else None
    moment = _moment(value)
    if moment is None:
        found = next(dates_in(value), None)
        return Published(found[0], origin) if found else None
    return Published(moment.date(), origin, moment if moment.tzinfo else None)


def _moment(value: str) -> datetime | None:
    # "2024-11-01 08:30:00 +0100" has a space too many for the standard library.
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(_SPACE_BEFORE_ZONE.sub("", value))
        except (ValueError, OverflowError):
            continue
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
