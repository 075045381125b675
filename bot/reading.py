"""Let a reader judge the best sentences, and weigh what it says."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.features import Candidate
from bot.rank import Weights, weighted
from bot.types import AnswerKind, Question
from index.protocols import Reader
from index.reading import Excerpt, Reading
from index.split import split_sentences
from index.types import Passage, Span

# The score of a reader, and that score minus the best one of the question's sentences.
READER_FIGURES = ("reader", "reader_relative")
# For a reader that no weights were learned with: it moves a sentence half as far as it would alone,
# and has no say in how sure Beleg is, as nothing is known of how honest its log-odds are.
_PLAIN = MappingProxyType({"reader_relative": 0.5})
# Log-odds from which on its words are marked: four in five.
_SURE = math.log(4)
_ASKS_FOR_FEW = frozenset({AnswerKind.NUMBER, AnswerKind.DATE, AnswerKind.PERSON, AnswerKind.PLACE})
_NEIGHBOURHOOD = 1000  # characters in which the sentence beside a passage is looked for


def fitting(weights: Weights, reader: str | None) -> Weights:
    """Return weights for this reader, or for none: plain ones where they were learned otherwise."""
    if weights.reader == reader:
        return weights
    plain = weights.plain or weights
    if reader is None:
        return plain
    return replace(plain, ranking={**plain.ranking, **_PLAIN}, reader=reader, plain=plain)


def with_readings(
    question: str,
    candidates: Sequence[Candidate],
    reader: Reader,
    shortlist: Mapping[str, float],
) -> list[Candidate]:
    """Return the candidates in their order with the reader's figures.

    The best by the shortlist's weights are read, as many as are worth it; the others count as the
    worst of these.
    """
    if not candidates:
        return []
    order = sorted(
        range(len(candidates)),
        key=lambda position: -weighted(candidates[position].figures, shortlist),
    )[: reader.most]
    said = reader.read(question, [excerpt(candidates[position]) for position in order])
    readings = dict(zip(order, said, strict=True))
    scores = [reading.score for reading in said]
    best, worst = max(scores), min(scores)

    def with_reading(candidate: Candidate, reading: Reading | None) -> Candidate:
        score = worst if reading is None else reading.score
        own = dict(zip(READER_FIGURES, (score, score - best), strict=True))
        return replace(candidate, figures={**candidate.figures, **own}, reading=reading)

    return [with_reading(c, readings.get(i)) for i, c in enumerate(candidates)]


def read_words(question: Question, candidate: Candidate) -> Span | None:
    """Return the words that answer by a reader that is sure, where a question asks for a few."""
    reading, sentence = candidate.reading, candidate.sentence
    if reading is None or reading.start is None or reading.end is None:
        return None
    if question.kind not in _ASKS_FOR_FEW or reading.score < _SURE:
        return None
    if reading.end > sentence.end - sentence.start:
        return None
    return Span(sentence.article, sentence.start + reading.start, sentence.start + reading.end)


def excerpt(candidate: Candidate) -> Excerpt:
    """Return a candidate as a reader gets it: with its title, the sentence before and after."""
    passage = candidate.hit.passage
    position = passage.sentences.index(candidate.sentence)
    before = passage.sentences[:position]
    after = passage.sentences[position + 1 :]
    return Excerpt(
        title=candidate.hit.stored.article.title,
        before=before[-1].text if before else _last_before(passage),
        sentence=candidate.sentence.text,
        after=after[0].text if after else _first_after(passage),
    )


def _last_before(passage: Passage) -> str:
    text = passage.article.text[max(0, passage.start - _NEIGHBOURHOOD) : passage.start]
    spans = split_sentences(text)
    return text[slice(*spans[-1])] if spans else ""


def _first_after(passage: Passage) -> str:
    text = passage.article.text[passage.end : passage.end + _NEIGHBOURHOOD]
    spans = split_sentences(text)
    return text[slice(*spans[0])] if spans else ""
