"""Questions with sentences that answer them and sentences that only look as if they did."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy import sparse
from tokenizers import Tokenizer

from index.split import split_sentences

# Pieces that are read of each part; the reader cuts in the same way.
QUESTION, TITLE, SENTENCE = 48, 14, 96
_WINDOWS = (1, 2, 3, 3, 3, 3, 4, 5)  # sentences that are read together; in use it is mostly three
_NEAREST = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as pieces; `answer` holds the first and last piece of the answer, if known."""

    pieces: list[int]
    right: bool = False
    answer: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences that are read together, under the title of their text."""

    title: list[int]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Example:
    """A question and what is read for it; where no line is right, silence is."""

    question: list[int]
    windows: list[Window]


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Right:
    """A sentence of a text that answers: a position in it, and its answering words, if known."""

    position: int
    words: Span | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a text, with every sentence that answers it; none means silence."""

    question: str
    text: str  # its number among the texts is found by its words
    rights: tuple[Right, ...] = ()


def _as_it_is(text: str, answer: Span | None) -> tuple[str, Span | None]:
    return text, answer


@dataclass(frozen=True, slots=True)
class Wording:
    """How a question and the sentences for it are put otherwise, with where the answer is then."""

    question: Callable[[str], str] = str
    sentence: Callable[[str, Span | None], tuple[str, Span | None]] = _as_it_is


AS_IT_IS = Wording()


class Texts:
    """The texts that questions are about, their sentences, and which of these are near to what."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        texts: Sequence[str],
        titles: Sequence[str],
        found: Mapping[str, Sequence[tuple[str, int]]] = MappingProxyType({}),
    ) -> None:
        """Take the texts with their titles, empty where there is none.

        `found` has for a question the texts and the positions in them that a search has found, best
        first; without, those sentences count as found that have most rare pieces of the question.
        """
        self._found = found
        self._tokenizer = tokenizer
        self._texts = texts
        self._titles = [self._pieces(title)[:TITLE] for title in titles]
        self._numbers = {text: number for number, text in enumerate(texts)}
        self._spans = [split_sentences(text) for text in texts]
        self._places = [(t, s) for t, spans in enumerate(self._spans) for s in range(len(spans))]
        rows = [self._pieces(self._sentence(*place)) for place in self._places]
        self._rarity = _rarity(rows, tokenizer.get_vocab_size())
        lengths = np.array([len(row) for row in rows], dtype=np.float32)
        weighed = self._weighed(rows)
        # Long sentences have more words in common with anything.
        self._index = weighed.multiply(1 / np.sqrt(lengths + 8)[:, None]).T.tocsr()

    def example(
        self,
        asked: Asked,
        chance: random.Random,
        *,
        removed: bool = False,
        wording: Wording = AS_IT_IS,
    ) -> Example:
        """Return a question with its own text and the sentences most like it of other texts.

        Where the text is `removed` only the others are left: as if nobody had added it.
        """
        own = self._numbers[asked.text]
        pieces = self._pieces(wording.question(asked.question))[:QUESTION]
        windows = []
        taken: set[tuple[int, int]] = set()
        if not removed:
            rights = list(self._rights(own, asked))
            at = chance.choice(rights or range(len(self._spans[own])))
            windows.append(self._window(own, at, asked, chance, taken, wording=wording))
        near = [place for place in self._near(asked.question) if place[0] != own or not removed]
        # The nearest are the likeliest, but not always the same ones.
        for place in sorted(range(len(near)), key=lambda rank: rank * chance.random()):
            if len(windows) > 3:  # noqa: PLR2004 - what one question may cost of a batch
                break
            text, sentence = near[place]
            if (text, sentence) not in taken:
                windows.append(self._window(text, sentence, asked, chance, taken, wording=wording))
        return Example(pieces, chance.sample(windows, len(windows)))

    def _window(
        self,
        text: int,
        sentence: int,
        asked: Asked,
        chance: random.Random,
        taken: set[tuple[int, int]],
        *,
        wording: Wording,
    ) -> Window:
        count = chance.choice(_WINDOWS)
        start = max(0, sentence - chance.randrange(count))
        lines = []
        for number in range(start, min(start + count, len(self._spans[text]))):
            if (text, number) not in taken:
                taken.add((text, number))
                lines.append(self._line(text, number, asked, wording))
        return Window(self._titles[text], lines)

    def _line(self, text: int, sentence: int, asked: Asked, wording: Wording) -> Line:
        start, end = self._spans[text][sentence]
        rights = self._rights(text, asked)
        right, words = sentence in rights, rights.get(sentence)
        answer = None if words is None else (words[0] - start, words[1] - start)
        worded, span = wording.sentence(self._texts[text][start:end], answer)
        encoded = self._tokenizer.encode(worded, add_special_tokens=False)
        pieces = encoded.ids[:SENTENCE]
        if not right or span is None:
            return Line(pieces, right=right)
        first, last = span
        inside = [
            i for i, (a, b) in enumerate(encoded.offsets[:SENTENCE]) if b > first and a < last
        ]
        return Line(pieces, right=True, answer=(inside[0], inside[-1]) if inside else None)

    def _rights(self, text: int, asked: Asked) -> dict[int, Span | None]:
        """Return the sentences of a text that answer, by number, with their answering words."""
        if text != self._numbers[asked.text]:
            return {}
        return {
            number: right.words
            for right in asked.rights
            for number, (start, end) in enumerate(self._spans[text])
            if start <= right.position < end
        }

    def _near(self, question: str) -> list[tuple[int, int]]:
        if question in self._found:
            return self._places_of(self._found[question])
        scores = np.asarray(
            (self._weighed([self._pieces(question)[:QUESTION]]) @ self._index).todense()
        )[0]
        best = np.argsort(-scores, kind="stable")[:_NEAREST]
        return [self._places[place] for place in best if scores[place] > 0]

    def _places_of(self, found: Sequence[tuple[str, int]]) -> list[tuple[int, int]]:
        places = []
        for text, position in found[:_NEAREST]:
            number = self._numbers.get(text)
            spans = self._spans[number] if number is not None else []
            at = next((i for i, (start, end) in enumerate(spans) if start <= position < end), None)
            if number is not None and at is not None:
                places.append((number, at))
        return places

    def _weighed(self, rows: Sequence[list[int]]) -> sparse.csr_matrix:
        pairs = [(row, piece) for row, pieces in enumerate(rows) for piece in set(pieces)]
        at = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        shape = (len(rows), len(self._rarity))
        return sparse.csr_matrix((np.sqrt(self._rarity[at[1]]), (at[0], at[1])), shape=shape)

    def _sentence(self, text: int, sentence: int) -> str:
        start, end = self._spans[text][sentence]
        return self._texts[text][start:end]

    def _pieces(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)


def mistyped(text: str, chance: random.Random) -> str:
    """Return a question as hurried people type it: a letter too few, too many or misplaced."""
    letters = list(text)
    for _ in range(1 + len(text) // 40):
        place = chance.randrange(max(1, len(letters) - 1))
        if not letters[place : place + 1] or not letters[place].isalpha():
            continue
        match chance.randrange(3):
            case 0:
                del letters[place]
            case 1:
                letters[place : place + 2] = reversed(letters[place : place + 2])
            case _:
                letters.insert(place, letters[place])
    return "".join(letters)


def _rarity(rows: Sequence[list[int]], size: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    having = np.zeros(size, dtype=np.float32)
    for row in rows:
        having[list(set(row))] += 1
    return np.log1p(len(rows) / (1 + having)).astype(np.float32)
