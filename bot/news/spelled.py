"""Numbers in words among other words: where one begins and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from bot.news.atoms import Atom
from bot.news.numerals import english_ones, english_tens, german_number, scale_of
from bot.types import Language

# A number, the atom behind it, and where it ends.
Spelled = tuple[Decimal, int, int]

ONE = frozenset({"ein", "eine", "einen", "einem", "einer", "eines"})
NONE = frozenset({"kein", "keine", "keinen"})
_PERSONS = re.compile(
    r"[ \u00a0](?P<what>(?:weiterer |weitere |weiteres )?(?:mensch(?:en)?|person|tote[rn]?"
    r"|todesopfer"
    r"|(?:schwer|leicht)?verletzte[rn]?|vermisste[rn]?|todesfall"
    r"|(?:other )?person|death|fatality|casualty))\b(?!-)",
    re.IGNORECASE,
)
_NONE_OF = re.compile(
    r"[ \u00a0](?P<what>(?:weiteren? )?(?:menschen|personen|toten?|todesopfer|todesfälle|opfer"
    r"|(?:schwer|leicht)?verletzten?|vermissten?|deaths|fatalities|casualties|injuries|victims))"
    r"\b",
    re.IGNORECASE,
)


def german_words(text: str, atoms: Sequence[Atom], i: int) -> Spelled | None:
    """Read a German number in words: "siebzehn", "zweimal", "ein Toter", "keine Verletzten"."""
    atom = atoms[i]
    if atom.text in ONE or atom.text in NONE:
        return _one_or_none(text, atoms, i)
    if atom.text in ("eins", "null") and not _counts_something(text, atom.end):
        return None
    times = atom.text.removesuffix("mal")
    if times != atom.text and len(times) > 3:  # noqa: PLR2004 - "einmal" is no figure
        value = german_number(times)
        return (value, i + 1, atom.end - 3) if value else None
    if atom.text in ("hundert", "tausend") and text[atom.start].isupper() and atom.start:
        return None  # "Hundert" in the midst of a sentence is a noun: "das Hundert"
    value = german_number(atom.text)
    return (value, i + 1, atom.end) if value is not None else None


def _one_or_none(text: str, atoms: Sequence[Atom], i: int) -> Spelled | None:
    """Read "ein" and "kein" where they count people, or end a change."""
    atom = atoms[i]
    if atom.text in NONE:
        return (Decimal(0), i + 1, atom.end) if _NONE_OF.match(text, atom.end) else None
    if _PERSONS.match(text, atom.end) or _is_fallen_to(atoms, i):
        return Decimal(1), i + 1, atom.end
    return None


def _is_fallen_to(atoms: Sequence[Atom], i: int) -> bool:
    """Whether "ein" ends a change that a number began: "von drei auf einen Zähler"."""
    if i < 3 or atoms[i - 1].text != "auf":  # noqa: PLR2004 - "von", a number, "auf"
        return False
    before = atoms[i - 2]
    counted = before.digits or german_number(before.text) is not None
    return counted and atoms[i - 3].text == "von"


def _counts_something(text: str, end: int) -> bool:
    return bool(
        re.match(r"[ \u00a0](?:[A-ZÄÖÜ%€]|Grad|Prozent|degrees|percent)", text[end : end + 12])
    )


def english_words(text: str, atoms: Sequence[Atom], i: int) -> Spelled | None:
    """Read an English number in words: "twenty-one", "two hundred and fifty thousand"."""
    if atoms[i].text == "no" and _NONE_OF.match(text, atoms[i].end):
        return Decimal(0), i + 1, atoms[i].end
    begun, end = i, atoms[i].start
    so_far = _SoFar()
    while i < len(atoms) and not atoms[i].digits:
        if i > begun and text[end : atoms[i].start] not in (" ", "\u00a0", "-"):
            break
        if atoms[i].text == "and":
            if so_far.last is not _Last.SCALE or not _continues(text, atoms, i + 1):
                break
        else:
            more = so_far.followed_by(atoms[i].text)
            if more is None:
                break
            so_far = more
        end = atoms[i].end
        i += 1
    value = so_far.total + so_far.current
    if i == begun or (value == 0 and atoms[begun].text != "zero"):
        return None
    if i == begun + 1 and atoms[begun].text == "one" and not _PERSONS.match(text, end):
        return None
    return Decimal(value), i, end


class _Last(Enum):
    NOTHING = 0
    ONES = 1
    TENS = 2
    SCALE = 3


@dataclass(frozen=True, slots=True)
class _SoFar:
    """What the words of a number have come to."""

    total: int = 0
    current: int = 0
    last: _Last = _Last.NOTHING

    def followed_by(self, word: str) -> _SoFar | None:
        """Return what it comes to with another word, None where that is no part of it."""
        ones, tens = english_ones(word), english_tens(word)
        fresh = self.last in (_Last.NOTHING, _Last.SCALE)
        if ones is not None and (fresh or (self.last is _Last.TENS and 0 < ones < 10)):  # noqa: PLR2004
            return _SoFar(self.total, self.current + ones, _Last.ONES)
        if tens is not None and fresh:
            return _SoFar(self.total, self.current + tens, _Last.TENS)
        if word == "hundred" and 0 < self.current < 100:  # noqa: PLR2004
            return _SoFar(self.total, self.current * 100, _Last.SCALE)
        if word in ("thousand", "million", "billion", "trillion") and self.current:
            factor = scale_of(word, Language.ENGLISH) or 1
            return _SoFar(self.total + self.current * factor, 0, _Last.SCALE)
        return None


def _continues(text: str, atoms: Sequence[Atom], i: int) -> bool:
    """Whether a number goes on behind "and": "one hundred and twenty", not "and two dogs"."""
    if i >= len(atoms) or text[atoms[i - 1].end : atoms[i].start] != " ":
        return False
    return english_tens(atoms[i].text) is not None or english_ones(atoms[i].text) is not None
