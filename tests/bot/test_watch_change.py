"""When somebody who watches is told something: by tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.news.claim import Claim, Figure, Hedge
from bot.types import Quote
from bot.watch_change import Change, ChangeKind, change_between, still_known
from index.types import Span, StoredArticle
from tests.making import make_article

WORDS = {Hedge.ABOUT: "rund ", Hedge.AT_LEAST: "mindestens ", Hedge.AT_MOST: "bis zu "}


def claim(number: int, value: int | str, hedge: Hedge | None = None) -> Claim:
    """What an article of that number says; a figure, or a word."""
    shown = str(value)
    text = f"Es sind {WORDS.get(hedge, '') if hedge else ''}{shown} Verletzte."
    article = make_article(text, published=f"2024-11-{number:02}")
    stored, whole = StoredArticle(number, article), Span(article, 0, len(text))
    start = text.index(shown)
    figure = None
    if isinstance(value, int):
        figure = Figure(Decimal(value), Decimal(value), hedge=hedge, counted="Verletzte")
    span = Span(article, start, start + len(shown))
    return Claim(Quote(stored, whole, 1.0, span, (whole,)), span, figure)


FIRST, CHANGED, CONTRADICTED = ChangeKind.FIRST, ChangeKind.CHANGED, ChangeKind.CONTRADICTED
TOLD = [
    pytest.param([], [claim(2, 12)], FIRST, id="the first value"),
    pytest.param([claim(1, 12)], [claim(2, 23)], CHANGED, id="another value"),
    pytest.param([claim(1, 12)], [claim(2, 11)], CHANGED, id="one less"),
    pytest.param([claim(1, 12)], [claim(2, 23), claim(1, 12)], CONTRADICTED, id="beside the old"),
    pytest.param([claim(1, 12)], [claim(2, 23), claim(2, 31)], CHANGED, id="two new ones"),
    pytest.param(
        [claim(1, 485), claim(1, 560, Hedge.AT_MOST)], [claim(2, 521)], CHANGED,
        id="within the limit of the one beside",
    ),
    pytest.param([claim(1, "Schmidt")], [claim(2, "Tautz")], CHANGED, id="another name"),
    pytest.param(
        [claim(1, 8000)], [claim(2, 8000), claim(2, 9000)], CONTRADICTED, id="known and new"
    ),
]  # fmt: skip
QUIET = [
    pytest.param([claim(1, 12)], [claim(2, 12)], id="the same again"),
    pytest.param([claim(1, 8000)], [claim(2, 7950)], id="rounded"),
    pytest.param([claim(1, 8000, Hedge.ABOUT)], [claim(2, 8100)], id="about as much"),
    pytest.param([claim(1, 7900, Hedge.AT_LEAST)], [claim(2, 8000)], id="more than that"),
    pytest.param([claim(1, 12)], [claim(1, 12)], id="nothing new"),
    pytest.param([claim(1, 23), claim(1, 31)], [claim(2, 31)], id="one of two again"),
    pytest.param([claim(1, 12)], [claim(1, 40)], id="not by a new article"),
    pytest.param([claim(1, 12)], [], id="silence"),
    pytest.param([], [], id="still silence"),
    pytest.param([claim(1, "Schmidt")], [claim(2, "Schmidt")], id="the same name"),
]


@pytest.mark.parametrize(("before", "current", "kind"), TOLD)
def test_another_value_is_told(before: list[Claim], current: list[Claim], kind: ChangeKind) -> None:
    change = change_between(before, current, {2})
    assert change is not None
    assert change.kind is kind
    assert change.before == tuple(before)
    assert set(map(id, change.after)) == set(map(id, current))
    assert change.after[0].stored.id == 2


@pytest.mark.parametrize(("before", "current"), QUIET)
def test_what_was_known_is_not_told(before: list[Claim], current: list[Claim]) -> None:
    assert change_between(before, current, {2}) is None


def test_a_correction_is_called_one() -> None:
    before, current = [claim(1, 96)], [claim(2, 69)]
    change = change_between(before, current, {2}, lambda newer, older: newer.id > older.id)
    assert change is not None
    assert change.kind is ChangeKind.CORRECTED


def test_small_steps_are_told_once_they_add_up() -> None:
    known: tuple[Claim, ...] = (claim(1, 8000),)
    told = []
    for day, value in enumerate((8050, 8150, 8200, 8250, 8300), start=2):
        current = [claim(day, value)]
        change = change_between(known, current, {day})
        known = change.after if change else still_known(known, current)
        told += [value] if change else []
    assert told == [8250]


def test_of_what_was_told_only_that_is_kept_which_still_holds() -> None:
    both, now = [claim(1, 23), claim(1, 31)], [claim(2, 31)]
    assert still_known(both, now) == (both[1],)
    assert still_known(both, []) == tuple(both)


def test_a_change_leads_somewhere_and_only_the_first_comes_from_nothing() -> None:
    for kind, before, after in (
        (CHANGED, (claim(1, 1),), ()),
        (FIRST, (claim(1, 1),), (claim(2, 2),)),
    ):
        with pytest.raises(ValueError, match=r"change|first"):
            Change(kind, before, after)
    with pytest.raises(ValueError, match="first"):
        Change(CHANGED, (), (claim(2, 2),))
