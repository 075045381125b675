from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.question_table import LoggedQuestion, QuestionTable
from tests.fakes import HashingEmbedder

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANNA, BEN = 81384788765712384, 81384788765712385


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = Corpus(tmp_path / "one.db", HashingEmbedder())
    yield corpus
    corpus.close()


@pytest.fixture
def table(corpus: Corpus) -> QuestionTable:
    table = QuestionTable(corpus.database)
    for day, (text, answered, asker) in enumerate(
        [("Wer?", False, ANNA), ("Wann?", True, ANNA), ("Wo denn?", False, BEN)]
    ):
        table.note(LoggedQuestion(AT + timedelta(days=day), text, answered), asker)
    return table


def on_disk(corpus: Corpus) -> bytes:
    beside = corpus.database.path.parent.glob(f"{corpus.database.path.name}*")
    return b"".join(path.read_bytes() for path in beside)


def test_what_was_asked_in_vain_comes_the_latest_first(table: QuestionTable) -> None:
    assert table.unanswered() == [
        LoggedQuestion(AT + timedelta(days=2), "Wo denn?", answered=False),
        LoggedQuestion(AT, "Wer?", answered=False),
    ]


def test_who_asked_stands_nowhere(corpus: Corpus, table: QuestionTable) -> None:
    assert b"Wo denn?" in on_disk(corpus)
    assert str(ANNA).encode() not in on_disk(corpus)
    assert ANNA.to_bytes(8, "big") not in on_disk(corpus)


def test_what_somebody_asked_is_deleted_from_the_disk(corpus: Corpus, table: QuestionTable) -> None:
    assert table.forget_asker(BEN) == 1
    assert table.forget_asker(BEN) == 0
    assert b"Wo denn?" not in on_disk(corpus)
    assert table.count() == 2


def test_what_is_too_old_is_deleted(table: QuestionTable) -> None:
    assert table.forget_before(AT + timedelta(days=2)) == 2
    assert [one.text for one in table.unanswered()] == ["Wo denn?"]
    assert table.clear() == 1
    assert table.count() == 0


def test_two_servers_hash_the_same_person_differently(tmp_path: Path) -> None:
    corpora = [Corpus(tmp_path / name, HashingEmbedder()) for name in ("a.db", "b.db")]
    assert len({QuestionTable(one.database)._hash(ANNA) for one in corpora}) == 2
    for one in corpora:
        one.close()


def test_no_question_fills_the_table(corpus: Corpus) -> None:
    QuestionTable(corpus.database).note(LoggedQuestion(AT, "x" * 9000, answered=False), ANNA)
    assert QuestionTable(corpus.database).unanswered()[0].text == "x" * 500
