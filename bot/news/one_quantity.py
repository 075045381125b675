"""Which of several figures are of one quantity: a damage is no reward, a post no patient."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.claim import Figure
from bot.news.found import Found
from bot.news.units import MONEY

# Of one thing nobody says so many times as much as another.
_TIMES = 8
# What was so before is not of quite another order.
_ORDERS = 30
_LARGE = 10_000  # "six million" alone may be money


def of_one_quantity(found: Sequence[Found]) -> list[Found]:
    """Leave the figures of the unit of what answers best; of money and shares, of about its size.

    What is told of an earlier time has to be of the order of what is claimed.
    """
    live = [
        (one.score, one.claim.figure)
        for one in found
        if one.claim.figure is not None and not one.retold
    ]
    if not live:
        return list(found)
    _, best = max(live, key=lambda scored: scored[0])
    kept = [one for one in found if one.claim.figure is None or _is_of(one.claim.figure, best)]
    sizes = [one.claim.figure for one in kept if one.claim.figure is not None and not one.retold]
    return [
        one
        for one in kept
        if one.claim.figure is None
        or not one.retold
        or any(_are_near(one.claim.figure, other, _ORDERS) for other in sizes)
    ]


def _is_of(figure: Figure, best: Figure) -> bool:
    if best.unit in MONEY:
        bare = figure.unit is None and figure.least >= _LARGE
        return (figure.unit in MONEY or bare) and _are_near(figure, best, _TIMES)
    if best.unit == "percent" and figure.unit == "percent":
        return _are_near(figure, best, _TIMES)
    return figure.unit == best.unit


def _are_near(one: Figure, other: Figure, times: int) -> bool:
    low, high = sorted((abs(one.most), abs(other.most)))
    return high <= low * times
