"""`beleg demo`: the articles that ship with Beleg, taken in and asked."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from importlib import resources
from pathlib import Path

from bot.cli import exits
from bot.cli.add import report_tally, take_in
from bot.cli.parts import Parts
from bot.cli.sources import Items
from bot.console import render_answer
from bot.terminal_text import printable
from index.lock import hold
from index.types import Given

QUESTIONS = (
    "Wie viele Soldaten sind in Kursk?",
    "Wie heißt der stellvertretende Botschafter der USA bei der UNO?",
    "Wer gewann die Weltmeisterschaft 2026?",
)


def demo(parts: Parts, arguments: argparse.Namespace) -> int:
    """Take the sample articles in and ask three questions.

    Fails unless the first is answered with the figure that the samples report.
    """
    if "data" in arguments:  # only a directory that was named for this: no surprise in BELEG_DATA
        code = _demo(parts)
        parts.terminal.say("demo_next_kept", data=printable(str(parts.settings.data)))
        return code
    with tempfile.TemporaryDirectory(prefix="beleg-demo-") as directory:
        code = _demo(parts.at(Path(directory)))
    parts.terminal.say("demo_next")
    return code


def _demo(parts: Parts) -> int:
    with (
        resources.as_file(resources.files("bot") / "samples") as samples,
        hold(parts.settings.data),
    ):
        return asyncio.run(_show(parts, sorted(map(str, samples.glob("*.html")))))


async def _show(parts: Parts, samples: list[str]) -> int:
    terminal, corpus = parts.terminal, parts.settings.corpus
    terminal.say("demo_begin", count=len(samples))
    code = exits.REFUSED
    async with parts.desk() as desk:
        items = Items(samples, bytes)
        report_tally(terminal, await take_in(desk, corpus, items, Given(), terminal))
        for question in QUESTIONS:
            terminal.write(f"\n> {question}\n")
            answer = await desk.ask(corpus, question)
            terminal.write(render_answer(answer, terminal.language, terminal.style))
            if question == QUESTIONS[0] and any("8.000" in quote.text for quote in answer.quotes):
                code = exits.DONE
    return code
