"""A question to hits: candidates of both indexes, fused into one order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import mul

import numpy as np

from index.protocols import Vectors
from index.store import StoredPassage
from index.terms import analysed, term_set
from index.types import Hit, QuestionTerm

# Reading a passage's words takes longest: only so many candidates are read, or as many as are asked
# for. Measured, 60 find no more than these.
_READ = 16


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """What each kind of evidence counts in the score of a passage.

    Learned from those training questions whose articles the encoder has not seen, as weights of a
    softmax over the candidates of a question, then rounded towards words: typing errors cost a
    question of 100 less so. `length` is of the logarithm of the number of
    sentences: in a longer passage there is more that may be like the question by chance.
    """

    lexical: float = 0.70
    coverage: float = 0.30
    sentence_coverage: float = 0.10
    grams: float = 0.50
    best_cosine: float = 0.50
    best_two: float = 0.30
    mean_cosine: float = 0.20
    length: float = -0.10


SHIPPED_FUSION = FusionWeights()


def worth_reading(
    lexical: Mapping[int, float],
    cosines: Mapping[int, Vectors],
    count: int = 0,
    *,
    weights: FusionWeights = SHIPPED_FUSION,
) -> list[int]:
    """Return the ids of the passages that look best before a word of them is read, best first.

    At least `count`, where there are so many. `lexical` and `cosines` as in `fuse`; ids without
    cosines are none.
    """

    def first_look(passage_id: int) -> float:
        found = lexical.get(passage_id, 0.0)
        return weights.lexical * found + weights.best_cosine * float(cosines[passage_id].max())

    return sorted(cosines, key=first_look, reverse=True)[: max(_READ, count)]


def fuse(
    terms: Sequence[QuestionTerm],
    grams: Mapping[str, float],
    candidates: Sequence[StoredPassage],
    lexical: Mapping[int, float],
    cosines: Mapping[int, Vectors],
    *,
    weights: FusionWeights = SHIPPED_FUSION,
) -> list[Hit]:
    """Order candidates by one figure; not by reciprocal ranks, which let the weaker side win.

    `grams` has the n-grams of the question with their share of it, `lexical` the score of those
    passages that the lexical index found, `cosines` one figure per sentence for each passage id.
    """
    coverage = Coverage(terms)
    hits = []
    for candidate in candidates:
        found = lexical.get(candidate.id, 0.0)
        similarity = cosines[candidate.id]
        passage = candidate.passage
        texts = tuple(sentence.text for sentence in passage.sentences)
        words = [_terms(text) for text in texts]
        title = term_set(candidate.stored.article.title)
        # With the edges marked, only grams of one term are found, none that two make together.
        marked = f"^{'$^'.join(frozenset().union(*words))}$"
        score = (
            weights.lexical * found
            + weights.coverage * coverage.share(title.union(*words))
            + weights.sentence_coverage * max(map(coverage.share, words))
            + weights.grams * sum(share for gram, share in grams.items() if gram in marked)
            + _closeness(similarity, weights)
            + weights.length * math.log1p(len(texts))
        )
        hits.append(Hit(candidate.stored, passage, found, tuple(map(float, similarity)), score))
    return sorted(hits, key=lambda hit: -hit.score)


def _closeness(similarity: Vectors, weights: FusionWeights) -> float:
    best = np.sort(similarity)[::-1]
    return float(
        weights.best_cosine * best[0]
        + weights.best_two * best[:2].mean()
        + weights.mean_cosine * best.mean()
    )


def _terms(text: str) -> frozenset[str]:
    return frozenset([term for term, _, _, stop in analysed(text) if not stop])


class Coverage:
    """How well sets of terms cover the terms of a question; likeness counts.

    Turned round, so that a text costs what it has in common with the question, not what the
    question might have in common with any text.
    """

    def __init__(self, terms: Sequence[QuestionTerm]) -> None:
        """Take the terms of one question."""
        self._idf = [term.idf for term in terms]
        self._total = sum(self._idf)
        self._alike: dict[str, list[tuple[int, float]]] = {}
        for position, term in enumerate(terms):
            for other, likeness in term.similar.items():
                self._alike.setdefault(other, []).append((position, likeness))

    def matches(self, present: AbstractSet[str]) -> list[float]:
        """Return for each term the likeness of its best match, 0 where there is none."""
        best = [0.0] * len(self._idf)
        for other in self._alike.keys() & present:
            for position, likeness in self._alike[other]:
                best[position] = max(best[position], likeness)
        return best

    def share(self, present: AbstractSet[str]) -> float:
        """Return which share of the question, by rarity, is covered, 0 to 1."""
        return self.share_of(self.matches(present))

    def share_of(self, matches: Sequence[float]) -> float:
        """Return which share of the question, by rarity, these matches of its terms cover."""
        return sum(map(mul, self._idf, matches)) / self._total if self._total > 0 else 0.0
