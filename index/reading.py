"""What a reader is given and what it says: a sentence among its neighbours, and a judgement."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence with what a person would read around it; each of the others may be empty."""

    title: str
    before: str
    sentence: str
    after: str

    def __post_init__(self) -> None:
        """Refuse an excerpt without its sentence."""
        if not self.sentence:
            raise ValueError("an excerpt needs its sentence")


@dataclass(frozen=True, slots=True)
class Reading:
    """How well a sentence answers a question, and by which words.

    `score` is the log-odds that it does. `start` and `end` are the answering words as offsets into
    the sentence, None where the reader names none; `sure` is the probability, 0 to 1, that it is
    these words where the sentence answers.
    """

    score: float
    start: int | None = None
    end: int | None = None
    sure: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a score that is no number, and words that are none."""
        if not math.isfinite(self.score):
            raise ValueError("log-odds are finite")
        if (self.start is None) != (self.end is None):
            raise ValueError("words have a start and an end")
        if self.start is not None and self.end is not None and not 0 <= self.start < self.end:
            raise ValueError(f"no words at {self.start}:{self.end}")
        if not 0.0 <= self.sure <= 1.0:
            raise ValueError(f"{self.sure} is no probability")
