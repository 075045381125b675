"""Questions as they come from keyboards: with typing errors, without umlauts."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
# Keys side by side in a row of a German keyboard.
_ROWS = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")
_NEIGHBOURS = {
    key: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in _ROWS for i, key in enumerate(row)
}
_DROPPED = str.maketrans(
    {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "Ä": "A", "Ö": "O", "Ü": "U", "ẞ": "SS"}
)
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"}
)


def with_typos(text: str, seed: int = 0) -> str:
    """Damage half of the words of six letters or more by one edit each.

    The same text and seed give the same errors. Of an odd number of words the half is rounded up
    as often as down.
    """
    chance = random.Random(f"{seed} {text}")  # noqa: S311 - errors, not secrets
    words = list(_LONG_WORD.finditer(text))
    half = (len(words) + chance.randint(0, 1)) // 2
    for word in sorted(chance.sample(words, half), key=lambda word: -word.start()):
        text = text[: word.start()] + _mistyped(word.group(), chance) + text[word.end() :]
    return text


def without_umlauts(text: str) -> str:
    """Leave the dots away: "für Größe" becomes "fur Grosse"."""
    return unicodedata.normalize("NFC", text).translate(_DROPPED)


def with_spelled_umlauts(text: str) -> str:
    """Spell umlauts with an e: "für Größe" becomes "fuer Groesse"."""
    return unicodedata.normalize("NFC", text).translate(_SPELLED)


def _mistyped(word: str, chance: random.Random) -> str:
    edit = chance.choice((_swap, _drop, _double, _slip))
    return edit(word, chance)


def _swap(word: str, chance: random.Random) -> str:
    """Swap two letters; a capital stays where it was, as the shift key does."""
    differing = [i for i in range(len(word) - 1) if word[i].lower() != word[i + 1].lower()]
    if not differing:
        return _drop(word, chance)
    i = chance.choice(differing)
    first, second = word[i], word[i + 1]
    return f"{word[:i]}{_like(second, first)}{_like(first, second)}{word[i + 2 :]}"


def _drop(word: str, chance: random.Random) -> str:
    i = chance.randrange(len(word))
    return word[:i] + word[i + 1 :]


def _double(word: str, chance: random.Random) -> str:
    i = chance.randrange(len(word))
    return word[: i + 1] + word[i].lower() + word[i + 1 :]


def _slip(word: str, chance: random.Random) -> str:
    """Hit the key beside the right one."""
    known = [i for i, letter in enumerate(word) if letter.lower() in _NEIGHBOURS]
    if not known:
        return _drop(word, chance)
    i = chance.choice(known)
    beside = chance.choice(_NEIGHBOURS[word[i].lower()])
    return word[:i] + _like(beside, word[i]) + word[i + 1 :]


def _like(letter: str, other: str) -> str:
    return letter.upper() if other.isupper() else letter.lower()


DAMAGES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "typos": with_typos,
        "umlauts_dropped": without_umlauts,
        "umlauts_spelled": with_spelled_umlauts,
    }
)
