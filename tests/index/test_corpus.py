from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from index.corpus import Corpus
from index.errors import ModelMismatchError, NotFoundError, StoreError
from index.protocols import Vectors
from index.types import Hit, Outcome
from index.vector_index import FaissVectorIndex
from tests.fakes import HashingEmbedder
from tests.making import FETCHED, day, make_article, make_corpus

WORDS = """
    Soldaten Kursk Grenze Regierung Minister Wien Donau Regen Brücke Zug Streik Pokal Finale Tor
    Wärme Plan Münzen Museum Diebe Polizei Gericht Urteil Wahl Stimmen Partei Schule Essen Preis
    """.split()  # noqa: SIM905 - readable as a block of words
QUESTIONS = ("Soldaten in Kursk", "Was kostet das Essen?", "Wer gewann das Finale?", "Xylophon")


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def check_equal_to_store(corpus: Corpus) -> None:
    """What can be found is what is stored, vector by vector."""
    with corpus._lock:
        indexes = corpus._indexes()
        stored = [
            (passage, row)
            for passages, vectors in corpus._store.everything()
            for passage, row in zip(
                passages,
                np.split(vectors, np.cumsum([len(p.sentence_ids) for p in passages])[:-1]),
                strict=True,
            )
        ]
        ids = {i for passage, _ in stored for i in passage.sentence_ids}
        assert indexes.vectors.ids() == ids
        for passage, row in stored:
            np.testing.assert_array_equal(indexes.vectors.vectors(passage.sentence_ids), row)
        assert len(indexes.lexical) == len(stored)
        numbers = indexes.lexical.search(indexes.lexical.question_terms(" ".join(WORDS)), 10_000)
        assert {i for i, _ in numbers} <= {passage.id for passage, _ in stored}


def answers(corpus: Corpus) -> list[list[Hit]]:
    return [list(corpus.search(question, 1000).hits) for question in QUESTIONS]


def found_where(answers: list[list[Hit]]) -> list[set[tuple[int, int, tuple[float, ...]]]]:
    return [{(hit.stored.id, hit.passage.start, hit.cosines) for hit in hits} for hits in answers]


def test_adding_known_and_changed_articles(corpus: Corpus) -> None:
    url = "https://example.org/1"
    added = corpus.add(make_article("Eins steht hier.", url=url))
    assert added.outcome is Outcome.ADDED
    later = make_article("Eins steht hier.", url=url, fetched=FETCHED + timedelta(days=1))
    known = corpus.add(later)
    assert known.outcome is Outcome.KNOWN
    assert known.stored == added.stored
    updated = corpus.add(make_article("Zwei steht hier.", url=url))
    assert updated.outcome is Outcome.UPDATED
    assert updated.stored.id > added.stored.id
    assert corpus.articles() == [updated.stored]
    other = corpus.add(make_article("Zwei steht hier.", url="https://example.org/2"))
    assert other.outcome is Outcome.ADDED
    with pytest.raises(NotFoundError):
        corpus.article(added.stored.id)


def test_a_text_without_address_and_id_is_known_by_its_words(corpus: Corpus) -> None:
    first = corpus.add(make_article("Eins steht hier."))
    assert corpus.add(make_article("Eins steht hier.")).outcome is Outcome.KNOWN
    assert corpus.add(make_article("Eins steht da.")).outcome is Outcome.ADDED
    renamed = corpus.add(make_article("Eins steht hier.", title="Neue Überschrift"))
    assert renamed.outcome is Outcome.UPDATED
    assert renamed.stored.article.title == "Neue Überschrift"
    assert first.stored not in corpus.articles()


def test_a_text_that_gets_its_address_later_is_no_second_article(corpus: Corpus) -> None:
    corpus.add(make_article("Soldaten in Kursk."))
    named = make_article("Soldaten in Kursk.", url="https://example.org/1")
    receipt = corpus.add(named)
    assert receipt.outcome is Outcome.UPDATED
    assert corpus.articles() == [receipt.stored]
    elsewhere = corpus.add(make_article("Soldaten in Kursk.", url="https://example.org/2"))
    assert elsewhere.outcome is Outcome.ADDED


def test_an_article_is_known_by_the_id_where_it_came_from(corpus: Corpus) -> None:
    corpus.add(make_article("Eins steht hier.", source_id="7"))
    assert corpus.add(make_article("Eins steht hier.", source_id="7")).outcome is Outcome.KNOWN
    assert corpus.add(make_article("Neu.", source_id="7")).outcome is Outcome.UPDATED
    assert corpus.add(make_article("Neu.", source_id="8")).outcome is Outcome.ADDED


def test_what_a_known_article_states_is_carried_over(corpus: Corpus) -> None:
    url = "https://example.org/1"
    full = make_article("Eins.", url=url, outlet="Blatt", published="2024-11-01", source_id="7")
    corpus.add(full)
    assert corpus.add(make_article("Eins.", url=url)).outcome is Outcome.KNOWN
    stored = corpus.add(make_article("Zwei.", url=url)).stored
    assert (stored.article.outlet, stored.article.published, stored.article.source_id) == (
        "Blatt",
        full.published,
        "7",
    )
    stored = corpus.add(make_article("Zwei.", url=url, outlet="Anderes Blatt")).stored
    assert stored.article.outlet == "Anderes Blatt"
    assert stored.article.published == full.published


def test_the_size_counts_what_can_be_found(corpus: Corpus) -> None:
    assert (corpus.size().articles, corpus.size().passages) == (0, 0)
    corpus.add(make_article("Eins steht hier. Zwei steht hier.", published="2024-11-01", url="1"))
    corpus.add(make_article("Drei steht hier.", published="2024-11-03", url="2"))
    corpus.add(make_article("Vier steht hier.", url="2"))
    size = corpus.size()
    assert (size.articles, size.passages, size.sentences) == (2, 2, 3)
    assert (size.first, size.last) == (day(1), day(3))


def test_a_removed_article_is_found_no_more(corpus: Corpus) -> None:
    stored = corpus.add(make_article("Soldaten in Kursk.")).stored
    corpus.add(make_article("Regen in Wien."))
    assert corpus.search("Soldaten in Kursk", 9).hits[0].stored == stored
    assert corpus.remove(stored.id) == stored
    assert stored not in [hit.stored for hit in corpus.search("Soldaten in Kursk", 9).hits]
    for gone in (corpus.remove, corpus.article):
        with pytest.raises(NotFoundError):
            gone(stored.id)


def test_an_empty_corpus_finds_nothing(corpus: Corpus) -> None:
    assert corpus.search("Soldaten in Kursk", 9).hits == ()
    assert corpus.articles() == []


@pytest.mark.parametrize("seed", range(3))
def test_the_indexes_equal_the_store_after_any_changes(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    corpus = make_corpus(tmp_path)
    present: list[int] = []
    for _ in range(30):
        change = chance.choice(["add", "add", "add", "update", "remove", "reopen"])
        text = ". ".join(
            " ".join(chance.choices(WORDS, k=chance.randint(3, 40)))
            for _ in range(chance.randint(1, 12))
        )
        if change == "remove" and present:
            corpus.remove(present.pop(chance.randrange(len(present))))
        elif change == "reopen":
            corpus.close()
            corpus = make_corpus(tmp_path)
        else:
            url = str(chance.randrange(12) if change == "update" else chance.randrange(10**9))
            before = {stored.article.url: stored.id for stored in corpus.articles()}
            receipt = corpus.add(make_article(text, url=url))
            if receipt.outcome is Outcome.UPDATED:
                present.remove(before[url])
            present.append(receipt.stored.id)
        check_equal_to_store(corpus)
        assert sorted(stored.id for stored in corpus.articles()) == sorted(present)
    found = answers(corpus)
    assert any(found)
    corpus.close()
    fresh = make_corpus(tmp_path)
    assert found_where(answers(fresh)) == found_where(found)
    fresh.close()


def test_a_fresh_corpus_on_the_same_file_answers_identically(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    for number in range(20):
        text = f"Soldaten {number} in Kursk. {WORDS[number]} und {WORDS[-number]}. Essen."
        corpus.add(make_article(text, url=str(number)))
    found = answers(corpus)
    corpus.close()
    fresh = make_corpus(tmp_path)
    assert answers(fresh) == found
    fresh.close()


def test_two_corpora_never_mix(tmp_path: Path) -> None:
    one, two = make_corpus(tmp_path, name="one"), make_corpus(tmp_path, name="two")
    ours = one.add(make_article("Soldaten in Kursk.")).stored
    theirs = two.add(make_article("Geheimes aus Kursk.")).stored
    assert [hit.stored for hit in one.search("Kursk Geheimes", 9).hits] == [ours]
    assert [hit.stored for hit in two.search("Kursk Soldaten", 9).hits] == [theirs]
    two.remove(theirs.id)
    assert one.articles() == [ours]
    assert two.search("Kursk", 9).hits == ()
    one.close()
    two.close()


def test_a_corpus_of_another_model_is_refused(tmp_path: Path) -> None:
    class Other(HashingEmbedder):
        name = "other"

    make_corpus(tmp_path).close()
    with pytest.raises(ModelMismatchError):
        make_corpus(tmp_path, Other())


def test_a_damaged_article_is_not_found_until_it_is_added_again(tmp_path: Path) -> None:
    article = make_article("Soldaten in Kursk.", url="https://example.org/1")
    corpus = make_corpus(tmp_path)
    bad = corpus.add(article).stored
    good = corpus.add(make_article("Soldaten in Wien.")).stored
    connection = sqlite3.connect(tmp_path / "test.sqlite3")
    with connection:
        connection.execute("UPDATE article SET text = 'Soldaten in Kyrsk.' WHERE id = ?", (bad.id,))
    connection.close()
    # Neither while the indexes are those of before, nor with new ones.
    for _ in range(2):
        assert [hit.stored for hit in corpus.search("Soldaten in Kursk", 9).hits] == [good]
        corpus.close()
        corpus = make_corpus(tmp_path)
    receipt = corpus.add(article)
    assert receipt.outcome is Outcome.UPDATED
    assert corpus.search("Soldaten in Kursk", 9).hits[0].stored == receipt.stored
    check_equal_to_store(corpus)
    corpus.close()


class Gate(HashingEmbedder):
    """Lets the embedding of sentences wait for others."""

    def __init__(self, wait: Callable[[], object]) -> None:
        self.wait = wait

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        self.wait()
        return super().embed_sentences(texts)

    def embed_question(self, text: str) -> Vectors:
        return HashingEmbedder().embed_question(text)


def test_a_search_does_not_wait_for_the_embedding_of_an_article(tmp_path: Path) -> None:
    make_corpus(tmp_path).add(make_article("Soldaten in Kursk."))
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        assert go_on.wait(30)

    corpus = make_corpus(tmp_path, Gate(wait))
    with ThreadPoolExecutor(1) as pool:
        added = pool.submit(corpus.add, make_article("Neues aus Wien."))
        assert begun.wait(30)
        assert len(corpus.search("Kursk", 9).hits) == 1
        go_on.set()
        assert added.result(30).outcome is Outcome.ADDED
    assert len(corpus.search("Kursk", 9).hits) == 2
    corpus.close()


def test_an_article_is_taken_while_the_model_reads_a_question(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(HashingEmbedder):
        def embed_question(self, text: str) -> Vectors:
            begun.set()
            assert go_on.wait(30)
            return super().embed_question(text)

    corpus = make_corpus(tmp_path, Slow())
    gone = corpus.add(make_article("Soldaten in Kursk.")).stored
    with ThreadPoolExecutor(2) as pool:
        asked = pool.submit(corpus.search, "Kursk", 9)
        try:
            assert begun.wait(30)
            pool.submit(corpus.remove, gone.id).result(10)
            new = pool.submit(corpus.add, make_article("Mehr aus Kursk.")).result(10).stored
        finally:
            go_on.set()
        assert [hit.stored for hit in asked.result(30).hits] == [new]
    corpus.close()


def test_an_article_that_two_threads_add_at_once_is_stored_once(tmp_path: Path) -> None:
    # Both have looked whether it is known, and found that it is not, before either writes.
    both = threading.Barrier(2)
    corpus = make_corpus(tmp_path, Gate(lambda: both.wait(30)))
    with ThreadPoolExecutor(2) as pool:
        article = make_article("Soldaten in Kursk.")
        receipts = [
            added.result(30) for added in [pool.submit(corpus.add, article) for _ in range(2)]
        ]
    assert {receipt.outcome for receipt in receipts} == {Outcome.ADDED, Outcome.KNOWN}
    assert len(corpus.articles()) == 1
    corpus.close()


def test_threads_search_while_another_adds_and_removes(corpus: Corpus) -> None:
    kept = corpus.add(make_article("Soldaten in Kursk warten.", url="kept")).stored
    done = threading.Event()

    def search() -> int:
        times = 0
        while not done.is_set() or not times:
            hits = corpus.search("Soldaten in Kursk", 50).hits
            assert kept in [hit.stored for hit in hits]
            for hit in hits:
                assert hit.passage.text in hit.stored.article.text
            times += 1
        return times

    with ThreadPoolExecutor(2) as pool:
        searching = [pool.submit(search) for _ in range(2)]
        try:
            for number in range(25):
                stored = corpus.add(make_article(f"Soldaten {number} in Kursk.", url="x")).stored
                if number % 3 == 0:
                    corpus.remove(stored.id)
        finally:
            done.set()
        assert all(search.result(30) > 0 for search in searching)
    check_equal_to_store(corpus)


def test_only_a_question_builds_the_indexes(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    first = corpus.add(make_article("Soldaten in Kursk.")).stored
    corpus.add(make_article("Regen in Wien."))
    corpus.remove(first.id)
    assert corpus._built is None
    assert [hit.stored.id for hit in corpus.search("Regen in Wien", 9).hits] == [2]
    check_equal_to_store(corpus)
    corpus.close()


def test_an_index_that_cannot_follow_is_rebuilt_from_the_store(corpus: Corpus) -> None:
    corpus.add(make_article("Soldaten in Kursk."))
    # An index of vectors of another length: adding to it fails after the commit.
    odd = FaissVectorIndex()
    odd.add([10**6], np.ones((1, 3), dtype=np.float32))
    corpus._indexes().vectors = odd
    receipt = corpus.add(make_article("Regen in Wien."))
    assert receipt.outcome is Outcome.ADDED
    assert {hit.stored.id for hit in corpus.search("Regen in Wien", 9).hits} == {1, 2}
    check_equal_to_store(corpus)


def test_a_failed_write_changes_neither_store_nor_index(corpus: Corpus) -> None:
    corpus.add(make_article("Soldaten in Kursk.", url="1"))
    before = answers(corpus)
    corpus._store.database._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError):
        corpus.add(make_article("Neues aus Kursk.", url="1"))
    with pytest.raises(StoreError):
        corpus.remove(1)
    corpus._store.database._connection.execute("PRAGMA query_only = OFF")
    assert answers(corpus) == before
    check_equal_to_store(corpus)
    corpus.add(make_article("Neues aus Kursk.", url="1"))
    check_equal_to_store(corpus)


def test_sentences_are_known_in_the_order_of_their_passage(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    corpus.add(make_article("Eins kam zuerst. Zwei kam danach. Drei kam zuletzt. " * 30))
    passages = [p for some, _ in corpus._store.everything() for p in some]
    assert len(passages) > 1
    known = corpus._indexes().sentences_of([*(p.id for p in passages), 99])
    assert {i: tuple(ids) for i, ids in known.items()} == {p.id: p.sentence_ids for p in passages}
