"""Take a stored corpus over to another sentence model: its texts stay, its vectors are new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from index.protocols import Embedder, Vectors
from index.store import Store, StoredPassage

T = TypeVar("T")
# Called with a list and a label ("articles"); yields the list's items.
Progress = Callable[[Sequence[T], str], Iterable[T]]


def reembed(path: Path, embedder: Embedder, progress: Progress[list[StoredPassage]]) -> bool:
    """Make the vectors of a corpus with this embedder; False where it has them already.

    All or nothing: whatever ends this before its end leaves the file as it was. StoreError where it
    cannot be used.
    """
    store = Store(path, None)
    try:
        if store.model == embedder.name:
            return False
        articles = [passages for passages, _ in store.everything()]

        def made() -> Iterator[tuple[list[int], Vectors]]:
            for passages in progress(articles, "articles"):
                sentences = [s.text for passage in passages for s in passage.passage.sentences]
                ids = [i for passage in passages for i in passage.sentence_ids]
                yield ids, embedder.embed_sentences(sentences)

        store.replace_vectors(embedder.name, made())
    finally:
        store.close()
    return True
