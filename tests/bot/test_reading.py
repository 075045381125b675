from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.confidence import Confidence
from bot.features import Candidate, candidates
from bot.question import understand
from bot.rank import Weights, shipped_weights
from bot.reading import READER_FIGURES, excerpt, fitting, read_words, with_readings
from index.corpus import Corpus
from index.reading import Excerpt, Reading
from index.split import split_passages
from index.types import Hit, StoredArticle
from tests.fakes import WordReader
from tests.making import make_article, make_confidence, make_corpus

QUESTION = "Wer hat die Leitung der Brücke in Mergenau?"


class Lengths:
    """The longer a sentence, the better."""

    name = "lengths"
    most = 30

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        return [Reading(float(len(excerpt.sentence))) for excerpt in excerpts]


def of_article(text: str, title: str = "Titel") -> list[Candidate]:
    article = make_article(text, title=title)
    return [
        Candidate(
            Hit(StoredArticle(1, article), passage, 0.0, (0.0,) * len(passage.sentences), 0.0),
            sentence,
            {"coverage": float(len(sentence.text))},
        )
        for passage in split_passages(article)
        for sentence in passage.sentences
    ]


def numbered(count: int) -> list[Candidate]:
    return of_article(" ".join(f"Satz {'x' * i} ist da." for i in range(count)))


def test_a_sentence_is_read_with_its_title_and_its_neighbours() -> None:
    first, second, third = of_article("Es regnet. Es schneit! Es taut?")
    assert excerpt(first) == Excerpt("Titel", "", "Es regnet.", "Es schneit!")
    assert excerpt(second) == Excerpt("Titel", "Es regnet.", "Es schneit!", "Es taut?")
    assert excerpt(third) == Excerpt("Titel", "Es schneit!", "Es taut?", "")


def test_neighbours_are_found_across_the_borders_of_passages() -> None:
    some = numbered(80)
    assert len({candidate.hit.passage for candidate in some}) > 1
    texts = [candidate.sentence.text for candidate in some]
    read = [excerpt(candidate) for candidate in some]
    assert [one.before for one in read] == ["", *texts[:-1]]
    assert [one.after for one in read] == [*texts[1:], ""]


def test_the_best_are_read_and_the_others_count_as_the_worst_of_them() -> None:
    reader = WordReader()
    some = numbered(reader.most + 5)
    found = with_readings("x", some, reader, {"coverage": 1.0})
    (call,) = reader.calls
    assert [one.sentence for one in call] == [
        c.sentence.text for c in some[: -reader.most - 1 : -1]
    ]
    assert [c.sentence for c in found] == [c.sentence for c in some]
    assert [c.reading is None for c in found] == [True] * 5 + [False] * reader.most

    long = with_readings("x", some, Lengths(), {"coverage": 1.0})
    best, worst = (float(len(some[i].sentence.text)) for i in (-1, 5))
    assert {c.figures["reader"] for c in long[:6]} == {worst}
    assert long[-1].figures["reader"] == best
    assert long[-1].figures["reader_relative"] == 0.0
    assert long[0].figures["reader_relative"] == worst - best
    assert all(c.figures["coverage"] for c in long)
    assert all("reader" not in c.figures for c in some)


def test_nothing_found_is_not_read() -> None:
    reader = WordReader()
    assert with_readings("x", [], reader, {"coverage": 1.0}) == []
    assert reader.calls == []


PLAIN = Weights({"coverage": 4.0}, Confidence({"bias": -2.0, "score": 1.0}, {}), 0.4)
LEARNED = Weights(
    {"coverage": 1.0, "reader": 2.0, "reader_relative": 3.0},
    Confidence({"bias": -1.0, "score": 1.0, "reader": 0.5}, {"best_reader": 1.0}),
    0.5,
    reader="words",
    plain=PLAIN,
)


def test_weights_stay_as_they_are_with_the_reader_they_were_learned_with() -> None:
    assert fitting(LEARNED, "words") is LEARNED
    assert fitting(shipped_weights(), shipped_weights().reader) is shipped_weights()
    assert fitting(PLAIN, None) is PLAIN


def test_without_their_reader_weights_are_those_learned_without_one() -> None:
    assert fitting(LEARNED, None) is PLAIN


@pytest.mark.parametrize("weights", [LEARNED, shipped_weights()])
def test_another_reader_moves_sentences_and_has_no_say_in_the_confidence(weights: Weights) -> None:
    other = fitting(weights, "other")
    assert other.reader == "other"
    assert not any("reader" in name for name in other.confidence.names)
    assert other.ranking["reader_relative"] > 0
    assert "reader" not in other.ranking
    assert other.plain == weights.plain
    assert weights.plain is not None
    assert other.threshold == weights.plain.threshold


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    corpus.add(
        make_article(
            "Die Brücke in Mergenau wird gebaut. Die Leitung hat, anders als bisher, Ada Brandt. "
            "Auch Tunnel werden gebaut.",
            title="Mergenau",
        )
    )
    yield corpus
    corpus.close()


class Knows:
    """Knows which sentence answers, and by which words."""

    name = "knows"
    most = 30

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        def one(sentence: str) -> Reading:
            start = sentence.find(self.answer)
            return Reading(-9.0) if start < 0 else Reading(9.0, start, start + len(self.answer))

        return [one(excerpt.sentence) for excerpt in excerpts]


@pytest.mark.parametrize("answer", ["Ada Brandt", "Tunnel"])
def test_what_the_reader_prefers_comes_first(corpus: Corpus, answer: str) -> None:
    question = understand(QUESTION)
    alone = Answering().choices(corpus, question)
    read = Answering(reader=Knows(answer)).choices(corpus, question)
    assert answer in read[0].candidate.sentence.text
    assert {c.candidate.sentence for c in read} == {c.candidate.sentence for c in alone}
    assert all("reader" not in choice.candidate.figures for choice in alone)


def test_without_a_reader_nothing_changes(corpus: Corpus) -> None:
    found = candidates(understand(QUESTION), corpus.search(QUESTION, 12))
    assert all(not set(READER_FIGURES) & set(candidate.figures) for candidate in found)


def test_a_reader_is_loaded_before_the_first_question() -> None:
    reader = WordReader()
    Answering(reader=reader).prepare()
    assert len(reader.calls) == 1
    Answering().prepare()


def test_the_words_of_a_sure_reader_are_marked_where_no_rule_marks_any(corpus: Corpus) -> None:
    weights = Weights(shipped_weights().ranking, make_confidence(5.0), 0.5)
    answer = Answering(weights, Knows("Ada Brandt")).answer(corpus, QUESTION)
    first = answer.quotes[0]
    assert first.highlight is not None
    assert first.highlight.text == "Ada Brandt"
    assert [quote.highlight for quote in answer.quotes[1:]] == [None] * (len(answer.quotes) - 1)


@pytest.mark.parametrize(
    ("question", "reading", "marked"),
    [
        ("Wer regnet?", Reading(2.0, 0, 2), "Es"),
        ("Wer regnet?", Reading(1.0, 0, 2), None),
        ("Wer regnet?", Reading(2.0), None),
        ("Wer regnet?", Reading(2.0, 3, 99), None),
        ("Warum regnet es?", Reading(9.0, 0, 2), None),
        ("Wer regnet?", None, None),
    ],
)
def test_words_are_marked_only_by_a_sure_reader_for_a_question_that_asks_for_a_few(
    question: str, reading: Reading | None, marked: str | None
) -> None:
    first, _ = of_article("Es regnet. Es schneit.")
    words = read_words(understand(question), replace(first, reading=reading))
    assert (words.text if words else None) == marked
