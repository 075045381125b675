from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from bot.evaluate_watches import WatchReport, quantities_of
from bot.story_set import ExpectedClaim, StoryQuestion

NOW = datetime(2025, 11, 9, tzinfo=UTC)


def expected(article: str, number: int | None, unit: str = "Verletzte") -> ExpectedClaim:
    value = None if number is None else Decimal(number)
    made = datetime(2025, 11, int(article[1:]), tzinfo=UTC)
    return ExpectedClaim(article, "…", 0, value, value, None, None, made, unit)


def question(text: str, kind: str, *claims: ExpectedClaim) -> StoryQuestion:
    return StoryQuestion(text, "s1", text, kind, NOW, claims)


def test_questions_with_a_common_expectation_are_of_one_quantity() -> None:
    history = question(
        "history", "history", expected("a1", 12), expected("a4", 23), expected("a4", 31),
        expected("a5", 27),
    )  # fmt: skip
    now = question("now", "current", expected("a5", 27))
    killed = question("killed", "current", expected("a5", 1, "Tote"))
    others = question("others", "current", expected("a5", 400))
    found = {one.questions: one for one in quantities_of([history, now, killed, others])}
    assert set(found) == {("history", "now"), ("killed",), ("others",)}
    one = found["history", "now"]
    assert one.first == "a1"
    assert {article: [figure.least for figure in new] for article, new in one.changes.items()} == {
        "a4": [23, 31],
        "a5": [27],
    }
    assert one.expected == {"a1", "a4", "a5"}


def test_a_rounding_is_no_real_change_and_a_return_is_one() -> None:
    values = (8000, 7950, 9000, 8000)
    claims = [expected(f"a{day}", value) for day, value in enumerate(values, start=1)]
    (one,) = quantities_of([question("history", "history", *claims)])
    assert list(one.changes) == ["a3", "a4"]


def test_words_and_past_days_are_not_watched() -> None:
    words = question("words", "current", expected("a1", None))
    past = question("past", "asof", expected("a1", 12))
    nothing = question("nothing", "unanswerable")
    assert quantities_of([words, past, nothing]) == []


def test_the_rows_of_the_table() -> None:
    rows = WatchReport(told=8, changes=10, false=1, stories=4).figures()
    assert list(rows.values()) == [(8, 10), (1, 4)]
    assert WatchReport(told=0, changes=0, false=0, stories=4).figures() == {}
