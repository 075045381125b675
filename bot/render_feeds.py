"""Feeds in Discord messages: what is wrong with one is plain to see."""

from __future__ import annotations

from collections.abc import Sequence

from bot.discord_time import time_tag
from bot.escape import can_carry_link, escape, masked_link, safe_address
from bot.excerpt import cut, units
from bot.feed_desk import FeedState, Report
from bot.feed_fetch import Found
from bot.feed_import import Taken
from bot.feed_text import choices, feed_name, outcome_text, reason, trouble_of
from bot.language import say, say_error
from bot.language.days import published_text
from bot.render import first_that_fits
from bot.types import Language
from index.errors import FeedError, SourceError
from index.feed_table import StoredFeed

WARNING = "⚠️"
PAGE_SIZE = 4
_NAME = 80  # characters before escaping, as all below
_REASON = 200
# Of a name, an address and a reason; the last fits whatever they hold.
_ROOMS = ((80, 300, 300), (80, 150, 200), (60, 0, 120), (30, 0, 60))
_PREVIEWED = 8
_REFUSED = 4
_LONGEST_CHOICE = 500


def shown_name(feed: StoredFeed) -> str:
    """Return what to call a feed, on one line and without effects."""
    return escape(cut(feed_name(feed), _NAME))


def trouble_line(feed: StoredFeed, language: Language, room: int = _REASON) -> str | None:
    """Return the sentence for a feed that fails or rests because it has failed."""
    return trouble_of(language, feed, moment=time_tag, dressed=lambda said: escape(cut(said, room)))


def in_order(states: Sequence[FeedState]) -> list[FeedState]:
    """Return feeds as they are listed: those that fail first, then as they were added."""
    return sorted(states, key=lambda state: not state.feed.is_failing)


def pages_of(states: Sequence[FeedState]) -> int:
    """Return how many pages there are; nothing has one."""
    return max(1, -(-len(states) // PAGE_SIZE))


def render_feeds(states: Sequence[FeedState], page: int, language: Language) -> str:
    """Return one page of feeds, counted from 0."""
    if not states:
        return say(language, "feed.none")
    head = say(
        language,
        "feed.head",
        count=len(states),
        failing=sum(state.feed.is_failing for state in states),
        page=page + 1,
        pages=pages_of(states),
    )
    shown = states[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return first_that_fits(
        ["\n".join([head, *(_state(state, language, room) for state in shown)]) for room in _ROOMS]
    )


def render_report(report: Report, language: Language) -> str:
    """Return what a look at a feed has come to, with what could not be read and why."""
    name = shown_name(report.feed)
    if report.error is not None:
        sentence = escape(cut(reason(language, report.error), _REASON))
        return f"{WARNING} {name}: {sentence}"
    lines = [outcome_text(language, name, report)]
    failed = [(taken, taken.error) for taken in report.taken if taken.error is not None]
    lines += [f"- {_refused(taken, error, language)}" for taken, error in failed[:_REFUSED]]
    return "\n".join(lines)


def render_progress(feed: StoredFeed, taken: Sequence[Taken], language: Language) -> str:
    """Return how far the articles of a feed are."""
    failed = sum(one.error is not None for one in taken)
    name = shown_name(feed)
    return say(language, "feed.progress", name=name, done=len(taken), failed=failed)


def render_preview(found: Found, language: Language) -> str:
    """Return what a feed lists, the first entries by name."""
    feed = found.feed
    head = say(
        language,
        "feed.preview",
        name=_linked(feed.title or found.url, found.url, 80, 300),
        count=len(feed.entries),
    )
    entries = feed.entries[:_PREVIEWED]
    return first_that_fits(
        [
            "\n".join(
                [
                    head,
                    *(
                        f"- {_linked(entry.title or entry.url, entry.url, title, address)}"
                        f" · {published_text(language, entry.published or entry.updated)}"
                        for entry in entries
                    ),
                ]
            )
            for title, address, _ in _ROOMS
        ]
    )


def render_choice(error: FeedError, language: Language) -> str:
    """Return the feeds that a page names, by title and address, to choose from."""
    host = escape(cut(str(error.details["host"]), _NAME))
    head = say_error(language, FeedError("feed_choice", host=host, count=error.details["count"]))
    lines = [
        f"- {escape(cut(title, 60))} · {escape(url)}"
        for url, title in choices(error)
        if units(url) <= _LONGEST_CHOICE  # half an address would lead nowhere
    ]
    return first_that_fits(["\n".join([head, *lines[:most]]) for most in (10, 6, 3, 1, 0)])


def _state(state: FeedState, language: Language, room: tuple[int, int, int]) -> str:
    feed, (title, address, most) = state.feed, room
    counted = say(language, "feed.articles", count=state.articles, waiting=state.waiting)
    lines = [
        f"**{feed.id}** · {_linked(feed_name(feed), feed.url, title, address)} · {counted}",
        f"-# {_when(feed, language)}",
    ]
    trouble = trouble_line(feed, language, most)
    if trouble is not None:
        lines.append(f"{WARNING} **{trouble}**")
    given_up = sum(failure.given_up for failure in state.failures)
    if given_up:
        lines.append(f"{WARNING} {say(language, 'feed.given_up', count=given_up)}")
    return "\n".join(lines)


def _when(feed: StoredFeed, language: Language) -> str:
    if feed.last_success is None:
        last = say(language, "feed.never")
    else:
        last = say(language, "feed.last", moment=time_tag(feed.last_success))
    if feed.paused is not None:
        return f"{last} · {say(language, 'feed.paused')}"
    return f"{last} · {say(language, 'feed.next', moment=time_tag(feed.next_run))}"


def _refused(taken: Taken, error: SourceError, language: Language) -> str:
    title = _linked(taken.title or taken.url, taken.url, 60, 150)
    return f"{title}: {escape(cut(reason(language, error), 120))}"


def _linked(name: str, url: str, room: int, address_room: int) -> str:
    """Return a name that is a link where it can be."""
    shown, address = cut(name, room), safe_address(url)
    if address is None or units(address) > address_room or not can_carry_link(shown):
        return escape(shown)
    return masked_link(shown, address)
