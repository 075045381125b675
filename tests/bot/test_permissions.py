from __future__ import annotations

import pytest

from bot.guild_settings import GuildSettings
from bot.permissions import Person, answers_in, may_add, may_administer, may_ask

ASKS, ADDS, RUNS = 1, 2, 3
SETTINGS = GuildSettings(
    ask_role=ASKS, add_roles=frozenset({ADDS}), administer_roles=frozenset({RUNS})
)


def person(*roles: int, manages: bool = False) -> Person:
    return Person(5, frozenset(roles), manages)


@pytest.mark.parametrize(
    ("who", "asks", "adds", "administers"),
    [
        (person(), False, False, False),
        (person(9), False, False, False),
        (person(ASKS), True, False, False),
        (person(ADDS), True, True, False),
        (person(RUNS), True, True, True),
        (person(manages=True), True, True, True),
    ],
)
def test_who_may_do_what_by_roles(who: Person, asks: bool, adds: bool, administers: bool) -> None:
    assert may_ask(who, SETTINGS) is asks
    assert may_add(who, SETTINGS) is adds
    assert may_administer(who, SETTINGS) is administers


def test_where_nothing_is_chosen_all_ask_and_who_manages_the_server_does_the_rest() -> None:
    assert may_ask(person(), GuildSettings())
    assert not may_add(person(1, 2, 3), GuildSettings())
    assert not may_administer(person(1, 2, 3), GuildSettings())
    assert may_administer(person(manages=True), GuildSettings())


def test_where_it_cannot_be_read_who_may_ask_those_do_who_may_add() -> None:
    closed = GuildSettings(add_roles=frozenset({ADDS}), closed=True)
    assert not may_ask(person(), closed)
    assert not may_ask(person(ASKS), closed)
    assert may_ask(person(ADDS), closed)
    assert may_ask(person(manages=True), closed)


def test_questions_are_answered_in_the_chosen_channels_and_their_threads() -> None:
    chosen = GuildSettings(channels=frozenset({10, 11}))
    assert answers_in(chosen, 10)
    assert answers_in(chosen, 99, 11)
    assert not answers_in(chosen, 99)
    assert not answers_in(chosen, 99, 98)
    assert answers_in(GuildSettings(), 99)
    assert not answers_in(GuildSettings(nowhere=True), 99)
