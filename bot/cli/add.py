"""`beleg add` and `beleg remove`: what changes a collection."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.cli import exits
from bot.cli.parts import Parts
from bot.cli.permit import person
from bot.cli.sources import LARGEST_FILE, Address, Item, find_items
from bot.cli.terminal import Terminal
from bot.console import article_record, headline
from bot.desk import Desk
from bot.language import say, say_error
from index.clean import clean_line
from index.errors import BelegError, SettingError, SourceError
from index.lock import hold
from index.override_table import Vouched
from index.types import Article, DateOrigin, Given, Published, Receipt
from index.web_address import is_web_address

_log = logging.getLogger(__name__)
_REFUSED = "refused"
# What an operator, and nobody else, may allow.
_OF_ONES_OWN_NETWORK = frozenset(
    {"address_blocked", "ip_literal_refused", "port_not_allowed", "redirect_blocked"}
)


def add(parts: Parts, arguments: argparse.Namespace) -> int:
    """Take in everything that can be taken in, and say for each item what became of it."""
    given, vouched = given_of(arguments), _vouched(arguments)
    items = find_items(arguments.sources, _standard_input)
    if len(items) > 1 and (given.title or given.url):
        raise SettingError("only_for_one_article", count=len(items))
    with hold(parts.settings.data):
        tally = asyncio.run(_add(parts, items, given, vouched))
    report_tally(parts.terminal, tally)
    return exits.REFUSED if tally[_REFUSED] else exits.DONE


def remove(parts: Parts, arguments: argparse.Namespace) -> int:
    """Remove an article."""
    with hold(parts.settings.data), parts.library() as library:
        stored = library.corpus(parts.settings.corpus).remove(arguments.id)
    if parts.terminal.machine_readable:
        parts.terminal.write_json({"outcome": "removed", **article_record(stored)})
    else:
        parts.terminal.say("removed", headline=headline(stored, parts.terminal.language))
    return exits.DONE


async def take_in(
    desk: Desk,
    corpus: str,
    items: Sequence[Item],
    given: Given,
    terminal: Terminal,
    *,
    vouched: Vouched | None = None,
) -> Counter[str]:
    """Add every item and report each; return how often each outcome came about."""
    tally: Counter[str] = Counter()
    for item in terminal.tracked(items, "articles"):
        try:
            receipt = await _add_one(desk, corpus, item, given, vouched)
        except SourceError as error:
            tally[_REFUSED] += 1
            _report_refusal(terminal, item, error)
        except BelegError:
            raise  # nothing about this item: the others would fare no better
        except Exception as fault:  # noqa: BLE001 - a page nobody thought of must not stop the rest
            _log.exception("could not add an item")
            tally[_REFUSED] += 1
            kind = type(fault).__name__
            _report_refusal(terminal, item, SourceError("source_fault", kind=kind))
        else:
            tally[receipt.outcome.value] += 1
            _report_receipt(terminal, item, receipt)
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
        try:
            published = Published.parse(stated, DateOrigin.GIVEN)
        except ValueError as error:
            raise SettingError("published_option", value=stated[:80]) from error
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
    parts: Parts, items: Sequence[Item], given: Given, vouched: Vouched | None
) -> Counter[str]:
    async with parts.desk() as desk:
        corpus, terminal = parts.settings.corpus, parts.terminal
        return await take_in(desk, corpus, items, given, terminal, vouched=vouched)


async def _add_one(
    desk: Desk, corpus: str, item: Item, given: Given, vouched: Vouched | None
) -> Receipt:
    match item.load():
        case Address(url):
            return await desk.add_address(corpus, url, given, vouched)
        case Article() as article:
            return await desk.add_article(corpus, _completed(article, given))
        case page:
            return await desk.add_page(corpus, page, given)


def _completed(article: Article, given: Given) -> Article:
    """Let the options outrank a record, as they outrank a page."""
    return replace(
        article,
        title=given.title or article.title,
        url=given.url or article.url,
        outlet=given.outlet or article.outlet,
        published=given.published or article.published,
    )


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
