"""Numbers in a text: digits and words, scales and fractions, before anybody asks what of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.news.atoms import GAP, Atom, atoms_in, joined
from bot.news.numerals import (
    digits_value,
    english_ones,
    english_tens,
    german_number,
    scale_of,
)
from bot.news.spelled import NONE, ONE, english_words, german_words
from bot.news.units import unit_before, unit_behind
from bot.types import Language


@dataclass(frozen=True, slots=True)
class Number:
    """A number with where it stands.

    `scale` has multiplied it and is shared by a range ("40 bis 60 Millionen"); a share of something
    has its `unit` already. `in_digits` without any mark: it may be a year or a name. A number that
    `needs_unit` is none without one: "7.52" in German.
    """

    value: Decimal
    start: int
    end: int
    scale: int = 1
    unit: str | None = None
    counted: str | None = None
    in_digits: bool = False
    needs_unit: bool = False

    @property
    def bare(self) -> Decimal:
        """The number before it was multiplied."""
        return self.value / self.scale


_A = frozenset({"a", "an"})
_HALF = frozenset({"halbe", "halben", "halbes", "halber"})
_BEGINNINGS = frozenset({"hälfte", "half", "one", "no", *ONE, *NONE, *_A, *_HALF})
_WEIGHED = {"gutes": "gut", "gute": "gut", "guten": "gut", "knappes": "knapp", "knappe": "knapp",
            "knappen": "knapp"}  # fmt: skip
_VAGUE = frozenset(
    {"mehrere", "mehreren", "mehrerer", "einige", "einigen", "einiger", "viele", "vielen", "paar",
     "etliche", "etlichen", "zig", "several", "many", "few", "couple", "some", "jede", "jeder",
     "jedes", "jeden", "jedem", "every", "each", "außer", "tausend", "hundert"}
)  # fmt: skip
_PARTS = {
    "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "siebtel": 7, "achtel": 8,
    "neuntel": 9, "zehntel": 10, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10,
    "tenths": 10,
}  # fmt: skip
_CENTS = Decimal("0.01")
# Behind a quarter, to tell it from one of a city or of a year.
_OF_SOMETHING = re.compile(
    r"[ \u00a0](?:der|des|aller|von|davon|seiner|ihrer|dieser|mehr|weniger|of|less|fewer|more)\b"
)
_ORDINAL_BEFORE = re.compile(
    r"(?:erste[nrs]?|zweite[nrs]?|zweiter|andere[nr]?|obere[nr]?|untere[nr]?|first|second|other|top"
    r"|bottom|better)[ \u00a0-]$",
    re.IGNORECASE,
)
_HALF_OF = re.compile(r"[ \u00a0](?:of|the|its|their|his|her|our|all)\b|$|[.,;]")
_HALVES = re.compile(
    r"(?:die|der|zur|rund|etwa|fast|knapp|mehr als|gut|über|ungefähr|nahezu|beinahe|genau"
    r"|weniger als)"
    r"[ \u00a0]$",
    re.IGNORECASE,
)
_AGE = re.compile(r"-?(?:jährig\w*|jahre alt\w*|year-olds?|years old)\b", re.IGNORECASE)
_AGE_WORD = re.compile(r"-year-olds?\b", re.IGNORECASE)
_LENGTH = re.compile(
    r"m[ -](?:in|race|sprint|hurdles|freestyle|final|away|high|long|deep|wide|tall|below|above"
    r"|from|off|dash"
    r"|relay)\b"
)


def numbers_in(text: str, language: Language) -> list[Number]:
    """Return the numbers of a text in their order."""
    atoms = atoms_in(text)
    found: list[Number] = []
    i = 0
    while i < len(atoms):
        begins = atoms[i].digits or _may_begin(atoms[i].text)
        read = _number_at(text, atoms, i, language) if begins else None
        if read is None:
            i += 1
            continue
        number, i = read
        found.append(number)
    return found


@lru_cache(maxsize=20_000)
def _may_begin(word: str) -> bool:
    """Whether a number in words may begin with this one: of twenty words hardly one does."""
    return (
        word in _BEGINNINGS
        or german_number(word.removesuffix("mal")) is not None
        or english_ones(word) is not None
        or english_tens(word) is not None
    )


_Read = tuple[Number, int]  # a number, and the atom behind it


def _number_at(text: str, atoms: Sequence[Atom], i: int, language: Language) -> _Read | None:
    atom = atoms[i]
    if atom.digits:
        return _in_digits(text, atoms, i, language)
    if i and atoms[i - 1].text in _VAGUE and joined(text, atoms[i - 1], atom):
        return None
    if i and text[atom.start - 1] == "-" and not text[atom.start - 2 : atom.start - 1].isspace():
        return None
    return (
        _share(text, atoms, i, language)
        or _half(text, atoms, i, language)
        or _in_words(text, atoms, i, language)
    )


def _in_digits(text: str, atoms: Sequence[Atom], i: int, language: Language) -> _Read | None:
    atom = atoms[i]
    value = digits_value(atom.text, language)
    start, end = atom.start, atom.end
    if value is None or not _stands_free(text, start):
        return None
    if i and _is_code(atoms[i - 1]) and joined(text, atoms[i - 1], atom):
        return None
    age = _AGE.match(text, end)
    if age is not None:
        return Number(value, start, end, unit="year"), i + 1
    if start and text[start - 1] in "-−–" and (start == 1 or text[start - 2] in GAP + "("):
        value, start = -value, start - 1
    elif i and atoms[i - 1].text == "minus" and joined(text, atoms[i - 1], atom):
        value, start = -value, atoms[i - 1].start
    scale = 1
    millions = language is Language.ENGLISH or unit_before(text, start) is not None
    if (
        atom.suffix is not None
        and (atom.suffix != "m" or millions)
        and not _LENGTH.match(text, end)
    ):
        scale = scale_of(atom.suffix, Language.ENGLISH) or 1
        end += len(atom.suffix)
    i += 1
    more, i, end = _scales(text, atoms, i, end, language)
    scale *= more
    share = _part_at(text, atoms, i, end) if scale == 1 and value == int(value) else None
    if share is not None:
        return _of_a_whole(value, share, start, atoms[i].end), i + 1
    if scale == 1 and end < len(text) and _runs_on(text, end):
        return None
    plain = atom.text.isdigit() and scale == 1
    return Number(
        value * scale,
        start,
        end,
        scale,
        in_digits=plain,
        needs_unit=scale == 1 and _is_foreign(atom.text, language),
    ), i


def _is_code(atom: Atom) -> bool:
    """Whether digits begin a telephone number: "0800 123456"."""
    return atom.digits and len(atom.text) > 1 and atom.text[0] == "0" and atom.text.isdigit()


def _stands_free(text: str, start: int) -> bool:
    """Whether digits do not belong to a word, a time or an address before them."""
    if not start:
        return True
    before = text[start - 1]
    if before.isalnum() or before in "_/:#§@.,'’\\" or before in "²³":
        return False
    joined = before in "-‑–−" and start > 1 and text[start - 2].isalpha()
    return not joined


def _runs_on(text: str, end: int) -> bool:
    """Whether a word goes on behind digits that is no unit: "21st", "3D", "9-Euro-Ticket"."""
    after = text[end]
    if after.isalpha() or (after == "-" and text[end + 1 : end + 2].isalpha()):
        unit = unit_behind(text, end)
        return unit is None
    return after in "/\\_²³" and text[end + 1 : end + 2].isalnum()


def _is_foreign(digits: str, language: Language) -> bool:
    """Whether decimals are marked as in the other language: perhaps a time or a paragraph."""
    mark = "." if language is Language.GERMAN else ","
    whole, found, decimals = digits.partition(mark)
    return bool(found) and whole.isdigit() and decimals.isdigit() and len(decimals) < 3  # noqa: PLR2004


def _scales(
    text: str, atoms: Sequence[Atom], i: int, end: int, language: Language
) -> tuple[int, int, int]:
    """Return by how much the words from an atom on multiply, the next atom, and their end."""
    scale = 1
    while i < len(atoms) and not atoms[i].digits:
        gap = text[end : atoms[i].start]
        if gap not in (" ", "\u00a0", "\u202f") and not (gap == "" and scale == 1):
            break
        word = text[atoms[i].start : atoms[i].end]
        factor = scale_of(word, language) if word not in ("m", "k", "M") or gap == "" else None
        if factor is None or (gap == "" and not word.isalpha()):
            break
        scale *= factor
        end = atoms[i].end
        if word.lower() in ("mio", "mrd", "bio", "tsd", "mill") and text[end : end + 1] == ".":
            end += 1
        i += 1
    return scale, i, end


def _part_at(text: str, atoms: Sequence[Atom], i: int, end: int) -> int | None:
    """Return of how many parts an atom names one: "Drittel", "quarters"."""
    if i >= len(atoms) or text[end : atoms[i].start] not in (" ", "\u00a0", "-"):
        return None
    parts = _PARTS.get(atoms[i].text)
    by = i > 1 and atoms[i - 2].text == "um"
    if parts == 4 and not (by or _OF_SOMETHING.match(text, atoms[i].end)):  # noqa: PLR2004 - quarters
        return None
    return parts


def _of_a_whole(count: Decimal, parts: int, start: int, end: int) -> Number:
    percent = (100 * count / parts).quantize(_CENTS).normalize()
    return Number(percent, start, end, unit="percent")


def _share(text: str, atoms: Sequence[Atom], i: int, language: Language) -> _Read | None:
    """Read "ein Drittel", "zwei Drittel", "a quarter of", "die Hälfte", "half of"."""
    atom = atoms[i]
    if atom.text in ("hälfte", "half"):
        start = _half_begins(text, atom, language)
        return None if start is None else (_of_a_whole(Decimal(1), 2, start, atom.end), i + 1)
    parts = _part_at(text, atoms, i + 1, atom.end)
    if parts is None:
        return None
    count: Decimal | None = Decimal(1)
    if atom.text not in ONE | _A | {"one"}:
        ones = english_ones(atom.text) if language is Language.ENGLISH else None
        count = Decimal(ones) if ones is not None else german_number(atom.text)
    if count is None:
        return None
    return _of_a_whole(count, parts, atom.start, atoms[i + 1].end), i + 2


def _half_begins(text: str, atom: Atom, language: Language) -> int | None:
    """Return where "die Hälfte" or "half of" begins, None for one of two halves of a game."""
    if _ORDINAL_BEFORE.search(text, max(0, atom.start - 16), atom.start):
        return None
    if atom.text == "half":
        is_share = language is Language.ENGLISH and _HALF_OF.match(text, atom.end)
        return atom.start if is_share else None
    lead = _HALVES.search(text, max(0, atom.start - 12), atom.start)
    if lead is None:
        return None
    has_article = lead.group().strip().lower() in ("die", "der", "zur")
    return lead.start() if has_article else atom.start


def _half(text: str, atoms: Sequence[Atom], i: int, language: Language) -> _Read | None:
    """Read "eine halbe Million", "half a dozen", "half an hour", "ein gutes Dutzend"."""
    start = atoms[i].start
    words = [atom.text for atom in atoms[i : i + 3]]
    half = Decimal("0.5")
    if words[:1] == ["half"] and words[1:2] and words[1] in _A:
        return _scaled(text, atoms, i + 2, (half, start), language, alone=True)
    if words[0] in ONE | _A and words[1:2] and words[1] in _HALF | {"half"}:
        return _scaled(text, atoms, i + 2, (half, start), language, alone=True)
    if words[0] in _HALF:
        return _scaled(text, atoms, i + 1, (half, start), language, alone=False)
    if words[0] in ONE and words[1:2] and words[1] in _WEIGHED:
        return _scaled(text, atoms, i + 2, (Decimal(1), start), language, alone=False)
    if words[0] in (ONE if language is Language.GERMAN else _A):
        return _scaled(text, atoms, i + 1, (Decimal(1), start), language, alone=False)
    return None


def _scaled(
    text: str,
    atoms: Sequence[Atom],
    i: int,
    count: tuple[Decimal, int],
    language: Language,
    *,
    alone: bool,
) -> _Read | None:
    """Multiply by the scales that follow; `alone` a unit will do in their place."""
    value, start = count
    if i >= len(atoms):
        return None
    before = atoms[i - 1].end
    scale, following, end = _scales(text, atoms, i, before, language)
    if scale > 1:
        return Number(value * scale, start, end, scale), following
    if alone:
        return Number(value, start, before, needs_unit=True), i
    return None


def _in_words(text: str, atoms: Sequence[Atom], i: int, language: Language) -> _Read | None:
    read = (
        german_words(text, atoms, i)
        if language is Language.GERMAN
        else english_words(text, atoms, i)
    )
    if read is None:
        return None
    value, following, end = read
    start = atoms[i].start
    if _AGE_WORD.match(text, end) or _AGE.match(text, end):
        return Number(value, start, end, unit="year"), following
    scale, following, end = _scales(text, atoms, following, end, language)
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return None
    if i and atoms[i - 1].text == "minus" and joined(text, atoms[i - 1], atoms[i]):
        value, start = -value, atoms[i - 1].start
    return Number(value * scale, start, end, scale), following
