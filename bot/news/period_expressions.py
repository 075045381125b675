"""Expressions of a period in a question, the more exact ones first."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from bot.news.period_readers import (
    Stretch,
    read_ago,
    read_before_this,
    read_between,
    read_date,
    read_feast,
    read_lately,
    read_month,
    read_near,
    read_part_by_number,
    read_season,
    read_stretch,
    read_this_morning,
    read_turn_of_year,
    read_week_of_month,
    read_weekday,
    read_weekday_of_last_week,
    read_year,
)
from bot.news.period_words import (
    FEASTS,
    HOURS,
    LAST,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    VAGUE,
    WEEKDAYS,
)


def _either(names: object) -> str:
    return "|".join(sorted(map(str, names), key=len, reverse=True))  # type: ignore[call-overload]


_MONTH, _DAY, _HOUR = _either(MONTHS), _either(WEEKDAYS), _either(HOURS)
_FEAST = _either(FEASTS).replace("'", "['’]")
_COUNT = (
    r"(?:(?:etwa|rund|gut|knapp|ungefähr|circa|about|around|roughly) )?"
    rf"(?P<count>\d{{1,3}}|{_either(VAGUE)}|{_either(NUMBERS)})"
)
_THIRD = (
    r"(?P<third>(?:at |by |in )?(?:the )?(?:anfang|mitte|ende|early|mid-?|late|(?:beginning|start"
    r"|middle|end) of))(?: (?:des|der|in|the))*"
)
_THIS = r"(?:diese[rnms]?|this)"
_DATE = (
    rf"(?:(?P<d1>\d{{1,2}})\.\s?(?:(?P<m1>{_MONTH})|(?P<n1>\d{{1,2}})\.)(?:\s?(?P<y1>(?:19"
    rf"|20)\d\d))?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m2>{_MONTH})\b(?:,? (?P<y2>(?:19|20)\d\d))?"
    rf"|(?P<m3>{_MONTH}) (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y3>(?:19|20)\d\d))?)(?!\w)"
)
_SINCE = r"(?P<since>seit|ab|since)(?: dem| the)? "
_UNTIL = r"(?P<until>bis|until|till|by|vor|before)(?: zum| dem| the)? "
_STANDING = r"(?:(?<!der )(?<!den )(?<!dem )stand(?: vom)? |as of )?"
_LEAD = r"(?:(?<!der )(?<!den )(?<!dem )stand |as of )?(?:im |in |in the )|stand |as of |at the "
_PREPOSED = (
    r"(?:am|vom|zum|on(?: the)?|an|in der nacht (?:zum|auf(?: den)?|vom)|in the|at|im laufe des)"
)


_UNITS = r"(?P<unit>tage?n?|days?|wochen?|weeks?|monate?n?|months?|jahre?n?|years?)"
_PART = (
    rf"(?: ?(?:(?:am|gegen|around|at|in the) )?(?P<part>{_HOUR})\b)?"
    r"(?:,? (?:(?:um|gegen|bis) )?(?P<clock>\d{1,2})(?:[.:](?P<minute>\d\d))? uhr)?"
)
_BOUND = rf"(?:{_SINCE}|{_UNTIL}|{_STANDING}(?:(?:in|für|{_PREPOSED}) )?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_YEAR_AHEAD = _YEAR.replace("P<year>", ":")
_THIRD_AHEAD = _THIRD.replace("P<third>", ":")
_PERIOD = r"(?P<unit>wochenendes?|weekend|woche|week|monate?s?|month|jahre?s?|year)"
_THE = r"(?:in der |in den |in dem |im |in the |in |am |von |of )?"
EXPRESSIONS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], datetime], Stretch | None]], ...
] = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), read)
    for pattern, read in (
        (
            (
                rf"(?:vom|zwischen(?: dem)?|between|from)(?: the)? (?P<from>\d{{1,2}})"
                rf"(?:\.|st|nd|rd|th)?(?: (?P<from_month>{_MONTH}))?"
                rf" (?:und(?: dem)?|bis(?: zum)?|and|to)(?: the)? {_DATE}"
            ),
            read_between,
        ),
        (
            (
                rf"{_BOUND}(?:(?P<before>{_HOUR}) (?:des|vom|of|on)? ?(?:the )?)?"
                rf"(?:(?:{_DAY}),? (?:dem |den )?)?{_DATE}{_PART}"
            ),
            read_date,
        ),
        (rf"(?:von |vom |since )?(?P<near>vorgestern|gestern|yesterday){_PART}", read_near),
        (
            (
                rf"(?:heute|today)(?: (?:at|am|gegen))? (?P<part>{_HOUR})"
                r"|this (?P<part2>morning|afternoon)"
            ),
            read_this_morning,
        ),
        (
            (
                rf"(?:(?:am|on) )?(?P<weekday>{_DAY})(?: ?(?P<part>{_HOUR}))?"
                rf" (?:of |in )?(?:der )?{LAST} (?:woche|week)"
                rf"|{LAST} (?:woche|week),?(?: am| on)? (?P<weekday2>{_DAY})"
            ),
            read_weekday_of_last_week,
        ),
        (
            (
                rf"{_THE}(?P<ordinal>{_either(ORDINALS)}) (?:(?:woche|week)(?: (?:des|im|of|in))?"
                rf" (?P<month>{_MONTH})s?|(?P<month2>{_MONTH})(?:woche|tagen|hälfte))"
            ),
            read_week_of_month,
        ),
        (
            (
                rf"{_THE}(?P<ordinal>ersten|zweiten|dritten|vierten|first|second|third|fourth)"
                rf" (?P<unit>quartal|halbjahr|quarter|half)(?: (?:(?:des |of )?(?:jahres )?{_YEAR}"
                rf"|(?:des |of )?(?P<last>{LAST}) (?:jahres|year)))?"
            ),
            read_part_by_number,
        ),
        (
            (
                rf"{_THE}{_THIRD} (?:(?P<this>{_THIS}) |(?P<before_last>vorletzte[rnms]?) "
                rf"|(?P<last>{LAST}) )?{_PERIOD}"
            ),
            read_stretch,
        ),
        (
            (
                rf"{_THE}(?:(?P<this>{_THIS})|(?P<before_last>vorletzte[rnms]?)|{LAST}"
                r"|am(?= wochenende)|at the(?= weekend)|over the(?= weekend))"
                r" (?P<unit>wochenende|weekend|woche|week|monat|month|jahr|year|tag)"
            ),
            read_stretch,
        ),
        (r"(?:im |in der )vor(?P<unit>jahr|monat|woche)", read_before_this),
        (
            (r"(?:zu|zum|am|at the) (?:jahres(?P<turn>beginn|anfang|ende|wechsel))"),
            read_turn_of_year,
        ),
        (
            (
                rf"(?:{_SINCE}|{_UNTIL}|(?:an |zu |über |at |on |over )?)"
                rf"(?P<feast>{_FEAST})(?: {_YEAR})?"
            ),
            read_feast,
        ),
        (
            rf"{_BOUND}(?:(?:am|on) )?(?:{LAST} )?(?P<weekday>{_DAY}){_PART}",
            read_weekday,
        ),
        (rf"vor {_COUNT} {_UNITS}", read_ago),
        (rf"{_COUNT} {_UNITS} ago", read_ago),
        (rf"(?:in|während|over|during) (?:den |the )?{LAST} {_COUNT} {_UNITS}", read_lately),
        (
            (
                rf"(?:{_SINCE}|{_UNTIL}|(?P<lead>{_LEAD})?)(?:(?P<last>{LAST}) )?"
                rf"(?:{_THIRD} ?)?(?P<month>{_MONTH})(?: {_YEAR})?"
            ),
            read_month,
        ),
        (
            (
                rf"(?:im |in |in the |(?=(?:letzte|vergangene|vorige|last)))(?:(?P<last>{LAST}) )?"
                rf"(?P<season>{_either(SEASONS)})(?: (?:of )?{_YEAR})?"
            ),
            read_season,
        ),
        (
            (
                rf"(?:{_SINCE}|{_UNTIL}|(?:im jahr |in the year |in )(?={_YEAR_AHEAD})"
                rf"|(?={_THIRD_AHEAD} ))(?:{_THIRD} )?(?:jahres )?{_YEAR}"
            ),
            read_year,
        ),
    )
)
