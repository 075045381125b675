"""The terms that occur in a corpus, found by their character n-grams.

Survives typos, missing umlauts and compounds: the n-grams are looked up among the vocabulary's few
ten thousand terms instead of among all passages.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable
from string import ascii_lowercase

import numpy as np

from index.terms import ngrams
from index.types import QuestionTerm

# Below this share of common n-grams two terms are strangers.
THRESHOLD = 0.45
_MOST = 24
# What being a part of a compound is worth, and how long a part must be: the n-grams of a short
# term lie in many long words by chance.
_COMPOUND = 0.8
_SHORTEST_PART = 5
# The end of a compound says what it is (Goldmünzen are Münzen), its beginning what of.
_HEAD = 0.8
_MODIFIER = 0.7
_SHORTEST_HEAD = 4
# What a known term counts that is one slip away from an unknown one: less than a form of the same
# word, since it may be another word. N-grams alone lose a short word with a slip in its middle.
_MISTYPED = 0.65
_SHORTEST_MISTYPED = 6


class Vocabulary:
    """Grows with the corpus; a term whose passages are gone stays and is harmless."""

    def __init__(self) -> None:
        """Start empty."""
        self._terms: list[str] = []
        self._sizes = array("I")
        self._known: set[str] = set()
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))

    def __contains__(self, term: str) -> bool:
        """Whether the corpus has had this term."""
        return term in self._known

    def add(self, terms: Iterable[str]) -> None:
        """Learn the terms of a passage."""
        for term in terms:
            if term in self._known:
                continue
            self._known.add(term)
            grams = ngrams(term)
            position = len(self._terms)
            self._terms.append(term)
            self._sizes.append(len(grams))
            for gram in grams:
                self._postings[gram].append(position)

    def similar(self, term: str) -> dict[str, float]:
        """Return similar terms with their likeness, 0 to 1; the term itself, if known, has 1.

        The likeness is the Dice coefficient of the n-gram sets, or for a term inside a compound
        the share of its own n-grams that the compound has, at a discount. A term that is not known
        may be one with a slip of the keyboard. A number is like itself only.
        """
        found = {term: 1.0} if term in self._known else {}
        if term[0].isdigit() or not self._terms:
            return found
        if not found and len(term) >= _SHORTEST_MISTYPED:
            found = {other: _MISTYPED for other in one_slip_from(term) if other in self._known}
        grams = ngrams(term)
        lists = [
            np.frombuffer(self._postings[g], dtype=np.uint32) for g in grams if g in self._postings
        ]
        if not lists:
            return found
        positions, common = np.unique(np.concatenate(lists), return_counts=True)
        sizes = np.frombuffer(self._sizes, dtype=np.uint32)[positions]
        dice = 2.0 * common / (len(grams) + sizes)
        contained = common / len(grams) * (_COMPOUND if len(term) >= _SHORTEST_PART else 0.0)
        likeness = np.maximum(dice, contained)
        best = np.argsort(-likeness, kind="stable")[:_MOST]
        for i in best:
            if likeness[i] < THRESHOLD:
                break
            other = self._terms[positions[i]]
            found[other] = max(found.get(other, 0.0), float(likeness[i]))
        if len(term) >= _SHORTEST_HEAD:
            # All n-grams but those of the edge that lies inside the compound.
            for i in np.nonzero(common >= max(2, len(grams) - 2))[0]:
                other = self._terms[positions[i]]
                if other.endswith(term):
                    found[other] = max(found.get(other, 0.0), _HEAD)
                elif other.startswith(term) and len(term) >= _SHORTEST_PART:
                    found[other] = max(found.get(other, 0.0), _MODIFIER)
        return found

    def gram_weights(self, terms: Iterable[QuestionTerm]) -> dict[str, float]:
        """Return the n-grams of a question's terms, by rarity; together they weigh 1.

        Each term weighs as its own rarity says, shared out among its n-grams by theirs.
        """
        weights: defaultdict[str, float] = defaultdict(float)
        for term in terms:
            rarity = {
                gram: math.log1p(len(self._terms) / (1 + len(self._postings.get(gram, ()))))
                for gram in ngrams(term.term)
            }
            total = sum(rarity.values())
            for gram, rare in rarity.items():
                weights[gram] += term.idf * rare / total if total else 0.0
        whole = sum(weights.values())
        return {gram: weight / whole for gram, weight in weights.items()} if whole else {}


def one_slip_from(term: str) -> set[str]:
    """Return what a term may have been before a letter was lost, doubled, swapped or mistaken."""
    parts = [(term[:i], term[i:]) for i in range(len(term) + 1)]
    letters = ascii_lowercase
    return {
        *(left + right[1:] for left, right in parts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1),
        *(left + letter + right[1:] for left, right in parts if right for letter in letters),
        *(left + letter + right for left, right in parts for letter in letters),
    } - {term}
