"""Words and digits of a text, one by one."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.news.numerals import APOSTROPHES


class Atom(NamedTuple):
    """A word in lower case or a number in digits, perhaps with a letter that multiplies it."""

    text: str
    start: int
    end: int
    digits: bool
    suffix: str | None


_ATOM = re.compile(
    rf"(?P<digits>\d{{1,3}}(?P<mark>[.,{APOSTROPHES}\u00a0\u202f\u2009 ])"
    r"\d{3}(?!\d)(?:(?P=mark)\d{3}(?!\d))*"
    r"(?:[.,]\d+)?"
    r"|\d+(?:[.,]\d+)*)(?P<suffix>(?:mn|bn|tn|m|k)(?![\w²³/]))?"
    r"|(?P<word>[^\W\d_]+)"
)
GAP = " \u00a0\u202f"


def atoms_in(text: str) -> list[Atom]:
    """Return the words and digits of a text in their order."""
    return [
        Atom(
            match["digits"] or match["word"].lower(),
            match.start(),
            match.end("digits") if match["digits"] else match.end(),
            match["digits"] is not None,
            match["suffix"],
        )
        for match in _ATOM.finditer(text)
    ]


def joined(text: str, one: Atom, other: Atom) -> bool:
    """Whether nothing but a space stands between two."""
    return text[one.end : other.start].strip(GAP) == ""
