"""`beleg add` and `beleg remove`: what changes a collection."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from bot.audit_notes import note_receipt
from bot.cli import exits
from bot.cli.intake import Intake
from bot.cli.noting import note
from bot.cli.parts import Parts
from bot.cli.permit import person
from bot.cli.refusals import Refusals, refusals
from bot.cli.sources import LARGEST_FILE, Item, Items
from bot.cli.terminal import Terminal
from bot.console import article_record, headline
from bot.desk import Desk
from bot.language import say, say_error
from index.audit_table import AuditAction
from index.clean import clean_line
from index.dates import whole_date
from index.errors import SettingError, SourceError
from index.lock import hold
from index.override_table import Vouched
from index.types import DateOrigin, Given, Receipt
from index.web_address import is_web_address

_REFUSED = "refused"
_LISTED = 20  # items; of more a person wants the sum
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# What an operator, and nobody else, may allow.
_OF_ONES_OWN_NETWORK = frozenset(
    {"address_blocked", "ip_literal_refused", "port_not_allowed", "redirect_blocked"}
)


def add(parts: Parts, arguments: argparse.Namespace) -> int:
    """Take in everything that can be taken in, and say what became of it."""
    given, vouched = given_of(arguments), _vouched(arguments)
    items = Items(arguments.sources, _standard_input)
    if (given.title or given.url) and len(items) > 1:
        raise SettingError("only_for_one_article", count=len(items))
    with hold(parts.settings.data), refusals(parts.terminal.language, arguments.report) as refused:
        tally = asyncio.run(_add(parts, items, given, refused, vouched))
    if not parts.terminal.machine_readable and len(items) > _LISTED:
        refused.report(parts.terminal)
    report_tally(parts.terminal, tally)
    if tally.total() < len(items):
        parts.terminal.note("stopped", done=tally.total(), total=len(items))
        return exits.INTERRUPTED
    return exits.REFUSED if tally[_REFUSED] else exits.DONE


def remove(parts: Parts, arguments: argparse.Namespace) -> int:
    """Remove an article."""
    with hold(parts.settings.data), parts.library() as library:
        corpus = parts.corpus_to_read(library)
        stored = corpus.remove(arguments.id)
        title = stored.article.title
        note(parts, corpus, person(), AuditAction.ARTICLE_REMOVED, id=stored.id, title=title)
    if parts.terminal.machine_readable:
        parts.terminal.write_json({"outcome": "removed", **article_record(stored)})
    else:
        parts.terminal.say("removed", headline=headline(stored, parts.terminal.language))
    return exits.DONE


async def take_in(
    desk: Desk,
    corpus: str,
    items: Items,
    given: Given,
    terminal: Terminal,
    *,
    refused: Refusals | None = None,
    vouched: Vouched | None = None,
    clock: Callable[[], datetime] | None = None,
) -> Counter[str]:
    """Add every item and report it; return how often each outcome came about.

    With a clock the audit is told who has added what.

    Ctrl-C and SIGTERM end it after the articles in hand, a second one at once.
    """
    tally: Counter[str] = Counter()
    # One by one only where a person reads them; a program reads all.
    listed = terminal.machine_readable or len(items) <= _LISTED
    with _stopping() as stop, terminal.progress(len(items), "articles") as advance:
        intake = Intake(desk, corpus, given, stop, vouched=vouched)
        async for item, found in intake.take(items):
            if isinstance(found, SourceError):
                tally[_REFUSED] += 1
                if refused is not None:
                    refused.add(item.source, found)
                if listed:
                    _report_refusal(terminal, item, found)
            else:
                tally[found.outcome.value] += 1
                if clock is not None:
                    await note_receipt(desk, corpus, found, person(), clock())
                if listed:
                    _report_receipt(terminal, item, found)
            advance()
    return tally


def report_tally(terminal: Terminal, tally: Counter[str]) -> None:
    """Sum up, on standard error where a program reads the results."""
    counts = {name: tally[name] for name in ("added", "updated", "known", _REFUSED)}
    if terminal.machine_readable:
        terminal.note("summary", **counts)
    elif tally.total() > 1:
        terminal.say("summary", **counts)


def given_of(arguments: argparse.Namespace) -> Given:
    """Return what the options state about an article; SettingError where they make no sense."""
    url = (arguments.url or "").strip() or None
    if url and not is_web_address(url):
        raise SettingError("url_option", value=url[:80])
    published = None
    stated = (arguments.published or "").strip()
    if stated:
        published = whole_date(stated, DateOrigin.GIVEN)
        if published is None:
            raise SettingError("published_option", value=stated[:80])
    return Given(
        title=clean_line(arguments.title or "") or None,
        url=url,
        outlet=clean_line(arguments.outlet or "") or None,
        published=published,
    )


def _vouched(arguments: argparse.Namespace) -> Vouched | None:
    reason = (getattr(arguments, "override", None) or "").strip()
    return Vouched(person(), reason) if reason else None


async def _add(
    parts: Parts, items: Items, given: Given, refused: Refusals, vouched: Vouched | None
) -> Counter[str]:
    async with parts.desk() as desk:
        corpus, terminal = parts.settings.corpus, parts.terminal
        return await take_in(
            desk,
            corpus,
            items,
            given,
            terminal,
            refused=refused,
            vouched=vouched,
            clock=parts.timing.clock,
        )


@contextmanager
def _stopping() -> Iterator[asyncio.Event]:
    """Let the first signal ask for an end; the next one does what it always does."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask() -> None:
        stop.set()
        for number in _SIGNALS:
            loop.remove_signal_handler(number)

    for number in _SIGNALS:
        loop.add_signal_handler(number, ask)
    try:
        yield stop
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


def _report_receipt(terminal: Terminal, item: Item, receipt: Receipt) -> None:
    outcome, stored = receipt.outcome.value, receipt.stored
    if terminal.machine_readable:
        line = {"source": item.source, "outcome": outcome, **article_record(stored)}
        terminal.write_json(line, line=True)
    else:
        terminal.say(outcome, id=stored.id, headline=headline(stored, terminal.language))


def _report_refusal(terminal: Terminal, item: Item, error: SourceError) -> None:
    reason = say_error(terminal.language, error)
    if error.code in _OF_ONES_OWN_NETWORK:
        reason += " " + say(terminal.language, "cli.hint_fetch_allow")
    if terminal.machine_readable:
        line: dict[str, Any] = {"source": item.source, "outcome": _REFUSED, "error": error.code}
        terminal.write_json({**line, "reason": reason}, line=True)
    elif "source" in error.details:  # then the sentence begins with it
        terminal.note("refused_by_itself", reason=reason)
    else:
        terminal.note(_REFUSED, source=item.source, reason=reason)


def _standard_input() -> bytes:
    return sys.stdin.buffer.read(LARGEST_FILE + 1)
