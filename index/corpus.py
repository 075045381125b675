"""Everything that belongs to one server: its store, and the two indexes kept equal to it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from index.lexical_index import LexicalIndex
from index.lexicon import Lexicon
from index.protocols import Embedder, VectorIndex, Vectors
from index.retrieve import SHIPPED_FUSION, FusionWeights, fuse, worth_reading
from index.split import split_passages
from index.store import Store, StoredPassage
from index.types import Article, Outcome, Passage, Receipt, Retrieval, StoredArticle
from index.vector_index import FaissVectorIndex

_log = logging.getLogger(__name__)

_LEXICAL_CANDIDATES = 60
_SENTENCE_CANDIDATES = 120


@dataclass(frozen=True, slots=True)
class CorpusSize:
    """How much a corpus holds."""

    articles: int
    passages: int
    sentences: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class _Indexes:
    vectors: VectorIndex
    lexical: LexicalIndex

    def add(self, passages: list[StoredPassage], vectors: Vectors) -> None:
        self.vectors.add([i for passage in passages for i in passage.sentence_ids], vectors)
        self.lexical.add((p.id, p.stored.article.title, p.passage.text) for p in passages)

    def cosines(
        self, sentences: Mapping[int, Sequence[int]], vector: Vectors
    ) -> dict[int, Vectors]:
        """Return for each passage one cosine per sentence, in the order of its sentence ids."""
        flat = [i for ids in sentences.values() for i in ids]
        if not flat:
            return {}
        ends = np.cumsum([len(ids) for ids in sentences.values()])[:-1]
        parts = np.split(self.vectors.vectors(flat) @ vector, ends)
        return dict(zip(sentences, parts, strict=True))

    def remove(self, passage_ids: list[int], sentence_ids: list[int]) -> None:
        self.vectors.remove(sentence_ids)
        self.lexical.remove(passage_ids)


class Corpus:
    """Safe to use from several threads. Embedding, the slow part, happens outside the lock."""

    def __init__(
        self,
        path: Path,
        embedder: Embedder,
        fusion: FusionWeights = SHIPPED_FUSION,
        lexicon: Lexicon | None = None,
    ) -> None:
        """Open or create the corpus in a file; raises StoreError where that is impossible.

        For measurements, other weights and another lexicon than those that ship with Beleg.
        """
        self._embedder = embedder
        self._fusion = fusion
        self._lexicon = lexicon
        self._store = Store(path, embedder.name)
        self._lock = threading.RLock()
        self._built: _Indexes | None = None
        self._size: CorpusSize | None = None

    def close(self) -> None:
        """Close the store."""
        with self._lock:
            self._built = None
            self._store.close()

    def prepare(self) -> None:
        """Build the indexes now instead of at the first question."""
        with self._lock:
            self._indexes()

    def add(self, article: Article) -> Receipt:
        """Add an article, or a new version of one that is known by address, id or text.

        The receipt is written after the commit. What a known article states and this one does not
        (address, outlet, date) is carried over.
        """
        while True:
            known = self._store.find_known(article)
            merged = article if known is None else _merged(article, known.article)
            if known is not None and merged == replace(known.article, fetched=article.fetched):
                return Receipt(Outcome.KNOWN, known)
            passages = split_passages(merged)
            vectors = self._embedder.embed_sentences(
                [sentence.text for passage in passages for sentence in passage.sentences]
            )
            with self._lock:
                # Embedding took its time: another thread may have added or removed it meanwhile.
                if self._store.find_known(article) == known:
                    return self._write(merged, passages, vectors, known)

    def _write(
        self,
        article: Article,
        passages: tuple[Passage, ...],
        vectors: Vectors,
        known: StoredArticle | None,
    ) -> Receipt:
        # What is searched is what is stored: half precision, in memory as in the file.
        vectors = vectors.astype(np.float16).astype(np.float32)
        outdated = self._store.passage_ids_of(known.id) if known else ([], [])
        stored, written = self._store.add(
            article, passages, vectors, supersedes=known.id if known else None
        )
        self._follow(outdated, written, vectors)
        return Receipt(Outcome.ADDED if known is None else Outcome.UPDATED, stored)

    def remove(self, article_id: int) -> StoredArticle:
        """Remove an article from the store and both indexes; NotFoundError for an unknown id."""
        with self._lock:
            outdated = self._store.passage_ids_of(article_id)
            stored = self._store.remove(article_id)
            self._follow(outdated)
        return stored

    def article(self, article_id: int) -> StoredArticle:
        """Return a current article; NotFoundError for an unknown id."""
        return self._store.article(article_id)

    def articles(self) -> list[StoredArticle]:
        """Return all current articles, the newest addition first."""
        return self._store.articles()

    def size(self) -> CorpusSize:
        """Return how much there is; counted again only after a change, since answers show it."""
        with self._lock:
            if self._size is None:
                articles, first, last = self._store.extent()
                passages, sentences = self._store.counts()
                self._size = CorpusSize(articles, passages, sentences, first, last)
            return self._size

    def search(self, text: str, count: int, language: str | None = None) -> Retrieval:
        """Return up to `count` passages for a question, best first.

        Where its language is known ("de", "en"), words that mean the same count as well.
        """
        vector = self._embedder.embed_question(text)
        with self._lock:
            indexes = self._indexes()
            terms = indexes.lexical.question_terms(text, language)
            lexical = dict(indexes.lexical.search(terms, _LEXICAL_CANDIDATES))
            nearest = [i for i, _ in indexes.vectors.search(vector, _SENTENCE_CANDIDATES)]
            # Joined back to the store, which knows only this corpus and only what still exists.
            ids = {*lexical, *self._store.passage_ids_with(nearest).values()}
            near = indexes.cosines(self._store.sentence_ids_of(sorted(ids)), vector)
            first = worth_reading(lexical, near, count, weights=self._fusion)
            candidates = self._store.passages(first)
            cosines = indexes.cosines({p.id: p.sentence_ids for p in candidates}, vector)
            grams = indexes.lexical.gram_weights(terms)
        hits = fuse(terms, grams, candidates, lexical, cosines, weights=self._fusion)
        return Retrieval(terms, tuple(hits[:count]))

    def _indexes(self) -> _Indexes:
        """Return the indexes, built from the store where they are missing or were distrusted."""
        if self._built is None:
            built = _Indexes(FaissVectorIndex(), LexicalIndex(self._lexicon))
            passages: list[StoredPassage] = []
            for some, vectors in self._store.everything():
                built.vectors.add([i for passage in some for i in passage.sentence_ids], vectors)
                passages += some
            built.lexical.add((p.id, p.stored.article.title, p.passage.text) for p in passages)
            self._built = built
        return self._built

    def _follow(
        self,
        outdated: tuple[list[int], list[int]],
        written: list[StoredPassage] | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        """Bring the indexes to where the store is after a commit.

        Where nobody has asked yet there are none, and a command that only writes needs none.
        """
        self._size = None
        if self._built is None:
            return
        try:
            self._built.remove(*outdated)
            if written and vectors is not None:
                self._built.add(written, vectors)
        except Exception:  # noqa: BLE001 - the commit stands, whatever broke after it
            _log.exception("an index could not follow the store; both will be rebuilt")
            self._built = None


def _merged(article: Article, known: Article) -> Article:
    return replace(
        article,
        url=article.url or known.url,
        outlet=article.outlet or known.outlet,
        published=article.published or known.published,
        source_id=article.source_id or known.source_id,
    )
