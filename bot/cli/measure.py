"""`beleg evaluate`: how well articles are found and quoted."""

from __future__ import annotations

import argparse

from bot.cli import exits
from bot.cli.parts import Parts
from bot.evaluate import evaluate as measure
from bot.evaluate_stories import evaluate_stories
from bot.story_set import is_story_set


def evaluate(parts: Parts, arguments: argparse.Namespace) -> int:
    """Measure on a question set and write the tables."""
    terminal = parts.terminal
    if is_story_set(arguments.questions):
        return _stories(parts, arguments)
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


def _stories(parts: Parts, arguments: argparse.Namespace) -> int:
    terminal = parts.terminal
    report = evaluate_stories(
        arguments.articles,
        arguments.questions,
        arguments.more_articles,
        parts.embedder,
        progress=terminal.tracked,
        answering=parts.answering(),
        details=arguments.details,
    )
    if terminal.machine_readable:
        terminal.write_json(report.as_json())
    else:
        terminal.write(report.as_text())
    return exits.DONE
