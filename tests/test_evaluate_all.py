from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.question_set import read_questions
from bot.scratch_corpus import read_records
from index.protocols import Vectors
from tests.evaluate_all import (
    SAMPLES,
    QuestionSet,
    RememberingEmbedder,
    samples_in,
)
from tests.fakes import HashingEmbedder


class CountingEmbedder(HashingEmbedder):
    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return super().embed_sentences(texts)


def test_a_sentence_is_embedded_once_and_remembered_as_it_was() -> None:
    inner = CountingEmbedder()
    embedder = RememberingEmbedder(inner)
    embedder.embed_sentences(["Haus", "Baum", "Haus"])
    vectors = embedder.embed_sentences(["Wind", "Haus"])
    assert inner.embedded == ["Haus", "Baum", "Wind"]
    assert np.array_equal(vectors, HashingEmbedder().embed_sentences(["Wind", "Haus"]))
    assert embedder.embed_sentences([]).shape == (0, inner.dimension)


def test_questions_are_embedded_every_time_since_their_time_is_measured() -> None:
    inner = CountingEmbedder()
    embedder = RememberingEmbedder(inner)
    for _ in range(2):
        embedder.embed_question("Wie hoch?")
    assert inner.embedded == ["Wie hoch?"] * 2


def test_the_samples_become_a_set_whose_questions_name_its_articles(tmp_path: Path) -> None:
    samples = samples_in(tmp_path)
    assert samples.missing == []
    records = read_records(samples.articles)
    names = {record["id"] for record in records}
    assert len(records) == len(list(SAMPLES.glob("*.html")))
    assert all(record["published"] and record["outlet"] for record in records)
    for question in read_questions(samples.questions):
        assert set(question.answers) <= names


def test_a_set_says_which_of_its_files_are_missing(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").touch()
    more = tmp_path / "more.jsonl"
    missing = QuestionSet("x", tmp_path, (more,)).missing
    assert missing == [tmp_path / "questions.jsonl", more]
