from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.excerpt import units
from bot.feed_desk import FeedState, Report
from bot.feed_fetch import Found
from bot.feed_import import Taken
from bot.render import MESSAGE_LIMIT
from bot.render_feeds import (
    PAGE_SIZE,
    in_order,
    render_choice,
    render_feeds,
    render_preview,
    render_progress,
    render_report,
)
from bot.types import Language
from index.errors import FeedError, FetchError
from index.feed_pages import FailedPage
from index.feed_table import Failure, StoredFeed
from index.feeds import Feed, FeedEntry, FeedKind
from tests.bot.discord_markdown import read

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def feed(
    number: int, title: str, *, host: str | None = None, url: str = "https://b.example/"
) -> StoredFeed:
    return StoredFeed(
        id=number,
        url=url,
        title=title,
        kind=FeedKind.RSS,
        added=NOW,
        added_by="7",
        paused=None,
        validators=None,
        interval=timedelta(hours=1),
        next_run=NOW,
        last_run=NOW,
        last_success=None,
        last_article=None,
        not_before=None,
        failures=3 if host else 0,
        failing_since=NOW if host else None,
        failure=Failure("dns_failed", {"host": host}) if host else None,
        failed_at=NOW if host else None,
    )


def given_up(url: str) -> FailedPage:
    return FailedPage(url, "Titel", Failure("dns_failed", {"host": "b.example"}), given_up=True)


def test_feeds_that_fail_come_first_and_the_rest_stays_in_order() -> None:
    states = [FeedState(feed(i, "t", host="h" if i == 2 else None), 0, 0, ()) for i in (1, 2, 3)]
    assert [state.feed.id for state in in_order(states)] == [2, 1, 3]


def test_articles_that_were_given_up_are_counted() -> None:
    state = FeedState(feed(1, "Ticker"), 3, 0, (given_up("https://b.example/1"),))
    shown = render_feeds([state], 0, Language.GERMAN)
    assert "⚠️ Artikel, die sich nicht aufnehmen ließen: 1" in shown
    assert "noch nie gelesen" in shown


@pytest.mark.parametrize("sign", ["*", "@", "😀", "[", "\n> ", "<@1> ", "https://b.example/ "])
def test_whatever_they_are_called_it_fits_into_a_message_and_does_nothing(sign: str) -> None:
    bad, url = f"a{sign * 300}b", f"https://b.example/{'x' * 1500}"
    states = [
        FeedState(feed(i, bad, host=bad, url=url), 9, 9, (given_up(url),) * 3)
        for i in range(PAGE_SIZE)
    ]
    entry = FeedEntry(None, url, bad, None, None, "", "d")
    found = Found(url, Feed(FeedKind.RSS, bad, (entry,) * 20), None)
    error = FetchError("dns_failed", host=bad)
    taken = [Taken(url, bad, "failed", error=error)] * 20
    report = Report(states[0].feed, None, None, tuple(taken))
    failed = Report(states[0].feed, None, error, ())
    choice = FeedError("feed_choice", host=bad, count=20, feeds=[[url, bad]] * 20)
    for language in Language:
        for shown in (
            render_feeds(states, 0, language),
            render_preview(found, language),
            render_report(report, language),
            render_report(failed, language),
            render_progress(states[0].feed, taken, language),
            render_choice(choice, language),
        ):
            assert units(shown) <= MESSAGE_LIMIT
            assert {"mention", "spoiler", "url", "emoji"}.isdisjoint(read(shown).effects)
