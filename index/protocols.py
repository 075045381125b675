"""The seams of `index`: only where a second implementation exists (a fake counts)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.reading import Excerpt, Reading
from index.types import Extracted, Given, NotModified, Page, Validators

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Texts to unit vectors. Safe to call from several threads; questions go first."""

    @property
    def name(self) -> str:
        """Which model, in which revision: vectors of two names are never mixed."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed_question(self, text: str) -> Vectors:
        """Return shape (dimension,), unit length."""

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension), unit length."""


class Reader(Protocol):
    """Judges sentences as answers, for the few that are worth it. Safe in several threads."""

    @property
    def name(self) -> str:
        """Which model, in which revision: weights belong to the reader they were learned with."""

    @property
    def most(self) -> int:
        """How many sentences of a question are worth its time."""

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        """Return a reading for each excerpt, in their order; ModelError where it cannot be loaded.

        A reading depends on its question and excerpt alone, not on the others beside it.
        """


class LanguageModel(Protocol):
    """Says something to instructions and material. Safe in several threads; may take seconds."""

    def complete(self, instructions: str, material: str) -> str:
        """Return what it says; ModelError where it cannot be reached."""


class VectorIndex(Protocol):
    """Inner-product search over unit vectors by id. Ids are never positions."""

    def __len__(self) -> int:
        """Return the number of vectors."""

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add vectors of shape (len(ids), dimension) under new ids."""

    def remove(self, ids: Sequence[int]) -> None:
        """Remove ids; unknown ones are passed over."""

    def search(
        self, vector: Vectors, count: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return up to `count` (id, cosine), best first; of some ids alone where they are named."""

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """Return the vectors of known ids, shape (len(ids), dimension)."""

    def ids(self) -> frozenset[int]:
        """Return the ids that can be found, to compare with the store."""


class Parser(Protocol):
    """A page to an article. Safe to call from several threads."""

    def read(self, page: Page, given: Given, fetched: datetime) -> Extracted:
        """Return what is read out of it; ExtractionError with a code where there is none."""

    def close(self) -> None:
        """End what it has started; it may be used again."""


class Fetcher(Protocol):
    """An address to what lies there."""

    async def fetch(self, url: str) -> Page:
        """Return an article's page; FetchError with a code where it is refused or fails."""

    async def get(
        self,
        url: str,
        *,
        accept: frozenset[str],
        limit: int,
        validators: Validators | None = None,
    ) -> Page | NotModified:
        """Return what lies there, of one of the media types and at most `limit` bytes unpacked.

        With validators, a site may say that nothing has changed. FetchError details: `host`,
        `status` where a site answered with an error, `retry_after` (seconds) where it named one.
        """
