"""How well articles are grouped into stories: `python -m tests.measure_stories`.

Reads ../shared/data, which is not part of the project. Stories of a known making are grouped all
together, a year and more at once. Of Wikinews the groups within each month are written out, to be
read: nobody has said which of them belong together.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.corpus import Corpus
from index.onnx_embedder import OnnxEmbedder
from index.own_model import shipped_model
from index.types import Article

DATA = Path(__file__).parents[2] / "shared" / "data"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def rows(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def grouped(articles: Sequence[dict[str, Any]], directory: Path) -> list[list[dict[str, Any]]]:
    """Put articles into a corpus of their own and return them story by story."""
    corpus = Corpus(directory / "stories.sqlite3", OnnxEmbedder(shipped_model()))
    try:
        by_id = {}
        for row in articles:
            article = Article(row["title"] or "", row["text"], NOW, source_id=row["id"])
            by_id[corpus.add(article).stored.id] = row
        return [[by_id[one] for one in story] for story in corpus.stories(list(by_id))]
    finally:
        corpus.close()


def b_cubed(groups: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Return precision and recall of groups of labels, averaged over all articles (B-cubed)."""
    total: dict[str, int] = defaultdict(int)
    for group in groups:
        for label in group:
            total[label] += 1
    pairs = [(group.count(label), len(group), label) for group in groups for label in group]
    precision = sum(same / size for same, size, _ in pairs) / len(pairs)
    recall = sum(same / total[label] for same, _, label in pairs) / len(pairs)
    return precision, recall


def current(articles: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what a newer version replaces."""
    replaced = {row["version_of"] for row in articles}
    return [row for row in articles if row["id"] not in replaced]


def main() -> None:
    """Measure both."""
    with tempfile.TemporaryDirectory() as directory:
        stories = current(rows(DATA / "stories" / "articles.jsonl"))
        groups = [[row["story"] for row in story] for story in grouped(stories, Path(directory))]
    precision, recall = b_cubed(groups)
    told = f"stories: {len(stories)} articles in {len(groups)} groups"
    print(f"{told}, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201 - a command tells
    months = defaultdict(list)
    for row in rows(DATA / "wikinews_de.jsonl"):
        months[(row["published"] or "")[:7]].append(row)
    for month, articles in sorted(months.items()):
        with tempfile.TemporaryDirectory() as directory:
            for story in grouped(articles, Path(directory)):
                if len(story) > 1:
                    print(month, " | ".join(row["title"] for row in story))  # noqa: T201 - same


if __name__ == "__main__":
    main()
