"""Words of a sentence that may be the value that is asked for, and how well they fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.features import Candidate
from bot.news.asked import Asked, Wanted, is_like
from bot.news.claim import Figure
from bot.news.fates import Fate, fates_in
from bot.news.figures import WrittenFigure, figures_in
from bot.news.nobody import nobody_in
from bot.news.quantities_asked import names_another
from bot.news.retold import is_part, is_retold
from bot.news.synonyms import alike_things, also_called
from bot.news.times import WrittenDays, days_in
from bot.news.tongue import tongue_of
from bot.news.units import MONEY, NAMES, TIME
from bot.question_phrases import phrases
from bot.rank import Choice
from bot.reading import is_whole
from bot.types import Language
from index.terms import content_terms, is_name_like, tokens

# How well a figure fits what is asked for.
SAME, _LIKE, UNIT, PEOPLE, _OTHER = 3.0, 2.5, 2.0, 1.5, -1.0
_SAME_FATE, _OTHER_FATE = 1.5, -3.0
_NOBODYS = -2.5  # a figure of nobody where one asks about somebody
_HEADING = -1.5  # says in short what a sentence below says in full, with who says so
_OTHER_SUM = -1.5  # a demand where an offer is asked for
_OF_ALL = -3.0  # a figure of a whole country where a place in it is asked about
_OVER = 1.5  # what it costs that a day is over where one asks for a date to come
_HARM = frozenset({Fate.INJURED, Fate.DEAD, Fate.MISSING})
_BOUND = 1.0  # that a day is the last or the first one, as the question asks
NAMED, _NAMED_BEFORE = 1.5, 0.75  # where the sentence, or the one before, names the quantity
_PLAINLY = 2  # so many times the words of a matter that must be there to name it
FIT = 2.0  # what a step of fit is worth in the reader's log-odds
_RANK = 0.35  # and a step of the ranking


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a sentence that may be the value."""

    choice: Choice
    start: int  # within the sentence
    end: int
    fit: float
    size: float = 1.0  # of a figure

    @property
    def worth(self) -> float:
        """How likely it is to answer, before anybody reads it."""
        return _RANK * self.choice.score + FIT * self.fit

    @property
    def key(self) -> tuple[int, int]:
        """Of which article, and where the sentence begins."""
        return key_of(self.choice.candidate)

    @property
    def retold(self) -> bool:
        """Whether it is told of an earlier time."""
        return is_retold(self.choice.candidate.sentence.text, self.start, self.end)


def key_of(candidate: Candidate) -> tuple[int, int]:
    """Return by what a sentence is known: its article and where it begins."""
    return candidate.hit.stored.id, candidate.sentence.start


def places_in(asked: Asked, choice: Choice, alike: frozenset[str]) -> list[Place]:
    """Return the figures or days of a sentence that may be what is asked for."""
    if asked.wanted is Wanted.DAY:
        return _days_of(asked, choice)
    return _figures_of(asked, choice, alike)


def _days_of(asked: Asked, choice: Choice) -> list[Place]:
    sentence = choice.candidate.sentence
    made = choice.candidate.hit.stored.article
    published = made.updated or made.published
    if published is None:
        return []
    fit = PEOPLE + _named(asked, choice.candidate)
    ahead = _is_ahead(asked)
    return [
        Place(
            choice,
            one.start,
            one.end,
            fit
            + _bounded(asked, one, sentence.text)
            - (_OVER if ahead and _is_over(one, published.day) else 0.0),
        )
        for one in _days_in(sentence.text, published.day, tongue_of(sentence.text))
        if not _is_when_said(sentence.text, one.start, one.end)
    ]


def _figures_of(asked: Asked, choice: Choice, alike: frozenset[str]) -> list[Place]:
    sentence = choice.candidate.sentence
    figures = figures_of(sentence.text, tongue_of(sentence.text))
    if not figures and not asked.fates:
        return []
    difference = _DIFFERENCE_ASKED.search(asked.question.text)
    fitting = [
        (written, fit)
        for written in figures
        if (fit := _fit(asked, written, alike)) is not None
        and (difference or not is_part(sentence.text, written.start, written.end))
    ]
    whole = _of_sentence(asked, choice.candidate) if fitting else 0.0
    found = [
        Place(choice, one.start, one.end, fit + whole, float(one.figure.most))
        for one, fit in fitting
    ]
    nobody = nobody_in(sentence.text) if asked.fates & fates_in(sentence.text) else None
    if nobody is not None:
        fit = SAME + _SAME_FATE + _of_place(asked, sentence.text)
        found.append(Place(choice, *nobody, fit, 0.0))
    return found


def _of_sentence(asked: Asked, candidate: Candidate) -> float:
    """Return what a sentence is worth to each figure in it."""
    question, text = asked.question.text, candidate.sentence.text
    fit = _named(asked, candidate) + _of_person(asked, candidate) + _of_place(asked, text)
    fit += _OTHER_SUM if names_another(question, text) else 0.0
    fit += 0.0 if is_whole(text) else _HEADING
    fates = fates_in(text)
    if asked.fates:
        fit += _fate_fit(asked, fates, candidate)
    elif fates & _HARM and asked.counted:
        fit += _OTHER_FATE
    elif fates & _HARM and _PERSONS.search(question):
        fit += _OTHER_FATE / 2
    return fit


def _fate_fit(asked: Asked, fates: frozenset[Fate], candidate: Candidate) -> float:
    if fates:
        return _SAME_FATE if asked.fates & fates else _OTHER_FATE
    sentences = candidate.hit.passage.sentences
    at = sentences.index(candidate.sentence)
    before = fates_in(sentences[at - 1].text) if at else frozenset()
    return _SAME_FATE / 2 if asked.fates & before else 0.0


def _of_person(asked: Asked, candidate: Candidate) -> float:
    """Return what it costs that a sentence is on somebody else than the person asked about."""
    text = candidate.sentence.text
    if not asked.person or any(is_like(t, p) for t in content_terms(text) for p in asked.person):
        return 0.0
    others = [
        token
        for token in tokens(text)
        if text[token.start].isupper() and is_name_like(text[token.start : token.end])
    ]
    if others:
        return _OTHER_FATE
    sentences = candidate.hit.passage.sentences
    at = sentences.index(candidate.sentence)
    before = content_terms(sentences[at - 1].text) if at else []
    goes_on = _PRONOUN.search(text) or any(is_like(t, p) for t in before for p in asked.person)
    return 0.0 if goes_on else _NOBODYS


_PRONOUN = re.compile(
    r"\b(?:er|sie|ihm|ihr|ihn|ihre[rmns]?|seine[rmns]?|sein|he|she|his|her)\b", re.IGNORECASE
)


_WHOLE = re.compile(
    r"\b(?:in|aus|across|throughout) (?:ganz|all(?: of)?|(?:der|dem) ganzen|(?:der|dem) gesamten"
    r"|the whole(?: of)?|the entire) (?:the )?[A-ZÄÖÜ]"
    r"|\b(?:across|throughout) (?:the )?[A-ZÄÖÜ]"
    r"|\b(?:landes|bundes|welt|europa|reichs)weit\w*\b|\b(?:nation|country|world)-?wide\b",
    re.IGNORECASE,
)


def _of_place(asked: Asked, text: str) -> float:
    """Return what it costs that a figure is of a whole of which the question asks for a part."""
    question = asked.question.text
    if not _places_named(question) or _WHOLE.search(question) or not _WHOLE.search(text):
        return 0.0
    named = set(content_terms(text))
    part = any(is_like(one, place) for one in named for place in _places_named(question))
    return 0.0 if part else _OF_ALL


@lru_cache(maxsize=256)
def _places_named(question: str) -> frozenset[str]:
    """Return the terms of what a question names as a place: "in Kursk", "near the station"."""
    return frozenset(
        term
        for phrase in phrases(question)
        if phrase.preposition.lower() in _PLACING
        for term in content_terms(phrase.name)
    )


_DIFFERENCE_ASKED = re.compile(
    r"\b(?:wie ?viel mehr|how much more|um wie ?viele?)\b"
    r"|\b\w*(?:vorsprungs?|r[uü]ckstands?|abstands?|differenz|unterschieds?|lead|margin|gap)\b",
    re.IGNORECASE,
)
_PLACING = frozenset({"in", "im", "aus", "bei", "beim", "nahe", "near", "at", "from"})


def _named(asked: Asked, candidate: Candidate) -> float:
    """Return what it is worth that a sentence names the quantity that is asked for."""
    if not asked.quantity:
        return 0.0
    sentences = candidate.hit.passage.sentences
    at = sentences.index(candidate.sentence)
    before = sentences[at - 1].text if at else candidate.hit.stored.article.title
    for text, worth in ((candidate.sentence.text, NAMED), (before, _NAMED_BEFORE)):
        share = _share_named(asked, text)
        if share == 0.0 and _is_cost(asked) and _COSTS.search(text):
            return worth
        if share > 0.0:
            # One word of several that tell what is to happen on a day tells but a part of it.
            return worth * min(1.0, _PLAINLY * share) if asked.wanted is Wanted.DAY else worth
    # Another language has other words for it: nobody knows whether they stand there.
    foreign = tongue_of(candidate.sentence.text) not in (None, asked.question.language)
    return _NAMED_BEFORE if foreign else 0.0


def _is_cost(asked: Asked) -> bool:
    return asked.units <= MONEY and bool(_COST_ASKED.search(asked.question.text))


_COST_ASKED = re.compile(
    r"\b(?:\w*kost(?:e[nt]?|eten?)?|wie teuer|costs?|how expensive)\b", re.IGNORECASE
)
_COSTS = re.compile(
    r"\b(?:\w*kosten|kostet\w*|gekostet|teuer|teurer|\w*ausgaben|veranschlag\w*|kalkulier\w*"
    r"|rechnet\w*\b.*\bmit|(?:geht|ging)\b.*\baus|beziffer\w*|sch[aä]tz\w*|verschling\w*"
    r"|aufwand|aufwendung\w*|costs?|priced?|price tag|spend\w*|budgeted|bill)\b",
    re.IGNORECASE,
)


def _share_named(asked: Asked, text: str) -> float:
    """Return how many of the words for what is asked for stand in a text."""
    terms = set(content_terms(text))
    if tongue_of(text) not in (None, asked.question.language):
        # What only begins alike in two languages is not alike: "hall" and "Hallingen".
        return len(terms & asked.quantity) / len(asked.quantity)
    named = [
        word
        for word in asked.quantity
        if any(is_like(term, word) for term in terms) or not terms.isdisjoint(also_called(word))
    ]
    return len(named) / len(asked.quantity)


_DATE_SET = re.compile(
    r"\b(?:\w*termine?n?s?|\w*datum|deadline|frist|stichtag|bis wann|\w+ dates?|until when)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:war|waren|wurden?|hat|haben|hatten?|ist|sind|kam|kamen|began+|did|was|were|has|have|had"
    r"|seit wann|since when)\b",
    re.IGNORECASE,
)


def _is_ahead(asked: Asked) -> bool:
    """Whether one asks for a date that is set, or for when something will be."""
    text = asked.question.text
    return bool(_DATE_SET.search(text)) or not _PAST.search(text)


_UNTIL_ASKED = re.compile(
    r"\b(?:bis wann|until when|by when|deadline|\w*frist(?:en)?|stichtag|how long .*\bhave)\b",
    re.IGNORECASE,
)
_SINCE_ASKED = re.compile(r"\b(?:seit wann|ab wann|since when|from when)\b", re.IGNORECASE)


_UNTIL = re.compile(
    r"\b(?:bis|until|till|by)(?: (?:zum|mindestens|fr[uü]hestens|sp[aä]testens|voraussichtlich"
    r"|wohl|vermutlich|einschlie[sß]+lich|at least|at the (?:earliest|latest)|probably"
    r"|the)){0,2}\s$",
    re.IGNORECASE,
)


def _bounded(asked: Asked, one: WrittenDays, sentence: str) -> float:
    """Return what it is worth that a day is open to the side that the question asks for."""
    text = asked.question.text
    until, since = _UNTIL_ASKED.search(text), _SINCE_ASKED.search(text)
    ends = one.days.first is None or _UNTIL.search(sentence, 0, one.start)
    begins = one.days.last is None
    if (until and ends) or (since and begins):
        return _BOUND
    return -_BOUND if (until and begins) or (since and ends) else 0.0


def _is_over(one: WrittenDays, made: date) -> bool:
    """Whether a day is over when its article appears, or is that very day."""
    return one.days.last is not None and one.days.last <= made


# Sentences are weighed for an answer and for its account, and by each who asks about a matter.
@lru_cache(maxsize=1000)
def figures_of(text: str, language: Language | None = None) -> tuple[WrittenFigure, ...]:
    """Return the figures of a sentence."""
    return tuple(figures_in(text, language))


@lru_cache(maxsize=1000)
def _days_in(text: str, made: date, language: Language | None) -> tuple[WrittenDays, ...]:
    return tuple(days_in(text, made, language))


_SAID = (
    r"(?:mitteil\w*|mitgeteilt|teilte\w*|sagt\w*|erklärt\w*|bekannt|bestätigt\w*|berichtet\w*"
    r"|beschlossen"
    r"|beschloss|erklärte|angekündigt|kündigte\w*|said|announced|confirmed|told|reported|voted)"
)
_SAID_BEHIND = re.compile(rf"^(?:[^,;.]{{0,40}}?)\b{_SAID}\b", re.IGNORECASE)
_SAID_BEFORE = re.compile(rf"\b{_SAID}\b[^,;.]{{0,40}}$", re.IGNORECASE)


def _is_when_said(text: str, start: int, end: int) -> bool:
    """Whether something was said on a day: "wie die Stadt am Dienstag mitteilte"."""
    return bool(_SAID_BEHIND.match(text[end:]) or _SAID_BEFORE.search(text[:start]))


def _fit(  # noqa: PLR0911 - a ladder from the best fit to none
    asked: Asked, written: WrittenFigure, alike: frozenset[str]
) -> float | None:
    """Return how well a figure fits what is asked for, None where it is of something else."""
    figure = written.figure
    if asked.units:
        return UNIT if figure.unit in asked.units else None
    if figure.unit is not None:
        return _fit_measured(asked, figure)
    counted = content_terms(figure.counted or "")
    stuff = asked.counted and not asked.fates and _STUFF.search(asked.question.text)
    if stuff and not asked.counted & {*counted}:
        return None  # who asks how much of a stuff does not count things
    if asked.fates & fates_in(figure.counted or ""):
        return SAME
    if any(is_like(term, wanted) for term in counted for wanted in asked.counted):
        return SAME
    if alike.intersection(counted) or alike_things(counted, asked.counted):
        return _LIKE
    if not asked.counted and _ARE_PERSONS.search(figure.counted or ""):
        return PEOPLE if _PERSONS.search(asked.question.text) else _OTHER
    if not counted or _GENERAL.search(figure.counted or ""):
        people = not asked.counted or asked.fates or _PERSONS.search(asked.question.text)
        return PEOPLE if people else _OTHER
    return _OTHER if not asked.fates else _OTHER - 1.0


def _fit_measured(asked: Asked, figure: Figure) -> float | None:
    """Return how well a figure with a unit fits where none is asked for by name."""
    if any(is_like(figure.unit or "", term) for term in asked.counted):
        return SAME
    if asked.counted and _MUCH.search(asked.question.text):
        # "Wie viel Öl": so many litres, and of what is often not said again.
        if {*content_terms(figure.counted or "")} & asked.counted:
            return SAME
        return PEOPLE if figure.counted is None and figure.unit in _AMOUNTS else None
    # "Wie hoch": it is measured, but nobody knows by what.
    return PEOPLE if _MEASURED.search(asked.question.text) and not asked.counted else None


_STUFF = re.compile(r"\b(?:wie ?viel(?! mehr| weniger)|how much(?! more| less))\b", re.IGNORECASE)
# By what stuff is measured: neither by time nor by money.
_AMOUNTS = frozenset(NAMES) - MONEY - TIME - {"degree", "degree_fahrenheit", "decibel", "time"}
_MUCH = re.compile(r"\b(?:wie ?viel(?!e)|how much)\b", re.IGNORECASE)
_MEASURED = re.compile(r"\b(?:wie (?:hoch|gro[sß]+)|how (?:high|large|big|much))\b", re.IGNORECASE)
_PERSONS = re.compile(
    r"\b(?:wie ?viele|how many) (?:\w+ )?\w*(?:leute|kräfte|arbeiter\w*|helfer\w*|beamte\w*|people"
    r"|fighters|workers|personen|menschen|gäste|teilnehmer\w*|besucher\w*|soldaten)\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:menschen|personen|leute|m[aä]nner|frauen|people|persons|men|women|bewohner\w*"
    r"|einwohner\w*"
    r"|residents|betroffene\w*)\b",
    re.IGNORECASE,
)
_ARE_PERSONS = re.compile(
    r"\b\w*(?:g[aä]sten?|passagieren?|insassen|reisenden?|besucher(?:n|innen)?|zuschauer(?:n"
    r"|innen)?"
    r"|teilnehmer(?:n|innen)?|teilnehmenden?|zuh[oö]rer(?:n|innen)?|sch[uü]ler(?:n|innen)?"
    r"|mitarbeiter(?:n|innen)?|besch[aä]ftigten?|anwohner(?:n|innen)?|fans|demonstranten"
    r"|demonstrierenden?|soldaten|helfer(?:n|innen)?|einsatzkr[aä]ften?|passengers|visitors|guests"
    r"|spectators|participants|students|pupils|workers|employees|protesters|travellers)\b",
    re.IGNORECASE,
)


def is_one_thing(before: str, after: str) -> bool:
    """Whether words name one thing that is counted before and after, or people in general."""
    ours, theirs = content_terms(before), content_terms(after)
    if any(is_like(a, b) for a in ours for b in theirs) or alike_things(ours, theirs):
        return True
    return all(map(_GENERAL.search, (before, after)))


def are_people(words: str) -> bool:
    """Whether words name people in general, or those who take part in something."""
    return bool(_GENERAL.search(words) or _ARE_PERSONS.search(words))
