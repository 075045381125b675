"""Expressions of time, and how each is read against the day on which it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.news.calendar_words import (
    COUNTS,
    MONTHS,
    SEASONS,
    WEEKDAYS,
    either,
    last_of_month,
    months_later,
)
from bot.news.tense import Tense

Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Telling:
    """Where an expression stands: what it is read against."""

    made: date
    tense: Tense | None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(candidates: list[Stretch], telling: Telling) -> Stretch | None:
    """Return of stretches that recur each year the one that is meant."""
    made = telling.made
    if telling.tense is Tense.PAST:
        candidates = [one for one in candidates if one[0] <= made] or candidates
    elif telling.tense is Tense.COMING:
        candidates = [one for one in candidates if one[1] >= made] or candidates
    return min(
        candidates,
        key=lambda one: max((one[0] - made).days, (made - one[1]).days, 0),
        default=None,
    )


def _years(telling: Telling, year: str | None) -> list[int]:
    return [int(year)] if year else [telling.made.year + more for more in (-1, 0, 1)]


def _month_number(name: str) -> int:
    name = name.lower().rstrip(".")
    return int(name) if name.isdecimal() else MONTHS[name]


def _date(match: re.Match[str], telling: Telling) -> Stretch | None:
    parts = match.groupdict()
    number = _month_number(parts["month"])
    first, last = int(parts.get("from") or parts["day"]), int(parts["day"])
    candidates = []
    for year in _years(telling, parts.get("year")):
        begins, ends = _day(year, number, first), _day(year, number, last)
        if begins is not None and ends is not None and begins <= ends:
            candidates.append((begins, ends))
    return _nearest(candidates, telling)


def _iso(match: re.Match[str], telling: Telling) -> Stretch | None:  # noqa: ARG001 - one shape
    day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    return (day, day) if day else None


def _month(match: re.Match[str], telling: Telling) -> Stretch | None:
    number = _month_number(match["month"])
    candidates = [_third(_whole_month(year, number), match["third"]) for year in
                  _years(telling, match["year"])]  # fmt: skip
    return _nearest(candidates, telling)


def _whole_month(year: int, number: int) -> Stretch:
    first = date(year, number, 1)
    return first, last_of_month(first)


_EARLY = ("anfang", "early", "beginning of", "beginn")
_MIDDLE = ("mitte", "mid", "mid-", "middle of")


def _third(stretch: Stretch, third: str | None) -> Stretch:
    """Return the third of a month that is named: "Mitte Mai" is from the 11th to the 20th."""
    first, last = stretch
    if not third:
        return stretch
    word = third.lower().strip()
    if word.startswith(_EARLY):
        return first, first + timedelta(9)
    if word.startswith(_MIDDLE):
        return first + timedelta(10), first + timedelta(19)
    return first + timedelta(20), last


def _season(match: re.Match[str], telling: Telling) -> Stretch | None:
    first, last = SEASONS[match["season"].lower()]
    if match["year"] is None and telling.tense is None:
        return None
    candidates = [
        (date(year, first, 1), last_of_month(date(year + (last < first), last, 1)))
        for year in _years(telling, match["year"])
    ]
    return _nearest(candidates, telling)


def _year(match: re.Match[str], telling: Telling) -> Stretch | None:  # noqa: ARG001 - one shape
    year = int(match["year"])
    word = (match["third"] or "").lower().strip()
    if not word:
        return date(year, 1, 1), date(year, 12, 31)
    if word.startswith(_EARLY):
        return date(year, 1, 1), date(year, 4, 30)
    if word.startswith(_MIDDLE):
        return date(year, 5, 1), date(year, 8, 31)
    return date(year, 9, 1), date(year, 12, 31)


_NEAR = {
    "vorgestern": -2, "gestern": -1, "yesterday": -1, "heute": 0, "heutigen": 0, "today": 0,
    "tonight": 0, "morgen": 1, "tomorrow": 1, "übermorgen": 2,
    "this morning": 0, "this afternoon": 0, "this evening": 0, "last night": -1,
    "overnight": 0,
}  # fmt: skip


def _near(match: re.Match[str], telling: Telling) -> Stretch | None:
    day = telling.made + timedelta(_NEAR[match["near"].lower()])
    return day, day


def _weekday(match: re.Match[str], telling: Telling) -> Stretch | None:
    made = telling.made
    wanted = WEEKDAYS[match["weekday"].lower()]
    back, ahead = (made.weekday() - wanted) % 7, (wanted - made.weekday()) % 7
    if match["this"] and match["this"].lower().startswith("heutig"):
        return (made, made) if back == 0 else None
    if match["next"]:
        day = made + timedelta(ahead or 7)
    elif match["last"]:
        day = made - timedelta(back or 7)
    elif back == 0:
        day = made
    elif telling.tense is Tense.PAST:
        day = made - timedelta(back)
    elif telling.tense is Tense.COMING:
        day = made + timedelta(ahead)
    else:
        return None
    return day, day


_SATURDAY = 5


def _relative(match: re.Match[str], telling: Telling) -> Stretch | None:
    """Read "kommende Woche", "im vergangenen Monat", "this year"."""
    step = 1 if match["next"] else -1 if match["last"] else 0
    made, unit = telling.made, match["unit"].lower()
    if unit.startswith(("woche", "week")):
        monday = made - timedelta(made.weekday())
        if unit.startswith(("wochenende", "weekend")):
            told = telling.tense is Tense.PAST and made.weekday() < _SATURDAY
            if step < 0 or (step == 0 and told):
                monday -= timedelta(7)
            return monday + timedelta(5), monday + timedelta(6)
        monday += timedelta(7 * step)
        stretch = monday, monday + timedelta(6)
        return _end_of_week(stretch, match["third"])
    if unit.startswith(("monat", "month")):
        first = months_later(made, step)
        return _third((first, last_of_month(first)), match["third"])
    if unit.startswith(("tag", "day")):
        day = made + timedelta(step)
        return (day, day) if step else None
    year = made.year + step
    return date(year, 1, 1), date(year, 12, 31)


def _end_of_week(stretch: Stretch, third: str | None) -> Stretch:
    first, last = stretch
    word = (third or "").lower().strip()
    if word.startswith(_EARLY):
        return first, first + timedelta(1)
    if word.startswith(_MIDDLE):
        return first + timedelta(2), first + timedelta(2)
    return (first + timedelta(3), last) if word else stretch


def _away(match: re.Match[str], telling: Telling) -> Stretch | None:
    """Read "vor zwei Wochen", "two weeks ago", "in drei Tagen"."""
    word = match["count"].lower()
    count = int(word) if word.isdecimal() else COUNTS[word]
    if match["ahead"] and telling.tense is not Tense.COMING:
        return None  # "in drei Tagen" may say how long something took
    step = count if match["ahead"] else -count
    made, unit = telling.made, match["unit"].lower()
    if abs(count) > 1000:  # noqa: PLR2004 - not a time that anybody speaks of
        return None
    if unit.startswith(("tag", "day")):
        day = made + timedelta(step)
        return day, day
    if unit.startswith(("woche", "week")):
        day = made + timedelta(7 * step)
        return day - timedelta(3), day + timedelta(3)
    if unit.startswith(("monat", "month")):
        first = months_later(made, step)
        return first, last_of_month(first)
    year = made.year + step
    return (date(year, 1, 1), date(year, 12, 31)) if year > 0 else None


def _year_end(match: re.Match[str], telling: Telling) -> Stretch | None:  # noqa: ARG001
    return date(telling.made.year, 12, 1), date(telling.made.year, 12, 31)


# "Fall" is a case in German.
_SEASON = f"{either(set(SEASONS) - {'fall'})}|(?-i:fall)"
_MONTH = rf"(?P<month>{either(MONTHS)})(?![a-zäöü])\.?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|[.,:]\d)"
_WEEKDAY = (
    rf"(?P<weekday>{either(WEEKDAYS)})(?:früh|morgen|vormittag|mittag|nachmittag|abend|nacht)?s?"
    r"(?:[ \u00a0](?:morning|afternoon|evening|night|früh))?"
)
_WHICH = (
    r"(?:(?P<next>kommende[rnms]?|nächste[rnms]?|next|coming|upcoming)"
    r"|(?P<last>vergangene[rnms]?|letzte[rnms]?|vorige[rnms]?|last|past)"
    r"|(?P<this>diese[rnms]?|this|laufende[rnms]?|heutigen?))"
)
_THIRD = (
    r"(?P<third>(?:anfang|mitte|ende|beginn)(?:[ \u00a0](?:des|der))?[ \u00a0]"
    r"|(?:early|late|(?:the[ \u00a0])?(?:beginning|middle|end)[ \u00a0]of)(?:[ \u00a0](?:in"
    r"|the))?[ \u00a0]"
    r"|mid(?:-|[ \u00a0]))?"
)
_DAY = r"(?P<day>\d{1,2})"
_FROM = r"(?:(?P<from>\d{1,2})\.?[ \u00a0]?(?:-|–|bis|und|to|and)[ \u00a0]?(?:zum[ \u00a0])?)?"
_NAMED_DAY = (
    rf"(?:(?:{either(WEEKDAYS)})\w*,?[ \u00a0](?:den[ \u00a0]|dem[ \u00a0]|the[ \u00a0])?)?"
)
_UNIT = r"(?P<unit>tage?n?|days?|wochen?|weeks?|monate?n?|months?|jahre?n?|years?)"
_COUNT = rf"(?P<count>\d{{1,3}}|{either(COUNTS)})"

Reader = Callable[[re.Match[str], Telling], Stretch | None]
EXPRESSIONS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"(?<![\w.,:/-])(?P<what>{pattern})(?!\w|-\w)", re.IGNORECASE), read)
    for pattern, read in (
        (r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso),
        (
            rf"{_NAMED_DAY}{_FROM}{_DAY}\.[ \u00a0]?{_MONTH}(?:[ \u00a0]{_YEAR})?",
            _date,
        ),
        (
            rf"{_NAMED_DAY}{_DAY}\.[ \u00a0]?(?P<month>\d{{1,2}})\.(?:[ \u00a0]?{_YEAR})?",
            _date,
        ),
        (
            (
                rf"{_NAMED_DAY}{_FROM}{_DAY}(?:st|nd|rd"
                rf"|th)?[ \u00a0](?:of[ \u00a0])?{_MONTH}(?:,?[ \u00a0]{_YEAR})?"
            ),
            _date,
        ),
        (
            (
                rf"{_NAMED_DAY}{_MONTH}[ \u00a0]{_FROM}{_DAY}(?:st|nd|rd|th)?(?!\d|[.,:]\d"
                rf"|[ \u00a0](?:million|billion|people|percent))(?:,?[ \u00a0]{_YEAR})?"
            ),
            _date,
        ),
        (rf"{_THIRD}{_MONTH}[ \u00a0]{_YEAR}", _month),
        (
            (
                rf"(?:(?<=im )|(?<=in )|(?<=bis )|(?<=ab )|(?<=seit )|(?<=für )|(?<=vom )|(?<=zum )"
                rf"|(?<=since )|(?<=until )|(?<=by )|(?<=der )|(?<=of )|(?=ende|anfang|mitte|early"
                rf"|late|mid|the end|end of)){_THIRD}{_MONTH}(?P<year>(?!))?"
            ),
            _month,
        ),
        (rf"(?P<season>{_SEASON})(?:[ \u00a0](?:of[ \u00a0])?{_YEAR})", _season),
        (
            (
                rf"(?:(?<=im )|(?<=in )|(?<=the )|(?<=bis zum )|(?<=nächsten )|(?<=this )"
                rf"|(?<=next ))(?P<season>{_SEASON})(?P<year>(?!))?"
            ),
            _season,
        ),
        (rf"{_THIRD}(?:(?:des )?jahr(?:es)?[ \u00a0]|the year[ \u00a0])?{_YEAR}", _year),
        (
            (
                r"(?P<near>vorgestern|gestern|heute|übermorgen|yesterday|today|tonight|tomorrow"
                r"|this morning|this afternoon|this evening|last night"
                r"|(?<!am )(?<!am frühen )(?<!jeden )(?<!guten )(?<!an diesem )(?-i:morgen))"
                r"(?:[ \u00a0](?:früh|morgen|vormittag|mittag|nachmittag|abend|nacht|morning"
                r"|afternoon|evening|night))?"
            ),
            _near,
        ),
        (rf"(?:{_WHICH}[ \u00a0])?{_WEEKDAY}", _weekday),
        (
            (
                rf"{_THIRD}{_WHICH}[ \u00a0](?P<unit>wochenende|weekend|woche|week|monats?|month"
                rf"|jahr(?:es)?|year|tag(?:es)?|day)"
            ),
            _relative,
        ),
        (
            (
                r"(?:(?<=am )|(?<=at the )|(?<=over the )|(?<=übers ))(?P<unit>wochenende"
                r"|weekend)(?P<next>(?!))?(?P<last>(?!))?(?P<third>(?!))?"
            ),
            _relative,
        ),
        (rf"(?:vor|(?P<ahead>in))[ \u00a0]{_COUNT}[ \u00a0]{_UNIT}", _away),
        (rf"{_COUNT}[ \u00a0]{_UNIT}[ \u00a0]ago(?P<ahead>(?!))?", _away),
        (
            (
                r"(?:(?:zum |bis |bis zum )?jahresende|(?:the )?end of (?:the|this) year"
                r"|ende des jahres|year-end)"
            ),
            _year_end,
        ),
    )
)
