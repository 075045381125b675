from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.ahead import Ahead
from index.protocols import Vectors
from index.types import Extracted, Outcome
from tests.fakes import HashingEmbedder
from tests.making import make_article, make_corpus


class CountingEmbedder(HashingEmbedder):
    def __init__(self) -> None:
        self.calls: list[int] = []

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(len(texts))
        return super().embed_sentences(texts)


def test_sentences_known_ahead_are_not_embedded_again() -> None:
    embedder = CountingEmbedder()
    ahead = Ahead(embedder, ["Eins.", "Zwei.", "Eins."])
    assert embedder.calls == [2]
    expected = HashingEmbedder().embed_sentences(["Zwei.", "Eins.", "Eins."])
    assert np.array_equal(ahead.embed_sentences(["Zwei.", "Eins.", "Eins."]), expected)
    assert embedder.calls == [2]
    assert ahead.embed_sentences(["Eins.", "Drei."]).shape == (2, 64)
    assert ahead.embed_sentences([]).shape == (0, 64)
    assert embedder.calls == [2, 2, 0]


def test_articles_are_embedded_together_and_added_one_by_one(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    corpus = make_corpus(tmp_path, embedder)
    articles = [make_article(f"Ort {n} liegt am See. Dort leben viele.") for n in range(5)]
    corpus.add(articles[0])
    embedder.calls.clear()
    ahead = corpus.embed_ahead([Extracted(article) for article in articles])
    assert embedder.calls == [5]  # four first sentences, and one that all have
    receipts = [corpus.add(article, None, ahead) for article in articles]
    assert embedder.calls == [5]
    assert [receipt.outcome for receipt in receipts] == [Outcome.KNOWN, *[Outcome.ADDED] * 4]
    (hit, *_) = corpus.search("Ort 3", 1).hits
    assert hit.stored.article.text.startswith("Ort ")


def test_two_of_one_address_in_one_go_are_versions(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    url = "https://a.example/artikel-eins-zwei"
    articles = [make_article(f"Fassung {n} steht hier.", url=url) for n in (1, 2)]
    ahead = corpus.embed_ahead([Extracted(article) for article in articles])
    outcomes = [corpus.add(article, None, ahead).outcome for article in articles]
    assert outcomes == [Outcome.ADDED, Outcome.UPDATED]
    assert len(corpus.articles()) == 1
