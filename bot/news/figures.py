"""Figures in a sentence: numbers with unit, thing counted and hedge, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.news.claim import Figure
from bot.news.counted import counted_before, counted_behind
from bot.news.hedges import WrittenHedge, hedge_before, hedge_behind
from bot.news.no_figures import is_no_figure, is_year, spans_of_dates
from bot.news.numbers import Number, numbers_in
from bot.news.tongue import tongue_of
from bot.news.units import MONEY, TIME, unit_before, unit_behind
from bot.types import Language


@dataclass(frozen=True, slots=True)
class WrittenFigure:
    """A figure and where it stands: from the first digit or sign to the end of its unit.

    `hedge` is where its hedge stands, of a range also "zwischen"; `counted_end` is where the thing
    counted ends, where it stands behind the number.
    """

    figure: Figure
    start: int
    end: int
    hedge: tuple[int, int] | None = None
    counted_end: int | None = None


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with its unit."""

    number: Number
    start: int
    end: int
    unit: str | None


def figures_in(text: str, language: Language | None = None) -> list[WrittenFigure]:
    """Return the figures of a text in their order; what may be none is left out.

    The text tells in which language its numbers are written; `language` is for one too short to.
    """
    spoken = tongue_of(text) or language or Language.GERMAN
    numbers = numbers_in(text, spoken)
    if not numbers:
        return []
    dates = spans_of_dates(text, spoken)
    measured = [_measured(text, one) for one in _outside(dates, numbers)]
    return list(_figures(text, [one for one in measured if one is not None], spoken))


def _outside(dates: Sequence[tuple[int, int]], numbers: Sequence[Number]) -> Iterator[Number]:
    """Yield the numbers that are no part of a date."""
    ahead = sorted(dates)
    reached = i = 0
    for number in numbers:
        while i < len(ahead) and ahead[i][0] < number.end:
            reached = max(reached, ahead[i][1])
            i += 1
        if reached <= number.start:
            yield number


def _measured(text: str, number: Number) -> _Measured | None:
    if number.unit is not None:
        return _Measured(number, number.start, number.end, number.unit)
    before = unit_before(text, number.start)
    if before is not None:
        return _Measured(number, before[1], number.end, before[0])
    behind = unit_behind(text, number.end)
    if behind is not None:
        return _Measured(number, number.start, behind[1], behind[0])
    if number.needs_unit:
        return None
    return _Measured(number, number.start, number.end, None)


_BETWEEN = re.compile(r"(?<!\w)(?:zwischen|between)\s+(?:(?:den|the)\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:und|and)\s+(?:(?:rund|etwa|about|around)\s+)?", re.IGNORECASE)
_TO = re.compile(
    r"\s*(?:[-–—‑]|\s(?:bis(?:\s+zu)?|to)\s)\s*(?:(?:rund|etwa|maximal|about)\s+)?", re.IGNORECASE
)
_OR = re.compile(r"\s+(?:oder|or)\s+(?:auch\s+)?", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)from\s+(?:(?:about|around|roughly)\s+)?$", re.IGNORECASE)
_RANGES = re.compile(r"\brang(?:e|es|ed|ing)\s+from\s+$", re.IGNORECASE)
_SCORE = re.compile(r"\s+zu\s+|[-–:]", re.IGNORECASE)
_OF_SCORE = re.compile(
    r"\s?(?:win|victory|defeat|loss|draw|lead|score|sieg\w*|niederlage\w*|erfolg|heimsieg)\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?<!\w)vor\s+(?:(?:rund|etwa|gut|knapp|fast|mehr als|über)\s+)?$", re.IGNORECASE
)
_AGO_BEHIND = re.compile(
    r"\s+(?:ago|earlier|zuvor|später|later|(?:nach|vor|after|before)\s+(?:de[mnr]|the|ihre[mr]"
    r"|seine[mr]))\b",
    re.IGNORECASE,
)


def _figures(
    text: str, measured: Sequence[_Measured], language: Language
) -> Iterator[WrittenFigure]:
    i = 0
    while i < len(measured):
        one = measured[i]
        other = measured[i + 1] if i + 1 < len(measured) else None
        if other is not None and (_are_score(text, one, other) or _are_ratio(text, one, other)):
            i += 2
            continue
        ranged = _range(text, one, other) if other is not None else None
        if other is not None and ranged is None:
            one = _of_a_change(text, one, other)
        found = _figure(text, ranged or (one, one), language)
        if found is not None:
            yield found
        i += 2 if ranged else 1


def _are_score(text: str, one: _Measured, other: _Measured) -> bool:
    joint = text[one.end : other.start]
    if one.unit is not None or not _SCORE.fullmatch(joint):
        return False
    if joint.strip().lower() == "zu":
        return True
    return one.number.value >= other.number.value or bool(_OF_SCORE.match(text, other.end))


_RATIO = re.compile(r"\s+(?:von|in|out of)\s+", re.IGNORECASE)
_ONE_IN = re.compile(r"(?<!\w)one in $", re.IGNORECASE)
_MOST_IN_RATIO = 10


def _are_ratio(text: str, one: _Measured, other: _Measured) -> bool:
    """Whether two small numbers are a share: "vier von fünf Befragten", "one in three homes"."""
    joint = _RATIO.fullmatch(text, one.end, other.start)
    if joint is None or one.unit is not None:
        return False
    if joint.group().strip().lower() == "in" and one.number.value != 1:
        return False
    return one.number.value < other.number.value <= _MOST_IN_RATIO


def _range(text: str, one: _Measured, other: _Measured) -> tuple[_Measured, _Measured] | None:
    """Return both ends of a range; the first one has the scale and the unit of the second."""
    joint = text[one.end : other.start]
    between = _BETWEEN.search(text, max(0, one.start - 20), one.start)
    if between is not None:
        if not _AND.fullmatch(joint):
            return None
    elif _TO.fullmatch(joint):
        led = _FROM.search(text, max(0, one.start - 20), one.start)
        if led and not _RANGES.search(text, max(0, one.start - 30), one.start):
            return None
    elif not (_OR.fullmatch(joint) and other.number.value == one.number.value + 1):
        return None
    if one.unit is not None and other.unit is not None and one.unit != other.unit:
        return None
    least, most = one.number, other.number
    if least.scale == 1 < most.scale and least.value <= most.bare:
        least = replace(least, value=least.value * most.scale, scale=most.scale)
    if least.value > most.value:
        return None
    return replace(one, number=least, unit=one.unit or other.unit), replace(
        other, unit=one.unit or other.unit
    )


_CHANGE = re.compile(r"\s+(?:auf|to)\s+(?:(?:rund|etwa|about|around|knapp)\s+)?", re.IGNORECASE)
_CHANGE_FROM = re.compile(
    r"(?<!\w)(?:von|from)\s+(?:(?:rund|etwa|about|around|knapp)\s+)?$", re.IGNORECASE
)


def _of_a_change(text: str, one: _Measured, other: _Measured) -> _Measured:
    """Give the first number of "von elf auf 19 Millionen Euro" the scale and unit of the second."""
    if one.unit is not None or not _CHANGE.fullmatch(text[one.end : other.start]):
        return one
    if not _CHANGE_FROM.search(text, max(0, one.start - 20), one.start):
        return one
    number, scale = one.number, other.number.scale
    if number.scale == 1 < scale and number.value < scale:
        number = replace(number, value=number.value * scale, scale=scale)
    return replace(one, number=number, unit=other.unit)


def _figure(
    text: str, ends: tuple[_Measured, _Measured], language: Language
) -> WrittenFigure | None:
    one, other = ends
    start, end, unit = one.start, other.end, one.unit
    hedge, words = _hedge(text, start, end, unit)
    plain = one.number.in_digits and unit is None and hedge is None
    if _ONE_IN.search(text, max(0, start - 8), start):
        return None
    if is_no_figure(text, start, end, one.number.value, language, plain=plain):
        return None
    if unit in TIME and _is_when(text, start, end):
        return None
    counted, counted_end = None, None
    if unit is None:
        behind = counted_behind(text, end, language)
        if behind is not None:
            counted, counted_end = behind
        else:
            counted = counted_before(text, start)
    if hedge is not None and hedge.end < start and is_year(text, start, end, one.number.value):
        compared = text[hedge.start : hedge.end].lower().endswith(("als", "than"))
        if compared and unit is None and counted_end is None:
            return None  # "mehr als 2021"
    if hedge is None and counted_end is not None:
        hedge = hedge_behind(text, counted_end)
        words = words or ((hedge.start, hedge.end) if hedge else None)
    if one.number.counted is not None:
        counted = one.number.counted
    figure = Figure(
        _plain(one.number.value),
        _plain(other.number.value),
        unit,
        counted,
        hedge.hedge if hedge else None,
    )
    return WrittenFigure(figure, start, end, words, counted_end)


def _plain(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == int(value) else value.normalize()


def _hedge(
    text: str, start: int, end: int, unit: str | None
) -> tuple[WrittenHedge | None, tuple[int, int] | None]:
    """Return the hedge of a figure, and the words to show for it: of a range also "between"."""
    words: tuple[int, int] | None = None
    between = _BETWEEN.search(text, max(0, start - 20), start)
    if between is not None:
        start = between.start()
        words = (start, start + len(between.group().split()[0]))
    hedge = hedge_before(text, start, money=unit in MONEY) or hedge_behind(text, end)
    if hedge is not None:
        words = (min(hedge.start, words[0]), words[1]) if words else (hedge.start, hedge.end)
    return hedge, words


def _is_when(text: str, start: int, end: int) -> bool:
    """Whether a number of days says when something was: "vor zwei Jahren", "two years ago"."""
    return bool(_AGO.search(text, max(0, start - 20), start) or _AGO_BEHIND.match(text, end))
