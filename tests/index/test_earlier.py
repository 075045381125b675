from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.corpus import Corpus
from tests.making import make_article, make_corpus

URL = "https://blatt.example/zug"
OLD = "Die Polizei nannte 23 Verletzte. Die Strecke ist gesperrt."
NEW = "Die Polizei nannte 27 Verletzte. Die Strecke ist gesperrt."


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def test_what_an_older_version_said_otherwise_is_found_with_its_evidence(corpus: Corpus) -> None:
    old = corpus.add(make_article(OLD, url=URL)).stored
    new = corpus.add(make_article(NEW, url=URL)).stored
    found = corpus.search("Wie viele Verletzte?", 5)
    assert {hit.stored.id for hit in found.hits} == {new.id}
    (earlier,) = corpus.earlier("Wie viele Verletzte?", found.hits)
    assert earlier.stored.id == old.id
    assert earlier.passage.text == OLD
    assert len(earlier.cosines) == 2
    # The sentence that stayed has the cosine that it has in the newer version.
    assert earlier.cosines[1] == pytest.approx(found.hits[0].cosines[1], abs=1e-3)


def test_an_article_without_older_versions_has_nothing_earlier(corpus: Corpus) -> None:
    corpus.add(make_article(NEW, url=URL))
    found = corpus.search("Wie viele Verletzte?", 5)
    assert corpus.earlier("Wie viele Verletzte?", found.hits) == []


def test_the_newest_version_is_known_by_any_of_them(corpus: Corpus) -> None:
    old = corpus.add(make_article(OLD, url=URL)).stored
    new = corpus.add(make_article(NEW, url=URL)).stored
    assert corpus.newest(old.id) == corpus.newest(new.id) == new.id
    assert corpus.holds(old)
    corpus.remove(new.id)
    assert not corpus.holds(old)
    assert corpus.earlier("Wie viele Verletzte?", []) == []
