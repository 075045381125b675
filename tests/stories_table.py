"""Measure on the developing stories and write the table into the README: `make stories`.

Reads ../shared/data, as `make evaluate` does.
"""

from __future__ import annotations

import os
import sys

from bot.answer import Answering
from bot.cli.parts import embedder_for, reader_for
from bot.cli.terminal import Terminal
from bot.evaluate_stories import StoryReport, evaluate_stories
from bot.types import Language
from tests.evaluate_all import DATA, README
from tests.quality_table import with_block

MARKER = "stories"
STORIES = DATA / "stories"


def as_markdown(report: StoryReport) -> str:
    """Return the table and the command that made it."""
    lines = ["| what is right | of | share |", "| --- | ---: | ---: |"]
    for name, (right, of) in report.figures.items():
        share = f"{100 * right / of:.1f} %" if of else "–"
        lines.append(f"| {name} | {right} of {of} | {share} |")
    legend = (
        f"Made by `make stories` ({report.articles} articles, {report.questions} questions), as by"
        " `beleg evaluate`."
    )
    return "\n".join([*lines, "", legend])


def main() -> int:
    """Write the table, and put it into the README."""
    terminal = Terminal(Language.ENGLISH, os.environ)
    if not STORIES.is_dir():
        terminal.write(f"Not measured, since there is no {STORIES}.")
        return 1
    report = evaluate_stories(
        STORIES / "articles.jsonl",
        STORIES / "questions.jsonl",
        (),
        embedder_for(None),
        progress=terminal.tracked,
        answering=Answering(reader=reader_for(None)),
    )
    block = as_markdown(report)
    terminal.write(block)
    README.write_text(
        with_block(README.read_text(encoding="utf-8"), MARKER, block), encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
