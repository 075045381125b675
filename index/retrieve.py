"""A question to hits: candidates of both indexes, fused into one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from index.protocols import Vectors
from index.store import StoredPassage
from index.terms import content_terms
from index.types import Hit, QuestionTerm

# Measured on German XQuAD among newspaper articles: see README, "Quality".
_COVERAGE_WEIGHT = 0.5
_COSINE_WEIGHT = 0.3
_READ = 50


def fuse(
    terms: Sequence[QuestionTerm],
    candidates: Sequence[StoredPassage],
    lexical: Mapping[int, float],
    cosines: Mapping[int, Vectors],
) -> list[Hit]:
    """Order candidates by one figure; not by reciprocal ranks, which let the weaker side win.

    `lexical` has the score of those passages that the lexical index found, `cosines` one figure
    per sentence for each passage id.
    """

    def first_look(candidate: StoredPassage) -> float:
        best = float(cosines[candidate.id].max())
        return lexical.get(candidate.id, 0.0) + _COSINE_WEIGHT * best

    hits = []
    # Reading a passage's words takes longest: only the better half of the candidates is read.
    for candidate in sorted(candidates, key=first_look, reverse=True)[:_READ]:
        found = lexical.get(candidate.id, 0.0)
        similarity = cosines[candidate.id]
        words = _terms(candidate.passage.text) | _terms(candidate.stored.article.title)
        covered = coverage(terms, words)
        score = found + _COVERAGE_WEIGHT * covered + _COSINE_WEIGHT * float(similarity.max())
        hits.append(
            Hit(candidate.stored, candidate.passage, found, tuple(map(float, similarity)), score)
        )
    return sorted(hits, key=lambda hit: -hit.score)


@lru_cache(maxsize=2_000)
def _terms(text: str) -> frozenset[str]:
    return frozenset(content_terms(text))


def coverage(terms: Sequence[QuestionTerm], present: AbstractSet[str]) -> float:
    """Return which share of the question, by rarity, a set of terms covers; likeness counts."""
    total = sum(term.idf for term in terms)
    if total <= 0:
        return 0.0
    return sum(term.idf * best_match(term, present) for term in terms) / total


def best_match(term: QuestionTerm, present: AbstractSet[str]) -> float:
    """Return the likeness of the best match for a term, 0 where there is none."""
    return max((like for other, like in term.similar.items() if other in present), default=0.0)
