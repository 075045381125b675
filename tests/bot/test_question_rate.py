from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot import question_rate
from bot.question_rate import QuestionRate
from tests.fakes import Clock

START = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_hour_moves_along() -> None:
    clock = Clock(START)
    rate = QuestionRate(clock)
    assert rate.admit("1", 5, 2) is None
    clock.now += timedelta(minutes=20)
    assert rate.admit("1", 5, 2) is None
    assert rate.admit("1", 5, 2) == START + timedelta(hours=1)
    clock.now = START + timedelta(hours=1)
    assert rate.admit("1", 5, 2) is None
    assert rate.admit("1", 5, 2) == START + timedelta(hours=1, minutes=20)


def test_nobody_is_held_to_what_others_or_other_servers_have_asked() -> None:
    rate = QuestionRate(Clock(START))
    assert rate.admit("1", 5, 1) is None
    assert rate.admit("1", 6, 1) is None
    assert rate.admit("2", 5, 1) is None
    assert rate.admit("1", 5, 1) is not None


def test_a_limit_that_was_lowered_counts_at_once() -> None:
    rate = QuestionRate(Clock(START))
    for _ in range(4):
        assert rate.admit("1", 5, 10) is None
    assert rate.admit("1", 5, 1) == START + timedelta(hours=1)


def test_who_is_quiet_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_rate, "_MOST_PEOPLE", 3)
    clock = Clock(START)
    rate = QuestionRate(clock)
    for person in range(3):
        rate.admit("1", person, 9)
    clock.now += timedelta(hours=2)
    rate.admit("1", 9, 9)
    assert len(rate) == 1


def test_what_is_counted_names_nobody() -> None:
    person = 81384788765712384
    rate = QuestionRate(Clock(START))
    rate.admit("1", person, 9)
    assert str(person) not in repr(vars(rate))
    assert QuestionRate(Clock(START))._hash("1", person) != rate._hash("1", person)
