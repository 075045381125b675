"""Judge sentences as answers with Beleg's own ranker."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.answering_words import likeliest_words, whole_words
from index.own_model import END, SENTENCE, START, OwnModel
from index.reading import Excerpt, Reading

# Pieces that are read of each part, as in training. Of what stands before, the end counts.
QUESTION, TITLE, BEFORE, SENTENCE_PIECES, AFTER = 48, 14, 40, 96, 24
_LONGEST_ANSWER = 16  # pieces
# Two rows at a time, each on one core, take half as long as row after row on two: there is little
# in one row to share, and waiting for each other takes most of the gain.
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class _Row:
    pieces: list[int]
    segments: list[int]
    mark: int  # where the sentence's score is read; its pieces follow
    offsets: list[tuple[int, int]]
    sentence: str


class OnnxReader:
    """The ranker: reads a question with a sentence, its neighbours and its title."""

    # Some seven milliseconds each, two at once. Eight find what six do: on newsqa and xquad_de the
    # first quotation is right as often, and one of three in one question of 437 more.
    most = 6

    def __init__(self, model: OwnModel) -> None:
        """Take the model, of which the ranker is opened on first use."""
        self._model = model
        self._workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="reader")

    @property
    def name(self) -> str:
        """Which model, in which revision: weights belong to the reader they were learned with."""
        return self._model.revision("ranker")

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        """Return a reading for each excerpt, in their order; ModelError where it cannot be loaded.

        A reading depends on its question and excerpt alone, not on the others beside it.
        """
        asked = self._model.pieces(question).ids[:QUESTION]
        # Each by itself: together they would be rounded to bytes by the largest number of them all.
        rows = [self._row(asked, excerpt) for excerpt in excerpts]
        return list(map(_reading, rows, self._workers.map(self._logits, rows)))

    def _row(self, asked: list[int], excerpt: Excerpt) -> _Row:
        title = self._model.pieces(excerpt.title).ids[:TITLE]
        before = self._model.pieces(excerpt.before).ids[-BEFORE:]
        sentence = self._model.pieces(excerpt.sentence)
        after = self._model.pieces(excerpt.after).ids[:AFTER]
        about = [START, *asked, END, *title]
        text = [SENTENCE, *before] if before else []
        mark = len(about) + len(text)
        own = sentence.ids[:SENTENCE_PIECES]
        text += [SENTENCE, *own]
        text += [SENTENCE, *after] if after else []
        text.append(END)
        return _Row(
            pieces=about + text,
            segments=[0] * len(about) + [1] * len(text),
            mark=mark,
            offsets=sentence.offsets[:SENTENCE_PIECES],
            sentence=excerpt.sentence,
        )

    def _logits(self, row: _Row) -> NDArray[np.float32]:
        """Return what is said of the mark, and behind it of the pieces of the sentence."""
        inputs = {
            "words": self._model.words([row.pieces]),
            "segments": np.array([row.segments], dtype=np.float32),
            "begin": np.array([row.mark]),
            "end": np.array([row.mark + 1 + len(row.offsets)]),
        }
        (logits,) = self._model.session("ranker", threads=1).run(["logits"], inputs)
        return np.asarray(logits[0], dtype=np.float32)


def _reading(row: _Row, logits: NDArray[np.float32]) -> Reading:
    score, ends = float(logits[0, 0]), logits[1:, 1:]
    if not len(ends):
        return Reading(score)
    first, last, sure = likeliest_words(ends[:, 0], ends[:, 1], _LONGEST_ANSWER)
    start, end = row.offsets[first][0], row.offsets[last][1]
    if start >= end:
        return Reading(score)
    return Reading(score, *whole_words(row.sentence, start, end), sure)
