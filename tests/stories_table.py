"""Measure on the developing stories and write the table into the README: `make stories`.

Reads ../shared/data, as `make evaluate` does. With --stories, another set of the same making is
measured, and the README stays as it is.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

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
    """Write the table, and put it into the README where the set is the one that it tells of."""
    parser = argparse.ArgumentParser(prog="python -m tests.stories_table", description=__doc__)
    parser.add_argument("--stories", type=Path, default=STORIES, help="a folder like it")
    parser.add_argument("--details", action="store_true", help="question by question, no table")
    asked = parser.parse_args()
    terminal = Terminal(Language.ENGLISH, os.environ)
    if not asked.stories.is_dir():
        terminal.write(f"Not measured, since there is no {asked.stories}.")
        return 1
    report = evaluate_stories(
        asked.stories / "articles.jsonl",
        asked.stories / "questions.jsonl",
        (),
        embedder_for(None),
        progress=terminal.tracked,
        answering=Answering(reader=reader_for(None)),
        details=asked.details,
    )
    if asked.details:
        terminal.write(report.as_text())
        return 0
    block = as_markdown(report)
    terminal.write(block)
    if asked.stories == STORIES:
        README.write_text(
            with_block(README.read_text(encoding="utf-8"), MARKER, block), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
