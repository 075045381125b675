"""Read the expressions of a period in a question, each at the moment of asking."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from bot.news.period_words import (
    FEASTS,
    HOURS,
    HOURS_OF_A_DAY,
    LAST,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    VAGUE,
    WEEKDAYS,
)

Stretch = tuple[datetime | None, datetime | None]
_EARLY = ("anfang", "early", "beginning", "start", "zu beginn")
_MIDDLE = ("mitte", "mid", "middle")
_A_FEW = 3


def _start(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time.min, now.tzinfo)


def _end(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time.max, now.tzinfo)


def _of_day(day: date, now: datetime, match: re.Match[str] | None = None) -> Stretch:
    """Return a day, or the part of it that is named: up to a time of day, or some hours."""
    groups = match.groupdict() if match is not None else {}
    if groups.get("clock") and int(groups["clock"]) < HOURS_OF_A_DAY:
        until = timedelta(hours=int(groups["clock"]), minutes=int(groups["minute"] or 0))
        return _start(day, now), _start(day, now) + until
    part = groups.get("before") or groups.get("part")
    if part is None:
        return _start(day, now), _end(day, now)
    first, last = HOURS[part.lower()]
    return (
        _start(day, now) + timedelta(hours=first),
        _start(day, now) + timedelta(hours=last) - timedelta(microseconds=1),
    )


def _days(first: date, last: date, now: datetime) -> Stretch:
    return _start(first, now), _end(last, now)


def read_near(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "gestern Mittag", "vorgestern"."""
    words = match["near"].lower()
    back = {"heute": 0, "today": 0, "gestern": 1, "yesterday": 1, "vorgestern": 2}[words]
    return _of_day(now.date() - timedelta(back), now, match)


def read_weekday(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "am Montag", "last Tuesday evening"."""
    wanted = WEEKDAYS[match["weekday"].lower()]
    back = (now.weekday() - wanted) % 7
    if back == 0 and re.search(LAST, match[0], re.IGNORECASE):
        back = 7
    day = now.date() - timedelta(back)
    return _bounded(match, _of_day(day, now, match))


def read_this_morning(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "heute früh", "this morning": a part of today that is over."""
    part = next(match[name] for name in ("part", "part2") if match[name])
    hours = HOURS[part.lower()]
    first, last = (_start(now.date(), now) + timedelta(hours=hour) for hour in hours)
    return (first, last - timedelta(microseconds=1)) if last <= now else None


def read_stretch(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "letzte Woche", "diesen Monat", "last year", "vorletztes Wochenende"."""
    today, unit = now.date(), match["unit"].lower()
    groups = match.groupdict()
    back = 0 if groups.get("this") else 2 if groups.get("before_last") else 1
    third = groups.get("third")
    if third and not (groups.get("this") or groups.get("before_last") or groups.get("last")):
        back = 0  # "Anfang der Woche"
    if unit.startswith(("wochenend", "weekend")):
        saturday = today - timedelta((today.weekday() - 5) % 7)
        saturday -= timedelta(7 if back > 1 else 0)
        return _days(saturday, saturday + timedelta(1), now)
    if unit.startswith(("woche", "week")):
        monday = today - timedelta(today.weekday() + 7 * back)
        return _part_of((monday, monday + timedelta(6)), third, (2, 3), now)
    if unit.startswith(("monat", "month")):
        month = today.replace(day=1)
        for _ in range(back):
            month = (month - timedelta(1)).replace(day=1)
        return _part_of((month, _last_of(month)), third, (9, 19), now)
    if unit.startswith(("jahr", "year")):
        return _part_of_year(today.year - back, third, now)
    return _of_day(today - timedelta(back), now)


def _part_of(
    stretch: tuple[date, date], third: str | None, middle: tuple[int, int], now: datetime
) -> Stretch:
    """Return the beginning, the middle or the end of some days, which lies between two of them."""
    first, last = stretch
    word = _third(third)
    if word.startswith(_EARLY):
        last = first + timedelta(middle[0])
    elif word.startswith(_MIDDLE):
        first, last = first + timedelta(middle[0]), first + timedelta(middle[1])
    elif word:
        first += timedelta(middle[1])
    return _days(first, last, now)


def _part_of_year(year: int, third: str | None, now: datetime) -> Stretch:
    word = _third(third)
    first, last = 1, 12
    if word.startswith(_EARLY):
        last = 3
    elif word.startswith(_MIDDLE):
        first, last = 5, 8
    elif word:
        first = 10
    return _days(date(year, first, 1), _last_of(date(year, last, 1)), now)


def _third(words: str | None) -> str:
    return re.sub(r"^(?:at |by |in )?(?:the )?", "", (words or "").lower())


def read_turn_of_year(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "zu Jahresbeginn", "zum Jahreswechsel"."""
    word = match["turn"].lower()
    if word == "wechsel":
        return _days(date(now.year - 1, 12, 20), date(now.year, 1, 10), now)
    if word == "ende":
        year = now.year if now.month == 12 else now.year - 1  # noqa: PLR2004 - December
        return _part_of_year(year, "ende", now)
    return _part_of_year(now.year, "anfang", now)


def read_before_this(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "im Vorjahr", "in der Vorwoche"."""
    unit = match["unit"].lower()
    today = now.date()
    if unit == "woche":
        monday = today - timedelta(today.weekday() + 7)
        return _days(monday, monday + timedelta(6), now)
    if unit == "monat":
        month = (today.replace(day=1) - timedelta(1)).replace(day=1)
        return _days(month, _last_of(month), now)
    return _part_of_year(today.year - 1, None, now)


def read_weekday_of_last_week(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "Dienstag letzter Woche"."""
    name = next(match[one] for one in ("weekday", "weekday2") if match[one])
    monday = now.date() - timedelta(now.date().weekday() + 7)
    return _of_day(monday + timedelta(WEEKDAYS[name.lower()]), now, match)


def read_feast(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "an Weihnachten", "bis Neujahr 2026"."""
    (month, day), (last_month, last_day) = FEASTS[match["feast"].lower().replace("’", "'")]
    year = int(match["year"]) if match["year"] else now.year
    if not match["year"] and date(year, month, day) > now.date():
        year -= 1
    first, last = date(year, month, day), date(year, last_month, last_day)
    return _bounded(match, _days(first, last, now))


def read_part_by_number(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "im ersten Quartal 2026", "in the second half of last year"."""
    number, unit = ORDINALS[match["ordinal"].lower()], match["unit"].lower()
    months = 3 if unit in {"quartal", "quarter"} else 6
    count = 12 // months
    year = int(match["year"]) if match["year"] else now.year - (1 if match["last"] else 0)
    number = min(number, count)
    first = date(year, months * (number - 1) + 1, 1)
    if first > now.date() and not match["year"]:
        first = first.replace(year=year - 1)
    return _days(first, _last_of(first + timedelta(31 * (months - 1))), now)


def read_week_of_month(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "in der ersten Maiwoche", "in the last week of May", "in den ersten Junitagen"."""
    name = next(match[one] for one in ("month", "month2") if match[one])
    first = date(now.year, MONTHS[name.lower()], 1)
    if first > now.date():
        first = first.replace(year=now.year - 1)
    last = _last_of(first)
    number = ORDINALS[match["ordinal"].lower()]
    if number > 4:  # noqa: PLR2004 - the last one
        return _days(last - timedelta(6), last, now)
    if re.search("hälfte|half", match[0], re.IGNORECASE):
        middle = first + timedelta(15)
        return _days(first, middle - timedelta(1), now) if number == 1 else _days(middle, last, now)
    start = first + timedelta(7 * (number - 1))
    return _days(start, start + timedelta(6), now)


def read_between(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "vom 1. bis zum 5. Juni", "between 28 May and 2 June"."""
    end = read_date(match, now)
    if end is None or end[1] is None:
        return None
    last = end[1].date()
    named = match["from_month"]
    month = MONTHS[named.lower()] if named else last.month
    year = last.year - (1 if month > last.month else 0)
    try:
        first = date(year, month, int(match["from"]))
    except ValueError:
        return None
    return _days(first, last, now) if first <= last else None


def read_ago(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "vor drei Tagen", "two weeks ago": the longer ago, the less exactly."""
    count, unit = _number(match["count"]), match["unit"].lower()[0]
    each = {"t": 1, "d": 1, "w": 7, "m": 30, "j": 365, "y": 365}[unit]
    wide = {"t": 0, "d": 0, "w": 3, "m": 15, "j": 180, "y": 180}[unit]
    if match["count"].lower() in VAGUE:
        wide = each
    days = each * count
    if days > now.toordinal() - 1000:
        return None
    day = now.date() - timedelta(days)
    return _days(day - timedelta(wide), day + timedelta(wide), now)


def read_lately(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "in den letzten drei Tagen"."""
    count, unit = _number(match["count"]), match["unit"].lower()[0]
    days = {"t": 1, "d": 1, "w": 7, "m": 30, "j": 365, "y": 365}[unit] * count
    if days > now.toordinal() - 1000:
        return None
    return _days(now.date() - timedelta(days), now.date(), now)


def read_date(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "am 3. Mai", "on the morning of June 3"."""
    day = int(next(match[name] for name in ("d1", "d2", "d3") if match[name]))
    named = next((match[name] for name in ("m1", "m2", "m3") if match[name]), None)
    month = MONTHS[named.lower()] if named else int(match["n1"])
    year = next((match[name] for name in ("y1", "y2", "y3") if match[name]), None)
    for chosen in [int(year)] if year else [now.year, now.year - 1]:
        try:
            at = date(chosen, month, day)
        except ValueError:
            continue
        if year or at <= now.date():
            return _bounded(match, _of_day(at, now, match))
    return None


def read_month(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "im Oktober", "Mitte Mai", "last March"."""
    if not any(match[name] for name in ("lead", "since", "until", "third", "year", "last")):
        return None  # "May I ask", "Mai und Müller"
    month, year = MONTHS[match["month"].lower()], match["year"]
    first = date(int(year) if year else now.year, month, 1)
    if not year and (first > now.date() or (match["last"] and month == now.month)):
        first = first.replace(year=now.year - 1)
    return _bounded(match, _part_of((first, _last_of(first)), match["third"], (9, 19), now))


def read_season(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "im Frühjahr", "last summer"."""
    start, year = SEASONS[match["season"].lower()], match["year"]
    first = date(int(year) if year else now.year, start, 1)
    last = _last_of(first + timedelta(62))
    if not year and (first > now.date() or (match["last"] and last >= now.date())):
        first = first.replace(year=now.year - 1)
    return _days(first, _last_of(first + timedelta(62)), now)


def read_year(match: re.Match[str], now: datetime) -> Stretch | None:
    """Read "im Jahr 2025", "Anfang 2026"."""
    year = int(match["year"])
    if year > now.year:
        return None
    return _bounded(match, _part_of_year(year, match["third"], now))


def _bounded(match: re.Match[str], found: Stretch) -> Stretch:
    """Open a period at one end where it is "since" or "until"."""
    groups = match.groupdict()
    if groups.get("since"):
        return found[0], None
    if groups.get("until"):
        before = groups["until"].lower() in {"vor", "before"}
        return None, found[0] if before and found[0] else found[1]
    return found


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _A_FEW if text.lower() in VAGUE else NUMBERS[text.lower()]


def _last_of(month: date) -> date:
    return (month.replace(day=1) + timedelta(31)).replace(day=1) - timedelta(1)
