"""Developing stories to measure by: what is right at the moment of asking, and which texts relate.

JSON lines as described in the README: each question has the moment at which it is asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from index.errors import SettingError
from index.json_lines import numbered_lines

T = TypeVar("T")
KINDS = ("current", "conflict", "history", "asof", "single", "unanswerable")


@dataclass(frozen=True, slots=True)
class ExpectedClaim:
    """One value that is right, where it stands, who says it, how surely and since when.

    `least` and `most` are the number or the range, None where the value is words; `start` is where
    the span stands in the text, `unit` what the number counts.
    """

    article: str
    span: str
    start: int
    least: Decimal | None
    most: Decimal | None
    claimant: str | None
    hedge: str | None
    made: datetime
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class StoryQuestion:
    """A question with its moment and what is right then; `also` accepts spans of other articles."""

    id: str
    story: str
    text: str
    kind: str
    asked_at: datetime
    expected: tuple[ExpectedClaim, ...]
    also: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a kind that nobody measures, and a moment without a zone."""
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind} is no kind of question")
        if self.asked_at.tzinfo is None:
            raise ValueError("a moment has a zone")

    @property
    def accepted(self) -> frozenset[str]:
        """The articles from which an answer may come."""
        return frozenset([claim.article for claim in self.expected] + [one for one, _ in self.also])


@dataclass(frozen=True, slots=True)
class Pair:
    """How an article relates to another: it copies, replaces, corrects or contradicts it."""

    one: str
    other: str
    relation: str


def is_story_set(path: Path) -> bool:
    """Whether questions are asked at moments: a file that cannot be read is left to others."""
    try:
        with path.open("rb") as file:
            for _, line in numbered_lines(file):
                record = json.loads(line)
                return isinstance(record, dict) and "asked_at" in record
    except (OSError, ValueError):
        return False
    return False


def read_story_questions(path: Path) -> list[StoryQuestion]:
    """Read the questions of stories; SettingError names the line that makes no sense."""
    return [_checked(_question, record, path, line) for line, record in _records(path)]


def read_pairs(path: Path) -> list[Pair]:
    """Read which articles relate how, none where there is no such file."""
    if not path.is_file():
        return []
    return [_checked(_pair, record, path, line) for line, record in _records(path)]


def _records(path: Path) -> list[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            return [(number, line) for number, line in numbered_lines(file)]
    except OSError as error:
        raise SettingError("file_unreadable", path=str(path)) from error


def _checked(read: Callable[[Mapping[str, Any]], T], line: bytes, path: Path, number: int) -> T:
    try:
        return read(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise SettingError("question_line_invalid", path=str(path), line=number) from error


def _question(record: Mapping[str, Any]) -> StoryQuestion:
    expected = record["expected"]
    several = expected if isinstance(expected, list) else [expected] if expected else []
    also = record.get("also_accept")
    others = also if isinstance(also, list) else [also] if also else []
    return StoryQuestion(
        id=str(record["id"]),
        story=str(record["story"]),
        text=str(record["question"]),
        kind=str(record["kind"]),
        asked_at=datetime.fromisoformat(str(record["asked_at"])),
        expected=tuple(map(_claim, several)),
        also=tuple((str(one["article_id"]), str(one["span"])) for one in others),
    )


def _claim(record: Mapping[str, Any]) -> ExpectedClaim:
    value = record["value"]
    if not isinstance(value, dict):
        raise TypeError("a value has parts")
    least = value.get("min", value.get("number"))
    most = value.get("max", value.get("number"))
    return ExpectedClaim(
        article=str(record["article_id"]),
        span=str(record["span"]),
        start=int(str(record["start"])),
        least=None if least is None else Decimal(str(least)),
        most=None if most is None else Decimal(str(most)),
        claimant=_text_or_none(record.get("claimant")),
        hedge=_text_or_none(record.get("hedge")),
        made=datetime.fromisoformat(str(record.get("updated") or record["published"])),
        unit=_text_or_none(value.get("unit")),
    )


def _text_or_none(value: object) -> str | None:
    return str(value) if value else None


def _pair(record: Mapping[str, Any]) -> Pair:
    return Pair(str(record["a"]), str(record["b"]), str(record["relation"]))
