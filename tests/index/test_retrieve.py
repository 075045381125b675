from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.corpus import Corpus
from index.protocols import Vectors
from index.retrieve import Coverage, FusionWeights, fuse
from index.split import split_passages
from index.store import StoredPassage
from index.types import QuestionTerm, StoredArticle
from tests.making import make_article, make_corpus

KURSK = QuestionTerm("kursk", 2.0, {"kursk": 1.0, "kursker": 0.5})
SOLDIER = QuestionTerm("soldat", 1.0, {"soldat": 1.0})
UNKNOWN = QuestionTerm("xylophon", 3.0, {})


def candidate(number: int, text: str, title: str = "") -> StoredPassage:
    article = make_article(text, title=title)
    (passage,) = split_passages(article)
    count = len(passage.sentences)
    ids = tuple(range(100 * number, 100 * number + count))
    return StoredPassage(number, StoredArticle(number, article), passage, ids)


def cosines(*figures: float) -> Vectors:
    return np.array(figures, dtype=np.float32)


def test_the_share_of_a_question_that_is_covered_is_weighed_by_rarity() -> None:
    both = Coverage((KURSK, SOLDIER))
    assert both.share({"kursk", "soldat", "other"}) == pytest.approx(1.0)
    assert both.share({"soldat"}) == pytest.approx(1 / 3)
    assert both.share({"kursker"}) == pytest.approx(1 / 3)
    assert both.share({"wien"}) == 0.0
    more = Coverage((KURSK, SOLDIER, UNKNOWN))
    assert more.share({"kursk", "soldat"}) == pytest.approx(1 / 2)
    assert Coverage(()).share({"kursk"}) == 0.0


def test_the_best_of_similar_terms_counts() -> None:
    question = Coverage((KURSK, SOLDIER, UNKNOWN))
    assert question.matches({"kursker", "kursk"}) == [1.0, 0.0, 0.0]
    assert question.matches({"kursker", "soldat"}) == [0.5, 1.0, 0.0]


def test_hits_come_best_first_with_their_evidence() -> None:
    both = candidate(1, "Soldaten in Kursk. Mehr nicht.")
    one = candidate(2, "Soldaten in Wien.")
    none = candidate(3, "Regen in Graz.")
    figures = {1: cosines(0.25, 0.75), 2: cosines(0.5), 3: cosines(0.125)}
    hits = fuse((KURSK, SOLDIER), {}, [none, one, both], {1: 0.5, 2: 0.25}, figures)
    assert [hit.stored.id for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert [hit.lexical for hit in hits] == [0.5, 0.25, 0.0]
    assert hits[0].cosines == (0.25, 0.75)
    assert hits[0].passage is both.passage


@pytest.mark.parametrize("better", ["lexical", "cosine", "words"])
def test_more_of_one_sort_of_evidence_never_ranks_lower(better: str) -> None:
    one = candidate(1, "Soldaten in Kursk." if better == "words" else "Soldaten in Wien.")
    two = candidate(2, "Soldaten in Wien.")
    lexical = {1: 0.6 if better == "lexical" else 0.5, 2: 0.5}
    figures = {1: cosines(0.6 if better == "cosine" else 0.5), 2: cosines(0.5)}
    hits = fuse((KURSK, SOLDIER), {}, [two, one], lexical, figures)
    assert hits[0].stored.id == 1
    assert hits[0].score > hits[1].score


def test_nothing_to_fuse_gives_no_hits() -> None:
    assert fuse((KURSK,), {}, [], {}, {}) == []


def test_evidence_without_weight_does_not_count() -> None:
    worded = candidate(1, "Soldaten in Kursk.")
    close = candidate(2, "Truppen an der Grenze.")
    figures = {1: cosines(0.1), 2: cosines(0.9)}
    only_words = FusionWeights(best_cosine=0.0, best_two=0.0, mean_cosine=0.0, length=0.0)
    only_vectors = FusionWeights(
        lexical=0.0, coverage=0.0, sentence_coverage=0.0, grams=0.0, length=0.0
    )
    found = [
        fuse((KURSK, SOLDIER), {}, [worded, close], {1: 0.5}, figures, weights=weights)
        for weights in (only_words, only_vectors)
    ]
    assert [[hit.stored.id for hit in hits] for hits in found] == [[1, 2], [2, 1]]
    of_vectors = only_vectors.best_cosine + only_vectors.best_two + only_vectors.mean_cosine
    assert [hits[1].score for hits in found] == pytest.approx([0.0, 0.1 * of_vectors])


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = make_corpus(tmp_path)
    for number in range(1, 8):
        corpus.add(
            make_article(
                f"Nummer {number} handelt von Soldaten. Auch Wien kommt vor.", url=f"{number}"
            )
        )
    return corpus


def test_no_more_hits_than_asked_for_and_each_with_its_passage(corpus: Corpus) -> None:
    retrieval = corpus.search("Soldaten in Wien", 3)
    assert len(retrieval.hits) == 3
    for hit in retrieval.hits:
        assert hit.passage.text in hit.stored.article.text
        assert len(hit.cosines) == len(hit.passage.sentences)
    assert [term.term for term in retrieval.terms] == ["soldat", "wien"]
    corpus.close()


def test_a_question_without_a_known_word_still_has_neighbours(corpus: Corpus) -> None:
    retrieval = corpus.search("Xylophon", 3)
    assert len(retrieval.hits) == 3
    assert all(hit.lexical == 0.0 for hit in retrieval.hits)
    corpus.close()
