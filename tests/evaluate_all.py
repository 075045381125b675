"""Measure on all question sets and write the main figures into the README: `make evaluate`.

Reads ../shared/data, which is not part of the project, and the samples, which are. Each set is
measured as `beleg evaluate` does it.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bot.answer import Answering
from bot.cli.parts import embedder_for, reader_for
from bot.cli.terminal import Terminal
from bot.evaluate import evaluate
from bot.types import Language
from index.extract import extract
from index.protocols import Embedder, Vectors
from index.types import Given, Page
from tests.machine import cores
from tests.quality_table import MARKER, Row, as_markdown, rows_of, with_block

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SAMPLES = ROOT / "bot" / "samples"
DATA = ROOT.parent / "shared" / "data"
NEWS = DATA / "newsqa" / "articles.jsonl"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions on the articles beside them, asked where `more` lies among them."""

    label: str
    directory: Path
    more: tuple[Path, ...] = ()
    parts: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def articles(self) -> Path:
        return self.directory / "articles.jsonl"

    @property
    def questions(self) -> Path:
        return self.directory / "questions.jsonl"

    @property
    def missing(self) -> list[Path]:
        return [p for p in (self.articles, self.questions, *self.more) if not p.is_file()]


SETS = (
    QuestionSet(
        "newsqa",
        DATA / "newsqa",
        parts={
            "newsqa, asked in German": ("kind", "answerable"),
            "newsqa, in quite other words (lexical gap 3)": ("lexical_gap", "3"),
            "newsqa, asked in English": ("kind", "english"),
        },
    ),
    QuestionSet("xquad_de among newsqa", DATA / "xquad_de", (NEWS,)),
    QuestionSet("pages among newsqa", DATA / "pages", (NEWS,)),
)


class RememberingEmbedder:
    """Embeds each sentence once, though its article is in several corpora; questions always."""

    def __init__(self, embedder: Embedder) -> None:
        """Take the embedder that does the work."""
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed_question(self, text: str) -> Vectors:
        return self._embedder.embed_question(text)

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.embed_sentences(new), strict=True))
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])


def samples_in(directory: Path) -> QuestionSet:
    """Read the sample pages as `beleg add` would, and write them as a set."""
    lines = []
    for path in sorted(SAMPLES.glob("*.html")):
        page = Page(path.read_bytes(), "text/html", source=path.name)
        article = extract(page, Given(), datetime.now(UTC)).article
        record = {
            "id": path.stem,
            "title": article.title,
            "text": article.text,
            "url": article.url,
            "outlet": article.outlet,
            "published": article.published.isoformat() if article.published else None,
        }
        lines.append(json.dumps(record))
    (directory / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    questions = (SAMPLES / "questions.jsonl").read_text(encoding="utf-8")
    (directory / "questions.jsonl").write_text(questions, encoding="utf-8")
    return QuestionSet("the samples", directory)


def main(arguments: Sequence[str]) -> int:
    """Write all tables, and the main figures into the README where all sets were measured.

    Arguments are beginnings of labels: only those sets are measured then.
    """
    terminal = Terminal(Language.ENGLISH, os.environ)
    embedder = RememberingEmbedder(embedder_for(None))
    answering = Answering(reader=reader_for(None))
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="beleg-samples-") as directory:
        sets = (samples_in(Path(directory)), *SETS)
        chosen = [one for one in sets if one.label.startswith(tuple(arguments or [""]))]
        present = [one for one in chosen if not one.missing]
        missing = ", ".join(one.label for one in chosen if one.missing)
        for number, one in enumerate(present, 1):
            terminal.write(f"\n=== {one.label} ({number} of {len(present)})\n")
            report = evaluate(
                one.articles,
                one.questions,
                one.more,
                embedder,
                progress=terminal.tracked,
                answering=answering,
            )
            terminal.write(report.as_text())
            rows += rows_of(one.label, report, one.parts)
    block = as_markdown(rows, f" on {cores()} cores")
    terminal.write(f"\n{block}\n")
    if missing:
        terminal.write(f"Not measured, since {DATA} does not hold it: {missing}.")
        return 1
    return write_down(terminal, block) if len(present) == len(sets) else 0


def write_down(terminal: Terminal, block: str) -> int:
    """Put the block into the README; say so where it has no place for it."""
    try:
        readme = with_block(README.read_text(encoding="utf-8"), MARKER, block)
        README.write_text(readme, encoding="utf-8")
    except FileNotFoundError:
        terminal.write("There is no README.md to write the figures into.")
    except ValueError as error:
        terminal.write(f"README.md was left as it is: {error}.")
        return 1
    else:
        terminal.write("README.md now says so.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
