"""The text files of the lexicon: one group of words, or one entry, per line.

A thesaurus line: `Katze > Kater Kätzchen ~ Haustier` - first words that mean nearly the same, after
">" narrower ones, which answer for the first but not the other way round, after "~" loosely related
ones. A dictionary line: `prime_minister premier: Premierminister Regierungschef` - English words
(an underscore joins a phrase of two) and what they may be called in German. "#" begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = r"\s*(\w[^>~]*)"
_GROUP = re.compile(f"{_WORDS}(?:>{_WORDS})?(?:~{_WORDS})?")
_FEWEST = 2
_LONGEST_PHRASE = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Words of a thesaurus line."""

    near: tuple[str, ...]
    narrower: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a word that has nothing to do with another."""
        if not self.near or len(self.near + self.narrower + self.loose) < _FEWEST:
            raise ValueError(f"a group needs two words: {self.near}")


@dataclass(frozen=True, slots=True)
class Entry:
    """Words of a dictionary line; a phrase has its words joined by an underscore."""

    english: tuple[str, ...]
    german: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse an entry without one of its sides, and a phrase that is too long."""
        if not self.english or not self.german:
            raise ValueError(f"an entry needs both languages: {self.english} {self.german}")
        if any(len(word.split("_")) > _LONGEST_PHRASE for word in self.english):
            raise ValueError(f"a phrase has two words: {self.english}")


def read_thesaurus(text: str) -> Iterator[Group]:
    """Read groups; ValueError for a line that is none."""
    for line in _lines(text):
        match = _GROUP.fullmatch(line)
        if match is None:
            raise ValueError(f"not a group of words: {line}")
        yield Group(*(tuple((words or "").split()) for words in match.groups()))


def read_dictionary(text: str) -> Iterator[Entry]:
    """Read entries; ValueError for a line that is none."""
    for line in _lines(text):
        english, colon, german = line.partition(":")
        if not colon:
            raise ValueError(f"not an entry: {line}")
        yield Entry(tuple(english.split()), tuple(german.split()))


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        content = line.partition("#")[0].strip()
        if content:
            yield content
