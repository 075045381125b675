"""Sentences of several articles embedded at once, which is faster than article by article."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.protocols import Embedder, Vectors


class Ahead:
    """Knows the vectors of some sentences already; others are embedded when they are asked for."""

    def __init__(self, embedder: Embedder, sentences: Sequence[str] = ()) -> None:
        """Embed the sentences, each once."""
        self._embedder = embedder
        texts = list(dict.fromkeys(sentences))
        vectors = embedder.embed_sentences(texts) if texts else ()
        self._known = dict(zip(texts, vectors, strict=True))

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension), unit length."""
        if not texts or not all(text in self._known for text in texts):
            return self._embedder.embed_sentences(texts)
        return np.stack([self._known[text] for text in texts])
