from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.errors import SettingError
from index.suggestion_table import Suggestion, SuggestionTable
from tests.making import make_corpus

AT = datetime(2024, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[SuggestionTable]:
    corpus: Corpus = make_corpus(tmp_path)
    yield SuggestionTable(corpus.database)
    corpus.close()


def test_suggestions_wait_in_their_order_and_each_once(table: SuggestionTable) -> None:
    assert table.at(0) is None
    assert table.put("https://orf.at/1", "fehlt", AT)
    assert table.put("Eine Überschrift", "", AT)
    assert not table.put("https://orf.at/1", "fehlt auch mir", AT)
    assert table.count() == 2
    assert table.at(0) == Suggestion(1, "https://orf.at/1", "fehlt", AT)
    assert table.at(1) == table.find(2)
    assert table.at(2) is None


def test_what_was_decided_on_is_gone(table: SuggestionTable) -> None:
    table.put("https://orf.at/1", "", AT)
    assert table.remove(1)
    assert not table.remove(1)
    assert table.find(1) is None
    assert table.put("https://orf.at/1", "", AT)
    assert table.find(2) is not None


def test_a_queue_that_nobody_looks_at_ends(table: SuggestionTable) -> None:
    for number in range(100):
        table.put(f"Überschrift {number}", "", AT)
    with pytest.raises(SettingError, match="suggestions_full"):
        table.put("Noch eine", "", AT)
    assert not table.put("Überschrift 3", "", AT)
    assert table.count() == 100
