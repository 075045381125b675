"""The period that a question names: by when something was said that is to answer it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

from bot.news.claim import Days
from bot.news.period_expressions import EXPRESSIONS
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


_EARLIEST = re.compile(
    r"\b(?:(?:ganz )?zuerst|zuallererst|zun[aä]chst|urspr[uü]nglich|anfangs|anf[aä]nglich"
    r"|als erstes|(?:ganz )?(?:am anfang|zu (?:anfang|beginn))(?! (?:de[rs]|von)\b)"
    r"|in (?:der|ihrer|seiner|einer) ersten (?:meldung|mitteilung|sch[aä]tzung|prognose"
    r"|stellungnahme|fassung|version|angabe)"
    r"|at first|initially|originally|in the beginning|in (?:the|its|his|her|their) first (?:report"
    r"|statement|estimate|version))\b",
    re.IGNORECASE,
)


def period_asked(text: str, now: datetime) -> PeriodAsked | None:
    """Return the period that a question names, read at the moment of asking; None for none.

    The first expression counts; where the question also says what part of a day, that does.
    """
    if now.tzinfo is None:
        raise ValueError("a moment has a zone")
    earliest = _EARLIEST.search(text)
    early = [earliest.span()] if earliest else []
    for pattern, read in EXPRESSIONS:
        for match in pattern.finditer(text):
            found = read(match, now)
            if found is not None:
                return PeriodAsked(*found, (match.span(), *early), bool(early))
    return PeriodAsked(None, None, tuple(early), earliest=True) if early else None
