"""Texts to unit vectors with Beleg's own encoder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import onnxruntime

from index.own_model import END, START, OwnModel
from index.protocols import Vectors

DIMENSION = 384
WINDOW = 254  # pieces of a text, without the two that frame it
_BATCH = 16


class OnnxEmbedder:
    """The encoder. A text beyond its window is embedded in parts whose mean stands for it."""

    def __init__(self, model: OwnModel) -> None:
        """Take the model, of which the encoder is opened on first use."""
        self._model = model

    @property
    def name(self) -> str:
        """Which model, in which revision: vectors of two names are never mixed."""
        return self._model.name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return DIMENSION

    def embed_question(self, text: str) -> Vectors:
        """Return shape (dimension,), unit length."""
        vector: Vectors = self.embed_sentences([text])[0]
        return vector

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension), unit length."""
        parts = [
            (row, ids[start : start + WINDOW])
            for row, text in enumerate(texts)
            for ids in (self._model.pieces(text).ids,)
            for start in range(0, max(1, len(ids)), WINDOW)
        ]
        order = sorted(parts, key=lambda part: len(part[1]))
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            inputs = self._model.inputs([[START, *ids, END] for _, ids in batch])
            (found,) = self._session.run(["vectors"], inputs)
            np.add.at(vectors, [row for row, _ in batch], found)
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(length, 1e-12), dtype=np.float32)

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return self._model.session("encoder")
