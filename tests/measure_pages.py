"""Measure extraction on saved news pages: `python -m tests.measure_pages [--misses]`.

Reads ../shared/data/pages, where `manifest.jsonl` names for each page its address, title, date and
the text that a person marked as the article.
"""

# ruff: noqa: T201 - it prints, that is what it is for
from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from index.clean import clean_line
from index.errors import ExtractionError
from index.extract import extract_article
from index.types import Article, Given, Page

PAGES = Path("../shared/data/pages")
FETCHED = datetime(2027, 1, 1, tzinfo=UTC)


def words(text: str) -> Counter[str]:
    """Count the words, in lower case, without punctuation."""
    return Counter(re.findall(r"\w+", text.lower()))


def token_f1(text: str, expected: str) -> float:
    """Return the harmonic mean of precision and recall over words."""
    got, wanted = words(text), words(expected)
    common = sum((got & wanted).values())
    return 2 * common / (sum(got.values()) + sum(wanted.values())) if common else 0.0


def read(row: dict[str, str], *, dialled: bool) -> Article | None:
    """Extract one page, as fetched from its address or as a saved file."""
    content = (PAGES / row["file"]).read_bytes()
    url = row["url"] if dialled else None
    page = Page(content, "text/html", "utf-8", url, row["file"])
    try:
        return extract_article(page, Given(), FETCHED)
    except ExtractionError as error:
        print(f"  refused {row['file']}: {error}")
        return None


def main(*, misses: bool) -> int:
    """Print the figures, and with `misses` what differs."""
    if not PAGES.exists():
        print("skipped: ../shared/data/pages is not here")
        return 0
    rows = [json.loads(line) for line in (PAGES / "manifest.jsonl").read_text().splitlines()]
    scores: list[tuple[float, str]] = []
    titles = dates = invented = dated = 0
    for row in rows:
        article = read(row, dialled=False)
        score = token_f1(article.text, clean_line(row["gold_text"])) if article else 0.0
        scores.append((score, row["file"]))
        title, day = clean_line(row["title"]), (row["date"] or "")[:10]
        got_day = article.published.day.isoformat() if article and article.published else ""
        titles += article is not None and article.title == title
        dated += bool(day)
        dates += bool(day) and got_day == day
        invented += bool(got_day) and got_day != day
        if misses:
            if article and article.title != title:
                print(f"  title of {row['file']}\n    {title}\n    {article.title}")
            if got_day != day:
                print(f"  date of {row['file']}: {day} expected, {got_day or 'none'} found")
            if article and score < 0.97:
                show_difference(article.text, row["gold_text"], row["file"], score)
    scores.sort()
    mean = sum(score for score, _ in scores) / len(scores)
    print(f"pages     {len(rows)}")
    print(f"token F1  mean {mean:.4f}  worst {scores[0][0]:.3f} ({scores[0][1]})")
    print(f"headline  {titles / len(rows):.1%} exact")
    print(f"date      {dates / max(1, dated):.1%} right to the day, {invented} wrong or invented")
    return 0


def show_difference(text: str, expected: str, name: str, score: float) -> None:
    """Print the paragraphs that only one side has."""
    print(f"  {score:.3f} {name}")
    flat, wanted = (" ".join(re.findall(r"\w+", t.lower())) for t in (text, expected))
    for sign, source, other in (("+", text, wanted), ("-", expected, flat)):
        for line in source.split("\n"):
            key = " ".join(re.findall(r"\w+", line.lower()))
            if key and key not in other:
                print(f"    {sign} {line[:110]}")


if __name__ == "__main__":
    sys.exit(main(misses="--misses" in sys.argv))
