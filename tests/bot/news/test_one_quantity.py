"""Figures of one quantity, by claims of our own."""

from __future__ import annotations

from bot.news.found import Found
from bot.news.one_quantity import of_one_quantity
from tests.bot.news.claims import claim


def euros(number: int, amount: str, score: float, *, unit: str | None = "euro") -> Found:
    return Found(claim(number, f"Es geht um {amount} Geld.", amount, amount, unit=unit), score)


def people(number: int, count: str, score: float, *, retold: bool = False) -> Found:
    return Found(claim(number, f"Es geht um {count} Leute.", count, count), score, retold)


def test_a_figure_of_another_unit_is_left_out() -> None:
    right, other = people(1, "310", 5.0), euros(2, "4000000", 3.0)
    assert of_one_quantity([right, other]) == [right]
    assert of_one_quantity([other, right]) == [right]


def test_sums_of_quite_another_size_are_of_another_thing() -> None:
    worth, more, reward = euros(1, "4000000", 5.0), euros(2, "7000000", 3.0), euros(3, "50000", 4.0)
    assert of_one_quantity([worth, more, reward]) == [worth, more]


def test_shares_of_quite_another_size_are_of_another_thing() -> None:
    offers = [euros(1, "4.8", 5.0, unit="percent"), euros(2, "6.4", 3.0, unit="percent")]
    majority = euros(3, "50", 4.0, unit="percent")
    assert of_one_quantity([*offers, majority]) == offers


def test_a_million_alone_may_be_money() -> None:
    worth, bare, few = (
        euros(1, "4000000", 5.0),
        euros(2, "6000000", 3.0, unit=None),
        euros(3, "12", 3.0, unit=None),
    )
    assert of_one_quantity([worth, bare, few]) == [worth, bare]


def test_numbers_of_people_may_grow_but_what_was_before_is_of_their_order() -> None:
    first, later, before = people(1, "12", 4.0), people(2, "9000", 5.0), people(3, "7000", 3.0)
    posts = people(4, "11", 3.0, retold=True)
    assert of_one_quantity([first, later, before]) == [first, later, before]
    assert of_one_quantity([later, before, posts]) == [later, before]
    assert of_one_quantity([posts]) == [posts]


def test_words_and_days_stay() -> None:
    said = Found(claim(1, "Das Werk bleibt.", "Das Werk bleibt."), 1.0)
    assert of_one_quantity([said]) == [said]
    assert of_one_quantity([said, people(2, "40", 2.0)]) == [said, people(2, "40", 2.0)]
