"""Measure extraction on saved news pages: `make pages`, or `python -m tests.measure_pages`.

Reads a folder (../shared/data/pages) in which `manifest.jsonl` names for each page its file,
address, title, date, authors and `gold_text`, the text that a person marked as the article. Prints
the figures and writes a table, page by page, beside what is measured elsewhere (.bench/pages.md).
`--misses` prints what differs.
"""

# ruff: noqa: T201 - it prints, that is what it is for
from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

from index.clean import clean_line
from index.errors import ExtractionError
from index.extract import extract
from index.types import Article, Given, Page

PAGES = Path("../shared/data/pages")
TABLE = Path(".bench/pages.md")
FETCHED = datetime(2027, 1, 1, tzinfo=UTC)
WORTH_SHOWING = 0.97


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: what was expected of it, and what came."""

    row: dict[str, Any]
    article: Article | None
    refusal: str

    @property
    def f1(self) -> float:
        """Agreement of the words."""
        return token_f1(self.article.text, clean_line(self.row["gold_text"])) if self.article else 0

    @property
    def title_right(self) -> bool:
        """Whether the headline is exactly the expected one."""
        return self.article is not None and self.article.title == clean_line(self.row["title"])

    @property
    def days(self) -> tuple[str, str]:
        """The expected day and the one that was found; "" is none."""
        published = self.article.published if self.article else None
        return (self.row["date"] or "")[:10], published.day.isoformat() if published else ""

    @property
    def authors_right(self) -> bool:
        """Whether the same names are given, in any order."""
        expected = {clean_line(name).casefold() for name in self.row.get("authors") or ()}
        found = self.article.authors if self.article else ()
        return {name.casefold() for name in found} == expected


def words(text: str) -> Counter[str]:
    """Count the words, in lower case, without punctuation."""
    return Counter(re.findall(r"\w+", text.lower()))


def token_f1(text: str, expected: str) -> float:
    """Return the harmonic mean of precision and recall over words."""
    got, wanted = words(text), words(expected)
    common = sum((got & wanted).values())
    return 2 * common / (sum(got.values()) + sum(wanted.values())) if common else 0.0


def measure(folder: Path, row: dict[str, Any]) -> Measured:
    """Extract one page as from a saved file, so that its address helps nobody."""
    page = Page((folder / row["file"]).read_bytes(), "text/html", "utf-8", None, row["file"])
    try:
        return Measured(row, extract(page, Given(), FETCHED).article, "")
    except ExtractionError as error:
        return Measured(row, None, error.code)


def figures(pages: Sequence[Measured]) -> str:
    """Return the figures over all pages."""
    worst = min(pages, key=lambda page: page.f1)
    days = [page.days for page in pages]
    dated = sum(bool(expected) for expected, _ in days)
    right = sum(bool(expected) and expected == found for expected, found in days)
    wrong = sum(bool(found) and expected != found for expected, found in days)
    invented = sum(bool(found) and not expected for expected, found in days)
    titles = sum(page.title_right for page in pages)
    authors = sum(page.authors_right for page in pages)
    total = len(pages)
    return (
        f"pages     {total}, {sum(page.article is None for page in pages)} refused\n"
        f"token F1  mean {mean(page.f1 for page in pages):.4f}, "
        f"worst {worst.f1:.3f} ({worst.row['file']})\n"
        f"headline  {titles / total:.1%} exact ({titles} of {total})\n"
        f"date      {right / max(1, dated):.1%} right to the day ({right} of {dated} dated), "
        f"{wrong} wrong, {invented} invented\n"
        f"authors   {authors / total:.1%} exact ({authors} of {total})\n"
    )


def table(pages: Sequence[Measured]) -> str:
    """Return a row for each page, the worst first."""
    lines = ["| page | F1 | headline | day | authors |", "|---|---|---|---|---|"]
    for page in sorted(pages, key=lambda page: page.f1):
        expected, found = page.days
        day = "yes" if expected == found else f"{found or 'none'}, not {expected or 'none'}"
        title = "yes" if page.title_right else f"no: {page.article.title if page.article else '-'}"
        named = "yes" if page.authors_right else "no"
        score = page.refusal or f"{page.f1:.3f}"
        lines.append(f"| {page.row['file']} | {score} | {title} | {day} | {named} |")
    return "\n".join(lines) + "\n"


def show_misses(page: Measured) -> None:
    """Print what differs from what was expected."""
    name, article = page.row["file"], page.article
    if article is None:
        print(f"  refused {name}: {page.refusal}")
        return
    if not page.title_right:
        print(f"  title of {name}\n    {page.row['title']}\n    {article.title}")
    expected, found = page.days
    if expected != found:
        print(f"  date of {name}: {expected or 'none'} expected, {found or 'none'} found")
    if not page.authors_right:
        print(f"  authors of {name}: {page.row.get('authors')} expected, {article.authors} found")
    if page.f1 < WORTH_SHOWING:
        show_difference(article.text, page.row["gold_text"], f"{page.f1:.3f} {name}")


def show_difference(text: str, expected: str, heading: str) -> None:
    """Print the paragraphs that only one side has."""
    print(f"  {heading}")
    flat, wanted = (" ".join(re.findall(r"\w+", t.lower())) for t in (text, expected))
    for sign, source, other in (("+", text, wanted), ("-", expected, flat)):
        for line in source.split("\n"):
            key = " ".join(re.findall(r"\w+", line.lower()))
            if key and key not in other:
                print(f"    {sign} {line[:110]}")


def main(arguments: Sequence[str]) -> int:
    """Print the figures and write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.measure_pages")
    parser.add_argument("--pages", type=Path, default=PAGES, help="folder with manifest.jsonl")
    parser.add_argument("--table", type=Path, default=TABLE, help="where to write the table")
    parser.add_argument("--misses", action="store_true", help="print what differs")
    options = parser.parse_args(arguments)
    manifest = options.pages / "manifest.jsonl"
    if not manifest.exists():
        print(f"skipped: {manifest} is not here")
        return 0
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    pages = [measure(options.pages, row) for row in rows]
    if options.misses:
        for page in pages:
            show_misses(page)
    options.table.parent.mkdir(parents=True, exist_ok=True)
    options.table.write_text(f"{figures(pages)}\n{table(pages)}", encoding="utf-8")
    print(figures(pages), end="")
    print(f"table     {options.table}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
