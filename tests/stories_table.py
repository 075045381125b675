"""Measure on the developing stories and write the table into the README: `make stories`.

Reads ../shared/data, as `make evaluate` does, and says in a sentence how the stories of our own
come off. With --stories, another set of the same making is measured alone, and the README stays.
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
OWN = Path(__file__).with_name("stories")
SAID_OF_OWN = {
    "current: right value leads": "right value leads",
    "conflict: all differing values, none else": "conflicts whole",
    "history: recall": "values of a history",
    "watch: alerts at real changes": "changes told",
}


def as_markdown(report: StoryReport, own: StoryReport | None = None) -> str:
    """Return the table and the command that made it, and a sentence on the stories of our own."""
    lines = ["| what is right | of | share |", "| --- | ---: | ---: |"]
    for name, (right, of) in report.figures.items():
        share = f"{100 * right / of:.1f} %" if of else "–"
        lines.append(f"| {name} | {right} of {of} | {share} |")
    legend = (
        f"Made by `make stories` ({report.articles} articles, {report.questions} questions), as by"
        " `beleg evaluate`."
    )
    if own is not None:
        legend += f" {of_own(own)}"
    return "\n".join([*lines, "", legend])


def of_own(report: StoryReport) -> str:
    """Return the sentence on the stories of our own."""
    told = ", ".join(
        f"{words} {report.figures[name][0]} of {report.figures[name][1]}"
        for name, words in SAID_OF_OWN.items()
        if name in report.figures
    )
    return (
        "On eight stories of our own (tests/stories), written without looking at how Beleg reads,"
        f" their failures read since: {told}."
    )


def main() -> int:
    """Write the table, and put it into the README where the set is the one that it tells of."""
    parser = argparse.ArgumentParser(prog="python -m tests.stories_table", description=__doc__)
    parser.add_argument("--stories", type=Path, help="a folder like ../shared/data/stories")
    parser.add_argument("--details", action="store_true", help="question by question, no table")
    asked = parser.parse_args()
    terminal = Terminal(Language.ENGLISH, os.environ)
    folder = asked.stories or STORIES
    if not folder.is_dir():
        terminal.write(f"Not measured, since there is no {folder}.")
        return 1
    report = measured(folder, terminal, details=asked.details)
    if asked.details:
        terminal.write(report.as_text())
    elif asked.stories:
        terminal.write(as_markdown(report))
    else:
        block = as_markdown(report, measured(OWN, terminal))
        terminal.write(block)
        README.write_text(
            with_block(README.read_text(encoding="utf-8"), MARKER, block), encoding="utf-8"
        )
    return 0


def measured(folder: Path, terminal: Terminal, *, details: bool = False) -> StoryReport:
    """Measure on the stories of a folder."""
    return evaluate_stories(
        folder / "articles.jsonl",
        folder / "questions.jsonl",
        (),
        embedder_for(None),
        progress=terminal.tracked,
        answering=Answering(reader=reader_for(None)),
        details=details,
    )


if __name__ == "__main__":
    sys.exit(main())
