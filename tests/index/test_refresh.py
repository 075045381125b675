from __future__ import annotations

from datetime import timedelta

import pytest

from index.errors import ExtractionError, FetchError, ReservedError, SourceError
from index.refresh import (
    Intervals,
    is_gone,
    is_outage,
    jittered,
    recheck_page,
    retry_after,
    retry_page,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
INTERVALS = Intervals(15 * MINUTE, DAY)


def test_news_shortens_the_interval_and_silence_lengthens_it_within_bounds() -> None:
    assert INTERVALS.after_success(HOUR, has_news=True) == HOUR / 2
    assert INTERVALS.after_success(HOUR, has_news=False) == HOUR * 1.5
    assert INTERVALS.after_success(20 * MINUTE, has_news=True) == 15 * MINUTE
    assert INTERVALS.after_success(23 * HOUR, has_news=False) == DAY


def test_a_feed_may_ask_for_longer_but_not_for_ever() -> None:
    assert INTERVALS.after_success(HOUR, has_news=True, minutes=180) == 3 * HOUR
    assert INTERVALS.after_success(HOUR, has_news=True, minutes=1_000_000) == DAY


def test_failures_double_the_interval_and_a_wish_for_patience_goes_first() -> None:
    waits = [INTERVALS.after_failure(HOUR, failures) for failures in (1, 2, 3, 10, 10_000)]
    assert waits == [HOUR, 2 * HOUR, 4 * HOUR, DAY, DAY]
    assert INTERVALS.after_failure(HOUR, 1, 5 * 3600) == 5 * HOUR
    assert INTERVALS.after_failure(HOUR, 3, 60) == 4 * HOUR
    assert INTERVALS.after_failure(HOUR, 1, 3 * 86400) == 3 * DAY


@pytest.mark.parametrize("bounds", [(timedelta(0), DAY), (2 * HOUR, HOUR)])
def test_bounds_that_hold_nothing_are_refused(bounds: tuple[timedelta, timedelta]) -> None:
    with pytest.raises(ValueError, match="shortest"):
        Intervals(*bounds)


def test_the_first_interval_lies_within_the_bounds() -> None:
    assert INTERVALS.first == HOUR
    assert Intervals(2 * HOUR, DAY).first == 2 * HOUR


def test_chance_only_makes_longer() -> None:
    assert jittered(HOUR, 0) == HOUR
    assert HOUR < jittered(HOUR, 1) <= HOUR * 1.11


def test_a_page_is_tried_for_longer_than_an_outage_of_two_days_and_then_given_up() -> None:
    error = FetchError("timeout")
    pauses = [retry_page(attempts, error) for attempts in range(1, 8)]
    assert pauses[-1] is None
    tried = [pause for pause in pauses if pause is not None]
    assert tried == sorted(tried)
    assert sum(tried, timedelta(0)) > 2 * DAY


@pytest.mark.parametrize(
    "error", [ReservedError("robots_disallowed"), FetchError("http_error", status=410)]
)
def test_what_will_not_change_is_not_tried_again(error: SourceError) -> None:
    assert retry_page(1, error) is None


def test_a_page_that_a_feed_calls_changed_in_vain_is_believed_ever_less() -> None:
    assert recheck_page(0) == timedelta(0)
    assert recheck_page(1) == HOUR
    assert recheck_page(3) == 4 * HOUR
    assert recheck_page(10_000) == 7 * DAY


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (FetchError("timeout"), True),
        (FetchError("http_error"), True),
        (FetchError("http_error", status=503), True),
        (FetchError("http_error", status=429), True),
        (FetchError("http_error", status=404), False),
        (ExtractionError("paywall"), False),
    ],
)
def test_an_outage_is_of_the_host(error: SourceError, *, outage: bool) -> None:
    assert is_outage(error) is outage


def test_what_a_site_says_is_read_from_its_error() -> None:
    assert is_gone(FetchError("http_error", status=410))
    assert not is_gone(FetchError("http_error", status=404))
    assert retry_after(FetchError("http_error", status=503, retry_after=60)) == 60
    assert retry_after(FetchError("timeout")) is None
