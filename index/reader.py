"""A reader from any extractive question-answering model of transformers."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.answering_words import likeliest_words, whole_words
from index.errors import ModelError
from index.model_files import model_name, prepare_libraries, revision
from index.reading import Excerpt, Reading

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

Logits = NDArray[np.float32]

_BATCH = 8
# Word pieces that a model sees at once: more cost time by their square, and a question with a
# sentence and its neighbours rarely has as many.
_WINDOW = 384
# Pieces that two windows of one text share, and that an answer has at most.
_SHARED = 64
_LONGEST_ANSWER = 30
_UNREADABLE = Reading(-20.0)  # a sentence of which the tokenizer leaves nothing


class TransformersReader:
    """Reads like SQuAD 2: the best words of the sentence against "there is no answer".

    The model is loaded on first use. A fast tokenizer may not be used by two threads at once, hence
    the turns.
    """

    most = 30  # of a model as small as the English sentence model, a second of work

    def __init__(self, model: str) -> None:
        """Take a directory, or a name that the hub's cache holds."""
        self._source = model
        self._turn = threading.Lock()

    @cached_property
    def name(self) -> str:
        """Which model, in which revision: weights belong to the reader they were learned with."""
        found = revision(self._source)
        return self._source if found is None else f"{model_name(self._source)}@{found}"

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        """Return a reading for each excerpt, in their order; ModelError where it cannot be loaded.

        What does not fit the model's window is read in several that overlap; the surest counts.
        """
        with self._turn:
            model = self._loaded
            windows = [
                window
                for number, excerpt in enumerate(excerpts)
                for window in model.windows(question, number, excerpt)
            ]
            # By length, so that a batch is not padded to its one long text.
            windows.sort(key=lambda window: len(window.ids))
            readings: dict[int, Reading] = {}
            for start in range(0, len(windows), _BATCH):
                batch = windows[start : start + _BATCH]
                for window, starts, ends in zip(batch, *model.logits(batch), strict=True):
                    reading = window.reading(excerpts[window.number].sentence, starts, ends)
                    known = readings.get(window.number)
                    if known is None or reading.score > known.score:
                        readings[window.number] = reading
        return [readings.get(number, _UNREADABLE) for number in range(len(excerpts))]

    @cached_property
    def _loaded(self) -> _Model:
        return _load(self._source)


@dataclass(frozen=True, slots=True)
class _Window:
    """What a model sees at once: `offsets` place pieces in the sentence, None outside of it."""

    number: int
    ids: list[int]
    types: list[int]
    offsets: list[tuple[int, int] | None]
    none: int  # the piece that stands for "no answer"

    def reading(self, sentence: str, starts: Logits, ends: Logits) -> Reading:
        """Return the best words of the sentence, and how far they are ahead of no answer."""
        inside = [(i, offset) for i, offset in enumerate(self.offsets) if offset is not None]
        pieces = [i for i, _ in inside]
        first, last, sure = likeliest_words(starts[pieces], ends[pieces], _LONGEST_ANSWER)
        (at, (begin, _)), (to, (_, end)) = inside[first], inside[last]
        score = float(starts[at] + ends[to] - starts[self.none] - ends[self.none])
        return Reading(score, *whole_words(sentence, begin, end), sure)


@dataclass(frozen=True, slots=True)
class _Model:
    """A loaded model with its tokenizer, and how many pieces it sees at once."""

    tokenizer: PreTrainedTokenizerFast
    network: PreTrainedModel
    window: int

    def windows(self, question: str, number: int, excerpt: Excerpt) -> Iterator[_Window]:
        """Lay a text out in overlapping windows that together hold all of the sentence."""
        ahead = "".join(f"{part}\n" for part in (excerpt.title, excerpt.before) if part)
        begin, end = len(ahead), len(ahead) + len(excerpt.sentence)
        text = f"{ahead}{excerpt.sentence}\n{excerpt.after}"
        question = self._cut(question)
        room = self.window - len(self.tokenizer(question, "")["input_ids"])
        encoded = self.tokenizer(
            question,
            text,
            truncation="only_second",
            max_length=self.window,
            stride=min(_SHARED, room // 2),
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            return_token_type_ids=True,
        )
        none = self.tokenizer.cls_token_id
        for row, ids in enumerate(encoded["input_ids"]):
            offsets: list[tuple[int, int] | None] = []
            places = zip(encoded.sequence_ids(row), encoded["offset_mapping"][row], strict=True)
            for side, (start, stop) in places:
                start, stop = max(start, begin), min(stop, end)  # noqa: PLW2901 - clipped
                inside = side == 1 and text[start:stop].strip()
                offsets.append((start - begin, stop - begin) if inside else None)
            if any(offsets):
                types = encoded["token_type_ids"][row]
                yield _Window(number, ids, types, offsets, ids.index(none) if none in ids else 0)

    def _cut(self, question: str) -> str:
        """Leave the text half of the window at least."""
        most = self.window // 2
        encoded = self.tokenizer(
            question, add_special_tokens=False, return_offsets_mapping=True, truncation=False
        )
        offsets = encoded["offset_mapping"]
        return question if len(offsets) <= most else question[: offsets[most - 1][1]]

    def logits(self, batch: Sequence[_Window]) -> tuple[Logits, Logits]:
        """Return those of starts and of ends, a row for each window."""
        import torch  # noqa: PLC0415 - seconds, for those who read

        longest = max(len(window.ids) for window in batch)
        shape = (len(batch), longest)
        ids = torch.full(shape, self.tokenizer.pad_token_id or 0, dtype=torch.long)
        mask, types = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
        for row, window in enumerate(batch):
            count = len(window.ids)
            ids[row, :count] = torch.tensor(window.ids)
            types[row, :count] = torch.tensor(window.types)
            mask[row, :count] = 1
        inputs = {"input_ids": ids, "attention_mask": mask}
        if "token_type_ids" in self.tokenizer.model_input_names:
            inputs["token_type_ids"] = types
        # Every thread has its own number, so it is set each time. Large products wait for their
        # threads by spinning: with one for each core, other load made 60 seconds of 2.
        torch.set_num_threads(_threads())
        with torch.inference_mode():
            said = self.network(**inputs)
        return said.start_logits.numpy(), said.end_logits.numpy()


def _threads() -> int:
    """Return what the operator set, else one less than there are cores."""
    stated = os.environ.get("OMP_NUM_THREADS", "")
    return int(stated) if stated.isdecimal() and int(stated) else max(1, (os.cpu_count() or 2) - 1)


def _load(source: str) -> _Model:
    prepare_libraries()
    import torch  # noqa: PLC0415 - seconds, for those who read
    from transformers import (  # noqa: PLC0415 - same
        AutoModelForQuestionAnswering,
        AutoTokenizer,
        PreTrainedTokenizerFast,
    )

    try:
        # A name that no cache holds is refused: nothing is ever downloaded without being asked.
        tokenizer = AutoTokenizer.from_pretrained(source, local_files_only=True)
        network, report = AutoModelForQuestionAnswering.from_pretrained(
            source, local_files_only=True, output_loading_info=True, dtype=torch.float32
        )
    except Exception as error:
        raise ModelError("reader_unusable", model=source) from error
    # A model that was never taught to answer gets random weights where it should answer.
    if report["missing_keys"] or not isinstance(tokenizer, PreTrainedTokenizerFast):
        raise ModelError("reader_unusable", model=source)
    limits = [_WINDOW, tokenizer.model_max_length]
    positions = getattr(network.config, "max_position_embeddings", None)
    if positions is not None:
        # Some families begin to count behind the padding's number.
        limits.append(positions - (tokenizer.pad_token_id or 0) - 1)
    return _Model(tokenizer, network.eval(), min(limits))
