from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.similar import origins
from tests.index.test_similar import AGENCY, LATER, PAPER
from tests.making import make_article, make_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def add(corpus: Corpus, text: str, name: str) -> int:
    article = make_article(text, url=f"https://{name}.example/zug", outlet=name)
    return corpus.add(article).stored.id


def groups(corpus: Corpus) -> list[list[str | None]]:
    """The outlets of each origin, in the order of its articles."""
    listed = sorted(corpus.headlines(), key=lambda one: one.id)
    found: dict[int, list[str | None]] = {}
    of = corpus.origin_of([one.id for one in listed])
    for one in listed:
        found.setdefault(of[one.id], []).append(one.outlet)
    return sorted(found.values(), key=str)


def check_tables(corpus: Corpus) -> None:
    """What is written is what the copies come to, and nothing is left of what has gone."""
    current = {one.id for one in corpus.headlines()}
    rows = corpus.database.all("SELECT article_id, origin FROM sketch")
    copies: dict[int, set[int]] = {i: set() for i in current}
    for one, other in corpus.database.all("SELECT article_id, like_id FROM copy"):
        copies[one].add(other)
    assert all(one in copies[other] for one in copies for other in copies[one])
    assert dict(rows) == origins(copies)
    shingles = corpus.database.all("SELECT DISTINCT article_id FROM shingle")
    assert {row[0] for row in shingles} <= current


def test_copies_are_grouped_as_they_come(corpus: Corpus) -> None:
    first = add(corpus, AGENCY, "dna")
    add(corpus, LATER, "bote")
    paper = add(corpus, PAPER, "ruf")
    assert groups(corpus) == [["bote"], ["dna", "ruf"]]
    assert corpus.origin_of([paper, first, 99]) == {paper: first, first: first, 99: 99}
    assert [copy.outlet for copy in corpus.copies(first)] == ["ruf"]
    assert [copy.id for copy in corpus.copies(paper)] == [first]
    check_tables(corpus)


def test_a_new_version_leaves_its_group_where_it_tells_something_else(corpus: Corpus) -> None:
    for text, name in ((AGENCY, "dna"), (PAPER, "ruf"), (AGENCY, "post")):
        add(corpus, text, name)
    add(corpus, LATER, "dna")
    assert groups(corpus) == [["dna"], ["ruf", "post"]]
    check_tables(corpus)
    add(corpus, AGENCY, "dna")
    assert groups(corpus) == [["ruf", "post", "dna"]]
    check_tables(corpus)


def test_what_only_hung_together_by_a_removed_article_falls_apart(corpus: Corpus) -> None:
    sentences = AGENCY.split(". ")
    whole = add(corpus, AGENCY, "dna")
    add(corpus, ". ".join(sentences[:4]), "anfang")
    add(corpus, ". ".join(sentences[-4:]), "ende")
    assert groups(corpus) == [["dna", "anfang", "ende"]]
    corpus.remove(whole)
    assert groups(corpus) == [["anfang"], ["ende"]]
    check_tables(corpus)


@pytest.mark.parametrize("seed", range(2))
def test_groups_are_kept_up_through_any_changes(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    corpus = make_corpus(tmp_path)
    pieces = [f"{text} {text}" for text in (*AGENCY.split(". "), *LATER.split(". "))]
    for _ in range(40):
        if chance.random() < 0.25 and corpus.headlines():
            corpus.remove(chance.choice(corpus.headlines()).id)
        else:
            start = chance.randrange(len(pieces) - 3)
            text = ". ".join(pieces[start : start + chance.randint(2, 8)])
            add(corpus, text, f"blatt{chance.randrange(12)}")
        check_tables(corpus)
    corpus.close()


def test_nothing_that_tells_of_likeness_outlives_an_article(corpus: Corpus, tmp_path: Path) -> None:
    numbers = [add(corpus, AGENCY, name) for name in ("dna", "ruf")]
    for number in numbers:
        corpus.remove(number)
    connection = sqlite3.connect(tmp_path / "test.sqlite3")
    for table in ("sketch", "shingle", "copy", "address"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    connection.close()


def test_articles_from_before_copies_were_looked_for_are_caught_up_with(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    for i in range(60):
        add(corpus, f"Meldung {i} aus Ort{i} über Sache{i} mit Person{i} und Zahl {i}.", f"b{i}")
    first = add(corpus, AGENCY, "dna")
    with corpus.database.transaction() as connection:
        for table in ("sketch", "shingle", "copy"):
            connection.execute(f"DELETE FROM {table}")
    corpus.close()
    corpus = make_corpus(tmp_path)
    for i in range(3):
        add(corpus, f"Neues {i} aus Wien{i}.", f"n{i}")
    copy = add(corpus, PAPER, "ruf")
    assert corpus.origin_of([copy]) == {copy: first}
    check_tables(corpus)
    corpus.close()
