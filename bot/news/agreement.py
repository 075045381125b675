"""Whether two claims can both hold: rounding and hedges understood, nothing averaged."""

from __future__ import annotations

from decimal import Decimal

from bot.copies import same_words
from bot.news.claim import Claim, Days, Figure, Hedge
from index.terms import content_terms

# How far a hedge reaches, as a share of the figure. Nobody writes "more than 100" of 200: who
# hedges has a number in mind that is near.
_REACH = Decimal("0.10")
_ABOUT = Decimal("0.05")
_FARTHEST = Decimal("0.125")
# Two plain figures are one, rounded differently, where they are large and this near.
_LARGE = 1000
_ROUNDED = Decimal("0.025")


def agree(one: Claim, other: Claim) -> bool:
    """Whether two claims do not contradict each other: figures, days, else words."""
    if one.figure is not None and other.figure is not None:
        return figures_agree(one.figure, other.figure)
    if one.days is not None and other.days is not None:
        return days_agree(one.days, other.days)
    return words_agree(one, other)


def figures_agree(one: Figure, other: Figure) -> bool:
    """Whether one number can be meant by both; of different units they never are the same."""
    if one.unit is not None and other.unit is not None and one.unit != other.unit:
        return False
    (least, most), (low, high) = reach(one), reach(other)
    if least <= high and low <= most:
        return True
    return _is_plain(one) and _is_plain(other) and _rounds_to(one.least, other.least)


def reach(figure: Figure) -> tuple[Decimal, Decimal]:
    """Return the least and the most number that a figure with its hedge may stand for."""
    least, most = figure.least, figure.most
    if figure.hedge is Hedge.ABOUT:
        return least - _about(least), most + _about(most)
    if figure.hedge is Hedge.AT_LEAST:
        return least, most + abs(most) * _REACH
    if figure.hedge in (Hedge.AT_MOST, Hedge.NEARLY):
        return least - abs(least) * _REACH, most
    return least, most


def days_agree(one: Days, other: Days) -> bool:
    """Whether two dates share a day: "im Mai" and "am 3. Mai" do."""
    starts = [days.first for days in (one, other) if days.first is not None]
    ends = [days.last for days in (one, other) if days.last is not None]
    return not starts or not ends or max(starts) <= min(ends)


def words_agree(one: Claim, other: Claim) -> bool:
    """Whether two values are the same words, or stand in sentences of the same words."""
    ours, theirs = set(content_terms(one.value.text)), set(content_terms(other.value.text))
    if ours and theirs and (ours <= theirs or theirs <= ours):
        return True
    return same_words(one.quote.sentence.text, other.quote.sentence.text)


def _about(number: Decimal) -> Decimal:
    size = abs(number)
    return min(max(_unit(size) / 2, size * _ABOUT), size * _FARTHEST)


def _unit(number: Decimal) -> Decimal:
    """Return the place of the last digit that is written: 100 for 900, 0.1 for 1.5."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _is_plain(figure: Figure) -> bool:
    return figure.hedge is None and figure.least == figure.most


def _rounds_to(one: Decimal, other: Decimal) -> bool:
    """Whether the coarser of two large numbers is the other one, rounded."""
    if min(one, other) < _LARGE:
        return one == other
    coarse, fine = (one, other) if _unit(one) >= _unit(other) else (other, one)
    return abs(coarse - fine) <= min(_unit(coarse) / 2, coarse * _ROUNDED)
