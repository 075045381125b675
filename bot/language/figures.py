"""Figures as people write them: grouped, with unit and hedge, nothing rounded."""

from __future__ import annotations

from decimal import Decimal

from bot.language.sentences import say
from bot.news.claim import Figure
from bot.types import Language

# From a million on in words where few digits are left, as papers write: "1,2 Mrd.".
_SCALES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_MOST_DIGITS = 2  # after the comma
_MOST = 1_000_000  # times the largest scale
_LONGEST = 25  # digits; nobody can read more, and nothing that is counted has as many
_GERMAN = str.maketrans(",.", ".,")


def figure_text(language: Language, figure: Figure) -> str:
    """Write a figure: "mind. 12", "3,4 Mio. €", "40 bis 60 %"."""
    value = decimal_text(language, figure.least)
    if figure.least != figure.most:
        most = decimal_text(language, figure.most)
        if _scaled(figure.most) and not _scaled(figure.least):
            most = _grouped(language, figure.most)  # "5 bis 40 Mio." is understood as millions
        value = say(language, "figure.range", least=value, most=most)
    if figure.unit is not None:
        value = _with_unit(language, value, figure.unit, one=abs(figure.most) == 1)
    if figure.hedge is not None:
        value = say(language, f"figure.{figure.hedge.value}", value=value)
    return value


def decimal_text(language: Language, number: Decimal) -> str:
    """Write a number exactly as a language groups it."""
    scaled = _scaled(number)
    if scaled is None:
        return _grouped(language, number)
    part, name = scaled
    return say(language, f"plot.{name}", value=_grouped(language, part))


def _scaled(number: Decimal) -> tuple[Decimal, str] | None:
    """Return how many millions, billions or trillions a number is, where few digits say it."""
    for size, name in _SCALES:
        part = number / size
        if 1 <= abs(part) < _MOST and part == round(part, _MOST_DIGITS):
            return part, name
    return None


def _grouped(language: Language, number: Decimal) -> str:
    if abs(number.adjusted()) > _LONGEST:
        text = f"{number:.3e}"
    else:
        text = f"{number:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    text = text.replace("-", "\u2212")
    return text.translate(_GERMAN) if language is Language.GERMAN else text


def unit_name(language: Language, unit: str) -> str:
    """Name a unit in full; one without a name in the tables as it is."""
    return _named(language, "unit_name", unit) or unit


def _with_unit(language: Language, value: str, unit: str, *, one: bool) -> str:
    singular = _named(language, "unit_one", unit) if one else None
    named = singular or _named(language, "unit", unit)
    return f"{value} {unit}" if named is None else named.format(value=value)


def _named(language: Language, section: str, unit: str) -> str | None:
    try:
        return say(language, f"{section}.{unit}", value="{value}")
    except KeyError:
        return None
