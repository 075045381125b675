from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.question_set import read_questions
from index.errors import SettingError

ANSWERABLE = {
    "id": "q1",
    "question": "Wie viele Soldaten?",
    "lang": "de",
    "kind": "answerable",
    "article_id": "a1",
    "also_in": ["a2"],
    "answers": ["8.000", "rund 8.000"],
    "gold_sentence": "Es sind rund 8.000.",
    "answer_type": "number",
    "lexical_gap": 2,
    "style": "keyword",
}


def write(path: Path, *lines: object) -> Path:
    text = [
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    ]
    path.write_text("\n".join(text), encoding="utf-8")
    return path


def test_an_answerable_question_knows_its_articles_answers_and_groups(tmp_path: Path) -> None:
    (question,) = read_questions(write(tmp_path / "q", ANSWERABLE))
    assert (question.id, question.text) == ("q1", "Wie viele Soldaten?")
    assert question.answers == {"a1": ("8.000", "rund 8.000"), "a2": ("8.000", "rund 8.000")}
    assert question.gold_sentence == "Es sind rund 8.000."
    assert question.groups == {
        "kind": "answerable",
        "answer_type": "number",
        "lexical_gap": "2",
        "style": "keyword",
    }
    assert question.answerable


@pytest.mark.parametrize(
    ("also", "articles"), [(None, {"a1"}), ([], {"a1"}), ("a3", {"a1", "a3"}), (["a1"], {"a1"})]
)
def test_an_answer_may_stand_in_more_articles(
    tmp_path: Path, also: object, articles: set[str]
) -> None:
    (question,) = read_questions(write(tmp_path / "q", {**ANSWERABLE, "also_in": also}))
    assert set(question.answers) == articles


def test_an_unanswerable_question_has_no_answers(tmp_path: Path) -> None:
    record = {"id": 7, "question": "Wer?", "kind": "unanswerable", "miss_type": "near"}
    nearby = {**record, "article_id": "a1", "answers": ["x"]}
    for question in read_questions(write(tmp_path / "q", record, nearby)):
        assert question.id == "7"
        assert not question.answerable
        assert question.gold_sentence is None


def test_a_question_may_have_other_answers_in_other_articles(tmp_path: Path) -> None:
    record = {
        "id": "m1",
        "question": "Wie viele?",
        "kind": "multi",
        "relation": "differing",
        "answers_by_article": {"a1": ["8.000"], "a2": "10.000"},
    }
    (question,) = read_questions(write(tmp_path / "q", record))
    assert question.answers == {"a1": ("8.000",), "a2": ("10.000",)}
    assert question.groups == {"kind": "multi", "relation": "differing"}


STORY = {
    "id": "s1",
    "question": "Wie viele Verletzte gibt es?",
    "kind": "current",
    "style": "neutral",
    "expected": {"article_id": "a2", "span": "31 Verletzte", "claimant": "Polizei"},
    "also_accept": [],
}


@pytest.mark.parametrize(
    ("expected", "also", "answers"),
    [
        (STORY["expected"], [], {"a2": ("31 Verletzte",)}),
        (
            STORY["expected"],
            [{"article_id": "a3", "span": "31"}, {"article_id": "a2", "span": "31"}],
            {"a2": ("31 Verletzte", "31"), "a3": ("31",)},
        ),
        (
            [{"article_id": "a1", "span": "23"}, {"article_id": "a1", "span": "25"}],
            None,
            {"a1": ("23", "25")},
        ),
        (None, [], {}),
    ],
)
def test_a_question_on_a_story_is_answered_by_any_of_what_is_expected(
    tmp_path: Path, expected: object, also: object, answers: dict[str, tuple[str, ...]]
) -> None:
    record = {**STORY, "expected": expected, "also_accept": also}
    (question,) = read_questions(write(tmp_path / "q", record))
    assert question.answers == answers
    assert question.answerable == bool(answers)
    assert question.groups == {"kind": "current", "style": "neutral"}


@pytest.mark.parametrize("expected", ["a2", {"article_id": "a2"}, [None]])
def test_an_expectation_without_article_or_words_makes_no_sense(
    tmp_path: Path, expected: object
) -> None:
    with pytest.raises(SettingError):
        read_questions(write(tmp_path / "q", {**STORY, "expected": expected}))


PASSAGE = {
    "id": "tq-1",
    "passage_id": "p1",
    "question": "Wie viele Mensen?",
    "impossible": False,
    "answer": "sechs",
    "answer_start": 8,
    "sentence": "Es sind sechs neue Mensen.",
    "lexical_gap": 3,
    "style": "colloquial",
    "answer_type": "number",
}


def test_a_question_over_a_passage_is_understood_as_one_over_an_article(tmp_path: Path) -> None:
    (question,) = read_questions(write(tmp_path / "q", PASSAGE))
    assert question.answers == {"p1": ("sechs",)}
    assert question.gold_sentence == "Es sind sechs neue Mensen."
    assert question.groups == {
        "kind": "answerable",
        "lexical_gap": "3",
        "style": "colloquial",
        "answer_type": "number",
    }


def test_an_impossible_question_over_a_passage_has_no_answers(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("answer", "answer_start", "sentence"))
    record = {**PASSAGE, **nothing, "impossible": True}
    (question,) = read_questions(write(tmp_path / "q", record))
    assert not question.answerable
    assert question.gold_sentence is None
    assert question.groups["kind"] == "unanswerable"


def test_it_is_known_from_which_articles_a_question_was_written(tmp_path: Path) -> None:
    near_miss = {**ANSWERABLE, "kind": "unanswerable"}
    impossible = {k: v for k, v in PASSAGE.items() if k != "answer"} | {"impossible": True}
    nowhere = {"id": 7, "question": "Wer?", "kind": "unanswerable"}
    several = {"id": "m", "question": "Wer?", "kind": "multi", "answers_by_article": {"a": ["x"]}}
    read = read_questions(
        write(tmp_path / "q", ANSWERABLE, near_miss, PASSAGE, impossible, nowhere, several)
    )
    assert [question.about for question in read] == [
        {"a1", "a2"},
        {"a1"},
        {"p1"},
        {"p1"},
        frozenset(),
        {"a"},
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"impossible": None},
        {"impossible": "false"},
        {"answer": None},
        {"answer": " "},
        {"passage_id": None},
    ],
)
def test_a_question_over_a_passage_that_contradicts_itself_is_named(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    with pytest.raises(SettingError) as caught:
        read_questions(write(tmp_path / "q", {**PASSAGE, **wrong}))
    assert caught.value.code == "question_line_invalid"


def test_empty_lines_byte_order_marks_and_odd_separators_do_no_harm(tmp_path: Path) -> None:
    odd = {**ANSWERABLE, "question": "Wer\u2028oder\u0085was?"}
    path = write(tmp_path / "q", "\ufeff", odd, "", "  ", ANSWERABLE, "")
    assert [question.text for question in read_questions(path)] == [
        "Wer\u2028oder\u0085was?",
        "Wie viele Soldaten?",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "kein JSON",
        "[]",
        "7",
        "null",
        '{"id": "x", "kind": "answerable"}',
        '{"question": "Wer?", "kind": "answerable"}',
        '{"id": "x", "question": "Wer?", "article_id": "a"}',
        '{"id": "x", "question": "?", "kind": "unanswerable"}',
        '{"id": "x", "question": null, "kind": "unanswerable"}',
    ],
)
def test_a_line_that_makes_no_sense_is_named(tmp_path: Path, line: str) -> None:
    path = write(tmp_path / "q", ANSWERABLE, "", line)
    with pytest.raises(SettingError) as caught:
        read_questions(path)
    assert caught.value.code == "question_line_invalid"
    assert caught.value.details == {"path": str(path), "line": 3}


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "q"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingError) as caught:
        read_questions(path)
    assert caught.value.code == "file_unreadable"
    assert caught.value.details == {"path": str(path)}
