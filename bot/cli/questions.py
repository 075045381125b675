"""`beleg ask`, `search` and `chat`: what the articles say."""

from __future__ import annotations

import argparse
import asyncio
import io
import sys
import time
from datetime import date

from bot.cli import exits
from bot.cli.parts import Parts
from bot.console import Conversation, answer_record, hit_record, render_answer, render_hits
from bot.passages import within_sites
from bot.period import filtered, read_first_day, read_last_day, this_day
from bot.question import understand
from index.corpus import Corpus
from index.filter import Filter


def ask(parts: Parts, arguments: argparse.Namespace) -> int:
    """Answer one question."""
    terminal = parts.terminal
    question = " ".join(arguments.question)
    understand(question)  # what is no question need not wait for the models
    today = this_day()
    with parts.library() as library:
        corpus = parts.corpus_to_read(library)
        only = filter_from(arguments, corpus, today)
        answering = parts.answering()
        # Loading the models is no part of the question's time.
        parts.embedder.embed_question("?")
        answering.prepare()
        started = time.perf_counter()
        answer = answering.answer(corpus, question, only=only)
        took_ms = (time.perf_counter() - started) * 1000
    if terminal.machine_readable:
        terminal.write_json(answer_record(answer, took_ms))
    else:
        terminal.write(render_answer(answer, terminal.language, terminal.style, today))
    return exits.DONE if answer.answered else exits.NOT_ANSWERED


def filter_from(arguments: argparse.Namespace, corpus: Corpus, today: date) -> Filter | None:
    """Return what a question is limited to by --from, --to and --outlet."""
    days = (
        read_first_day(arguments.first, today) if arguments.first else None,
        read_last_day(arguments.last, today) if arguments.last else None,
    )
    return filtered(days, arguments.outlet, corpus.filters.outlets())


def search(parts: Parts, arguments: argparse.Namespace) -> int:
    """Show the best passages, as much of each as its site lets be shown."""
    terminal = parts.terminal
    with parts.library() as library:
        corpus = parts.corpus_to_read(library)
        only = filter_from(arguments, corpus, this_day())
        question = understand(" ".join(arguments.text))
        hits = corpus.search(question.text, arguments.count, question.language, only=only).hits
        stated = corpus.snippets.limits([hit.stored.id for hit in hits])
    shown = within_sites(hits, stated)
    if terminal.machine_readable:
        terminal.write_json([hit_record(hit, span) for hit, span in shown])
    elif hits:
        terminal.write(render_hits(shown, terminal.language, terminal.style))
    else:
        terminal.note("search_nothing")
    return exits.DONE if hits else exits.NOT_ANSWERED


def chat(parts: Parts, _arguments: argparse.Namespace) -> int:
    """Talk until the input ends.

    The lines are read outside the event loop, so that Ctrl-C reaches a person who is thinking.
    """
    terminal = parts.terminal
    with parts.library() as library:
        parts.corpus_to_read(library)
    if isinstance(sys.stdin, io.TextIOWrapper):
        # One line in another encoding is no reason to end the conversation.
        sys.stdin.reconfigure(errors="replace")
    with asyncio.Runner() as runner:
        desk_context = parts.desk()
        desk = runner.run(desk_context.__aenter__())
        try:
            conversation = Conversation(
                desk, parts.settings.corpus, terminal.language, terminal.style
            )
            terminal.write(runner.run(conversation.greeting()))
            while True:
                terminal.prompt()
                line = sys.stdin.readline()
                if not line or conversation.is_end(line):
                    break
                if line.strip():
                    terminal.write(runner.run(conversation.reply(line)) + "\n")
        finally:
            runner.run(desk_context.__aexit__(None, None, None))
    return exits.DONE
