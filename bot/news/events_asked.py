"""The period that a question names by an event: "zur Winterpause" is when it was told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.news.period_words import NUMBERS
from bot.news.periods_asked import PeriodAsked
from index.terms import content_terms
from index.types import Article, Published


@dataclass(frozen=True, slots=True)
class EventAsked:
    """What is to have happened: its terms, whether it is asked what was so before.

    `day` counts from the day on which the matter began, where that is what is named; `evening` says
    that the evening of the day is meant, `counted` that votes are counted then, which comes after
    what led to it, `wide` how many days about it are, `somebody` that the terms name who came or
    went.
    """

    terms: frozenset[str]
    before: bool = False
    day: int | None = None
    evening: bool = False
    counted: bool = False
    wide: int = 0
    somebody: bool = False


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
# "Am Unglückstag", "am Wahlabend": the day on which it was.
_DAY_OF = re.compile(
    r"(?<!\w)(?:am|in der|seit dem|on(?: the)?) (?:ersten )?(?P<what>wahl|stichwahl|abstimmungs"
    r"|ungl[uü]cks|unfall|brand|explosions|er[oö]ffnungs|premieren|spiel|katastrophen|tat|sturm"
    r"|flut|absturz"
    r"|streik|urteils|einsatz|election|polling|opening|match|crash|accident|disaster)[ -]?"
    r"(?P<part>tages|tag|abend|nachmittag|morgen|vormittag|nacht|day|night|evening)s?(?!\w)"
    r"|(?<!\w)(?:am|on the) (?P<part2>abend|nachmittag|morgen|vormittag|nacht|night|evening"
    r"|morning)"
    r" (?:de[rs]|of the) (?P<what2>[^\W\d_]{4,})(?!\w)",
    re.IGNORECASE,
)
_LATE = frozenset({"abend", "nacht", "night", "evening"})
_VOTE = re.compile(r"wahl|abstimmung|election|polling|vote", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:ausz[aä]hl\w*|ausgez[aä]hlt|hochrechnung\w*|wahllokale|endergebnis|stimmbezirk\w*"
    r"|gez[aä]hlt"
    r"|counted|ballots?|polling stations|exit polls?|results?)\b",
    re.IGNORECASE,
)
# "Als der Trainer gehen musste": when somebody came or went.
_CAME_OR_WENT = re.compile(
    r"(?<!\w)(?:als|when) (?:\w+ ){0,3}?(?P<name>[A-ZÄÖÜ][\w-]+) (?:gehen musste|ging|gekommen war"
    r"|(?:entlassen|gefeuert|beurlaubt|freigestellt|ernannt|gew[aä]hlt|verhaftet|festgenommen)"
    r" wurde"
    r"|zur[uü]cktrat|abtrat|antrat|starb|[uü]bernahm|kam|wechselte|was (?:sacked|dismissed|fired"
    r"|appointed|elected|arrested)|resigned|stepped down|left|died|took over|joined)(?!\w)"
)
_TOLD_SO = re.compile(
    r"\b(?:getrennt|trenn\w*|entl[aä]ss\w*|entlie[sß]+\w*|gefeuert|beurlaubt|freigestellt"
    r"|r[uü]cktritt"
    r"|zur[uü]ckgetreten|abgetreten|gestorben|tot|[uü]bernimmt|[uü]bernommen|neue[rn]?|wechsel\w*"
    r"|ernannt|gew[aä]hlt|verhaftet|festgenommen|nachfolge\w*|sacked|dismissed|fired|appointed"
    r"|elected|arrested|resign\w*|stepped down|leaves?|left|died|takes over|took over|joins?|joined"
    r"|parted|successor)\b",
    re.IGNORECASE,
)
# "Welche Stufe galt, als das Unglück geschah?"
_STATE_THEN = re.compile(
    r"\b(?:galt(?:en)?|applied|was in force)\b.*,? (?:als|when) (?:der|die|das|es|the|it)"
    r" (?:\w+ ){0,3}(?:geschah|passierte|begann|ausbrach|kam|abging|war|happened|struck|began|hit"
    r"|broke out)\W*$",
    re.IGNORECASE,
)
# "Zwei Tage nach dem Brand".
_LATER = re.compile(
    rf"(?<!\w)(?P<count>\d{{1,2}}|{'|'.join(NUMBERS)}|eine|am)"
    rf" (?P<unit>stunden?|tage?|wochen?|hours?"
    rf"|days?"
    r"|weeks?) (?:nach (?:de[rm]|ihrem|seinem)|after the) (?P<what>[^\W\d_]{4,})(?!\w)",
    re.IGNORECASE,
)
_NTH = {"zweiten": 1, "second": 1, "dritten": 2, "third": 2}
_WAS = re.compile(
    r"\b(?:melde\w*|nann?ten?|sprach(?:en)?|berichte\w*|hie[sß]+|f[uü]hrten?|rechnete\w*|lautete\w*"
    r"|galten|applied|reported|said|counted|estimated|led|hatten?|waren?|stand(?:en)?|lag(?:en)?"
    r"|gab(?:en)?|galt(?:en)?|wurden?|kam(?:en)?|z[aä]hlten?|betrug"
    r"|kostete|rechneten?|gingen?|sa[sß]+en|fehlten?|had|was|were|did|stood)\b",
    re.IGNORECASE,
)
_SHORTEST = 4  # letters of a term that tells of an event


def event_asked(text: str) -> EventAsked | None:
    """Return the event that a question about what was so names; None for none."""
    if not _WAS.search(text):
        return None
    went = _CAME_OR_WENT.search(text)
    if went is not None:
        return EventAsked(frozenset(content_terms(went["name"])), somebody=True)
    counted = _day_counted(text)
    if counted is not None:
        return counted
    match = _AT_EVENT.search(text)
    if match is None:
        return None
    terms = frozenset(term for term in content_terms(match["event"]) if len(term) >= _SHORTEST)
    return EventAsked(terms, match["before"] is not None) if terms else None


def _day_counted(text: str) -> EventAsked | None:
    """Return the day that a question counts from the first one of a matter; None for none."""
    if (day := _NTH_DAY.search(text)) is not None:
        return EventAsked(frozenset(), day=_NTH.get((day["nth"] or "").lower(), 0))
    if _STATE_THEN.search(text):
        return EventAsked(frozenset(), day=0)
    if (later := _LATER.search(text)) is not None:
        return _days_later(later)
    if (match := _DAY_OF.search(text)) is not None:
        part = (match["part"] or match["part2"]).lower()
        vote = _VOTE.search(match["what"] or match["what2"]) is not None
        return EventAsked(frozenset(), day=0, evening=part in _LATE, counted=vote)
    return None


def _days_later(match: re.Match[str]) -> EventAsked:
    """Read "zwei Tage nach dem Brand", "am Tag nach dem Brand"."""
    word, unit = match["count"].lower(), match["unit"].lower()
    count = 1 if word in {"am", "eine"} else int(word) if word.isdigit() else NUMBERS[word]
    if unit.startswith(("stunde", "hour")):
        return EventAsked(frozenset(), day=count // 24)
    weeks = unit.startswith(("woche", "week"))
    return EventAsked(frozenset(), day=7 * count if weeks else count, wide=2 if weeks else 0)


def period_of(event: EventAsked, articles: Sequence[Article]) -> PeriodAsked | None:
    """Return when an event was, by the first article that tells of it; None where nobody knows.

    An event that most of the articles tell of is the very matter, and says nothing of when.
    """
    dated = sorted(
        ((_moment(made), article) for article in articles if (made := _made(article)) is not None),
        key=lambda pair: pair[0],
    )
    if event.day is not None:
        return _day_of(event, dated) if dated else None
    if event.somebody:
        went = (moment for moment, one in dated if _tells(event, one) and _TOLD_SO.search(one.text))
        moment = next(went, None)
        return _whole_day(moment) if moment is not None else None
    telling = [moment for moment, article in dated if _tells(event, article)]
    if not telling or 2 * len(telling) > max(2, len(dated)):
        return None
    if event.before and dated[0][0] < telling[0]:
        return PeriodAsked(None, telling[0] - timedelta(microseconds=1), ())
    return _whole_day(telling[0])


def _day_of(event: EventAsked, dated: Sequence[tuple[datetime, Article]]) -> PeriodAsked:
    """Return a day counted from the first of a matter, or the evening of it."""
    begun = dated[0][0]
    if event.counted:
        begun = next((moment for moment, one in dated if _COUNTED.search(one.text)), begun)
    day = _whole_day(begun + timedelta(event.day or 0))
    if day.first is None or day.last is None:
        return day
    if event.evening:
        return PeriodAsked(day.first + timedelta(hours=17), day.last + timedelta(hours=2), ())
    wide = timedelta(event.wide)
    return PeriodAsked(day.first - wide, day.last + wide, ())


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
