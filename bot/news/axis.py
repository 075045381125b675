"""Round places on the axes of a picture, and what stands there, in German and English."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.language import say
from bot.types import Language

_HOURS = (1, 2, 3, 6, 12)
_DAYS = (1, 2, 3, 5, 7, 14)
_MONTHS = (1, 2, 3, 4, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MOST = 6
_MOST_TRIED = 200
_FEWEST = 2
_LAST_YEAR = 9999
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and its words; the second line says what has changed since the last."""

    at: float
    text: str
    below: str = ""


def seconds(moment: datetime) -> float:
    """Return where a moment of local time lies: seconds since the year 1."""
    return (moment - datetime(1, 1, 1)).total_seconds()  # noqa: DTZ001 - local time on both sides


def time_ticks(
    first: datetime,
    last: datetime,
    language: Language,
    fits: Callable[[Sequence[Tick]], bool],
) -> list[Tick]:
    """Return the closest ticks from the first to the last moment for which there is room."""
    for moments, hourly, monthly in _steps(first, last):
        ticks = _worded(moments, language, hourly=hourly, monthly=monthly)
        if _FEWEST <= len(ticks) <= _MOST and fits(ticks):
            return ticks
    middle = first + (last - first) / 2
    middle = middle.replace(hour=0, minute=0, second=0, microsecond=0)
    day = max(middle, first)
    ticks = _worded([day], language, hourly=False, monthly=False)
    return ticks if fits(ticks) else []


def number_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round numbers from low to high, at most so many where the range allows."""
    if high <= low:
        return [low]
    rough = (high - low) / max(1, most - 1)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * part for part in (1, 2, 2.5, 5, 10) if size * part >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [step * i for i in range(first, last + 1)]


def number_text(value: float, language: Language) -> str:
    """Write a number as a language groups it; from a million on in words, as papers do."""
    for size, name in _SCALES:
        if abs(value) >= size:
            return say(language, f"plot.{name}", value=_grouped(value / size, language))
    return _grouped(value, language)


def day_month(day: date, language: Language) -> str:
    """Write a day without its year."""
    month = say(language, "plot.months").split()[day.month - 1]
    return say(language, "plot.day", day=day.day, month=month)


def _grouped(value: float, language: Language) -> str:
    text = f"{value:,.6g}"
    text = text.replace("-", "\u2212")
    if language is Language.GERMAN:
        text = text.translate(str.maketrans(",.", ".,"))
    return text


def _steps(first: datetime, last: datetime) -> Iterator[tuple[list[datetime], bool, bool]]:
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    for hours in _HOURS:
        yield _every(midnight, timedelta(hours=hours), first, last), True, False
    for days in _DAYS:
        yield _every(midnight, timedelta(days), first, last), False, False
    for months in _MONTHS:
        yield list(_months(months, first, last)), False, True
    for years in _YEARS:
        yield list(_years(years, first, last)), False, True


def _every(start: datetime, step: timedelta, first: datetime, last: datetime) -> list[datetime]:
    if (last - start) / step > _MOST_TRIED:
        return []
    found = []
    for number in range(int((last - start) / step) + 1):
        moment = start + number * step
        if moment >= first:
            found.append(moment)
    return found


def _months(step: int, first: datetime, last: datetime) -> Iterator[datetime]:
    month = (first.year * 12 + first.month - 1) // step * step
    end = min(last.year * 12 + last.month - 1, month + _MOST_TRIED)
    for number in range(month, end + 1, step):
        if number // 12 <= _LAST_YEAR:
            moment = datetime(number // 12, number % 12 + 1, 1)  # noqa: DTZ001 - local time
            if first <= moment <= last:
                yield moment


def _years(step: int, first: datetime, last: datetime) -> Iterator[datetime]:
    for year in range(max(1, first.year // step * step), last.year + 1, step):
        moment = datetime(year, 1, 1)  # noqa: DTZ001 - local time
        if first <= moment <= last:
            yield moment


def _worded(
    moments: Sequence[datetime], language: Language, *, hourly: bool, monthly: bool
) -> list[Tick]:
    ticks: list[Tick] = []
    before: datetime | None = None
    for moment in moments:
        year = "" if before and before.year == moment.year else str(moment.year)
        if hourly:
            new = before is None or before.date() != moment.date()
            text = f"{moment:%H:%M}"
            below = day_month(moment.date(), language) if new else ""
        elif monthly:
            text, below = say(language, "plot.months").split()[moment.month - 1], year
        else:
            text, below = day_month(moment.date(), language), year
        ticks.append(Tick(seconds(moment), text, below))
        before = moment
    return ticks
