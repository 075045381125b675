"""Articles, corpora and libraries for tests, from as few words as a test needs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from bot.confidence import Confidence
from index.corpus import Corpus
from index.protocols import Embedder
from index.types import Article, DateOrigin, Published
from tests.fakes import HashingEmbedder

FETCHED = datetime(2024, 11, 2, 8, 0, tzinfo=UTC)


def make_confidence(log_odds: float, **present: float) -> Confidence:
    """Return a confidence of these log-odds, and more by the figures named."""
    return Confidence({"bias": log_odds, **present}, {"bias": 30.0})


def make_article(
    text: str = "In Kursk sind rund 8.000 Soldaten. Sie warten nahe der Grenze.",
    *,
    title: str = "Soldaten in Kursk",
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    source_id: str | None = None,
    fetched: datetime = FETCHED,
) -> Article:
    return Article(
        title=title,
        text=text,
        fetched=fetched,
        url=url,
        outlet=outlet,
        published=Published.parse(published, DateOrigin.METADATA) if published else None,
        source_id=source_id,
    )


def make_corpus(directory: Path, embedder: Embedder | None = None, name: str = "test") -> Corpus:
    return Corpus(directory / f"{name}.sqlite3", embedder or HashingEmbedder())


def day(number: int) -> date:
    return date(2024, 11, number)
