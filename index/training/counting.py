"""Questions of how many, made by rule of sentences with a number, a noun and a place."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.split import split_sentences
from index.training.examples import Asked, Right

_NUMBER = (
    r"\d{1,3}(?:\.\d{3})+|\d{1,4}(?:,\d)? (?:Millionen|Milliarden)|\d{2,4}|zwei|drei|vier|fünf"
    r"|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|fünfzig|hundert|tausend"
)
_AREA = r"in der [a-zäöüß]*\s?(?:Region|Stadt|Gemeinde|Provinz|Hauptstadt) "
_COUNTED = re.compile(
    rf"(?P<number>{_NUMBER})(?: [a-zäöüß]{{4,}}en?)? "
    r"(?P<noun>[A-ZÄÖÜ][a-zäöüß]{2,}(?:en|er|e|n|s))\b[^.;:()„“\"]{0,120}?\b"
    rf"(?P<where>{_AREA}|in der |in den |im |in )(?P<place>[A-ZÄÖÜ][A-Za-zäöüß-]{{3,}})\b"
)
# Units and times are not counted as things are, and not all that follows "in" is a place.
_UNITS = frozenset(
    """
    Jahren Jahre Uhr Prozent Tagen Tage Monaten Monate Wochen Stunden Minuten Sekunden Metern Meter
    Kilometer Kilometern Meilen Hektar Quadratmetern Tonnen Grad Euro Mark Seiten Punkten
    Jahrhunderts Januar Februar März
    """.split()  # noqa: SIM905 - readable as a block of words
)
_NO_PLACES = frozenset(
    """
    Jahr Jahre Januar Februar März April Juni Juli August September Oktober November Dezember Sommer
    Herbst Winter Frühjahr Kraft Betrieb Folge Form Höhe Saison Anspruch Schnitt Durchschnitt Rahmen
    Laufe Regel Nähe Zeit Alter Besitz Bezug Wesentlichen Mittel Gegensatz Zuge Sinne Vergleich
    Anschluss
    """.split()  # noqa: SIM905 - same
)
_YEARS = range(1500, 2030)
_VERBS = ("sind", "waren", "leben", "wurden", "stehen", "kamen", "arbeiten")
_LENGTHS = range(50, 330)  # characters of a sentence
_ELSEWHERE = 0.25  # of the questions are about another place: nothing answers these


@dataclass(frozen=True, slots=True)
class _Found:
    text: str
    start: int  # of the number
    end: int
    noun: str
    where: str
    place: str


def counted(paragraphs: Iterable[str], most: int, chance: random.Random) -> list[Asked]:
    """Return up to so many questions, each with the paragraph that it was made of."""
    found = []
    for one in _found(paragraphs):
        found.append(one)
        if len(found) == most:
            break
    places = sorted({one.place for one in found})
    asked = []
    for one in found:
        other = chance.choice(places)
        elsewhere = chance.random() < _ELSEWHERE and other != one.place
        question = _question(one, other if elsewhere else None, chance)
        rights = () if elsewhere else (Right(one.start, (one.start, one.end)),)
        asked.append(Asked(question, one.text, rights))
    return asked


def _found(paragraphs: Iterable[str]) -> Iterator[_Found]:
    """Yield the first such sentence of each paragraph that has one."""
    for text in paragraphs:
        for begin, end in split_sentences(text):
            match = _COUNTED.search(text[begin:end])
            if match is None or end - begin not in _LENGTHS or not _is_count(match):
                continue
            first, last = (begin + edge for edge in match.span("number"))
            yield _Found(text, first, last, match["noun"], match["where"], match["place"])
            break


def _is_count(match: re.Match[str]) -> bool:
    number = match["number"]
    year = number.isdecimal() and int(number) in _YEARS
    return not year and match["noun"] not in _UNITS and match["place"] not in _NO_PLACES


def _question(one: _Found, elsewhere: str | None, chance: random.Random) -> str:
    place = f"{one.where}{one.place}" if elsewhere is None else f"in {elsewhere}"
    if elsewhere is None and one.where.startswith("in der ") and chance.random() < _ELSEWHERE:
        place = f"in der {one.place}"  # without "Region": as people say it
    question = f"Wie viele {one.noun} {chance.choice(_VERBS)} {place}?"
    if chance.random() < _ELSEWHERE:  # in a hurry
        question = question.lower().replace("wie viele", "wieviele").rstrip("?")
    return question
