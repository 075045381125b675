"""English text with some of its words in German: questions in English teach German, too."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse

Span = tuple[int, int]
Translations = Mapping[str, Sequence[tuple[str, float]]]

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_PART = re.compile(rf"{_WORD.pattern}|[\W\d_]+")
# By Dice: a translation stands in about the same pairs as the word, has no other word that it
# stands beside as often, and is not much worse than the best one.
_LIKE, _MUTUAL, _BESIDE_BEST = 0.25, 0.8, 0.5
_MOST = 4
# Words that stand in too many pairs for that.
_COMMON = """
    when=Wann which=Welche who=Wer what=Was where=Wo why=Warum how=Wie whom=Wen whose=Wessen
    many=viele much=viel of=von is=ist was=war are=sind were=waren did=hat does=tut long=lange in=in
    to=zu for=für by=von from=aus with=mit at=bei on=auf that=dass it=es as=als had=hatte has=hat
    have=haben be=sein or=oder an=ein a=ein they=sie he=er she=sie his=sein her=ihr and=und
    the=der the=die the=das the=den the=dem
""".split()  # noqa: SIM905 - readable as a block of words


def translations(pairs: Iterable[tuple[str, str]], least: int = 4) -> Translations:
    """Count from pairs (German, English) by which words each English one is translated.

    A word counts where `least` pairs have it. German words keep their case.
    """
    rows = [(set(_WORD.findall(g)), {w.lower() for w in _WORD.findall(e)}) for g, e in pairs]
    german, english = (
        [
            word
            for word, count in Counter(w for row in rows for w in row[side]).items()
            if count >= least
        ]
        for side in (0, 1)
    )
    found: dict[str, list[tuple[str, float]]] = {}
    if german and english:
        by_german, by_english = _having(rows, 0, german), _having(rows, 1, english)
        both = (by_english.T @ by_german).tocoo()
        counts = [np.asarray(some.sum(axis=0)).ravel() for some in (by_english, by_german)]
        dice = 2 * both.data / (counts[0][both.row] + counts[1][both.col])
        best_of_german = np.zeros(len(german))
        np.maximum.at(best_of_german, both.col, dice)
        best_of_english = np.zeros(len(english))
        np.maximum.at(best_of_english, both.row, dice)
        like = np.maximum(_LIKE, _MUTUAL * best_of_german[both.col])
        kept = np.flatnonzero(dice >= np.maximum(like, _BESIDE_BEST * best_of_english[both.row]))
        for place in kept[np.argsort(-dice[kept], kind="stable")]:
            some = found.setdefault(english[both.row[place]], [])
            if len(some) < _MOST:
                some.append((german[both.col[place]], float(dice[place])))
    common: dict[str, list[tuple[str, float]]] = {}
    for entry in _COMMON:
        word, _, german_word = entry.partition("=")
        common.setdefault(word, []).append((german_word, 1.0))
    return {**found, **common}


def mixed(
    text: str, answer: Span | None, known: Translations, share: float, chance: random.Random
) -> tuple[str, Span | None]:
    """Return a text with this share of the known words translated, and where its answer is then.

    An answer that ends within a translated word is that whole word.
    """
    parts: list[str] = []
    length = 0
    begin = end = None
    for match in _PART.finditer(text):
        part = made = match.group()
        choices = known.get(part.lower(), ())
        if choices and chance.random() < share:
            (made,) = chance.choices([word for word, _ in choices], [like for _, like in choices])
        first, last = match.span()
        if answer and first <= answer[0] < last:
            begin = length + (answer[0] - first if made == part else 0)
        if answer and first < answer[1] <= last:
            end = length + (answer[1] - first if made == part else len(made))
        parts.append(made)
        length += len(made)
    span = (begin, end) if begin is not None and end is not None and begin < end else None
    return "".join(parts), span


def _having(
    rows: Sequence[tuple[set[str], set[str]]], side: int, words: Sequence[str]
) -> sparse.csr_matrix:
    numbers = {word: number for number, word in enumerate(words)}
    pairs = [
        (row, numbers[word])
        for row, sides in enumerate(rows)
        for word in sorted(sides[side])
        if word in numbers
    ]
    at = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    shape = (len(rows), len(words))
    return sparse.csr_matrix((np.ones(len(pairs), dtype=np.float32), (at[0], at[1])), shape=shape)
