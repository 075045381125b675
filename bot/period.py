"""Periods as people name them: a day, a month, the last week, from one day to another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.excerpt import cut
from index.dates import whole_date
from index.errors import NotFoundError, SettingError
from index.filter import Filter
from index.types import DateOrigin


class Period(StrEnum):
    """The periods that are offered; each ends today."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}

# First and last day, None where it is open.
Days = tuple[date | None, date | None]

_NAMED = {
    Period.TODAY: "heute today",
    Period.WEEK: "woche week",
    Period.MONTH: "monat month",
    Period.YEAR: "jahr year",
}
_BY_NAME = {name: period for period, names in _NAMED.items() for name in names.split()}
_IN = re.compile(r"^(?:in|im) ")
_LEAD = re.compile(
    r"^(?:(?:der |dem |den |the )?(?:diese[rmns]?|letzte[rmns]?|vergangene[rmns]?|this|last|past) )"
)
_COUNTED = re.compile(
    r"(?P<count>\d{1,4}) (?P<unit>tage?n?|days?|wochen?|weeks?|monate?n?|months?|jahre?n?|years?)"
)
_UNIT_DAYS = {"t": 1.0, "d": 1.0, "w": 7.0, "m": 365 / 12, "j": 365.0, "y": 365.0}
_SINCE = re.compile(r"^(?:seit|ab|since|from|von|vom)(?: dem)? ")
_UNTIL = re.compile(r"^(?:bis|until|till|to|up to)(?: zum)? ")
_BETWEEN = re.compile(r" (?:bis|to|until|till|and|und|-)(?: zum)? | ?(?:\.\.+|…|–|—) ?")
_TIGHT = re.compile(r"(?<=\d{4})-(?=\d{1,2}\.)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])")
_MONTH_OF_YEAR = re.compile(r"(?P<month>0?[1-9]|1[0-2])[/.](?P<year>(?:19|20)\d\d)")
_NAMED_MONTH = re.compile(r"(?P<name>[a-zäöü]+)\.? (?P<year>(?:19|20)\d\d)")
_LONGEST = 80
_MOST_TOLD = 5  # outlets that an error tells of


def this_day() -> date:
    """Return the day that it is where this machine stands."""
    return datetime.now().astimezone().date()


def days_of(period: Period, today: date) -> Days:
    """Return the days of a period that is offered."""
    return today - timedelta(DAYS[period] - 1), None


def read_period(text: str, today: date) -> Days:
    """Return first and last day of a period as people write it; SettingError for anything else."""
    words = _IN.sub("", " ".join(text.casefold().split()), count=1)
    found = _read(words, today) if len(words) <= _LONGEST else None
    if found is None:
        raise SettingError("period_unreadable", value=cut(text, 40))
    first, last = found
    return (last, first) if first and last and first > last else found


def read_first_day(text: str, today: date) -> date:
    """Return the day on which a day, month or year begins; SettingError for anything else."""
    return _point(text, today)[0]


def read_last_day(text: str, today: date) -> date:
    """Return the day on which a day, month or year ends; SettingError for anything else."""
    return _point(text, today)[1]


def filtered(days: Days, outlet: str | None, known: Sequence[str]) -> Filter | None:
    """Return what a question is to be limited to, None for nothing.

    Days come in either order. NotFoundError as `outlets_named` has it.
    """
    outlets = outlets_named(outlet, known)
    first, last = in_order(days)
    return Filter(first, last, outlets) if first or last or outlets else None


def in_order(days: Days) -> Days:
    """Return two days with the earlier one first."""
    first, last = days
    return (last, first) if first and last and first > last else days


def outlets_named(outlet: str | None, known: Sequence[str]) -> frozenset[str]:
    """Return the outlets of a name, however it is capitalised; none where none is named.

    NotFoundError for a name that is not among those that are known.
    """
    if not (outlet and outlet.strip()):
        return frozenset()
    outlets = frozenset(name for name in known if _folded(name) == _folded(outlet))
    if not outlets:
        names = ", ".join(cut(name, 40) for name in known[:_MOST_TOLD])
        if not names:
            raise NotFoundError("outlets_none", name=cut(outlet, 40))
        raise NotFoundError("outlet_unknown", name=cut(outlet, 40), known=names)
    return outlets


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _point(text: str, today: date) -> tuple[date, date]:
    found = _stretch(" ".join(text.casefold().split()), today) if len(text) <= _LONGEST else None
    if found is None:
        raise SettingError("period_unreadable", value=cut(text, 40))
    return found


def _read(words: str, today: date) -> Days | None:
    offered = _offered(words, today)
    if offered is not None:
        return offered
    whole = _stretch(words, today)
    if whole is not None:
        return whole
    for parted in (_TIGHT, _BETWEEN):
        parts = parted.split(re.sub(r"^(?:von|vom|from|zwischen|between) (?:dem )?", "", words), 1)
        if len(parts) > 1:
            first, last = _stretch(parts[0], today), _stretch(parts[1], today)
            if first is not None and last is not None:
                return min(first[0], last[0]), max(first[1], last[1])
    for opening, since in ((_SINCE, True), (_UNTIL, False)):
        rest = opening.sub("", words, count=1)
        found = _stretch(rest, today) if rest != words else None
        if found is not None:
            return (found[0], None) if since else (None, found[1])
    return None


def _offered(words: str, today: date) -> Days | None:
    bare = _LEAD.sub("", words, count=1)
    if bare in _BY_NAME:
        return days_of(_BY_NAME[bare], today)
    counted = _COUNTED.fullmatch(bare)
    if counted is None:
        return None
    days = round(int(counted["count"]) * _UNIT_DAYS[counted["unit"][0]])
    if not 1 <= days < today.toordinal():
        return None
    return today - timedelta(days - 1), None


def _stretch(words: str, today: date) -> tuple[date, date] | None:
    """Return the days of a day, a month or a year."""
    for names, back in (({"heute", "today"}, 0), ({"gestern", "yesterday"}, 1)):
        if words in names:
            return (today - timedelta(back),) * 2
    if _YEAR.fullmatch(words):
        return date(int(words), 1, 1), date(int(words), 12, 31)
    numbered = _ISO_MONTH.fullmatch(words) or _MONTH_OF_YEAR.fullmatch(words)
    if numbered is not None:
        return _month(date(int(numbered["year"]), int(numbered["month"]), 1))
    named = _NAMED_MONTH.fullmatch(words)
    if named is not None:
        start = whole_date(f"1. {named['name']} {named['year']}", DateOrigin.GIVEN)
        return _month(start.day) if start is not None else None
    day = whole_date(words, DateOrigin.GIVEN)
    return (day.day, day.day) if day is not None else None


def _month(first: date) -> tuple[date, date]:
    following = (first + timedelta(31)).replace(day=1)
    return first, following - timedelta(1)
