from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.agreement import agree, figures_agree, reach
from bot.news.claim import Figure, Hedge
from tests.bot.news.claims import claim

NUMBERS = st.decimals(1, 10**9, places=2, allow_nan=False, allow_infinity=False)
HEDGES = st.sampled_from([None, *Hedge])


def figure(least: str, most: str | None = None, hedge: Hedge | None = None) -> Figure:
    return Figure(Decimal(least), Decimal(most or least), hedge=hedge)


FIGURES = st.builds(
    lambda one, other, hedge: Figure(min(one, other), max(one, other), hedge=hedge),
    NUMBERS, NUMBERS, HEDGES,
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure("8000", hedge=Hedge.ABOUT), figure("7900", hedge=Hedge.AT_LEAST)),
        (figure("1050", hedge=Hedge.ABOUT), figure("1050")),
        (figure("12", hedge=Hedge.AT_LEAST), figure("13")),
        (figure("20", hedge=Hedge.AT_MOST), figure("18", hedge=Hedge.ABOUT)),
        (figure("40", "60"), figure("55")),
        (figure("1200000000"), figure("1195000000")),
        (figure("100", hedge=Hedge.NEARLY), figure("97")),
    ],
)
def test_rounding_and_hedges_do_not_contradict(one: Figure, other: Figure) -> None:
    assert figures_agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure("23"), figure("31")),
        (figure("1200"), figure("900", hedge=Hedge.ABOUT)),
        (figure("560", hedge=Hedge.AT_MOST), figure("485")),
        (figure("180"), figure("240", hedge=Hedge.AT_LEAST)),
        (figure("88"), figure("150", "200")),
        (figure("16"), figure("17")),
        (figure("98"), figure("100")),
    ],
)
def test_other_numbers_contradict(one: Figure, other: Figure) -> None:
    assert not figures_agree(one, other)


def test_figures_of_different_units_are_not_the_same() -> None:
    euro, dollar = (Figure(Decimal(5), Decimal(5), unit) for unit in ("euro", "dollar"))
    assert not figures_agree(euro, dollar)


@given(FIGURES, FIGURES)
def test_agreement_is_mutual(one: Figure, other: Figure) -> None:
    assert figures_agree(one, other) == figures_agree(other, one)


@given(FIGURES)
def test_a_figure_agrees_with_itself_and_lies_within_its_reach(one: Figure) -> None:
    assert figures_agree(one, one)
    least, most = reach(one)
    assert least <= one.least <= one.most <= most


@given(NUMBERS, NUMBERS)
def test_about_allows_whatever_the_plain_number_allows(one: Decimal, other: Decimal) -> None:
    plain, hedged = Figure(one, one), Figure(one, one, hedge=Hedge.ABOUT)
    if one == other:
        assert figures_agree(hedged, Figure(other, other))
    if figures_agree(plain, Figure(other, other)) and one == other:
        assert figures_agree(hedged, plain)


def test_dates_agree_where_they_share_a_day() -> None:
    may = claim(1, "Im Mai 2027.", "Mai 2027", days=("2027-05-01", "2027-05-31"))
    third = claim(2, "Am 3. Mai 2027.", "3. Mai 2027", days=("2027-05-03", "2027-05-03"))
    june = claim(3, "Im Juni 2027.", "Juni 2027", days=("2027-06-01", "2027-06-30"))
    assert agree(may, third)
    assert not agree(may, june)


def test_words_agree_where_they_are_the_same() -> None:
    one = claim(1, "Gewonnen hat Anna Berg.", "Anna Berg")
    assert agree(one, claim(2, "Es siegte Berg.", "Berg"))
    assert not agree(one, claim(3, "Es siegte Karl Tann.", "Karl Tann"))
