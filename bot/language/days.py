"""Days as people write them."""

from __future__ import annotations

from datetime import date, datetime

from bot.language.sentences import say
from bot.types import Language
from index.types import Published


def day_text(language: Language, day: date) -> str:
    """Write a day out: "1. November 2024", "1 November 2024"."""
    month = say(language, "answer.months").split()[day.month - 1]
    return say(language, "answer.date", day=day.day, month=month, year=day.year)


def published_text(language: Language, published: Published | None) -> str:
    """Write the day of publication out, or say that it is unknown."""
    if published is None:
        return say(language, "answer.date_unknown")
    return day_text(language, published.day)


def moment_text(language: Language, moment: datetime) -> str:
    """Write a moment out in the time of this machine: "1. November 2024, 14:05"."""
    here = moment.astimezone()
    return say(
        language,
        "answer.moment",
        day=day_text(language, here.date()),
        time=here.strftime("%H:%M"),
    )
