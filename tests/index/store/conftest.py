"""A store with articles in it, and its file as a bad disk would change it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.protocols import Vectors
from index.split import split_passages
from index.store import Store, StoredPassage
from index.types import Article, StoredArticle

LONG = "\n\n".join(f"Absatz {i} hat Wörter genug. " + "Wort " * 90 + "Ende." for i in range(4))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corpora" / "test.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path, "model")
    yield store
    store.close()


def vectors_for(article: Article) -> Vectors:
    count = sum(len(passage.sentences) for passage in split_passages(article))
    vectors = np.zeros((count, 8), dtype=np.float32)
    vectors[np.arange(count), np.arange(count) % 8] = 1.0
    return vectors


def put(
    store: Store, article: Article, supersedes: int | None = None
) -> tuple[StoredArticle, list[StoredPassage]]:
    return store.add(article, split_passages(article), vectors_for(article), supersedes)


def tamper(path: Path, statement: str, values: tuple[object, ...] = ()) -> None:
    """Change the file behind the store's back, as a bad disk would."""
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement, values).rowcount > 0
    connection.close()
