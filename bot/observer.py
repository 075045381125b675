"""Who is told what the desk does; nobody, unless somebody wants figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol


@dataclass(slots=True)
class QuestionNote:
    """What is noted of one question: never its words."""

    answered: bool | None = None  # None: it came to no answer


class Observer(Protocol):
    """Hears of outcomes and durations, in any thread; no text, no names."""

    def question(self) -> AbstractContextManager[QuestionNote]:
        """Time a question; the block notes whether it was answered, an error says why not."""

    def error(self, error: BaseException) -> None:
        """Note what an attempt has ended with."""

    def intake(self, outcome: str, seconds: float) -> None:
        """Note an article that came in: an Outcome's value, or "failed"."""


class Unobserved:
    """Hears and keeps nothing."""

    @contextmanager
    def question(self) -> Iterator[QuestionNote]:
        """Time nothing."""
        yield QuestionNote()

    def error(self, error: BaseException) -> None:
        """Note nothing."""

    def intake(self, outcome: str, seconds: float) -> None:
        """Note nothing."""
