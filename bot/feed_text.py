"""Feeds in words: how they fare, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from bot.feed_desk import FeedState, Report, next_run_of
from bot.feed_import import Taken
from bot.language import say, say_error
from bot.language.days import moment_text
from bot.types import Language
from index.errors import BelegError, SourceError
from index.feed_pages import FailedPage
from index.feed_table import BY_HAND, Failure, StoredFeed
from index.feeds import Feed, FeedEntry

_SHOWN_FAILURES = 5


def feed_name(feed: StoredFeed) -> str:
    """Return what to call a feed."""
    return feed.title or feed.url


def feed_lines(language: Language, state: FeedState) -> list[str]:
    """Return the lines on a feed: the first names it, what is wrong begins with "!"."""
    feed = state.feed
    counted = say(language, "feed.articles", count=state.articles, waiting=state.waiting)
    head = f"{feed_name(feed)} · {counted}"
    lines = [head, feed.url, _when(language, feed)]
    trouble = trouble_of(language, feed)
    if trouble:
        lines.append(f"! {trouble}")
    failed = [failure for failure in state.failures if failure.given_up]
    if failed:
        lines.append(f"! {say(language, 'feed.given_up', count=len(failed))}")
    lines += [
        f"  {failure.title or failure.url} ({failure.url}): {reason(language, failure.failure)}"
        for failure in failed[:_SHOWN_FAILURES]
    ]
    return lines


def trouble_of(
    language: Language,
    feed: StoredFeed,
    *,
    moment: Callable[[datetime], str] | None = None,
    dressed: Callable[[str], str] = str,
) -> str | None:
    """Return the sentence for a feed that fails or rests because it has failed.

    `moment` writes since when, `dressed` the reason as the place where it is shown needs it.
    """
    if not feed.is_failing or feed.failure is None or feed.failing_since is None:
        return None
    since = (
        moment_text(language, feed.failing_since) if moment is None else moment(feed.failing_since)
    )
    key = "feed.gone" if feed.paused not in {None, BY_HAND} else "feed.failing"
    said = dressed(reason(language, feed.failure))
    return say(language, key, since=since, count=feed.failures, reason=said)


def summary_lines(language: Language, states: list[FeedState]) -> tuple[str, list[str]]:
    """Return how all feeds fare in a few words, and a line for each that fails."""
    failing = [state.feed for state in states if state.feed.is_failing]
    text = say(language, "feed.summary", count=len(states), failing=len(failing))
    successes = [s.feed.last_success for s in states if s.feed.last_success is not None]
    if successes:
        text += f" · {say(language, 'feed.last', moment=moment_text(language, max(successes)))}"
    soonest = next_run_of(states)
    if soonest is not None:
        text += f" · {say(language, 'feed.next', moment=moment_text(language, soonest))}"
    lines = [
        f"! {feed.id}  {feed_name(feed)}: {trouble_of(language, feed)}"
        f" {_when(language, feed)}".rstrip()
        for feed in failing
    ]
    return text, lines


def report_line(language: Language, report: Report) -> str:
    """Return what a look at a feed has come to."""
    name = feed_name(report.feed)
    if report.error is not None:
        return f"! {name}: {reason(language, report.error)}"
    return outcome_text(language, name, report)


def outcome_text(language: Language, name: str, report: Report) -> str:
    """Return what became of the articles of a feed that could be read; it is called `name`."""
    counts = {kind: report.count(kind) for kind in ("added", "updated", "known", "failed")}
    key = "feed.report" if report.taken else "feed.nothing_new"
    text = say(language, key, name=name, **counts)
    if report.waiting:
        text += f" {say(language, 'feed.still_waiting', count=report.waiting)}"
    return text


def reason(language: Language, failure: Failure | SourceError) -> str:
    """Return the sentence for an error; of one that an older Beleg has written, its code."""
    error = failure.error if isinstance(failure, Failure) else failure
    try:
        return say_error(language, error)
    except KeyError:
        return error.code


def feed_record(language: Language, state: FeedState) -> dict[str, Any]:
    """Return a feed for programs."""
    feed = state.feed
    failure = feed.failure
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "kind": feed.kind.value,
        "added": feed.added.isoformat(),
        "added_by": feed.added_by,
        "paused": feed.paused,
        "articles": state.articles,
        "waiting": state.waiting,
        "interval_minutes": round(feed.interval.total_seconds() / 60),
        "next_run": feed.next_run.isoformat() if feed.paused is None else None,
        "last_run": _iso(feed.last_run),
        "last_success": _iso(feed.last_success),
        "last_article": _iso(feed.last_article),
        "failing": feed.is_failing,
        "failures": feed.failures,
        "failing_since": _iso(feed.failing_since),
        "last_error": None
        if failure is None
        else {
            "code": failure.code,
            "reason": reason(language, failure),
            "at": _iso(feed.failed_at),
        },
        "refused": [_failed_record(language, failed) for failed in state.failures],
    }


def taken_record(language: Language, taken: Taken) -> dict[str, Any]:
    """Return what became of a page for programs."""
    record: dict[str, Any] = {"url": taken.url, "title": taken.title, "outcome": taken.outcome}
    if taken.receipt is not None:
        record["article_id"] = taken.receipt.stored.id
    if taken.error is not None:
        record |= {"error": taken.error.code, "reason": reason(language, taken.error)}
    return record


def listed_record(url: str, feed: Feed) -> dict[str, Any]:
    """Return what a feed lists for programs."""
    return {
        "url": url,
        "title": feed.title,
        "kind": feed.kind.value,
        "entries": [_entry_record(entry) for entry in feed.entries],
    }


def choices(error: BelegError) -> Iterable[tuple[str, str]]:
    """Yield address and title of the feeds among which a person has to choose."""
    feeds = error.details.get("feeds")
    for url, title in feeds if isinstance(feeds, list) else ():
        yield str(url), str(title)


def _when(language: Language, feed: StoredFeed) -> str:
    if feed.last_success is None:
        last = say(language, "feed.never")
    else:
        last = say(language, "feed.last", moment=moment_text(language, feed.last_success))
    if feed.paused is not None:
        return f"{last} · {say(language, 'feed.paused')}"
    return f"{last} · {say(language, 'feed.next', moment=moment_text(language, feed.next_run))}"


def _entry_record(entry: FeedEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "published": entry.published.isoformat() if entry.published else None,
        "updated": entry.updated.isoformat() if entry.updated else None,
        "summary": entry.summary,
    }


def _failed_record(language: Language, failed: FailedPage) -> dict[str, Any]:
    return {
        "url": failed.url,
        "title": failed.title,
        "error": failed.failure.code,
        "reason": reason(language, failed.failure),
        "given_up": failed.given_up,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
