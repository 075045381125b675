"""The period that a question names: by when something was said that is to answer it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from bot.news.claim import Days
from index.types import Published


@dataclass(frozen=True, slots=True)
class PeriodAsked:
    """From when to when, and where the question says so; None where it is open.

    `parts` are the stretches of the question that name it: without them it asks the same of no
    particular time. `earliest` where it asks for what was said first.
    """

    first: datetime | None
    last: datetime | None
    parts: tuple[tuple[int, int], ...]
    earliest: bool = False

    @property
    def days(self) -> Days | None:
        """The days of it, None where it has neither beginning nor end."""
        if self.first is None and self.last is None:
            return None
        return Days(
            self.first.date() if self.first else None, self.last.date() if self.last else None
        )

    def is_over(self, made: Published) -> bool:
        """Whether something was said after it."""
        return self.last is not None and _moment(made, self.last, latest=False) > self.last

    def has(self, made: Published) -> bool:
        """Whether something was said within it."""
        if self.is_over(made):
            return False
        return self.first is None or _moment(made, self.first, latest=True) >= self.first

    def without(self, text: str) -> str:
        """Return a question without the words that name the period."""
        for start, end in sorted(self.parts, reverse=True):
            text = f"{text[:start].rstrip()} {text[end:].lstrip()}"
        return re.sub(r" +([?!.,)])", r"\1", re.sub(r"\( +", "(", text)).replace("()", "").strip()


def _moment(made: Published, like: datetime, *, latest: bool) -> datetime:
    if made.moment is not None and made.moment.tzinfo is not None:
        return made.moment
    return datetime.combine(made.day, time.max if latest else time.min, like.tzinfo)


_Found = tuple[datetime | None, datetime | None]

_MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "januar jänner january", "februar feber february", "märz march", "april",
                "mai may", "juni june", "juli july", "august", "september", "oktober october",
                "november", "dezember december",
            ),
            start=1,
        )
        for name in names.split()
    }
)  # fmt: skip
_DAYS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "montag monday", "dienstag tuesday", "mittwoch wednesday", "donnerstag thursday",
                "freitag friday", "samstag sonnabend saturday", "sonntag sunday",
            )
        )
        for name in names.split()
    }
)  # fmt: skip
_HOURS_OF_A_DAY = 24
# Hours of a day as people name them, the first and the last.
_HOURS = MappingProxyType(
    {
        **dict.fromkeys(("früh", "frühmorgens", "morgen", "morgens", "morning"), (0, 11)),
        **dict.fromkeys(("vormittag", "vormittags"), (6, 12)),
        **dict.fromkeys(("mittag", "mittags", "noon", "midday"), (10, 15)),
        **dict.fromkeys(("nachmittag", "nachmittags", "afternoon"), (12, 18)),
        **dict.fromkeys(("abend", "abends", "evening", "night", "nacht", "nachts"), (17, 24)),
    }
)
_SEASONS = MappingProxyType(
    {
        **dict.fromkeys(("frühjahr", "frühling", "spring"), 3),
        **dict.fromkeys(("sommer", "summer"), 6),
        **dict.fromkeys(("herbst", "autumn"), 9),
        **dict.fromkeys(("winter",), 12),
    }
)
_NUMBERS = MappingProxyType(
    {
        word: number
        for number, words in enumerate(
            (
                "einem einer a one", "zwei two", "drei three", "vier four", "fünf five",
                "sechs six", "sieben seven", "acht eight", "neun nine", "zehn ten",
            ),
            start=1,
        )
        for word in words.split()
    }
)  # fmt: skip


def _either(names: object) -> str:
    return "|".join(sorted(map(str, names), key=len, reverse=True))  # type: ignore[call-overload]


_MONTH, _DAY, _HOUR = _either(_MONTHS), _either(_DAYS), _either(_HOURS)
_COUNT = rf"(?P<count>\d{{1,3}}|{_either(_NUMBERS)})"
_LAST = r"(?:letzte[rnms]?|vergangene[rnms]?|vorige[rnms]?|last|past|previous)"
_THIS = r"(?:diese[rnms]?|this)"
_DATE = (
    rf"(?:(?P<d1>\d{{1,2}})\.\s?(?:(?P<m1>{_MONTH})|(?P<n1>\d{{1,2}})\.)(?:\s?(?P<y1>(?:19"
    rf"|20)\d\d))?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m2>{_MONTH})\b(?:,? (?P<y2>(?:19|20)\d\d))?"
    rf"|(?P<m3>{_MONTH}) (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y3>(?:19|20)\d\d))?)(?!\w)"
)
_SINCE = r"(?P<since>seit|ab|since)(?: dem)? "
_UNTIL = r"(?P<until>bis|until|till|by|vor|before)(?: zum| dem)? "
_STANDING = r"(?:(?<!der )(?<!den )(?<!dem )stand(?: vom)? |as of )?"
_LEAD = r"(?:(?<!der )(?<!den )(?<!dem )stand |as of )?(?:im |in |in the )|stand |as of "
_PREPOSED = r"(?:am|vom|zum|on|an|in der nacht zum|at|im laufe des)"


def period_asked(text: str, now: datetime) -> PeriodAsked | None:
    """Return the period that a question names, read at the moment of asking; None for none.

    The first expression counts; where the question also says what part of a day, that does.
    """
    if now.tzinfo is None:
        raise ValueError("a moment has a zone")
    earliest = _EARLIEST.search(text)
    early = [earliest.span()] if earliest else []
    for pattern, read in _EXPRESSIONS:
        for match in pattern.finditer(text):
            found = read(match, now)
            if found is not None:
                return PeriodAsked(*found, (match.span(), *early), bool(early))
    return PeriodAsked(None, None, tuple(early), earliest=True) if early else None


def _start(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time.min, now.tzinfo)


def _end(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time.max, now.tzinfo)


def _of_day(day: date, now: datetime, match: re.Match[str] | None = None) -> _Found:
    """Return a day, or the part of it that is named: up to a time of day, or some hours."""
    groups = match.groupdict() if match is not None else {}
    if groups.get("clock") and int(groups["clock"]) < _HOURS_OF_A_DAY:
        until = timedelta(hours=int(groups["clock"]), minutes=int(groups["minute"] or 0))
        return _start(day, now), _start(day, now) + until
    part = groups.get("before") or groups.get("part")
    if part is None:
        return _start(day, now), _end(day, now)
    first, last = _HOURS[part.lower()]
    return (
        _start(day, now) + timedelta(hours=first),
        _start(day, now) + timedelta(hours=last) - timedelta(microseconds=1),
    )


def _days(first: date, last: date, now: datetime) -> _Found:
    return _start(first, now), _end(last, now)


def _near(match: re.Match[str], now: datetime) -> _Found | None:
    words = match["near"].lower()
    back = {"heute": 0, "today": 0, "gestern": 1, "yesterday": 1, "vorgestern": 2}[words]
    return _of_day(now.date() - timedelta(back), now, match)


def _weekday(match: re.Match[str], now: datetime) -> _Found | None:
    wanted = _DAYS[match["weekday"].lower()]
    back = (now.weekday() - wanted) % 7
    if back == 0 and re.search(_LAST, match[0], re.IGNORECASE):
        back = 7
    day = now.date() - timedelta(back)
    return _bounded(match, _of_day(day, now, match))


def _stretch(match: re.Match[str], now: datetime) -> _Found | None:
    """Read "letzte Woche", "diesen Monat", "last year"."""
    today, unit = now.date(), match["unit"].lower()
    back = 0 if match["this"] else 1
    if unit in {"woche", "week"}:
        monday = today - timedelta(today.weekday() + 7 * back)
        return _days(monday, monday + timedelta(6), now)
    if unit in {"wochenende", "weekend"}:
        saturday = today - timedelta((today.weekday() - 5) % 7)
        return _days(saturday, saturday + timedelta(1), now)
    if unit in {"monat", "month"}:
        month = today.replace(day=1)
        month = (month - timedelta(1)).replace(day=1) if back else month
        return _days(month, _last_of(month), now)
    if unit in {"jahr", "year"}:
        return _days(date(today.year - back, 1, 1), date(today.year - back, 12, 31), now)
    return _of_day(today - timedelta(1), now)


def _ago(match: re.Match[str], now: datetime) -> _Found | None:
    """Read "vor drei Tagen", "two weeks ago": the longer ago, the less exactly."""
    count, unit = _number(match["count"]), match["unit"].lower()[0]
    days = {"t": 1, "d": 1, "w": 7, "m": 30, "j": 365, "y": 365}[unit] * count
    wide = {"t": 0, "d": 0, "w": 3, "m": 15, "j": 180, "y": 180}[unit]
    if days > now.toordinal() - 1000:
        return None
    day = now.date() - timedelta(days)
    return _days(day - timedelta(wide), day + timedelta(wide), now)


def _lately(match: re.Match[str], now: datetime) -> _Found | None:
    count, unit = _number(match["count"]), match["unit"].lower()[0]
    days = {"t": 1, "d": 1, "w": 7, "m": 30, "j": 365, "y": 365}[unit] * count
    if days > now.toordinal() - 1000:
        return None
    return _days(now.date() - timedelta(days), now.date(), now)


def _date(match: re.Match[str], now: datetime) -> _Found | None:
    day = int(next(match[name] for name in ("d1", "d2", "d3") if match[name]))
    named = next((match[name] for name in ("m1", "m2", "m3") if match[name]), None)
    month = _MONTHS[named.lower()] if named else int(match["n1"])
    year = next((match[name] for name in ("y1", "y2", "y3") if match[name]), None)
    for chosen in [int(year)] if year else [now.year, now.year - 1]:
        try:
            at = date(chosen, month, day)
        except ValueError:
            continue
        if year or at <= now.date():
            return _bounded(match, _of_day(at, now, match))
    return None


def _month(match: re.Match[str], now: datetime) -> _Found | None:
    if not (match["lead"] or match["since"] or match["until"] or match["third"] or match["year"]):
        return None  # "May I ask", "Mai und Müller"
    month, year = _MONTHS[match["month"].lower()], match["year"]
    first = date(int(year) if year else now.year, month, 1)
    if first > now.date() and not year:
        first = first.replace(year=now.year - 1)
    last = _last_of(first)
    part = (match["third"] or "").lower()
    if part in {"anfang", "early", "beginning of"}:
        last = first.replace(day=10)
    elif part in {"mitte", "mid", "mid-", "middle of"}:
        first, last = first.replace(day=10), first.replace(day=20)
    elif part in {"ende", "late", "end of"}:
        first = first.replace(day=20)
    return _bounded(match, _days(first, last, now))


def _season(match: re.Match[str], now: datetime) -> _Found | None:
    start, year = _SEASONS[match["season"].lower()], match["year"]
    first = date(int(year) if year else now.year, start, 1)
    if first > now.date() and not year:
        first = first.replace(year=now.year - 1)
    return _days(first, _last_of(first + timedelta(62)), now)


def _year(match: re.Match[str], now: datetime) -> _Found | None:
    year = int(match["year"])
    if year > now.year:
        return None
    return _bounded(match, _days(date(year, 1, 1), date(year, 12, 31), now))


def _bounded(match: re.Match[str], found: _Found) -> _Found:
    """Open a period at one end where it is "since" or "until"."""
    groups = match.groupdict()
    if groups.get("since"):
        return found[0], None
    if groups.get("until"):
        before = groups["until"].lower() in {"vor", "before"}
        return None, found[0] if before and found[0] else found[1]
    return found


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def _last_of(month: date) -> date:
    return (month.replace(day=1) + timedelta(31)).replace(day=1) - timedelta(1)


_UNITS = r"(?P<unit>tage?n?|days?|wochen?|weeks?|monate?n?|months?|jahre?n?|years?)"
_PART = (
    rf"(?: ?(?:(?:am|gegen|around|at|in the) )?(?P<part>{_HOUR})\b)?"
    r"(?:,? (?:(?:um|gegen|bis) )?(?P<clock>\d{1,2})(?:[.:](?P<minute>\d\d))? uhr)?"
)
_BOUND = rf"(?:{_SINCE}|{_UNTIL}|{_STANDING}(?:(?:in|für|{_PREPOSED}) )?)"
_EXPRESSIONS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], datetime], _Found | None]], ...
] = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), read)
    for pattern, read in (
        (
            (
                rf"{_BOUND}(?:(?P<before>{_HOUR}) (?:des|vom|of|on)? ?(?:the )?)?"
                rf"(?:(?:{_DAY}),? (?:dem |den )?)?{_DATE}{_PART}"
            ),
            _date,
        ),
        (rf"(?:von |vom |since )?(?P<near>vorgestern|gestern|yesterday){_PART}", _near),
        (
            (
                rf"(?:in der |in dem |im |in the |in |am |von )?(?:(?P<this>{_THIS})|{_LAST}|am)"
                r" (?P<unit>wochenende|weekend|woche|week|monat|month|jahr|year|tag)"
            ),
            _stretch,
        ),
        (
            rf"{_BOUND}(?:(?:am|on) )?(?:{_LAST} )?(?P<weekday>{_DAY}){_PART}",
            _weekday,
        ),
        (rf"vor {_COUNT} {_UNITS}", _ago),
        (rf"{_COUNT} {_UNITS} ago", _ago),
        (rf"(?:in|während|over|during) (?:den |the )?{_LAST} {_COUNT} {_UNITS}", _lately),
        (
            (
                rf"(?:{_SINCE}|{_UNTIL}|(?P<lead>{_LEAD})?)"
                r"(?:(?P<third>anfang|mitte|ende|early|mid-?|late|beginning of|middle of|end of)"
                rf"(?: des| of)? ?)?(?P<month>{_MONTH})(?: (?P<year>(?:19|20)\d\d))?"
            ),
            _month,
        ),
        (
            (
                rf"(?:im |in |in the )(?P<season>{_either(_SEASONS)})(?: (?:of )?(?P<year>(?:19"
                rf"|20)\d\d))?"
            ),
            _season,
        ),
        (
            rf"(?:{_SINCE}|{_UNTIL}|(?:im jahr |in the year |in ))(?P<year>(?:19|20)\d\d)",
            _year,
        ),
    )
)
_EARLIEST = re.compile(
    r"\b(?:zuerst|zunächst|ursprünglich|anfangs|anfänglich|als erstes|at first|initially"
    r"|originally)\b",
    re.IGNORECASE,
)
