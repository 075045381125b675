"""What is learned from: the figures of a question's candidates, and which of them are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bot.answer import PASSAGES
from bot.confidence import Figure
from bot.features import Candidate, candidates
from bot.metrics import is_right
from bot.question import understand
from bot.question_set import Expected
from bot.rank import best_of, standings
from bot.reading import with_readings
from bot.types import Quote
from index.corpus import Corpus
from index.protocols import Reader
from index.reading import Excerpt, Reading

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Deep enough that PASSAGES are left where the right articles' are taken away.
DEPTH = 50


@dataclass(frozen=True, slots=True)
class Top:
    """The choice of a ranking: what the confidence sees of it, and how far down a right one is.

    `right_rank` counts different sentences from 1; None where none is right.
    """

    figures: Mapping[str, Figure]
    right_rank: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The candidates of a question: a row of `figures` for each, a column for each of `names`."""

    names: tuple[str, ...]
    figures: Figures
    right: Flags
    texts: tuple[str, ...]

    def columns(self, names: Sequence[str]) -> Figures:
        """Return the figures of these names in this order, 0 where there are none."""
        known = {name: column for column, name in enumerate(self.names)}
        chosen = np.zeros((len(self.texts), len(names)))
        for column, name in enumerate(names):
            if name in known:
                chosen[:, column] = self.figures[:, known[name]]
        return chosen

    def top(self, ranking: Mapping[str, float]) -> Top:
        """Order the candidates as `bot.rank.choose` does and return the first one's figures."""
        scores = self.columns(tuple(ranking)) @ np.array(list(ranking.values()))
        order = np.argsort(-scores, kind="stable")
        rows = self.figures[order]
        stands = standings(scores[order], [self.texts[i] for i in order])
        figures: dict[str, Figure] = {
            **dict(zip(self.names, map(float, rows[0]), strict=True)),
            **best_of(self.names, rows),
            **{name: float(values[0]) for name, values in stands.items()},
        }
        return Top(figures, self._right_rank(order))

    def _right_rank(self, order: NDArray[np.intp]) -> int | None:
        seen: dict[str, bool] = {}
        for i in order:
            seen.setdefault(self.texts[i], bool(self.right[i]))
        return next((rank for rank, right in enumerate(seen.values(), 1) if right), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its candidates, and with those that there would be without right articles.

    Both are None where nothing was found; `without` also where no article is right.
    """

    expected: Expected
    rows: Rows | None
    without: Rows | None


def ask(
    corpus: Corpus,
    expected: Expected,
    reader: Reader | None = None,
    shortlist: Mapping[str, float] = MappingProxyType({}),
) -> Asked:
    """Collect the candidates of a question exactly as `bot.answer.Answering` sees them.

    Without the right articles the rarity of words stays that of the whole corpus. With a reader
    they have its figures; it reads the best by the weights of `shortlist`.
    """
    question = understand(expected.text)
    retrieval = corpus.search(question.text, DEPTH, question.language)
    others = tuple(
        hit for hit in retrieval.hits if hit.stored.article.source_id not in expected.answers
    )
    found = candidates(question, replace(retrieval, hits=retrieval.hits[:PASSAGES]))
    left = candidates(question, replace(retrieval, hits=others[:PASSAGES]))
    if reader is not None:
        once = _Remembering(reader)  # most of what is left was found as well
        found = with_readings(question.text, found, once, shortlist)
        left = with_readings(question.text, left, once, shortlist)
    return Asked(
        expected,
        as_rows(found, expected),
        as_rows(left, expected) if expected.answerable else None,
    )


class _Remembering:
    """Reads nothing twice, for one question."""

    def __init__(self, reader: Reader) -> None:
        self.name, self.most = reader.name, reader.most
        self._reader = reader
        self._known: dict[Excerpt, Reading] = {}

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        new = [excerpt for excerpt in dict.fromkeys(excerpts) if excerpt not in self._known]
        if new:
            self._known.update(zip(new, self._reader.read(question, new), strict=True))
        return [self._known[excerpt] for excerpt in excerpts]


def as_rows(found: Sequence[Candidate], expected: Expected) -> Rows | None:
    """Return candidates as rows; None where there is none."""
    if not found:
        return None
    names = tuple(sorted({name for candidate in found for name in candidate.figures}))
    return Rows(
        names=names,
        figures=np.array([[c.figures.get(name, 0.0) for name in names] for c in found]),
        right=np.array([_right(candidate, expected) for candidate in found]),
        texts=tuple(candidate.sentence.text for candidate in found),
    )


def _right(candidate: Candidate, expected: Expected) -> bool:
    stored = candidate.hit.stored
    quote = Quote(stored, candidate.sentence, 0.5)
    return is_right(quote, stored.article.source_id, expected)
