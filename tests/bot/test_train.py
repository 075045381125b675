from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.learn
import bot.train
from bot.learn import ENCODER_FIGURES
from bot.question_set import read_questions
from bot.rank import Weights, load_weights
from bot.reading import READER_FIGURES
from bot.train import FOLDS, Trained, threshold_for, train
from bot.training_rows import Asked
from index.errors import SettingError
from index.protocols import Reader
from index.reading import Excerpt, Reading
from tests.fakes import HashingEmbedder
from tests.question_sets import QuestionSet, write_question_set


def listed(items: Sequence[object], _: str) -> Iterable[object]:
    return items


def run(
    files: QuestionSet,
    answered: float = 0.9,
    more: Sequence[Path] = (),
    reader: Reader | None = None,
    unseen: frozenset[str] | None = None,
) -> Trained:
    return train(
        files.articles,
        [files.questions],
        more,
        HashingEmbedder(),
        answered=answered,
        progress=listed,
        reader=reader,
        unseen=unseen,
    )


@pytest.fixture(scope="module")
def question_set(tmp_path_factory: pytest.TempPathFactory) -> QuestionSet:
    return write_question_set(tmp_path_factory.mktemp("set"))


@pytest.fixture(scope="module")
def trained(question_set: QuestionSet) -> Trained:
    return run(question_set)


def test_right_sentences_are_told_from_wrong_ones_in_unseen_articles(trained: Trained) -> None:
    assert trained.figures["folds"] == FOLDS
    assert trained.figures["quote_hit@1"] == 100.0
    assert trained.figures["quote_hit@3"] == 100.0
    assert trained.figures["auc"] == 1.0
    assert trained.figures["unanswerable_answered"] == 0.0
    assert trained.figures["removed_answered"] == 0.0


@given(st.lists(st.floats(0.001, 1.0), min_size=1), st.floats(0.01, 0.99))
def test_the_threshold_lets_the_stated_share_pass(confidences: list[float], share: float) -> None:
    threshold = threshold_for(confidences, share)
    assert threshold == round(threshold, 3)
    passed = sum(confidence >= threshold for confidence in confidences)
    assert passed >= share * len(confidences)
    above = sum(confidence >= threshold + 0.002 for confidence in confidences)
    assert above < share * len(confidences) or threshold == 0.999


@pytest.mark.parametrize(("confidences", "threshold"), [([0.0, 0.0], 0.001), ([1.0], 0.999)])
def test_a_threshold_is_never_certainty(confidences: list[float], threshold: float) -> None:
    assert threshold_for(confidences, 0.9) == threshold


def test_the_same_files_give_the_same_weights(question_set: QuestionSet, trained: Trained) -> None:
    assert run(question_set).as_text() == trained.as_text()


def test_nothing_is_judged_by_what_learned_from_its_article(
    question_set: QuestionSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned_from: list[set[str]] = []

    def learn(asked: Sequence[Asked]) -> Weights:
        learned_from.append({article for one in asked for article in one.expected.about})
        return real(asked)

    real = bot.learn.learn
    monkeypatch.setattr(bot.train, "learn", learn)
    run(question_set)
    *in_folds, in_the_end = learned_from
    held_out = [in_the_end - some for some in in_folds]
    assert len(held_out) == FOLDS
    assert all(held_out)
    assert sorted(article for fold in held_out for article in fold) == sorted(in_the_end)


def test_the_file_is_sorted_readable_and_read_back_as_it_was(
    trained: Trained, question_set: QuestionSet, tmp_path: Path
) -> None:
    path = tmp_path / "weights.json"
    path.write_text(trained.as_text(), encoding="utf-8")
    assert load_weights(path) == trained.weights
    content = json.loads(path.read_text(encoding="utf-8"))
    assert list(content) == sorted(content)
    assert list(content["ranking"]) == sorted(content["ranking"])
    assert content["model"] == "hashing"
    sure = content["confidence"]
    assert not any("coverage" in name for name in sure["says"])
    numbers = [content["threshold"], sure["slope"], sure["offset"]]
    for weights in (content["ranking"], sure["present"], sure["says"]):
        numbers += weights.values()
    assert all(number == round(number, 3) for number in numbers)
    assert content["figures"] == trained.figures
    assert content["data"] == {
        "files": [
            {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for path in question_set
        ],
        "articles": 10,
        "questions": 30,
        "answerable": 20,
    }


class Oracle:
    """Knows the answers of the question set: they alone hold a number."""

    name = "oracle@1"
    most = 30

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        return [Reading(3.0 if re.search(r"\d", e.sentence) else -3.0) for e in excerpts]


@pytest.fixture
def everything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """However far ahead the first sentence is: these sets are too easy to need a reader."""
    monkeypatch.setattr("bot.reading._NEAR", math.inf)


@pytest.mark.usefixtures("everything_is_read")
def test_weights_are_learned_for_a_reader_and_name_it(
    question_set: QuestionSet, trained: Trained, tmp_path: Path
) -> None:
    some = run(question_set, reader=Oracle())
    assert some.weights.reader == "oracle@1"
    assert some.weights.plain == trained.weights
    assert set(some.weights.ranking) & set(READER_FIGURES)
    assert not set(trained.weights.ranking) & set(READER_FIGURES)
    assert trained.as_json()["reader"] is None
    path = tmp_path / "weights.json"
    path.write_text(some.as_text(), encoding="utf-8")
    assert load_weights(path) == some.weights


def test_more_articles_distract(question_set: QuestionSet, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({"id": "far", "text": "In Kursk stehen Soldaten."}))
    some = run(question_set, more=[more])
    assert some.data["articles"] == 11
    assert [file["file"] for file in some.as_json()["data"]["files"]] == [  # type: ignore[index]
        "articles.jsonl",
        "more.jsonl",
        "questions.jsonl",
    ]


def test_a_set_without_unanswerable_questions_has_no_figures_for_them(
    question_set: QuestionSet, tmp_path: Path
) -> None:
    lines = question_set.questions.read_text(encoding="utf-8").split("\n")
    fewer = tmp_path / "questions.jsonl"
    fewer.write_text("\n".join(line for line in lines if '"impossible": false' in line))
    some = run(QuestionSet(question_set.articles, fewer))
    assert some.figures["auc"] is None
    assert some.figures["unanswerable_answered"] is None
    assert some.figures["quote_hit@1"] == 100.0


@pytest.mark.parametrize("towns", [0, 1, FOLDS - 1])
def test_a_set_too_small_to_hold_something_out_is_refused(tmp_path: Path, towns: int) -> None:
    with pytest.raises(SettingError) as caught:
        run(write_question_set(tmp_path / "set", towns))
    assert caught.value.code == "training_too_little"
    assert caught.value.details == {"found": towns, "needed": FOLDS}


def test_a_set_whose_answers_stand_nowhere_is_refused(tmp_path: Path) -> None:
    files = write_question_set(tmp_path / "set")
    text = files.questions.read_text(encoding="utf-8")
    files.questions.write_text(text.replace('"answer": "', '"answer": "nicht '))
    with pytest.raises(SettingError) as caught:
        run(files)
    assert caught.value.details == {"found": 0, "needed": FOLDS}


class Parrot:
    """Knows what it has learned from by heart, and nothing else."""

    name = "parrot@1"
    most = 30

    def __init__(self, learned: frozenset[str]) -> None:
        self.learned = learned
        self.questions: set[str] = set()

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        self.questions.add(question)
        return [
            Reading(3.0 if question in self.learned and re.search(r"\d", e.sentence) else -3.0)
            for e in excerpts
        ]


@pytest.mark.usefixtures("everything_is_read")
def test_a_reader_is_weighed_by_articles_that_it_did_not_learn_from(
    tmp_path: Path,
) -> None:
    files = write_question_set(tmp_path / "set", 14)
    expected = read_questions(files.questions)
    ids = sorted({article for question in expected for article in question.about})
    unseen = frozenset(ids[:7])
    learned = frozenset(question.text for question in expected if question.about - unseen)
    parrot = Parrot(learned)
    trusted = run(files, reader=parrot).weights
    assert trusted.ranking["reader"] + trusted.ranking["reader_relative"] > 0

    parrot.questions.clear()
    some = run(files, reader=parrot, unseen=unseen)
    assert parrot.questions
    assert not parrot.questions & learned
    assert not set(some.weights.ranking) & set(READER_FIGURES)
    assert some.weights.reader == "parrot@1"
    assert some.weights.plain is not None
    assert set(some.weights.ranking) == set(some.weights.plain.ranking)
    assert some.figures["quote_hit@1"] == 100.0
    assert some.data["unseen_questions"] == sum(q.about <= unseen for q in expected)


def test_what_is_learned_before_a_reader_excludes_the_questions_that_judge_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = write_question_set(tmp_path / "set", 14)
    expected = read_questions(files.questions)
    unseen = frozenset(sorted({article for q in expected for article in q.about})[:7])
    calls: dict[tuple[str, ...], list[tuple[set[str], set[str]]]] = {}

    def learn_beside(
        plain: Sequence[Asked], read: Sequence[Asked], beside: Sequence[str]
    ) -> Weights:
        plain_about = {article for one in plain for article in one.expected.about}
        read_about = {article for one in read for article in one.expected.about}
        calls.setdefault(tuple(beside), []).append((plain_about, read_about))
        return real(plain, read, beside)

    real = bot.learn.learn_beside
    monkeypatch.setattr(bot.train, "learn_beside", learn_beside)
    run(files, reader=Oracle(), unseen=unseen)
    assert set(calls) == {ENCODER_FIGURES, (*ENCODER_FIGURES, *READER_FIGURES)}
    for some in calls.values():
        all_plain, all_read = max(some, key=lambda call: len(call[0]))
        in_folds = [call for call in some if call[1] != all_read]
        assert len(in_folds) == FOLDS
        assert all_read == unseen
        assert all(all_plain - plain == all_read - read != set() for plain, read in in_folds)


def test_too_few_articles_that_a_reader_did_not_see_are_refused(question_set: QuestionSet) -> None:
    with pytest.raises(SettingError) as caught:
        run(question_set, reader=Oracle(), unseen=frozenset({"none"}))
    assert caught.value.code == "training_too_little"
