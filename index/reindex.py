"""Take a stored corpus over to another sentence model: its texts stay, its vectors are new.

The new vectors are made beside the old ones, which serve until all are there; then they change
places in one transaction. Whatever ends this goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from index.next_vectors import NextVectors
from index.protocols import Embedder
from index.store import Store

T = TypeVar("T")
# Called with a list and a label ("articles"); yields the list's items.
Progress = Callable[[Sequence[T], str], Iterable[T]]


class Reindexing:
    """A corpus on its way to the model of an embedder. Others may read and write it meanwhile."""

    def __init__(self, path: Path, embedder: Embedder) -> None:
        """Open the file, which must exist; StoreError where it cannot be used."""
        self._store = Store(path, None)
        self._embedder = embedder
        self._next = NextVectors(self._store.database)
        self._damaged: set[int] = set()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._store.close()

    @property
    def is_needed(self) -> bool:
        """Whether its vectors are of another model."""
        return self._store.model != self._embedder.name

    @property
    def begun(self) -> bool:
        """Whether new vectors are being made, and of this model."""
        return self._next.model == self._embedder.name

    def missing(self) -> int:
        """Return how many articles have no new vectors yet, damaged ones left aside."""
        return len(set(self._next.missing()) - self._damaged)

    def prepare(self, progress: Progress[int]) -> None:
        """Make the vectors that are missing; those that were made once are kept."""
        self._next.begin(self._embedder.name)
        while to_do := [i for i in self._next.missing() if i not in self._damaged]:
            for article_id in progress(to_do, "articles"):
                self._embed(article_id)

    def take_over(self) -> bool:
        """Let the new vectors serve from now on; False where some are missing yet.

        Only for who holds the data directory: a bot that runs has the old ones in memory.
        """
        return self._next.take_over(self._embedder.name, self._damaged)

    def _embed(self, article_id: int) -> None:
        passages = self._store.passages(self._store.passage_ids_of(article_id)[0])
        sentences = [s.text for passage in passages for s in passage.passage.sentences]
        ids = [i for passage in passages for i in passage.sentence_ids]
        if sentences and not self._next.write(
            self._embedder.name, ids, self._embedder.embed_sentences(sentences)
        ):
            self._next.begin(self._embedder.name)
        if len(ids) < len(self._store.passage_ids_of(article_id)[1]):
            self._damaged.add(article_id)
