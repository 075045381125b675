from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.corpus import Corpus
from index.errors import ModelMismatchError, StoreError
from index.protocols import Vectors
from index.reembed import reembed
from index.store import StoredPassage
from tests.fakes import HashingEmbedder
from tests.making import make_article


class Mirrored(HashingEmbedder):
    """Another model: the same vectors the other way round, and longer."""

    name = "mirrored"

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        return np.pad(super().embed_sentences(texts)[:, ::-1], ((0, 0), (1, 0)))


class Failing(Mirrored):
    """Fails at the second article, as if it were killed there."""

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        if "Wien" in texts[0]:
            raise KeyboardInterrupt
        return super().embed_sentences(texts)


def listed(items: Sequence[list[StoredPassage]], _: str) -> Iterable[list[StoredPassage]]:
    return items


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.sqlite3"
    corpus = Corpus(path, HashingEmbedder())
    corpus.add(make_article("Soldaten in Kursk. Sie kamen am Montag."))
    corpus.add(make_article("Der Rat in Wien tagt."))
    corpus.close()
    return path


def test_a_corpus_is_searched_with_its_new_model(path: Path) -> None:
    before = Corpus(path, HashingEmbedder())
    known = before.articles()
    before.close()
    assert reembed(path, Mirrored(), listed)
    with pytest.raises(ModelMismatchError):
        Corpus(path, HashingEmbedder())
    after = Corpus(path, Mirrored())
    assert after.articles() == known
    (first, *_) = after.search("Soldaten in Kursk", 3).hits
    assert first.stored.article.text.startswith("Soldaten")
    assert max(first.cosines) > 0.8
    after.close()


def test_what_ends_half_way_leaves_the_corpus_as_it_was(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        reembed(path, Failing(), listed)
    corpus = Corpus(path, HashingEmbedder())
    (first, *_) = corpus.search("Soldaten in Kursk", 3).hits
    assert max(first.cosines) > 0.8
    corpus.close()
    assert reembed(path, Mirrored(), listed)


def test_what_has_the_model_is_left_alone(path: Path) -> None:
    before = path.read_bytes()
    assert not reembed(path, HashingEmbedder(), listed)
    assert path.read_bytes() == before


def test_a_file_without_a_corpus_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite3").touch()
    with pytest.raises(StoreError):
        reembed(tmp_path / "empty.sqlite3", HashingEmbedder(), listed)
