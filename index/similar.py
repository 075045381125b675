"""Whether two articles are one text told twice: what an agency wrote and what papers made of it.

Papers cut from the end, drop sentences, write a lead of their own, spell numbers differently, put
in what they know themselves. So it counts how much of the shorter text stands in the other one,
word pair by word pair, and not how alike the two are as a whole: MinHash, as in `datasketch`,
estimates the latter, and a copy cut to a third looks there like two reports on one matter. Weather,
stock exchange and police use the same words for other facts every day: where sentences agree in
their words, their figures must agree, too.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from index.split import split_sentences
from index.terms import STOP_WORDS, fold

# How much of one text must stand in the other. Of the other it must be a third where nothing was
# added to it, as a copy may be cut to that, and more where there is more beside it: a report that
# takes a paragraph over from another one is no copy.
_WITHIN_ONE = 0.5
_WITHIN_BOTH_OF_HALF = 0.4
_WITHIN_BOTH_OF_ALL = 0.3
_FEWEST_WORDS = 12
_FEWEST_OF_THE_SAME = 6
_THE_SAME = 0.9
# The share of figures, and of names where there are hardly any figures, that may differ in
# sentences of the same words.
_OTHER_FACTS = 1 / 3
_OTHER_NAMES = 0.08
_FEW_FACTS = 3
_SAME_SENTENCE = 0.5
_SHARED_WORDS = 3
# Of all word pairs of a text this many are kept to find it by, or one in eight of a long one.
_SKETCH = 64
_LARGEST_PART = 8
# Groups become one where this share of all pairs across them are copies: one text that holds
# parts of two does not make them one.
_ACROSS = 0.25

# Words are compared by their beginnings: that joins most German inflections without a dictionary,
# whose next version would tell other words apart than those that were stored.
_STEM = 6
_TOKEN = re.compile(r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,:]\d+)*|[^\W\d_]+")
_GROUPED = re.compile(r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+")
_SCALES = {
    "tausend": 10**3, "tsd": 10**3, "million": 10**6, "millionen": 10**6, "mio": 10**6,
    "milliarde": 10**9, "milliarden": 10**9, "mrd": 10**9, "billion": 10**12, "billionen": 10**12,
}  # fmt: skip
# "Ein" is an article more often than a number.
_NUMBER_WORDS = {
    "null": 0, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15,
    "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreißig": 30,
    "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90,
    "hundert": 100, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "dezember",
)  # fmt: skip
_DATE = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(?=\s|$|\d{2,4}\b|[,;)])")
_DAYS = (
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag",
)  # fmt: skip
# Months and week days tell two weather reports apart as well as figures do.
_FACT_WORDS = frozenset(word[:_STEM] for word in (*_MONTHS, *_DAYS))
# A capital within a sentence: in German a noun, in English a name.
_NAME = re.compile(r"(?<=[a-zäöüß0-9,;(/] )[„»\"]?([A-ZÄÖÜ][^\W\d_]+)")
# Written as signs as often as in words.
_UNITS = frozenset({"prozent", "euro", "dollar", "uhr", "kilometer", "meter"})


def words(text: str) -> list[str]:
    """Return the words of a text that carry meaning, in one spelling; numbers in digits."""
    text = _DATE.sub(_month_written_out, text)
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        lower = word.lower()
        if word[0].isdigit():
            found.append(_number(word))
        elif lower in _SCALES and found and _is_number(found[-1]):
            found[-1] = _written(float(found[-1]) * _SCALES[lower])
        elif lower in _NUMBER_WORDS:
            found.append(str(_NUMBER_WORDS[lower]))
        elif (short := _short(word)) is not None:
            found.append(short)
    return found


@lru_cache(maxsize=100_000)
def _short(word: str) -> str | None:
    lower = word.lower()
    if lower in STOP_WORDS or lower in _UNITS or len(lower) == 1:
        return None
    return fold(lower)[:_STEM] or None


def _month_written_out(match: re.Match[str]) -> str:
    number = int(match[2])
    if not 1 <= number <= len(_MONTHS):
        return match[0]
    return f"{match[1]}. {_MONTHS[number - 1]} "


def _number(text: str) -> str:
    if _GROUPED.match(text):
        text = re.sub(r"[.\u00a0\u202f ]", "", text)
    text = text.replace(",", ".").replace(":", ".")
    try:
        return _written(float(text))
    except ValueError:
        return text.lstrip("0") or "0"  # several dots: a date


def _written(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _is_number(word: str) -> bool:
    return word[0].isdigit() and word.count(".") < 2  # noqa: PLR2004 - more dots make a date


def is_fact(word: str) -> bool:
    """Whether a word is one by which reports of the same words differ."""
    return word[0].isdigit() or word in _FACT_WORDS


@dataclass(frozen=True)
class Wording:
    """The words of a text, sentence by sentence, and which of them are names."""

    sentences: tuple[tuple[str, ...], ...]
    names: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Wording:
        """Take a text apart."""
        sentences: list[tuple[str, ...]] = []
        names: set[str] = set()
        for start, end in split_sentences(text):
            if found := words(text[start:end]):
                sentences.append(tuple(found))
            names.update(filter(None, map(_short, _NAME.findall(text, start, end))))
        return cls(tuple(sentences), frozenset(names))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words in order."""
        return tuple(word for sentence in self.sentences for word in sentence)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Words that stand side by side, or with one between them."""
        found = self.words
        return frozenset(pairwise(found)) | frozenset(zip(found, found[2:], strict=False))

    @cached_property
    def sketch(self) -> frozenset[int]:
        """Hashes of some of its word pairs: the same ones in every text that has them.

        Which ones depends on their hashes alone (as in FracMinHash), so that a part of a text
        shares with the whole what it has of it.
        """
        hashes = {zlib.crc32(f"{one} {two}".encode()) for one, two in pairwise(self.words)}
        share = min(1.0, max(1 / _LARGEST_PART, _SKETCH / max(1, len(hashes))))
        return frozenset(value for value in hashes if value < share * 2**32)

    def within(self, other: Wording) -> int:
        """Return how many of these words stand in the other text beside the same ones as here."""
        found, known = self.words, other.pairs
        covered = [False] * len(found)
        for distance in (1, 2):
            for i, pair in enumerate(zip(found, found[distance:], strict=False)):
                if pair in known:
                    covered[i] = covered[i + distance] = True
        return sum(covered)

    def tells_other_facts(self, other: Wording) -> bool:
        """Whether the sentences that both have in their own words state different facts."""
        names = self.names | other.names
        facts, named = [0, 0], [0, 0]
        for mine, theirs in self._alike(other):
            _compare(mine, theirs, {word for word in mine | theirs if is_fact(word)}, facts)
            _compare(mine, theirs, names, named)
        if facts[1] > _OTHER_FACTS * sum(facts):
            return True
        return facts[0] < _FEW_FACTS and named[1] > _OTHER_NAMES * sum(named)

    def _alike(self, other: Wording) -> list[tuple[frozenset[str], frozenset[str]]]:
        """Return each sentence with the one of the other text that has most of its words."""
        known = [frozenset(sentence) for sentence in other.sentences]
        where: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(known):
            for word in sentence:
                where[word].append(number)
        found = []
        for mine in map(frozenset, self.sentences):
            shared = Counter(number for word in mine for number in where.get(word, ()))
            if not shared:
                continue
            best, count = max(shared.items(), key=lambda item: (item[1], -item[0]))
            theirs = known[best]
            plain = {word for word in mine if not is_fact(word)}
            others = {word for word in theirs if not is_fact(word)}
            alike = len(plain & others) >= _SAME_SENTENCE * min(len(plain), len(others))
            if alike and count >= _SHARED_WORDS:
                found.append((mine, theirs))
        return found


def _compare(
    mine: AbstractSet[str], theirs: AbstractSet[str], which: AbstractSet[str], counts: list[int]
) -> None:
    """Count which words agree and which stand in the place of others: both lack one, then."""
    mine, theirs = mine & which, theirs & which
    counts[0] += len(mine & theirs)
    counts[1] += min(len(mine - theirs), len(theirs - mine))


def is_copy(one: Wording, other: Wording) -> bool:
    """Whether two texts are one, with what papers change in it."""
    covered = one.within(other), other.within(one)
    shares = [
        count / max(1, len(text.words)) for count, text in zip(covered, (one, other), strict=True)
    ]
    added = (1 - max(shares)) / (1 - _WITHIN_ONE)
    least = _WITHIN_BOTH_OF_ALL + (_WITHIN_BOTH_OF_HALF - _WITHIN_BOTH_OF_ALL) * added
    if max(shares) < _WITHIN_ONE or min(shares) < least:
        return False
    fewest = _FEWEST_OF_THE_SAME if min(shares) >= _THE_SAME else _FEWEST_WORDS
    if min(covered) < fewest:
        return False
    return not (one.tells_other_facts(other) or other.tells_other_facts(one))


def origins(copies: Mapping[int, AbstractSet[int]]) -> dict[int, int]:
    """Group articles by which are copies of which; return for each the lowest id of its group.

    `copies` is symmetric. Copies of copies belong together as far as they are like enough: those
    with the most copies in common are joined first.
    """
    group = {one: one for one in copies}
    members = {one: {one} for one in copies}
    links = [(one, other) for one in copies for other in copies[one] if one < other]
    for one, other in sorted(links, key=lambda link: (-_in_common(copies, *link), link)):
        first, second = sorted((group[one], group[other]))
        mine, theirs = members[first], members[second]
        across = sum(len(copies[member] & theirs) for member in mine)
        if first != second and across >= _ACROSS * len(mine) * len(theirs):
            mine |= theirs
            group.update(dict.fromkeys(theirs, first))
    return group


def _in_common(copies: Mapping[int, AbstractSet[int]], one: int, other: int) -> float:
    """Return the share of both articles' copies that both have, themselves included."""
    mine, theirs = copies[one] | {one}, copies[other] | {other}
    return len(mine & theirs) / len(mine | theirs)
