from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.errors import StoreError
from index.seals import article_seal, sentence_seal, vector_check
from index.types import Article
from tests.making import make_article, make_corpus


def test_what_was_sealed_once_is_sealed_the_same_for_ever() -> None:
    assert article_seal("Größe", None, 7)[:16] == "496c336845b6522d"
    assert sentence_seal(1, 0, 4, "Eins zwei").hex()[:16] == "7b3818b914772246"
    assert article_seal("a", "bc") != article_seal("ab", "c")
    assert article_seal(None) != article_seal("-")
    assert article_seal("Größe") == article_seal("Größe".encode())
    assert vector_check(b"\x00\x01") == 920527465


def test_a_sentence_is_sealed_with_its_place() -> None:
    text = "Eins steht hier. Zwei steht hier."
    seal = sentence_seal(1, 0, 16, text)
    assert seal == sentence_seal(1, 0, 16, text.encode())
    assert seal != sentence_seal(2, 0, 16, text)
    assert seal != sentence_seal(1, 0, 15, text)
    assert seal != sentence_seal(1, 0, 16, text.replace("E", "F"))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE article SET text = replace(text, '8.000', '9.000') WHERE id = 1",
        "UPDATE article SET title = 'Soldaten in Kyrsk' WHERE id = 1",
        "UPDATE article SET url = 'https://example.org/2' WHERE id = 1",
        "UPDATE article SET outlet = 'Blett' WHERE id = 1",
        "UPDATE article SET published = '2024-11-02' WHERE id = 1",
        "UPDATE article SET published_origin = 'given' WHERE id = 1",
        "UPDATE article SET updated = '2024-11-02', updated_origin = 'given' WHERE id = 1",
        "UPDATE article SET fetched = '2025-11-02T08:00:00+00:00' WHERE id = 1",
        "UPDATE article SET authors = '[\"Ada\"]' WHERE id = 1",
        "UPDATE article SET outlet_given = 1 WHERE id = 1",
        "UPDATE article SET seal = NULL WHERE id = 1",
        "UPDATE sentence SET start = start + 1 WHERE id = 1",
        "UPDATE sentence SET end = end - 1 WHERE id = 1",
        "UPDATE sentence SET passage_id = 2 WHERE id = 1",
        "UPDATE sentence SET seal = x'00' WHERE id = 1",
        "UPDATE passage SET article_id = 2 WHERE id = 1",
    ],
)
@pytest.mark.parametrize("already_asked", [False, True])
def test_whatever_is_changed_on_the_disk_is_withheld_and_counted_and_the_others_go_on(
    tmp_path: Path, damage: str, *, already_asked: bool
) -> None:
    corpus = filled(tmp_path)
    assert corpus.search("Soldaten in Kursk", 9).hits[0].stored.id == 1
    if not already_asked:
        corpus.close()
    tamper(tmp_path, damage)
    if not already_asked:
        corpus = make_corpus(tmp_path)
    hits = corpus.search("Soldaten in Kursk", 9).hits
    assert 3 in {hit.stored.id for hit in hits}
    for hit in hits:
        assert hit.stored.article == article(hit.stored.id)
        assert hit.passage.text in article(hit.stored.id).text
    assert corpus.withheld() & {1, 2}
    corpus.close()


def test_a_damaged_vector_is_in_no_index(tmp_path: Path) -> None:
    filled(tmp_path).close()
    tamper(tmp_path, "UPDATE sentence SET vector = zeroblob(length(vector)) WHERE id = 1")
    corpus = make_corpus(tmp_path)
    assert corpus.withheld() == {1}
    assert {hit.stored.id for hit in corpus.search("Soldaten in Kursk", 9).hits} == {2, 3}
    corpus.close()


def test_a_value_of_another_type_is_damage_like_any_other(tmp_path: Path) -> None:
    filled(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "test.sqlite3")
    with connection:
        # As a flipped bit in the head of a record does, which says what type a value has.
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'STRICT', '')")
        connection.execute("PRAGMA writable_schema = RESET")
    with connection:
        connection.execute("UPDATE sentence SET vector = 'text', start = 'x' WHERE id = 1")
        connection.execute("UPDATE sentence SET passage_id = 1.5 WHERE id = 2")
        connection.execute("UPDATE article SET text = x'00', title = 7, published = 5 WHERE id = 2")
    connection.close()
    corpus = make_corpus(tmp_path)
    assert corpus.withheld() == {1, 2}
    assert [hit.stored.id for hit in corpus.search("Soldaten in Sumy", 9).hits] == [3]
    assert {one.id for one in corpus.headlines()} == {1, 2, 3}
    assert corpus.remove(2).id == 2
    corpus.close()


def test_what_was_withheld_and_is_added_again_is_found_again(tmp_path: Path) -> None:
    filled(tmp_path).close()
    tamper(tmp_path, "UPDATE article SET title = 'Soldaten in Kyrsk' WHERE id = 1")
    corpus = make_corpus(tmp_path)
    with pytest.raises(StoreError):
        corpus.article(1)
    assert corpus.withheld() == {1}
    corpus.add(article(1))
    assert corpus.withheld() == frozenset()
    assert corpus.search("Soldaten in Kursk", 9).hits[0].stored.article == article(1)
    corpus.close()


TEXTS = {
    1: "In Kursk sind rund 8.000 Soldaten. Sie warten nahe der Grenze.",
    2: "In Wien warten viele Leute. Der Zug fährt nicht.",
    3: "Auch in Sumy sind Soldaten. Der Winter ist kalt.",
}


def article(number: int) -> Article:
    return make_article(
        TEXTS[number],
        title=f"Titel {number}",
        url=f"https://example.org/{number}",
        outlet="Blatt",
        published="2024-11-01",
    )


def filled(directory: Path) -> Corpus:
    corpus = make_corpus(directory)
    for number in TEXTS:
        corpus.add(article(number))
    return corpus


def tamper(directory: Path, statement: str) -> None:
    connection = sqlite3.connect(directory / "test.sqlite3")
    with connection:
        assert connection.execute(statement).rowcount == 1
    connection.close()
