"""Files of corpora as every earlier Beleg has written them, made from the steps of the schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from importlib import resources
from pathlib import Path

import numpy as np

from index.canonical import canonical_url
from index.database import STEPS
from index.seals import article_seal, sentence_seal, vector_check
from index.split import split_passages
from index.types import Article
from tests.fakes import HashingEmbedder


def make_old_file(path: Path, version: int, articles: Sequence[Article]) -> None:
    """Write a corpus as it was after so many steps of the schema."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.create_function("canonical_url", 1, canonical_url, deterministic=True)
        connection.create_function("article_seal", -1, article_seal, deterministic=True)
        connection.create_function("sentence_seal", 4, sentence_seal, deterministic=True)
        connection.create_function("vector_check", 1, vector_check, deterministic=True)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN")
        # The rows come in after the first step, so that each later one has them to work on.
        for number, name in enumerate(STEPS[:version]):
            step = resources.files("index").joinpath(f"schema/{name}.sql")
            for statement in without_comments(step.read_text(encoding="utf-8")).split(";"):
                connection.execute(statement)
            if number == 0:
                _fill(connection, articles)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")


def without_comments(script: str) -> str:
    """Return a script without what stands behind two hyphens."""
    return "\n".join(line.partition("--")[0] for line in script.splitlines())


def _fill(connection: sqlite3.Connection, articles: Sequence[Article]) -> None:
    embedder = HashingEmbedder()
    connection.execute("INSERT INTO meta VALUES ('model', ?)", (embedder.name,))
    for article in articles:
        published = article.published
        article_id = connection.execute(
            "INSERT INTO article (title, text, text_sha256, url, outlet, published,"
            " published_origin, fetched) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.title,
                article.text,
                article.text_sha256,
                article.url,
                article.outlet,
                published.isoformat() if published else None,
                published.origin.value if published else None,
                article.fetched.isoformat(),
            ),
        ).lastrowid
        for passage in split_passages(article):
            passage_id = connection.execute(
                "INSERT INTO passage (article_id) VALUES (?)", (article_id,)
            ).lastrowid
            vectors = embedder.embed_sentences([s.text for s in passage.sentences])
            for sentence, vector in zip(passage.sentences, vectors, strict=True):
                connection.execute(
                    "INSERT INTO sentence (passage_id, start, end, vector) VALUES (?, ?, ?, ?)",
                    (passage_id, sentence.start, sentence.end, vector.astype(np.float16).tobytes()),
                )
