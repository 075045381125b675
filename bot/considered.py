"""What was worked out for one question already: its sentences are weighed and read only once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.features import Candidate, candidates
from bot.reading import unread, with_readings
from bot.types import Question
from index.protocols import Reader
from index.reading import Excerpt, Reading
from index.types import Retrieval


class Considered:
    """The memory of one call: whoever answers makes one for each question and drops it."""

    def __init__(self, hopeless: Callable[[Sequence[Candidate]], bool] | None = None) -> None:
        """Begin with nothing; what is `hopeless` no reader is asked about."""
        self._hopeless = hopeless or (lambda _: False)
        self._without_hope: dict[tuple[Question, int], bool] = {}
        self._candidates: dict[tuple[Question, int], tuple[Retrieval, list[Candidate]]] = {}
        self._read: dict[tuple[Question, int], list[Candidate]] = {}
        self._readings: dict[tuple[str, Excerpt], Reading] = {}

    def candidates(self, question: Question, found: Retrieval) -> list[Candidate]:
        """Return every sentence of what was found with its figures."""
        key = (question, id(found))
        if key not in self._candidates:
            self._candidates[key] = (found, candidates(question, found))
        return self._candidates[key][1]

    def read(
        self,
        question: Question,
        found: Retrieval,
        reader: Reader | None,
        shortlist: Mapping[str, float],
    ) -> list[Candidate]:
        """Return these sentences as a reader judges the best of them; as they are without one."""
        some, once = self.candidates(question, found), self.reader(reader)
        if once is None:
            return some
        key = (question, id(found))
        if key not in self._read:
            self._read[key] = (
                unread(some)
                if self.is_hopeless(question, found)
                else with_readings(question.text, some, once, shortlist)
            )
        return self._read[key]

    def is_hopeless(self, question: Question, found: Retrieval) -> bool:
        """Whether no reader could find an answer among these sentences."""
        key = (question, id(found))
        if key not in self._without_hope:
            self._without_hope[key] = self._hopeless(self.candidates(question, found))
        return self._without_hope[key]

    def known(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading | None]:
        """Return what was read already, None for what was not."""
        return [self._readings.get((question, one)) for one in excerpts]

    def reader(self, reader: Reader | None) -> Reader | None:
        """Return a reader that reads nothing twice."""
        return None if reader is None else _OnceReader(reader, self._readings)


class _OnceReader:
    def __init__(self, reader: Reader, known: dict[tuple[str, Excerpt], Reading]) -> None:
        self._reader = reader
        self._known = known

    @property
    def name(self) -> str:
        return self._reader.name

    @property
    def most(self) -> int:
        return self._reader.most

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        new = [one for one in dict.fromkeys(excerpts) if (question, one) not in self._known]
        if new:
            readings = self._reader.read(question, new)
            self._known.update(
                ((question, one), reading) for one, reading in zip(new, readings, strict=True)
            )
        return [self._known[question, one] for one in excerpts]
