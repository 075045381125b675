"""Working stand-ins: they do the job, in memory and at once."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np

from index.errors import FetchError
from index.protocols import Vectors
from index.reading import Excerpt, Reading
from index.terms import content_terms, ngrams, tokens
from index.types import NotModified, Page, Validators


class HashingEmbedder:
    """Character n-grams hashed into a vector: texts with common words are near each other."""

    name = "hashing"
    dimension = 64

    def embed_question(self, text: str) -> Vectors:
        vector: Vectors = self.embed_sentences([text])[0]
        return vector

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, 0] = 0.01  # a text without a term still has a direction
            for term in content_terms(text):
                for gram in ngrams(term):
                    digest = hashlib.blake2b(gram.encode(), digest_size=4).digest()
                    vectors[row, int.from_bytes(digest) % self.dimension] += 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


class WordReader:
    """Counts the words of the question in the sentence; the longest new word answers."""

    name = "words"
    most = 30

    def __init__(self) -> None:
        self.calls: list[list[Excerpt]] = []

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        self.calls.append(list(excerpts))
        asked = set(content_terms(question))
        return [self._read(asked, excerpt.sentence) for excerpt in excerpts]

    def _read(self, asked: set[str], sentence: str) -> Reading:
        found = tokens(sentence)
        score = float(sum(token.term in asked for token in found))
        new = [token for token in found if token.term not in asked]
        if not new:
            return Reading(score)
        longest = max(new, key=lambda token: token.end - token.start)
        return Reading(score, longest.start, longest.end)


class ExactVectorIndex:
    """Inner products by numpy: the oracle that FAISS is compared with."""

    def __init__(self) -> None:
        self._vectors: dict[int, Vectors] = {}

    def __len__(self) -> int:
        return len(self._vectors)

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        self._vectors.update(zip(ids, vectors, strict=True))

    def remove(self, ids: Sequence[int]) -> None:
        for i in ids:
            self._vectors.pop(i, None)

    def search(
        self, vector: Vectors, count: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        allowed = self._vectors.keys() if among is None else self._vectors.keys() & set(among)
        scored = [(i, float(self._vectors[i] @ vector)) for i in allowed]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:count]

    def vectors(self, ids: Sequence[int]) -> Vectors:
        return np.stack([self._vectors[i] for i in ids])

    def ids(self) -> frozenset[int]:
        return frozenset(self._vectors)


class Web:
    """A fetcher of a few pages; every other address does not answer as it should."""

    def __init__(self, pages: Mapping[str, Page] | None = None) -> None:
        self.pages = dict(pages or {})
        self.asked: list[str] = []

    async def fetch(self, url: str) -> Page:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchError("http_error", host=url.split("/")[2], status=404)
        return self.pages[url]

    async def get(
        self,
        url: str,
        *,
        accept: frozenset[str],
        limit: int,
        validators: Validators | None = None,
    ) -> Page | NotModified:
        page = await self.fetch(url)
        if page.media_type not in accept:
            raise FetchError("bad_content_type", host=url.split("/")[2])
        if len(page.content) > limit:
            raise FetchError("too_large", host=url.split("/")[2])
        same = validators is not None and validators == page.validators
        return NotModified(url) if same else page


class Clock:
    """A clock that stands until a test sets it."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


def short_of(
    sleep: Callable[[float], Awaitable[None]],
) -> Callable[[float], Awaitable[None]]:
    """The same sleep without its length, for a library that would wait for seconds."""
    return lambda seconds: sleep(min(seconds, 0.05))
