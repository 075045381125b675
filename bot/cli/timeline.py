"""`beleg timeline`: how a figure went, in words, as JSON, and as a picture."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli import exits
from bot.cli.parts import Parts
from bot.cli.questions import filter_from
from bot.console import render_answer
from bot.console_timeline import history_record, render_history
from bot.news.chart import ImageKind
from bot.news.claim import Account
from bot.news.history import History, chart_of, history_of
from bot.news.picture import Draughtsman
from bot.period import this_day
from bot.question import understand
from index.errors import SettingError

NOTHING = Account((), (), 0)


def timeline(parts: Parts, arguments: argparse.Namespace) -> int:
    """Tell how a figure went; with --out draw it, too."""
    terminal = parts.terminal
    question = " ".join(arguments.question)
    understand(question)  # what is no question need not wait for the models
    kind = _kind_of(arguments.out) if arguments.out else None
    today = this_day()
    with parts.library() as library:
        corpus = parts.corpus_to_read(library)
        only = filter_from(arguments, corpus, today)
        answering = parts.answering()
        answer = answering.answer(corpus, question, only=only)
        account = answer.account if answer.answered and answer.account else NOTHING
        stated = corpus.snippets.limits(list({one.stored.id for one in account.claims}))
    history = history_of(question, account, answering.limits, stated)
    if terminal.machine_readable:
        terminal.write_json(history_record(history))
    elif history.said:
        terminal.write(render_history(history, terminal.language, terminal.style))
    else:
        terminal.write(render_answer(answer, terminal.language, terminal.style, today))
    if not history.said:
        return exits.NOT_ANSWERED
    return exits.DONE if kind is None else _draw(parts, history, arguments.out, kind)


def _kind_of(path: Path) -> ImageKind:
    try:
        return ImageKind(path.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise SettingError("picture_kind", path=path) from error


def _draw(parts: Parts, history: History, path: Path, kind: ImageKind) -> int:
    chart = chart_of(history, parts.terminal.language)
    if chart is None:
        parts.terminal.note("timeline_no_picture")
        return exits.REFUSED
    draughtsman = Draughtsman()
    try:
        picture = draughtsman.draw(chart, kind)
    finally:
        draughtsman.close()
    if picture is None:
        parts.terminal.note("timeline_picture_failed")
        return exits.REFUSED
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise SettingError("file_unwritable", path=path) from error
    parts.terminal.note("timeline_drawn", path=path)
    return exits.DONE
