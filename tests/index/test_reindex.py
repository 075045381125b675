from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.corpus import Corpus
from index.errors import ModelMismatchError, StoreError
from index.next_vectors import NextVectors
from index.protocols import Vectors
from index.reindex import Reindexing
from index.store import Store
from tests.fakes import HashingEmbedder
from tests.making import make_article


class Mirrored(HashingEmbedder):
    """Another model: the same vectors the other way round, and longer."""

    name = "mirrored"
    dimension = 65

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return np.pad(super().embed_sentences(texts)[:, ::-1], ((0, 0), (1, 0)))


class Failing(Mirrored):
    """Fails at the second article, as if it were killed there."""

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        if "Wien" in texts[0]:
            raise KeyboardInterrupt
        return super().embed_sentences(texts)


def listed(items: Sequence[int], _: str) -> Iterable[int]:
    return items


def reindex(path: Path, embedder: HashingEmbedder) -> bool:
    with Reindexing(path, embedder) as reindexing:
        reindexing.prepare(listed)
        return reindexing.take_over()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.sqlite3"
    corpus = Corpus(path, HashingEmbedder())
    corpus.add(make_article("Soldaten in Kursk. Sie kamen am Montag."))
    corpus.add(make_article("Der Rat in Wien tagt."))
    corpus.close()
    return path


@pytest.fixture
def corpus(path: Path) -> Iterator[Corpus]:
    corpus = Corpus(path, HashingEmbedder())
    yield corpus
    corpus.close()


def best_cosine(corpus: Corpus) -> float:
    (first, *_) = corpus.search("Soldaten in Kursk", 3).hits
    assert first.stored.article.text.startswith("Soldaten")
    return max(first.cosines)


def test_a_corpus_is_searched_with_its_new_model(path: Path) -> None:
    before = Corpus(path, HashingEmbedder())
    known = before.articles()
    before.close()
    assert reindex(path, Mirrored())
    with pytest.raises(ModelMismatchError):
        Corpus(path, HashingEmbedder())
    after = Corpus(path, Mirrored())
    assert after.articles() == known
    assert best_cosine(after) > 0.8
    assert after.database.all("SELECT * FROM next_vector") == []
    after.close()


def test_what_ends_half_way_serves_as_before_and_goes_on_where_it_stopped(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        reindex(path, Failing())
    corpus = Corpus(path, HashingEmbedder())
    assert best_cosine(corpus) > 0.8
    corpus.close()
    continued = Mirrored()
    assert reindex(path, continued)
    assert continued.texts == ["Der Rat in Wien tagt."]


def test_old_vectors_serve_until_the_new_ones_take_their_place(path: Path, corpus: Corpus) -> None:
    with Reindexing(path, Mirrored()) as reindexing:
        reindexing.prepare(listed)
        assert best_cosine(corpus) > 0.8
        corpus.add(make_article("Regen in Linz."))
        assert reindexing.missing() == 1
        assert not reindexing.take_over(), "one article has no new vector yet"
        assert best_cosine(corpus) > 0.8
        reindexing.prepare(listed)
        assert reindexing.take_over()


def test_who_still_has_the_old_model_cannot_mix_its_vectors_in(path: Path, corpus: Corpus) -> None:
    before = best_cosine(corpus)
    assert reindex(path, Mirrored())
    with pytest.raises(ModelMismatchError):
        corpus.add(make_article("Regen in Linz."))
    assert best_cosine(corpus) == before, "what it has in memory is of one model"
    corpus._distrust()
    with pytest.raises(ModelMismatchError):
        corpus.search("Soldaten in Kursk", 3)


def test_a_removed_article_takes_its_new_vectors_along(path: Path, corpus: Corpus) -> None:
    with Reindexing(path, Mirrored()) as reindexing:
        reindexing.prepare(listed)
        corpus.remove(corpus.articles()[0].id)
        assert reindexing.take_over()
    after = Corpus(path, Mirrored())
    assert len(after._indexes().vectors) == 2
    after.close()


def test_a_third_model_begins_anew(path: Path) -> None:
    class Third(Mirrored):
        name = "third"

    with Reindexing(path, Mirrored()) as first, Reindexing(path, Third()) as second:
        first.prepare(listed)
        second.prepare(listed)
        assert not first.take_over()
        assert second.take_over()


def test_a_late_vector_of_another_model_is_not_kept(path: Path) -> None:
    store = Store(path, None)
    table = NextVectors(store.database)
    table.begin("one")
    vector = np.ones((1, 3), dtype=np.float32)
    assert table.write("one", [1], vector)
    assert table.write("one", [99], vector), "passed over: there is no such sentence"
    table.begin("two")
    assert not table.write("one", [1], vector)
    assert store.database.all("SELECT * FROM next_vector") == []
    store.close()


def test_a_damaged_article_holds_nothing_up_and_stays_withheld(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE article SET text = 'Soldaten in Kyrsk.' WHERE id = 1")
    connection.close()
    assert reindex(path, Mirrored())
    corpus = Corpus(path, Mirrored())
    assert corpus.withheld() == {1}
    assert [hit.stored.id for hit in corpus.search("Soldaten in Kursk", 3).hits] == [2]
    corpus.close()


def test_a_file_without_a_corpus_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite3").touch()
    with pytest.raises(StoreError):
        Reindexing(tmp_path / "empty.sqlite3", HashingEmbedder())
