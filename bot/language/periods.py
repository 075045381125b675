"""Periods, ages and filters as people say them."""

from __future__ import annotations

from datetime import date, timedelta

from bot.language import say
from bot.language.days import day_text, published_text
from bot.period import DAYS, Period
from bot.types import Language
from index.filter import Filter
from index.types import Published

# From how many days on an age is counted in what, and how many days that has.
_UNITS = (("years", 730, 365.0), ("months", 61, 365 / 12), ("weeks", 14, 7.0), ("days", 2, 1.0))


def offer_text(language: Language, period: Period) -> str:
    """Name a period that is offered."""
    return say(language, f"period.{period.value}")


def days_text(language: Language, only: Filter, today: date | None = None) -> str:
    """Name the days of a filter: by a familiar name where it ends today."""
    first, last = only.first_day, only.last_day
    for period, days in DAYS.items():
        if today is not None and last is None and first == today - timedelta(days - 1):
            return offer_text(language, period)
    if first is not None and last is not None:
        from_, to = day_text(language, first), day_text(language, last)
        return from_ if first == last else say(language, "period.from_to", first=from_, last=to)
    if first is not None:
        return say(language, "period.since", day=day_text(language, first))
    if last is not None:
        return say(language, "period.until", day=day_text(language, last))
    return say(language, "period.all")


def filter_text(language: Language, only: Filter, today: date | None = None) -> str:
    """Write what an answer was limited to, outlets as they are stored."""
    parts = []
    if only.has_period:
        parts.append(say(language, "period.stated", period=days_text(language, only, today)))
    if only.outlets:
        outlets = ", ".join(sorted(only.outlets))
        parts.append(say(language, "period.outlet", outlets=outlets))
    return " · ".join(parts)


def aged_text(language: Language, published: Published | None, today: date | None) -> str:
    """Write the day of publication out, with its age where it is known which day it is."""
    day = published_text(language, published)
    age = age_text(language, published.day, today) if published and today else None
    return f"{day} ({age})" if age else day


def age_text(language: Language, day: date, today: date) -> str | None:
    """Write how long ago a day was; None for one that is yet to come."""
    days = (today - day).days
    if days < 0:
        return None
    for unit, least, length in _UNITS:
        if days >= least:
            return say(language, f"period.age_{unit}", count=int(days / length))
    return say(language, "period.age_yesterday" if days else "period.age_today")
