"""Question sets to measure by and to learn from: JSON lines as described in the README."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import SettingError

# By these a report is broken down, where a set has them.
GROUPINGS = ("kind", "lexical_gap", "style", "answer_type", "relation", "miss_type")


@dataclass(frozen=True, slots=True)
class Expected:
    """A question with what is known of its answer; no articles means that none answers it.

    `answers` maps the id of each right article to the accepted spans; `about` are the articles that
    a question was written from, also where they do not answer it.
    """

    id: str
    text: str
    answers: Mapping[str, tuple[str, ...]]
    gold_sentence: str | None
    groups: Mapping[str, str]
    about: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a question without a letter or digit: it could not be asked."""
        if not any(character.isalnum() for character in self.text):
            raise ValueError("a question needs words")

    @property
    def answerable(self) -> bool:
        """Whether some article answers it."""
        return bool(self.answers)


def read_questions(path: Path) -> list[Expected]:
    """Read a question set; SettingError names the line that makes no sense."""
    questions = []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            questions.append(_expected(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SettingError("question_line_invalid", path=str(path), line=number) from error
    return questions


def _lines(path: Path) -> list[str]:
    try:
        # Not splitlines: JSON strings may hold other line separators, such as U+2028.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError("file_unreadable", path=str(path)) from error


def _expected(record: dict[str, object]) -> Expected:
    if "passage_id" in record:
        record = _of_passage(record)
    if "expected" in record:
        record = _of_story(record)
    answers: dict[str, tuple[str, ...]] = {}
    by_article = record.get("answers_by_article")
    if isinstance(by_article, dict):
        answers = {str(article): _spans(value) for article, value in by_article.items()}
    elif record.get("article_id") is not None and record["kind"] != "unanswerable":
        accepted = _spans(record.get("answers", []))
        also = record.get("also_in") or []
        others = also if isinstance(also, list) else [also]
        answers = {str(article): accepted for article in (record["article_id"], *others)}
    gold = record.get("gold_sentence")
    about = {str(record["article_id"])} if record.get("article_id") is not None else set()
    return Expected(
        id=str(record["id"]),
        text=_text(record["question"]),
        answers=answers,
        gold_sentence=str(gold) if gold else None,
        groups={name: str(record[name]) for name in GROUPINGS if record.get(name) is not None},
        about=frozenset(about | answers.keys()),
    )


def _of_passage(record: dict[str, object]) -> dict[str, object]:
    """Return the same in the words of the other format: one passage, one answer or none."""
    impossible = record["impossible"]
    if not isinstance(impossible, bool):
        raise TypeError("impossible is true or false")
    if not impossible and not _text(record["answer"]).strip():
        raise ValueError("an answer has words")
    return {
        **record,
        "article_id": _text(record["passage_id"]),
        "kind": "unanswerable" if impossible else "answerable",
        "answers": [] if impossible else [record["answer"]],
        "gold_sentence": None if impossible else record.get("sentence"),
    }


def _of_story(record: dict[str, object]) -> dict[str, object]:
    """Return a question on a developing story as one of many articles, each with its own answer.

    What is right at the moment of asking is not kept: a question has no moment yet.
    """
    expected, also = record["expected"], record.get("also_accept") or []
    some = expected if isinstance(expected, list) else [expected] if expected else []
    answers: dict[str, list[str]] = {}
    for one in [*some, *(also if isinstance(also, list) else [also])]:
        answers.setdefault(_text(one["article_id"]), []).append(_text(one["span"]))
    return {**record, "answers_by_article": answers}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a question is a text")
    return value


def _spans(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
