"""`beleg evaluate`: how well articles are found and quoted."""

from __future__ import annotations

import argparse

from bot.cli import exits
from bot.cli.parts import Parts
from bot.evaluate import evaluate as measure


def evaluate(parts: Parts, arguments: argparse.Namespace) -> int:
    """Measure on a question set and write the tables."""
    terminal = parts.terminal
    report = measure(
        arguments.articles,
        arguments.questions,
        arguments.more_articles,
        parts.embedder,
        progress=terminal.tracked,
        answering=parts.answering(),
        again=not arguments.once,
    )
    if terminal.machine_readable:
        terminal.write_json(report.as_json())
    else:
        terminal.write(report.as_text())
    return exits.DONE
