"""Days that a sentence speaks of, read against the day on which it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.news.claim import Days
from bot.news.tense import Tense, tense_at
from bot.news.time_expressions import EXPRESSIONS, Stretch, Telling
from bot.news.tongue import tongue_of
from bot.types import Language


@dataclass(frozen=True, slots=True)
class WrittenDays:
    """Days and where they stand, with the words that join them: "bis zum 31. Mai".

    `days` are those of which something is said, open on one side behind "seit" or "bis"; `named`
    are the days that are named themselves. `limited` is where words stand that say it is the
    earliest or the latest day: "frühestens", "not before".
    """

    days: Days
    named: Days
    start: int
    end: int
    limited: tuple[int, int] | None = None


def days_in(text: str, made: date, language: Language | None = None) -> list[WrittenDays]:
    """Return the days that a text names, in their order; `made` is the day of its article.

    A weekday or a month without more is the last or the next one as its clause tells of what was
    or what will be; where it does not tell, and it is not the very day, it is left out.
    """
    matches = sorted(
        (
            (match.start("what"), -match.end(), index, match)
            for index, (pattern, _) in enumerate(EXPRESSIONS)
            for match in pattern.finditer(text)
        ),
        key=lambda one: one[:3],
    )
    if not matches:
        return []
    spoken = tongue_of(text) or language or Language.GERMAN
    found: list[WrittenDays] = []
    reached = 0
    for start, _, index, match in matches:
        if start < reached:
            continue
        bound = _bound_before(text, start, match.end())
        begins = bound.start if bound else _lead_before(text, start)
        tense = tense_at(text, begins, match.end(), spoken)
        if bound is not None and bound.side == "since":
            tense = (
                Tense.PAST
                if tense is not Tense.COMING or _SINCE.search(text, begins, start)
                else tense
            )
        if _FOR.search(text, begins, start):
            tense = Tense.COMING
        stretch = EXPRESSIONS[index][1](match, Telling(made, tense))
        if stretch is None:
            continue
        reached = match.end() - (1 if _FULL_STOP.search(text, start, match.end()) else 0)
        found.append(
            WrittenDays(
                _bounded(stretch, bound.side if bound else None),
                Days(*stretch),
                begins,
                reached,
                (bound.start, bound.end) if bound and bound.limits else None,
            )
        )
    return found


_FOR = re.compile(r"(?<!\w)(?:für|for)(?!\w)", re.IGNORECASE)
_FULL_STOP = re.compile(r"[a-zäöü]{4,}(?<!sept)\.$|(?:mai|may)\.$", re.IGNORECASE)
_SINCE = re.compile(r"(?:seit|since)\b", re.IGNORECASE)
_BOUND = re.compile(
    r"(?<!\w)(?:(?P<limit>frühestens|nicht vor|no earlier than|not before|at the earliest"
    r"|spätestens"
    r"|no later than|bis spätestens)"
    r"|(?P<since>seit|since|ab|from)|(?P<of>von|vom)"
    r"|(?P<until>bis|bis zum|bis zu|until|till|by|until at least|by the)"
    r"|(?P<before>vor|before)|(?P<after>nach|after)"
    r")(?:[ \u00a0](?:am|an|dem|den|der|im|in|zum|the|on|at least|einschließlich))*[ \u00a0]$",
    re.IGNORECASE,
)
_LATEST = re.compile(r"(?:bis )?spätestens|no later than", re.IGNORECASE)
_FROM_ON = re.compile(r"[ \u00a0](?:an|ab)(?!\w)")
_NOT = re.compile(r"(?<!\w)(?:nicht|not|kaum|never)(?!\w)[^,;.]{0,40}$", re.IGNORECASE)
_LEAD = re.compile(
    r"(?<!\w)(?:(?:am|an|on|in der nacht zum|in der nacht auf|in the night to|noch|den|dem|für"
    r"|for|der|in"
    r"|im|zum|of|the|des|during|während|gegen)[ \u00a0])+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Bound:
    """Words before a day that leave one side open; `limits` where they say how surely."""

    side: str
    start: int
    end: int
    limits: bool = False


def _bound_before(text: str, start: int, end: int) -> _Bound | None:
    match = _BOUND.search(text, max(0, start - 34), start)
    if match is None or match.lastgroup is None:
        return None
    kind = match.lastgroup
    begins, ends = match.span(kind)
    if kind == "limit":
        side = "until" if _LATEST.match(match[kind]) else "since"
        return _Bound(side, begins, ends, limits=True)
    if kind == "before":
        denied = _NOT.search(text, max(0, begins - 50), begins)
        if denied is not None:
            return _Bound("since", begins, ends, limits=True)
    if kind == "of":
        kind = "since" if _FROM_ON.match(text, end) else "on"
    return _Bound(kind, begins, ends)


def _lead_before(text: str, start: int) -> int:
    match = _LEAD.search(text, max(0, start - 24), start)
    return match.start() if match else start


def _bounded(stretch: Stretch, bound: str | None) -> Days:
    first, last = stretch
    if bound == "since":
        return Days(first, None)
    if bound == "after":
        return Days(last + timedelta(1), None) if first == last else Days(*stretch)
    if bound == "until":
        return Days(None, last)
    if bound == "before":
        return Days(None, first - timedelta(1))
    return Days(first, last)
