"""The files of Beleg's own model: word pieces, their vectors, and the networks that read them."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.errors import ModelError
from index.onnx_runtime import onnxruntime

START, END, SENTENCE = 2, 3, 5  # [CLS], [SEP], [S]
_MASKED = -1e4

Floats = NDArray[np.float32]


@cache
def shipped_model() -> OwnModel:
    """Return the model that ships with Beleg, one for all who use it."""
    return OwnModel(Path(str(resources.files("index"))) / "model")


class OwnModel:
    """A directory of weights, read on first use; encoder and ranker share the vectors of pieces.

    Safe to use from several threads: what is read never changes.
    """

    def __init__(self, directory: Path) -> None:
        """Take the directory that `index.training` has exported to."""
        self.directory = directory
        self._sessions: dict[str, onnxruntime.InferenceSession] = {}
        self._loading = threading.Lock()

    @cached_property
    def _card(self) -> Mapping[str, Any]:
        path = self.directory / "model.json"
        try:
            card = json.loads(path.read_text(encoding="utf-8"))
            sums = {str(name): str(digest) for name, digest in card["sha256"].items()}
            return {"name": str(card["name"]), "sha256": sums}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError("own_model_unusable", model=str(path)) from error

    def _checked(self, name: str) -> str:
        """Return the path of a file whose content is the one that `model.json` names."""
        path = self.directory / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ModelError("own_model_unusable", model=str(path)) from error
        if hashlib.sha256(content).hexdigest() != self._card["sha256"].get(name):
            raise ModelError("own_model_unusable", model=str(path))
        return str(path)

    def revision(self, network: str) -> str:
        """Return the model's name and what tells this network from its other editions.

        One of them may be taught further while the other stays: vectors are then still good.
        """
        sums = self._card["sha256"]
        files = ("tokenizer.json", "pieces.npz", f"{network}.onnx")
        digest = hashlib.sha256("".join(sums.get(file, "") for file in files).encode())
        return f"{self._card['name']}@{digest.hexdigest()[:8]}"

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Return the tokenizer; it is never changed, so that threads may share it."""
        return Tokenizer.from_file(self._checked("tokenizer.json"))

    def pieces(self, text: str) -> Encoding:
        """Return the pieces of a text without frame."""
        return self.tokenizer.encode(text, add_special_tokens=False)

    @cached_property
    def _vectors(self) -> tuple[NDArray[np.int8], Floats]:
        with np.load(self._checked("pieces.npz")) as file:
            return file["table"], file["scale"].astype(np.float32)

    def session(self, name: str, threads: int) -> onnxruntime.InferenceSession:
        """Return one of the networks, opened on first use; ModelError where it cannot be.

        `threads` share the work of one run, as who opens it first has said.
        """
        with self._loading:
            if name not in self._sessions:
                self._sessions[name] = self._opened(name, threads)
            return self._sessions[name]

    def _opened(self, name: str, threads: int) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # Threads that wait must sleep: beside any other load, spinning costs most of the machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        path = self._checked(f"{name}.onnx")
        return onnxruntime.InferenceSession(
            path,
            options,
            providers=["CPUExecutionProvider"],
            # On a CPU the fused norm takes eight times as long as its two parts.
            disabled_optimizers=["SkipLayerNormFusion"],
        )

    def inputs(self, rows: Sequence[Sequence[int]]) -> dict[str, Floats]:
        """Return what a network reads of rows of pieces: their vectors, and which are padding."""
        longest = max(map(len, rows))
        padded = [[*row, *[0] * (longest - len(row))] for row in rows]
        mask = np.full((len(rows), longest), _MASKED, dtype=np.float32)
        for hidden, row in zip(mask, rows, strict=True):
            hidden[: len(row)] = 0.0
        return {"words": self.words(padded), "mask": mask}

    def words(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Return the vectors of rows of pieces that are of one length."""
        table, scale = self._vectors
        ids = np.array(rows, dtype=np.int64)
        vectors: Floats = table[ids] * scale[ids][..., None]
        return vectors
