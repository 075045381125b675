"""`beleg feed …`: what is read regularly."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable

from bot.cli import exits
from bot.cli.parts import Parts
from bot.cli.permit import person
from bot.cli.serving import beside_the_bot
from bot.console import headline
from bot.feed_desk import FeedDesk, FeedState, Report, feed_states
from bot.feed_fetch import Found
from bot.feed_import import Taken
from bot.feed_text import (
    choices,
    feed_lines,
    feed_name,
    feed_record,
    listed_record,
    reason,
    report_line,
    taken_record,
)
from bot.language.days import published_text
from bot.terminal_text import embolden, printable
from index.audit_table import AuditAction
from index.errors import FeedError
from index.feed_table import StoredFeed
from index.lock import hold

_PREVIEWED = 10


def feed(parts: Parts, arguments: argparse.Namespace) -> int:
    """Do one of the things that can be done with feeds."""
    if arguments.action not in {"add", "preview"}:
        with parts.library() as library:
            parts.corpus_to_read(library)  # a mistyped name is said, and makes no collection
    return _ACTIONS[arguments.action](parts, arguments)


def _list(parts: Parts, _arguments: argparse.Namespace) -> int:
    terminal = parts.terminal
    with parts.library() as library:
        states = feed_states(parts.corpus_to_read(library))
    if terminal.machine_readable:
        terminal.write_json([feed_record(terminal.language, state) for state in states])
    elif not states:
        terminal.note("feeds_none")
    for state in states if not terminal.machine_readable else ():
        first, *rest = feed_lines(terminal.language, state)
        terminal.write(f"{state.feed.id:>5}  {printable(first)}")
        for line in rest:
            shown = printable(line)
            if line.startswith("!"):
                terminal.write(f"    {embolden(shown, terminal.style)}")
            else:
                terminal.write(f"       {shown}")
    return exits.DONE


def _preview(parts: Parts, arguments: argparse.Namespace) -> int:
    async def work() -> Found:
        async with parts.feeds() as feeds:
            return await feeds.preview(parts.settings.corpus, arguments.url)

    return _choosing(parts, lambda: _show_listed(parts, asyncio.run(work())))


def _add(parts: Parts, arguments: argparse.Namespace) -> int:
    corpus, terminal = parts.settings.corpus, parts.terminal

    async def work() -> int:
        async with parts.feeds() as feeds:
            added = await feeds.add(corpus, arguments.url, person())
            await feeds.note(corpus, person(), AuditAction.FEED_ADDED, added)
            if not terminal.machine_readable:
                terminal.say("feed_added", id=added.id, name=printable(feed_name(added)))
            report = await feeds.refresh(corpus, added.id, _teller(parts), forced=False)
            return await _told(parts, feeds, report)

    async def leave() -> int:
        async with parts.feeds() as feeds:
            added = await feeds.add(corpus, arguments.url, person())
            await feeds.note(corpus, person(), AuditAction.FEED_ADDED, added)
            if terminal.machine_readable:
                states = await feeds.states(corpus)
                state = next(state for state in states if state.feed.id == added.id)
                terminal.write_json(feed_record(terminal.language, state))
            else:
                terminal.say("feed_left", id=added.id, name=printable(feed_name(added)))
        return exits.DONE

    with beside_the_bot(parts.settings.data) as left:
        return _choosing(parts, lambda: asyncio.run(leave() if left else work()))


def _now(parts: Parts, arguments: argparse.Namespace) -> int:
    async def work() -> int:
        async with parts.feeds() as feeds:
            report = await feeds.refresh(parts.settings.corpus, arguments.id, _teller(parts))
            return await _told(parts, feeds, report)

    with hold(parts.settings.data):
        return asyncio.run(work())


def _refresh(parts: Parts, arguments: argparse.Namespace) -> int:
    with hold(parts.settings.data):
        return asyncio.run(_refresh_some(parts, everything=arguments.all))


async def _refresh_some(parts: Parts, *, everything: bool) -> int:
    corpus, terminal = parts.settings.corpus, parts.terminal
    code = exits.DONE
    async with parts.feeds() as feeds:
        if everything:
            states = await feeds.states(corpus)
            some = [state.feed for state in states if state.feed.paused is None]
        else:
            some = await feeds.due(corpus)
        if not some:
            terminal.note("feeds_none_due")
        for one in terminal.tracked(some, "feeds"):
            try:
                report = await feeds.refresh(corpus, one.id, _teller(parts), forced=everything)
            except FeedError as error:  # its site wants to be left alone
                report = Report(one, None, error, ())
            code = max(code, await _told(parts, feeds, report, line=True))
    return code


def _pause(parts: Parts, arguments: argparse.Namespace) -> int:
    action = AuditAction.FEED_PAUSED
    return _change(parts, action, lambda feeds, corpus: feeds.pause(corpus, arguments.id))


def _resume(parts: Parts, arguments: argparse.Namespace) -> int:
    action = AuditAction.FEED_RESUMED
    return _change(parts, action, lambda feeds, corpus: feeds.resume(corpus, arguments.id))


def _remove(parts: Parts, arguments: argparse.Namespace) -> int:
    terminal = parts.terminal

    async def work() -> tuple[StoredFeed, int]:
        async with parts.feeds() as feeds:
            corpus = parts.settings.corpus
            removed, articles = await feeds.remove(
                corpus, arguments.id, with_articles=arguments.with_articles
            )
            await feeds.note(corpus, person(), AuditAction.FEED_REMOVED, removed)
            return removed, articles

    with hold(parts.settings.data):
        removed, articles = asyncio.run(work())
    if terminal.machine_readable:
        terminal.write_json(
            {"outcome": "removed", "id": removed.id, "url": removed.url, "articles": articles}
        )
    else:
        key = "feed_removed_with_articles" if arguments.with_articles else "feed_removed"
        terminal.say(key, name=printable(feed_name(removed)), count=articles)
    return exits.DONE


def _change(
    parts: Parts, done: AuditAction, change: Callable[[FeedDesk, str], Awaitable[StoredFeed]]
) -> int:
    terminal, corpus = parts.terminal, parts.settings.corpus

    async def work() -> FeedState:
        async with parts.feeds() as feeds:
            changed = await change(feeds, corpus)
            await feeds.note(corpus, person(), done, changed)
            states = await feeds.states(corpus)
            return next(state for state in states if state.feed.id == changed.id)

    with beside_the_bot(parts.settings.data):
        state = asyncio.run(work())
    if terminal.machine_readable:
        terminal.write_json(feed_record(terminal.language, state))
    else:
        terminal.say(done.value, name=printable(feed_name(state.feed)))
    return exits.DONE


_ACTIONS: dict[str, Callable[[Parts, argparse.Namespace], int]] = {
    "add": _add,
    "list": _list,
    "preview": _preview,
    "pause": _pause,
    "resume": _resume,
    "remove": _remove,
    "now": _now,
    "refresh": _refresh,
}


def _choosing(parts: Parts, work: Callable[[], int]) -> int:
    """Do some work; where a page has several feeds, name them."""
    terminal = parts.terminal
    try:
        return work()
    except FeedError as error:
        if error.code != "feed_choice":
            raise
        named = list(choices(error))
        terminal.complain(error)
    if terminal.machine_readable:
        terminal.write_json(
            {
                "error": "feed_choice",
                "feeds": [{"url": url, "title": title} for url, title in named],
            }
        )
    for url, title in named if not terminal.machine_readable else ():
        terminal.write(printable(f"  {url}  {title}".rstrip()))
    return exits.REFUSED


def _show_listed(parts: Parts, found: Found) -> int:
    terminal = parts.terminal
    if terminal.machine_readable:
        terminal.write_json(listed_record(found.url, found.feed))
        return exits.DONE
    terminal.write(printable(found.feed.title or found.url))
    terminal.write(printable(found.url))
    terminal.say("feed_lists", count=len(found.feed.entries))
    for entry in found.feed.entries[:_PREVIEWED]:
        day = published_text(terminal.language, entry.published or entry.updated)
        terminal.write(printable(f"  {entry.title or entry.url} · {day}"))
    return exits.DONE


def _teller(parts: Parts) -> Callable[[Taken], None] | None:
    """Return what says what became of each article; nothing where a program reads along."""
    terminal = parts.terminal
    if terminal.machine_readable:
        return None

    def tell(taken: Taken) -> None:
        if taken.error is not None:
            said = reason(terminal.language, taken.error)
            terminal.note("refused", source=taken.url, reason=said)
        elif taken.receipt is not None:
            stored = taken.receipt.stored
            shown = headline(stored, terminal.language)
            terminal.say(taken.outcome, id=stored.id, headline=shown)

    return tell


async def _told(parts: Parts, feeds: FeedDesk, report: Report, *, line: bool = False) -> int:
    """Say what a look at a feed came to, and return the exit code for it."""
    terminal = parts.terminal
    if terminal.machine_readable:
        states = await feeds.states(parts.settings.corpus)
        state = next(state for state in states if state.feed.id == report.feed.id)
        record = feed_record(terminal.language, state)
        taken = [taken_record(terminal.language, one) for one in report.taken]
        terminal.write_json({**record, "taken": taken}, line=line)
    else:
        terminal.write(printable(report_line(terminal.language, report)))
    refused = report.error is not None or report.count("failed")
    return exits.REFUSED if refused else exits.DONE
