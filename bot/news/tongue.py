"""In which language a sentence is written, by the words that every sentence has."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.types import Language

_GERMAN = frozenset(
    """
    der die das den dem des und ein eine einen einem einer eines ist sind war waren wird werden
    wurde wurden hat haben hatte hatten von vom zu zum zur mit im am um auf aus bei beim nach für
    über seit sich nicht auch als wie dass laut noch rund etwa mehr bis sei seien habe etwas soll
    sollen kann aber es er sie ihre seine ihr sein unter vor gegen ohne zwischen mindestens
    höchstens knapp fast millionen milliarden prozent uhr heute gestern menschen jahr jahre tage
    stunden mio mrd gab kamen liegt lag gilt oder kein keine keinen ab pro je ca
    """.split()  # noqa: SIM905 - a block of words is easier to read
)
_ENGLISH = frozenset(
    """
    the of and to for with on at by from as is are was were be been has have had will would could
    should that this these those it its he she they his her their there not but or an about around
    roughly nearly almost more than less least most up over between said says after before during
    people million billion percent yesterday today last next week month year years hours per which
    who when where into some no one two three four five six seven eight nine ten eleven twelve did
    since until euros dollars pounds killed injured hurt
    """.split()  # noqa: SIM905 - same
) - {"was", "an", "her", "also", "hat", "am", "die", "war"}
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1000)
def tongue_of(text: str) -> Language | None:
    """Return the language of a text, None where its words do not tell."""
    german = english = 0
    for word in _WORD.findall(text.lower()):
        if word in _GERMAN:
            german += 1
        elif word in _ENGLISH:
            english += 1
        elif any(letter in "äöüß" for letter in word):
            german += 1
    if german == english:
        return None
    return Language.GERMAN if german > english else Language.ENGLISH
