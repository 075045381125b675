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
from bot.reading import (
    READER_FIGURES,
    agrees,
    excerpt,
    fitting,
    with_each_article,
    with_readings,
    wordings,
)
from index.corpus import Corpus
from index.reading import Excerpt, Reading
from index.split import split_passages
from index.types import Hit, Span, StoredArticle
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


def test_a_heading_is_read_by_itself_and_not_with_the_sentence_below_it() -> None:
    heading, below, quoted = of_article("Schnee in Mergenau\n\nEs „schneit.“ Es taut?")
    assert excerpt(heading).sentence == "Schnee in Mergenau"
    assert excerpt(below).before == ""
    assert excerpt(quoted).before == "Es „schneit.“"


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
    found = with_readings("x", some, reader, {"coverage": 0.01})
    (call,) = reader.calls
    assert [one.sentence for one in call] == [
        c.sentence.text for c in some[: -reader.most - 1 : -1]
    ]
    assert [c.sentence for c in found] == [c.sentence for c in some]
    assert [c.reading is None for c in found] == [True] * 5 + [False] * reader.most

    long = with_readings("x", some, Lengths(), {"coverage": 0.01})
    best, worst = (float(len(some[i].sentence.text)) for i in (-1, 5))
    assert {c.figures["reader"] for c in long[:6]} == {worst}
    assert long[-1].figures["reader"] == best
    assert long[-1].figures["reader_relative"] == 0.0
    assert long[0].figures["reader_relative"] == worst - best
    assert all(c.figures["coverage"] for c in long)
    assert all("reader" not in c.figures for c in some)


def test_what_is_far_behind_the_first_is_not_read() -> None:
    reader = WordReader()
    found = with_readings("x", numbered(10), reader, {"coverage": 1.0})
    assert [len(call) for call in reader.calls] == [4]
    assert [c.reading is None for c in found] == [True] * 6 + [False] * 4


def test_of_further_articles_one_sentence_is_read_where_it_may_go_on_with_the_first() -> None:
    first, second, third = (
        replace(one, hit=replace(one.hit, stored=replace(one.hit.stored, id=number)))
        for number, one in enumerate(numbered(3))
    )
    reader = WordReader()
    shortlist = {"coverage": 0.01}
    read = [replace(first, reading=Reading(1.0)), second, third]
    found = with_each_article("x", read, reader, shortlist, lambda one, _: one.id == 1)
    ((only,),) = reader.calls
    assert only == excerpt(second)
    assert [one.reading is not None for one in found] == [True, True, False]


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Wie heißt der Botschafter bei der UNO?", "Wer ist der Botschafter bei der UNO?"),
        ("wie heissen die Chefs", "Wer sind die chefs"),
        ("Wie hieß sie?", "Wer war sie?"),
        ("Wie heiß ist es?", None),
        ("Wer heißt so?", None),
    ],
)
def test_who_somebody_is_is_asked_as_well_where_a_name_is(question: str, other: str | None) -> None:
    first, *more = wordings(question)
    assert first == question
    assert [one.casefold() for one in more] == ([other.casefold()] if other else [])


def test_the_better_reading_of_two_wordings_counts() -> None:
    class Asked(Lengths):
        def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
            return [Reading(5.0 if question.startswith("Wer") else -5.0) for _ in excerpts]

    found = with_readings("Wie heißt sie?", numbered(2), Asked(), {"coverage": 0.01})
    assert {candidate.figures["reader"] for candidate in found} == {5.0}


def test_of_two_wordings_each_reads_fewer_sentences() -> None:
    class Few(Lengths):
        most = 6

    found = with_readings("Wie heißt sie?", numbered(9), Few(), {"coverage": 0.01})
    assert sum(candidate.reading is not None for candidate in found) == 4


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
    unsure = Weights({"coverage": 1.0}, make_confidence(5.0), 0.5)
    alone = Answering(unsure).choices(corpus, question)
    read = Answering(unsure, Knows(answer)).choices(corpus, question)
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


@pytest.mark.parametrize(
    ("reading", "stands"),
    [
        (None, True),
        (Reading(3.0, 8, 14), True),
        (Reading(3.0, 0, 10), True),
        (Reading(3.0, 0, 4), False),
        (Reading(1.0, 8, 14), False),
        (Reading(3.0), False),
    ],
)
def test_a_mark_stands_where_a_sure_reader_sees_the_answer_there_too(
    reading: Reading | None, *, stands: bool
) -> None:
    _, second = of_article("Es regnet. Es kamen 30 Leute.")
    begin = second.sentence.start
    marked = Span(second.sentence.article, begin + 9, begin + 11)
    assert agrees(replace(second, reading=reading), marked) == stands
