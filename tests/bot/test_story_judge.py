from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.news.claim import Account, Claim, Days, Figure
from bot.question import understand
from bot.story_judge import StoryJudged, judge
from bot.story_set import ExpectedClaim, StoryQuestion
from bot.types import Answer, ArchiveExtent, Quote, Statement
from index.types import Article, DateOrigin, Published, Span, StoredArticle

TEXT = "Wie viele Verletzte gibt es?"
ASKED_AT = datetime(2025, 11, 7, 18, tzinfo=UTC)
MADE = datetime(2025, 11, 7, 12, tzinfo=UTC)


def expected(
    article: str,
    span: str = "23 Verletzte",
    value: int | tuple[int, int] | None = 23,
    *,
    claimant: str | None = None,
    hedge: str | None = None,
    made: datetime = MADE,
) -> ExpectedClaim:
    least, most = value if isinstance(value, tuple) else (value, value)
    return ExpectedClaim(
        article,
        span,
        0,
        None if least is None else Decimal(least),
        None if most is None else Decimal(most),
        claimant,
        hedge,
        made,
    )


def question(
    kind: str, *values: ExpectedClaim, also: tuple[tuple[str, str], ...] = ()
) -> StoryQuestion:
    return StoryQuestion("q1", "s1", TEXT, kind, ASKED_AT, values, also)


def claimed(
    article: str,
    sentence: str,
    value: str,
    figure: int | tuple[int, int] | None = None,
    *,
    claimant: str | None = None,
    hedge: str | None = None,
    outlet: str | None = "Alpenbote",
) -> Claim:
    text = f"Davor stand etwas. {sentence} Danach auch."
    published = Published(date(2025, 11, 7), DateOrigin.GIVEN)
    whole = Article("Unglück", text, MADE, outlet=outlet, published=published, source_id=article)

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(whole, start, start + len(words))

    read = None
    if figure is not None:
        least, most = figure if isinstance(figure, tuple) else (figure, figure)
        read = Figure(Decimal(least), Decimal(most))
    quoted = span(sentence)
    return Claim(
        Quote(StoredArticle(int(article[1:]), whole), quoted, 0.9, None, (quoted,)),
        span(value),
        read,
        hedge=span(hedge) if hedge else None,
        claimant=span(claimant) if claimant else None,
    )


def injured(number: int, article: str = "a2") -> Claim:
    return claimed(article, f"Es gab {number} Verletzte.", f"{number} Verletzte", number)


def judged(
    asked: StoryQuestion,
    claims: Sequence[Claim],
    current: Sequence[Claim] | None = None,
    *,
    days: Days | None = None,
    quotes: Sequence[Claim] | None = None,
) -> StoryJudged:
    """Judge an answer that shows the claims, of which the current ones hold: all unless said."""
    held = tuple(claims if current is None else current)
    account = Account(tuple(claims), held, len(claims), days)
    statements = tuple(Statement((one.quote,)) for one in (held if quotes is None else quotes))
    answer = Answer(
        understand(TEXT), statements, 0.9, (), ArchiveExtent(1, None, None),
        account=account if claims else None,
    )  # fmt: skip
    return judge(asked, answer, account, 12.0)


def test_the_right_number_of_an_accepted_article_leads() -> None:
    one = judged(question("current", expected("a2")), [injured(23)])
    assert (one.answered, one.leads, one.conflict, one.milliseconds) == (True, True, False, 12.0)


@pytest.mark.parametrize("wrong", [injured(22), injured(23, article="a9")])
def test_another_number_or_another_article_does_not_lead(wrong: Claim) -> None:
    assert judged(question("current", expected("a2")), [wrong]).leads is False


def test_what_came_later_leads_and_not_what_is_shown_below() -> None:
    asked = question("current", expected("a2"))
    right, old = injured(23), injured(12, article="a1")
    assert judged(asked, [old, right], [right]).leads is True
    assert judged(asked, [old, right], [old]).leads is False


def test_a_number_in_the_words_alone_does_not_lead() -> None:
    unread = claimed("a2", "Es gab 23 Verletzte.", "23 Verletzte")
    assert judged(question("current", expected("a2")), [unread]).leads is False


def test_a_range_is_right_with_both_its_ends() -> None:
    asked = question("single", expected("a2", value=(20, 30)))
    for figure, right in (((20, 30), True), ((20, 29), False), ((25, 25), False)):
        claim = claimed("a2", "Es gab 20 bis 30 Verletzte.", "20 bis 30", figure)
        assert judged(asked, [claim]).leads is right


def test_another_article_may_say_it_in_other_words() -> None:
    asked = question("single", expected("a2"), also=(("a5", "23 injured"),))
    assert judged(asked, [injured(23, article="a5")]).leads is True
    asked = question("single", expected("a2", "ein Kabel", None), also=(("a5", "ein Kurzschluss"),))
    for article, right in (("a5", True), ("a9", False)):
        claim = claimed(article, "Schuld war ein Kurzschluss.", "ein Kurzschluss")
        assert judged(asked, [claim]).leads is right


def test_words_are_right_where_most_of_them_stand_in_what_is_quoted() -> None:
    asked = question("single", expected("a2", "ein defektes Kabel im Dach", None))
    right = claimed("a2", "Schuld war ein defektes Kabel im Dach.", "ein defektes Kabel")
    close = claimed("a2", "Schuld war ein wohl defektes Kabel.", "ein wohl defektes Kabel")
    wrong = claimed("a2", "Schuld war ein Blitz.", "ein Blitz")
    elsewhere = claimed("a3", "Schuld war ein defektes Kabel im Dach.", "ein defektes Kabel")
    found = [judged(asked, [one]).leads for one in (right, close, wrong, elsewhere)]
    assert found == [True, True, False, False]


def test_of_sentences_with_the_expected_words_the_one_with_their_beginning_is_right() -> None:
    asked = question("single", expected("a2", "Schuld war ein Kabel im Dach", None))
    second = claimed("a2", "Dass ein Kabel im Dach lag, war bekannt.", "ein Kabel")
    assert judged(asked, [second]).leads is False


def test_without_a_claim_the_first_quotation_leads() -> None:
    asked = question("single", expected("a2", "ein Kabel", None))
    right = claimed("a2", "Schuld war ein Kabel.", "ein Kabel")
    assert judged(asked, [], quotes=[right]).leads is True
    assert judged(asked, [], quotes=[injured(3), right]).leads is False


def test_who_stays_silent_leads_with_nothing() -> None:
    silent = judged(question("current", expected("a2", claimant="Polizei")), [])
    assert (silent.answered, silent.leads, silent.claimed) == (False, False, False)


def says(claimant: str | None, hedge: str | None = None, outlet: str | None = "Alpenbote") -> Claim:
    sentence = f"{claimant or 'Man'} zählte {hedge or 'genau'} 23 Verletzte."
    return claimed(
        "a2", sentence, "23 Verletzte", 23, claimant=claimant, hedge=hedge, outlet=outlet
    )


@pytest.mark.parametrize(
    ("claimant", "claim", "right"),
    [
        ("Polizei", says("Die Polizei"), True),
        ("Polizei Obersee", says("Die Polizei"), True),
        ("Polizei", says("The police"), True),
        ("Betreiber", says("Der Bahnbetreiber"), True),
        ("Polizei", says("Der Bürgermeister"), False),
        ("Polizei", says(None), False),
        # Said by nobody in particular, it is said by the paper.
        ("Alpenbote", says(None), True),
        ("Alpenbote", says(None, outlet=None), False),
    ],
)
def test_the_claimant_shares_a_name_with_who_is_expected(
    claimant: str, claim: Claim, right: bool
) -> None:
    assert judged(question("current", expected("a2", claimant=claimant)), [claim]).claimed is right


@pytest.mark.parametrize(
    ("hedge", "claim", "right"),
    [
        ("mindestens", says("Polizei", "mindestens"), True),
        ("wohl mindestens", says("Polizei", "mindestens"), True),
        ("mindestens", says("Polizei", "wohl mindestens"), True),
        ("mindestens", says("Polizei", "rund"), False),
        ("mindestens", says("Polizei"), False),
    ],
)
def test_an_expected_hedge_is_shown(hedge: str, claim: Claim, right: bool) -> None:
    asked = question("current", expected("a2", claimant="Polizei", hedge=hedge))
    assert judged(asked, [claim]).claimed is right


def test_neither_claimant_nor_hedge_is_asked_for_where_none_is_expected() -> None:
    assert judged(question("current", expected("a2")), [says("Polizei")]).claimed is None


@pytest.mark.parametrize(
    ("days", "right"),
    [
        (Days(date(2025, 11, 7), date(2025, 11, 7)), True),
        (Days(None, date(2025, 11, 8)), True),
        (Days(date(2025, 11, 1), None), True),
        (Days(date(2025, 11, 1), date(2025, 11, 6)), False),
        (None, False),
    ],
)
def test_a_period_is_understood_where_it_ends_at_the_claim_or_later(
    days: Days | None, right: bool
) -> None:
    assert judged(question("asof", expected("a2")), [injured(23)], days=days).period is right


def test_only_a_question_for_a_past_day_asks_for_a_period() -> None:
    days = Days(date(2025, 11, 7), date(2025, 11, 7))
    assert judged(question("current", expected("a2")), [injured(23)], days=days).period is None


def test_of_a_conflict_all_differing_values_are_shown_and_none_else() -> None:
    asked = question("conflict", expected("a2"), expected("a3", value=31))
    one, other, third = injured(23), injured(31, article="a3"), injured(40, article="a4")
    both = judged(asked, [one, other])
    assert (both.differing, both.conflict) == (True, True)
    alone = judged(asked, [one, other], [one])
    assert (alone.differing, alone.conflict) == (False, False)
    assert judged(asked, [one, other, third]).differing is False
    assert judged(asked, []).differing is False


def test_one_value_that_is_shown_as_several_is_a_conflict() -> None:
    one = judged(question("current", expected("a2")), [injured(23), injured(31, article="a3")])
    assert (one.leads, one.conflict) == (True, True)


def test_values_of_a_history_count_in_their_order() -> None:
    steps = [injured(12, "a1"), injured(23, "a2"), injured(27, "a3")]
    asked = question("history", expected("a1", value=12), expected("a2"), expected("a3", value=27))
    other = injured(40, "a4")
    assert (judged(asked, steps).matched, judged(asked, steps).shown) == (3, 3)
    found = judged(asked, [steps[0], other, steps[2]])
    assert (found.matched, found.shown) == (2, 3)
    assert judged(asked, steps[:2]).matched == 2
    assert judged(asked, steps[::-1]).matched == 1
    assert judged(asked, [steps[1], steps[1]]).matched == 1
    assert judged(asked, []).matched == 0


def test_an_unanswerable_question_is_best_not_answered() -> None:
    asked = question("unanswerable")
    assert judged(asked, []).answered is False
    wrong = judged(asked, [injured(23)])
    assert (wrong.answered, wrong.leads) == (True, None)
