"""The period that a question names by an event: "zur Winterpause" is when it was told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.news.periods_asked import PeriodAsked
from index.terms import content_terms
from index.types import Article, Published


@dataclass(frozen=True, slots=True)
class EventAsked:
    """What is to have happened: its terms, whether it is asked what was so before.

    `day` counts from the day on which the matter began, where that is what is named.
    """

    terms: frozenset[str]
    before: bool = False
    day: int | None = None


# What happens at one moment, the last part of a compound.
_MOMENT = (
    r"(?:pause|beginn|auftakt|start|abschluss|halbzeit|eröffnung|schluss|ende|antritt|wahl|gipfel"
    r"|sitzung|konferenz|urteil|spruch|entscheidung|abstimmung|verhandlung|premiere|anpfiff|abpfiff"
    r"|kundgebung|demonstration|versammlung|korrektur|berichtigung|rücktritt|vereidigung|verkündung"
    r"|vorstellung|unterzeichnung|freigabe|richtfest|spatenstich|grundsteinlegung|ankündigung"
    r"|bekanntgabe|warnung|razzia|festnahme|break|beginning|end|opening|election|vote|summit"
    r"|meeting|session|hearing|verdict|ruling|announcement|correction|resignation|half-time)"
)
_AT_EVENT = re.compile(
    r"(?<!\w)(?:(?P<before>vor (?:der|dem|ihrem|ihrer|seiner|seinem)|before (?:the|its))"
    r"|zu[mr]|bei(?:m| der| dem)|nach (?:der|dem)|während (?:der|des)|at (?:the|its)"
    r"|at the time of the|after the|during the) (?:[a-zäöüß]+ )?"
    rf"(?P<event>\w*{_MOMENT})(?:s|es)?(?!\w)",
    re.IGNORECASE,
)
_NTH_DAY = re.compile(
    r"(?<!\w)(?:am|nach dem|on the|after the) (?P<nth>ersten|zweiten|dritten|first|second|third)"
    r" (?:tag|abend|day)(?!\w)"
    r"|(?<!\w)(?:am tag (?:de[sr]|eines?r?)|on the day of the) [^\W\d_]+",
    re.IGNORECASE,
)
_NTH = {"zweiten": 1, "second": 1, "dritten": 2, "third": 2}
_WAS = re.compile(
    r"\b(?:hatten?|waren?|stand(?:en)?|lag(?:en)?|gab(?:en)?|galt(?:en)?|wurden?|kam(?:en)?|z[aä]hlten?|betrug"
    r"|kostete|rechneten?|gingen?|sa[sß]+en|fehlten?|had|was|were|did|stood)\b",
    re.IGNORECASE,
)
_SHORTEST = 4  # letters of a term that tells of an event


def event_asked(text: str) -> EventAsked | None:
    """Return the event that a question about what was so names; None for none."""
    if not _WAS.search(text):
        return None
    day = _NTH_DAY.search(text)
    if day is not None:
        return EventAsked(frozenset(), day=_NTH.get((day["nth"] or "").lower(), 0))
    match = _AT_EVENT.search(text)
    if match is None:
        return None
    terms = frozenset(term for term in content_terms(match["event"]) if len(term) >= _SHORTEST)
    return EventAsked(terms, match["before"] is not None) if terms else None


def period_of(event: EventAsked, articles: Sequence[Article]) -> PeriodAsked | None:
    """Return when an event was, by the first article that tells of it; None where nobody knows.

    An event that most of the articles tell of is the very matter, and says nothing of when.
    """
    dated = sorted(
        ((_moment(made), article) for article in articles if (made := _made(article)) is not None),
        key=lambda pair: pair[0],
    )
    if event.day is not None:
        return _whole_day(dated[0][0] + timedelta(event.day)) if dated else None
    telling = [moment for moment, article in dated if _tells(event, article)]
    if not telling or 2 * len(telling) > max(2, len(dated)):
        return None
    if event.before and dated[0][0] < telling[0]:
        return PeriodAsked(None, telling[0] - timedelta(microseconds=1), ())
    return _whole_day(telling[0])


def _whole_day(moment: datetime) -> PeriodAsked:
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return PeriodAsked(start, start + timedelta(days=1, microseconds=-1), ())


def _tells(event: EventAsked, article: Article) -> bool:
    terms = set(content_terms(f"{article.title}. {article.text}"))
    return all(
        any(term.startswith(wanted) or term.endswith(wanted) for term in terms)
        for wanted in event.terms
    )


def _made(article: Article) -> Published | None:
    return article.published or article.updated


def _moment(made: Published) -> datetime:
    moment = made.moment or datetime.combine(made.day, time(12), UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
