"""Texts to unit vectors with Beleg's own encoder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from index.own_model import END, START, OwnModel
from index.protocols import Vectors
from index.turns import Turns

DIMENSION = 384
WINDOW = 254  # pieces of a text, without the two that frame it
# Small, so that a question waits for one batch of an import at most.
_BATCH = 16
_THREADS = 2


class OnnxEmbedder:
    """The encoder. A text beyond its window is embedded in parts whose mean stands for it.

    Threads could share it as it is; they take turns so that questions go before imports.
    """

    def __init__(self, model: OwnModel) -> None:
        """Take the model, of which the encoder is opened on first use."""
        self._model = model
        self._turns = Turns()

    @property
    def name(self) -> str:
        """Which model, in which revision: vectors of two names are never mixed."""
        return self._model.revision("encoder")

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return DIMENSION

    def embed_question(self, text: str) -> Vectors:
        """Return shape (dimension,), unit length; goes before any import that is running."""
        with self._turns.urgent():
            vectors = self._encoded(self._parts([text]))
        question: Vectors = _unit(vectors.sum(axis=0, keepdims=True))[0]
        return question

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension), unit length."""
        # By length, so that a batch is not padded to its one long text.
        parts = sorted(self._parts(texts), key=lambda part: len(part[1]))
        sums = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for start in range(0, len(parts), _BATCH):
            with self._turns.patient():
                batch = parts[start : start + _BATCH]
                found = self._encoded(batch)
            np.add.at(sums, [number for number, _ in batch], found)
        return _unit(sums)

    def _parts(self, texts: Iterable[str]) -> list[tuple[int, list[int]]]:
        """Return the pieces of each text with its number, those of a long one in parts."""
        return [
            (number, ids[start : start + WINDOW])
            for number, text in enumerate(texts)
            for ids in (self._model.pieces(text).ids,)
            for start in range(0, max(1, len(ids)), WINDOW)
        ]

    def _encoded(self, parts: Sequence[tuple[int, list[int]]]) -> Vectors:
        inputs = self._model.inputs([[START, *ids, END] for _, ids in parts])
        (found,) = self._model.session("encoder", _THREADS).run(["vectors"], inputs)
        return np.asarray(found, dtype=np.float32)


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-12), dtype=np.float32)
