"""What a corpus is searched by: vectors, words, and which sentences each passage has.

A question looks at the sentences of hundreds of passages: asking the store for them takes longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from index.lexical_index import LexicalIndex
from index.lexicon import Lexicon
from index.protocols import VectorIndex, Vectors
from index.store import StoredPassage
from index.types import QuestionTerm
from index.vector_index import FaissVectorIndex

_LEXICAL_CANDIDATES = 60
_SENTENCE_CANDIDATES = 120


class Indexes:
    """Kept equal to a store by whoever writes into it; not safe to use from several threads."""

    def __init__(self, lexicon: Lexicon | None) -> None:
        """Take the words that mean the same; there is nothing in them yet."""
        self.vectors: VectorIndex = FaissVectorIndex()
        self.lexical = LexicalIndex(lexicon)
        self._sentences: dict[int, Sequence[int]] = {}

    def fill(self, everything: Iterable[tuple[list[StoredPassage], Vectors]]) -> None:
        """Add passages with the vectors of their sentences, a row each, article by article."""

        def streamed() -> Iterator[tuple[int, str, str]]:
            # Both at once: all passages together take more memory than the indexes.
            for passages, vectors in everything:
                self._add_sentences(passages, vectors)
                yield from ((p.id, p.stored.article.title, p.passage.text) for p in passages)

        self.lexical.add(streamed())

    def add(self, passages: list[StoredPassage], vectors: Vectors) -> None:
        """Add the passages of one article with the vectors of their sentences, a row each."""
        self.fill([(passages, vectors)])

    def _add_sentences(self, passages: list[StoredPassage], vectors: Vectors) -> None:
        self.vectors.add([i for passage in passages for i in passage.sentence_ids], vectors)
        self._sentences.update((passage.id, _compact(passage.sentence_ids)) for passage in passages)

    def sentences_of(self, passage_ids: Iterable[int]) -> dict[int, Sequence[int]]:
        """Return the sentence ids of passages in their order, unknown passages left out."""
        known = self._sentences
        return {i: known[i] for i in passage_ids if i in known}

    def words(
        self, text: str, language: str | None, passages: Sequence[int] | None = None
    ) -> tuple[tuple[QuestionTerm, ...], dict[int, float]]:
        """Return the terms of a question and the scores of passages that have them.

        Of these passages alone where they are named.
        """
        terms = self.lexical.question_terms(text, language)
        return terms, dict(self.lexical.search(terms, _LEXICAL_CANDIDATES, passages))

    def nearest(self, vector: Vectors, passages: Sequence[int] | None = None) -> list[int]:
        """Return the ids of the sentences nearest to a question, the nearest first."""
        among = None
        if passages is not None:
            among = [i for ids in self.sentences_of(passages).values() for i in ids]
        return [i for i, _ in self.vectors.search(vector, _SENTENCE_CANDIDATES, among)]

    def cosines(
        self, sentences: Mapping[int, Sequence[int]], vector: Vectors
    ) -> dict[int, Vectors]:
        """Return for each passage one cosine per sentence, in the order of its sentence ids."""
        flat = [i for ids in sentences.values() for i in ids]
        if not flat:
            return {}
        ends = np.cumsum([len(ids) for ids in sentences.values()])[:-1]
        # Not "@": for so little work its library wakes a thread on every core, and these spin on
        # for as long again as the whole question takes.
        cosines = np.einsum("ij,j->i", self.vectors.vectors(flat), vector)
        parts = np.split(cosines, ends)
        return dict(zip(sentences, parts, strict=True))

    def remove(self, passage_ids: list[int], sentence_ids: list[int]) -> None:
        """Remove passages and their sentences; unknown ones are passed over."""
        self.vectors.remove(sentence_ids)
        self.lexical.remove(passage_ids)
        for passage_id in passage_ids:
            self._sentences.pop(passage_id, None)


def _compact(ids: Sequence[int]) -> Sequence[int]:
    """Return ids as a range where they follow one another, as those of a passage do."""
    whole = range(ids[0], ids[0] + len(ids)) if ids else ids
    return whole if tuple(whole) == tuple(ids) else ids
