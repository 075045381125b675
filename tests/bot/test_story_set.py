from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.story_set import (
    Pair,
    StoryQuestion,
    is_story_set,
    read_pairs,
    read_story_questions,
)
from index.errors import SettingError

CLAIM: dict[str, Any] = {
    "article_id": "a2",
    "span": "23 Verletzte",
    "start": 41,
    "value": {"number": 23, "unit": "Verletzte"},
    "claimant": "Polizei",
    "hedge": "mindestens",
    "published": "2025-11-07T13:30:00+01:00",
}
QUESTION: dict[str, Any] = {
    "id": "q1",
    "story": "s1",
    "question": "Wie viele Verletzte gibt es?",
    "kind": "current",
    "asked_at": "2025-11-07T15:00:00+01:00",
    "expected": CLAIM,
}


def write(path: Path, *lines: object) -> Path:
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(text), encoding="utf-8")
    return path


def read(path: Path, **changed: object) -> StoryQuestion:
    (question,) = read_story_questions(write(path / "questions.jsonl", {**QUESTION, **changed}))
    return question


def test_a_question_has_its_moment_and_what_is_right_then(tmp_path: Path) -> None:
    question = read(tmp_path)
    assert (question.id, question.story, question.kind) == ("q1", "s1", "current")
    assert question.text == "Wie viele Verletzte gibt es?"
    assert question.asked_at == datetime(2025, 11, 7, 14, tzinfo=UTC)
    assert question.asked_at.utcoffset() == timedelta(hours=1)
    (claim,) = question.expected
    assert (claim.article, claim.span, claim.start) == ("a2", "23 Verletzte", 41)
    assert (claim.least, claim.most, claim.unit) == (Decimal(23), Decimal(23), "Verletzte")
    assert (claim.claimant, claim.hedge) == ("Polizei", "mindestens")
    assert claim.made == datetime(2025, 11, 7, 13, 30, tzinfo=timezone(timedelta(hours=1)))


def test_a_value_may_be_a_range_a_fraction_or_words(tmp_path: Path) -> None:
    (wide,) = read(tmp_path, expected={**CLAIM, "value": {"min": 20, "max": 30}}).expected
    assert (wide.least, wide.most, wide.unit) == (Decimal(20), Decimal(30), None)
    (part,) = read(tmp_path, expected={**CLAIM, "value": {"number": 4.2}}).expected
    assert part.least == Decimal("4.2")
    (words,) = read(tmp_path, expected={**CLAIM, "value": {"text": "ein Kabel"}}).expected
    assert (words.least, words.most) == (None, None)


def test_what_was_changed_was_said_at_its_change(tmp_path: Path) -> None:
    changed = "2025-11-08T08:00:00+01:00"
    (claim,) = read(tmp_path, expected={**CLAIM, "updated": changed}).expected
    assert claim.made == datetime.fromisoformat(changed)


@pytest.mark.parametrize("field", ["claimant", "hedge"])
@pytest.mark.parametrize("value", ["", None])
def test_what_is_said_by_nobody_in_particular_or_surely_has_none(
    tmp_path: Path, field: str, value: object
) -> None:
    (claim,) = read(tmp_path, expected={**CLAIM, field: value}).expected
    assert getattr(claim, field) is None


@pytest.mark.parametrize(
    ("expected", "articles"),
    [(None, []), ([], []), (CLAIM, ["a2"]), ([CLAIM, {**CLAIM, "article_id": "a3"}], ["a2", "a3"])],
)
def test_none_one_or_several_values_are_expected(
    tmp_path: Path, expected: object, articles: list[str]
) -> None:
    found = read(tmp_path, kind="history", expected=expected).expected
    assert [one.article for one in found] == articles


def test_other_articles_may_say_it_too(tmp_path: Path) -> None:
    other = {"article_id": "a5", "span": "23 injured"}
    assert read(tmp_path).accepted == {"a2"}
    for also in (other, [other]):
        question = read(tmp_path, also_accept=also)
        assert question.also == (("a5", "23 injured"),)
        assert question.accepted == {"a2", "a5"}


@pytest.mark.parametrize(
    "wrong",
    [
        {**QUESTION, "kind": "guess"},
        {**QUESTION, "asked_at": "2025-11-07T15:00:00"},
        {**QUESTION, "asked_at": "yesterday"},
        {**QUESTION, "expected": {**CLAIM, "value": 23}},
        {**QUESTION, "expected": {**CLAIM, "value": {"number": "many"}}},
        {**QUESTION, "expected": {**CLAIM, "start": "early"}},
        {key: value for key, value in QUESTION.items() if key != "question"},
        [],
        "{",
    ],
)
def test_the_line_that_makes_no_sense_is_named(tmp_path: Path, wrong: object) -> None:
    path = write(tmp_path / "questions.jsonl", QUESTION, "", wrong)
    with pytest.raises(SettingError) as caught:
        read_story_questions(path)
    assert caught.value.code == "question_line_invalid"
    assert caught.value.details == {"path": str(path), "line": 3}


def test_questions_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as caught:
        read_story_questions(tmp_path / "missing.jsonl")
    assert caught.value.code == "file_unreadable"


def test_pairs_say_which_articles_relate_how(tmp_path: Path) -> None:
    path = write(tmp_path / "pairs.jsonl", {"a": "a1", "b": "a2", "relation": "copy"})
    assert read_pairs(path) == [Pair("a1", "a2", "copy")]


def test_a_set_without_pairs_has_none(tmp_path: Path) -> None:
    assert read_pairs(tmp_path / "pairs.jsonl") == []


def test_a_pair_of_one_article_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        read_pairs(write(tmp_path / "pairs.jsonl", {"a": "a1", "relation": "copy"}))


def test_questions_with_a_moment_are_a_set_of_stories(tmp_path: Path) -> None:
    assert is_story_set(write(tmp_path / "stories.jsonl", QUESTION))
    plain = {key: value for key, value in QUESTION.items() if key != "asked_at"}
    assert not is_story_set(write(tmp_path / "plain.jsonl", plain, QUESTION))
    assert not is_story_set(write(tmp_path / "list.jsonl", ["asked_at"]))


@pytest.mark.parametrize("text", ["", "no line of a set"])
def test_what_cannot_be_read_is_left_to_others(tmp_path: Path, text: str) -> None:
    assert not is_story_set(write(tmp_path / "odd.jsonl", text))
    assert not is_story_set(tmp_path / "missing.jsonl")
