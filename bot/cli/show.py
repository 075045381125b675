"""`beleg show`: an article as it is stored, its versions, and what changed between them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from bot.cli import exits
from bot.cli.parts import Parts
from bot.cli.terminal import Terminal
from bot.console import article_record
from bot.language import say
from bot.language.days import day_text, published_text
from bot.terminal_text import Style, inserted, printable, struck, wrap
from index.changes import Change, Kind, changes
from index.errors import NotFoundError
from index.types import Headline, StoredArticle


def show(parts: Parts, arguments: argparse.Namespace) -> int:
    """Write an article, the list of its versions, or what is new in one of them.

    A number that belongs to an earlier version leads to the newest one.
    """
    terminal = parts.terminal
    with parts.library() as library:
        corpus = parts.corpus_to_read(library)
        versions = corpus.versions(arguments.id)
        if not versions:  # all of them damaged: say so
            corpus.article(arguments.id)
        copies = corpus.copies(versions[-1].id)
    if versions[-1].id != arguments.id and arguments.version is None:
        terminal.note("show_newest", id=arguments.id, newest=versions[-1].id)
    number = _number(arguments.version, versions)
    if arguments.versions:
        _list_versions(terminal, versions)
    elif arguments.changes:
        _show_changes(terminal, versions, number)
    else:
        _show_article(terminal, versions, number, copies)
    return exits.DONE


def _number(typed: int | None, versions: Sequence[StoredArticle]) -> int:
    if typed is None:
        return len(versions)
    if typed > len(versions):
        raise NotFoundError("version_not_found", version=typed, count=len(versions))
    return typed


def _show_article(
    terminal: Terminal, versions: Sequence[StoredArticle], number: int, copies: Sequence[Headline]
) -> None:
    stored, language = versions[number - 1], terminal.language
    article = stored.article
    if terminal.machine_readable:
        record = {**article_record(stored), "version": number, "versions": len(versions)}
        others = [{"article_id": copy.id, "outlet": copy.outlet} for copy in copies]
        terminal.write_json({**record, "copies": others, "text": article.text})
        return
    dates = [published_text(language, article.published)]
    if article.updated is not None:
        dates.append(say(language, "cli.show_updated", day=day_text(language, article.updated.day)))
    head = [
        article.title,
        say(language, "cli.show_authors", names=", ".join(article.authors))
        if article.authors
        else None,
        " · ".join(part for part in (article.outlet, *dates) if part),
        article.url,
        _also(terminal, copies),
        say(language, "cli.show_version", number=number, count=len(versions), id=versions[-1].id)
        if len(versions) > 1
        else None,
    ]
    for line in filter(None, head):
        terminal.write(printable(line))
    for paragraph in article.text.splitlines():
        if paragraph.strip():
            terminal.write("\n" + wrap(printable(paragraph), terminal.style))


def _also(terminal: Terminal, copies: Sequence[Headline]) -> str | None:
    names = ", ".join(f"{copy.outlet or copy.title} ({copy.id})" for copy in copies)
    return say(terminal.language, "answer.also_in", outlets=names) if names else None


def _list_versions(terminal: Terminal, versions: Sequence[StoredArticle]) -> None:
    if terminal.machine_readable:
        terminal.write_json(
            [{"version": i, **article_record(one)} for i, one in enumerate(versions, start=1)]
        )
        return
    for number, stored in enumerate(versions, start=1):
        fetched = stored.article.fetched
        line = say(
            terminal.language,
            "cli.version",
            number=number,
            day=day_text(terminal.language, fetched.date()),
            time=f"{fetched:%H:%M}",
            title=stored.article.title,
        )
        terminal.write(printable(line))


def _show_changes(terminal: Terminal, versions: Sequence[StoredArticle], number: int) -> None:
    """Write what is new in a version beside the one before it."""
    if len(versions) == 1 and not terminal.machine_readable:
        terminal.note("show_only_version", id=versions[0].id)
        return
    old, new = versions[max(0, number - 2)], versions[number - 1]
    parts = {
        "title": (old.article.title, new.article.title),
        "text": (old.article.text, new.article.text),
    }
    found = {name: changes(*texts) for name, texts in parts.items()}
    if terminal.machine_readable:
        record: dict[str, Any] = {
            "article_id": versions[-1].id,
            "from": {"version": max(1, number - 1), **article_record(old)},
            "to": {"version": number, **article_record(new)},
        }
        for name, texts in parts.items():
            record[name] = [_record(change, *texts) for change in found[name]]
        terminal.write_json(record)
        return
    if any(change.kind is not Kind.KEPT for change in found["title"]):
        terminal.write(_marked(found["title"], *parts["title"], terminal.style))
    before = ""
    for paragraph in _marked(found["text"], *parts["text"], terminal.style).split("\n"):
        changed = any(sign in paragraph for sign in _SIGNS)
        shown = wrap(paragraph, terminal.style) if changed else "[…]"
        if paragraph.strip() and (changed or before != shown):
            terminal.write(shown if not before else f"\n{shown}")
            before = shown


# As `wdiff` marks them; on a terminal in colour as well.
_REMOVED, _ADDED = ("[-", "-]"), ("{+", "+}")
_SIGNS = (_REMOVED[0], _ADDED[0])


def _marked(found: Sequence[Change], old: str, new: str, style: Style) -> str:
    """Return the new text with what was removed from it and what was added marked as such.

    What stands between the changes is the new text's, so that its paragraphs stay.
    """
    pieces: list[str] = []
    at = 0
    for change in found:
        if between := new[at : change.new[0]]:
            pieces.append(_lines(between))
        gone, come = old[slice(*change.old)], new[slice(*change.new)]
        if change.kind is Kind.KEPT:
            pieces.append(_lines(come))
        else:
            marked = [
                struck(f"{_REMOVED[0]}{printable(gone)}{_REMOVED[1]}", style) if gone else "",
                inserted(f"{_ADDED[0]}{printable(come)}{_ADDED[1]}", style) if come else "",
            ]
            if not come and pieces and not pieces[-1][-1].isspace():
                pieces.append(" ")  # what is gone takes the space before it along
            pieces.append(" ".join(filter(None, marked)))
            if not come and change.new[0] == 0:
                pieces.append(" ")
        at = change.new[1]
    return "".join(pieces)


def _lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


def _record(change: Change, old: str, new: str) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "old": list(change.old),
        "new": list(change.new),
        "old_text": old[slice(*change.old)],
        "new_text": new[slice(*change.new)],
    }
