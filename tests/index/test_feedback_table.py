from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.feedback_table import FeedbackTable, Verdict, Votes
from tests.making import day, make_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def test_votes_are_counted_answer_by_answer(corpus: Corpus) -> None:
    table = FeedbackTable(corpus.database)
    for verdict in (Verdict.HELPFUL, Verdict.HELPFUL, Verdict.WRONG):
        table.count(2**62, verdict, day(1))
    table.count(5, Verdict.WRONG, day(3))
    assert table.of(2**62) == Votes(2, 1)
    assert table.of(5) == Votes(0, 1)
    assert table.of(6) == Votes(0, 0)
    assert table.totals() == Votes(2, 2)


def test_where_nobody_has_voted_there_are_none(corpus: Corpus) -> None:
    assert FeedbackTable(corpus.database).totals() == Votes(0, 0)


def test_votes_are_forgotten_after_a_year(corpus: Corpus) -> None:
    table = FeedbackTable(corpus.database)
    table.count(5, Verdict.WRONG, day(1))
    table.count(6, Verdict.WRONG, day(1) + timedelta(366))
    assert table.of(5) == Votes(0, 0)
    assert table.of(6) == Votes(0, 1)
