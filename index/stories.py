"""Which articles tell one story: they share rare words, above all names, and much of their sense.

What two texts mean as a whole tells their topic, two plane crashes, and not their story: so words
weigh most. Where one is German and the other English, names are nearly all that they share.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.protocols import Vectors
from index.store import StoredPassage
from index.terms import content_terms, is_name_like
from index.word_rates import word_rates

# Chosen on eight developing stories and on months of Wikinews: `python -m tests.measure_stories`.
_WORDS = 0.9
_ALIKE = 0.16
_NAME = 2.0  # times as telling as another word as rare
# As many articles as this, of a language at large, count beside those that are grouped.
_PRIOR = 300
_UNKNOWN_RATE = 0.0005
_SMALLEST_RATE = 1e-4


@dataclass(frozen=True, slots=True)
class Telling:
    """An article as far as its story shows: its search terms, and the mean of its sentences."""

    id: int
    terms: Mapping[str, int]
    meaning: Vectors

    @classmethod
    def of(cls, article_id: int, title: str, text: str, sentences: Vectors) -> Telling:
        """Take an article apart; `sentences` are its vectors, a row each."""
        mean = sentences.mean(axis=0)
        length = float(np.linalg.norm(mean)) or 1.0
        return cls(article_id, Counter(content_terms(f"{title}\n{text}")), mean / length)


def stories_of(
    article_ids: Sequence[int],
    origins: Mapping[int, int],
    read: Callable[[int], tuple[list[StoredPassage], Vectors] | None],
) -> list[list[int]]:
    """Return articles story by story, in the order of the first of each.

    Articles of one origin are of one story: `read` is asked for one of them. Those of which it
    returns nothing are left out.
    """
    told: dict[int, Telling] = {}
    members: dict[int, list[int]] = {}
    for article_id in article_ids:
        origin = origins[article_id]
        if origin not in told:
            found = read(article_id)
            if found is None or not found[0]:
                continue
            passages, vectors = found
            article = passages[0].stored.article
            told[origin] = Telling.of(origin, article.title, article.text, vectors)
        members.setdefault(origin, []).append(article_id)
    return [
        [article_id for origin in story for article_id in members[origin]]
        for story in stories(list(told.values()))
    ]


def stories(told: Sequence[Telling]) -> list[list[int]]:
    """Return the ids of articles story by story, in the order of the first of each."""
    if len(told) < 2:  # noqa: PLR2004 - one is a story of its own
        return [[one.id] for one in told]
    # Half a second to load, for which no start and no question shall wait.
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415 - see above
    from scipy.spatial.distance import squareform  # noqa: PLC0415 - same

    meaning = np.stack([one.meaning for one in told])
    alike = _WORDS * _shared_words(told) + (1 - _WORDS) * (meaning @ meaning.T)
    apart = np.maximum(1.0 - alike, 0.0)
    apart = (apart + apart.T) / 2
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), "average")
    groups: dict[int, list[int]] = {}
    for one, group in zip(told, fcluster(tree, 1.0 - _ALIKE, "distance"), strict=True):
        groups.setdefault(int(group), []).append(one.id)
    return list(groups.values())


def _shared_words(told: Sequence[Telling]) -> Vectors:
    """Return the cosine of every two articles by their terms, rare ones and names weighing more."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - as above

    rates, count = word_rates(), len(told)
    having = Counter(term for one in told for term in one.terms)
    weights: dict[str, float] = {}
    for term, times in having.items():
        seen = times if times > 1 else 0
        rate = (_PRIOR * rates.get(term, _UNKNOWN_RATE) + seen) / (_PRIOR + count)
        rarity = -math.log(min(1.0, rate + _SMALLEST_RATE))
        weights[term] = rarity * (_NAME if is_name_like(term) else 1.0)
    columns = {term: number for number, term in enumerate(having)}
    ends, places, values = [0], [], []
    for one in told:
        row = {columns[t]: (1 + math.log(n)) * weights[t] for t, n in one.terms.items()}
        length = math.sqrt(sum(value * value for value in row.values())) or 1.0
        places += list(row)
        values += [value / length for value in row.values()]
        ends.append(len(places))
    matrix = csr_matrix((values, places, ends), shape=(count, len(columns)))
    found: Vectors = np.asarray((matrix @ matrix.T).todense(), dtype=np.float32)
    return found
