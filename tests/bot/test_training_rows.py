from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.answer import Answering
from bot.confidence import Confidence
from bot.question import understand
from bot.question_set import Expected, read_questions
from bot.rank import Choice, Weights, best_of, shipped_weights, standings
from bot.reading import READER_FIGURES, fitting
from bot.scratch_corpus import scratch_corpus
from bot.training_rows import Asked, ask
from index.corpus import Corpus
from tests.fakes import HashingEmbedder, WordReader
from tests.question_sets import QuestionSet, write_question_set


def listed(items: Sequence[object], _: str) -> Iterable[object]:
    return items


@pytest.fixture(scope="module")
def question_set(tmp_path_factory: pytest.TempPathFactory) -> QuestionSet:
    return write_question_set(tmp_path_factory.mktemp("set"))


@pytest.fixture(scope="module")
def corpus(question_set: QuestionSet) -> Iterator[Corpus]:
    with scratch_corpus([question_set.articles], HashingEmbedder(), listed) as corpus:
        yield corpus


@pytest.fixture(scope="module")
def questions(question_set: QuestionSet) -> list[Expected]:
    return read_questions(question_set.questions)


@pytest.fixture(scope="module")
def asked(corpus: Corpus, questions: list[Expected]) -> list[Asked]:
    return [ask(corpus, question) for question in questions]


OTHERS = Weights(
    {"cosine": -2.0, "length": 0.5},
    Confidence({"bias": 0.1, "margin": -1.0, "mass": 2.0}, {"best_cosine": 1.0}, 2.0, 0.5),
    0.5,
)


@pytest.mark.parametrize("weights", [fitting(shipped_weights(), None), OTHERS])
def test_learning_sees_the_figures_that_answering_sees(
    corpus: Corpus, asked: list[Asked], weights: Weights
) -> None:
    for one in asked:
        assert one.rows is not None
        choices = Answering(weights).choices(corpus, understand(one.expected.text))
        assert sorted(one.rows.texts) == sorted(c.candidate.sentence.text for c in choices)
        top = one.rows.top(weights.ranking)
        assert top.figures == pytest.approx(figures_of_the_first(choices))
        assert weights.confidence.probability(top.figures) == pytest.approx(choices[0].confidence)


def test_learning_sees_what_a_reader_says_as_answering_does(
    corpus: Corpus, questions: list[Expected]
) -> None:
    plain = replace(OTHERS, ranking={"coverage": 1.0, "cosine": 1.0})
    weights = replace(OTHERS, reader="words", plain=plain)
    for expected in questions:
        reader = WordReader()
        one = ask(corpus, expected, reader, plain.ranking)
        choices = Answering(weights, WordReader()).choices(corpus, understand(expected.text))
        assert one.rows is not None
        assert one.rows.top(weights.ranking).figures == pytest.approx(figures_of_the_first(choices))
        assert set(READER_FIGURES) <= set(one.rows.names)
        read = [excerpt for call in reader.calls for excerpt in call]
        assert len(read) == len(set(read))


def figures_of_the_first(choices: list[Choice]) -> dict[str, float]:
    scores = np.array([choice.score for choice in choices])
    stands = standings(scores, [choice.candidate.sentence.text for choice in choices])
    names = sorted({name for choice in choices for name in choice.candidate.figures})
    rows = np.array([[c.candidate.figures.get(name, 0.0) for name in names] for c in choices])
    return {
        **dict(zip(names, map(float, rows[0]), strict=True)),
        **best_of(names, rows),
        **{name: float(values[0]) for name, values in stands.items()},
    }


def test_the_sentence_with_the_answer_is_right_and_no_other(asked: list[Asked]) -> None:
    for one in asked:
        assert one.rows is not None
        right = [t for t, good in zip(one.rows.texts, one.rows.right, strict=True) if good]
        assert right == ([one.expected.gold_sentence] if one.expected.answerable else [])


def test_without_its_article_a_question_looks_as_if_there_were_no_such_article(
    tmp_path: Path, question_set: QuestionSet, questions: list[Expected], asked: list[Asked]
) -> None:
    lines = question_set.articles.read_text(encoding="utf-8").split("\n")
    fewer = tmp_path / "fewer.jsonl"
    fewer.write_text("\n".join(lines[1:]), encoding="utf-8")
    with scratch_corpus([fewer], HashingEmbedder(), listed) as corpus:
        really = ask(corpus, questions[0])
    without = asked[0].without
    assert without is not None
    assert really.rows is not None
    assert set(without.texts) == set(really.rows.texts)
    assert not without.right.any()
    # Compared with what is left, not with what was taken away.
    (best,) = without.columns(["relative_score"]).max(axis=0)
    assert best == 1.0
    (nearest,) = without.columns(["relative_cosine"]).max(axis=0)
    assert nearest == 0.0


def test_only_questions_with_an_answer_can_lose_it(asked: list[Asked]) -> None:
    for one in asked:
        assert (one.without is not None) == one.expected.answerable


def test_a_question_that_nothing_resembles_has_no_rows(questions: list[Expected]) -> None:
    with scratch_corpus([], HashingEmbedder(), listed) as corpus:
        assert ask(corpus, questions[0]) == Asked(questions[0], None, None)


def test_figures_that_a_question_lacks_are_zero(asked: list[Asked]) -> None:
    rows = asked[0].rows
    assert rows is not None
    columns = rows.columns(["cosine", "no such figure", "coverage"])
    assert columns.shape == (len(rows.texts), 3)
    assert not columns[:, 1].any()
    assert (columns[:, 0] == rows.figures[:, rows.names.index("cosine")]).all()


def test_the_rank_of_a_right_sentence_counts_each_text_once(asked: list[Asked]) -> None:
    rows = asked[0].rows
    assert rows is not None
    (right,) = rows.right.nonzero()[0]
    cosine = rows.figures[right, rows.names.index("cosine")]
    ahead = {
        text
        for text, own in zip(rows.texts, rows.columns(["cosine"])[:, 0], strict=True)
        if own > cosine
    }
    assert rows.top({"cosine": 1.0}).right_rank == len(ahead) + 1
    assert asked[2].rows is not None
    assert asked[2].rows.top({"cosine": 1.0}).right_rank is None
