from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.audit_table import AuditAction, AuditEntry, AuditTable
from index.corpus import Corpus
from tests.fakes import HashingEmbedder

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def entry(number: int) -> AuditEntry:
    details: dict[str, str | int] = {"id": number, "title": f"Titel {number}"}
    at = AT + timedelta(days=number)
    return AuditEntry(at, "123", AuditAction.ARTICLE_ADDED, details)


def test_entries_are_kept_and_come_the_newest_first(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "one.db", HashingEmbedder())
    for number in range(5):
        AuditTable(corpus.database).note(entry(number))
    corpus.close()
    table = AuditTable(Corpus(tmp_path / "one.db", HashingEmbedder()).database)
    assert table.count() == 5
    assert table.page(0, 2) == [entry(4), entry(3)]
    assert table.page(4, 2) == [entry(0)]


def test_what_is_older_than_a_moment_goes(tmp_path: Path) -> None:
    table = AuditTable(Corpus(tmp_path / "one.db", HashingEmbedder()).database)
    for number in range(5):
        table.note(entry(number))
    assert table.forget_before(AT + timedelta(days=3)) == 3
    assert table.page(0, 9) == [entry(4), entry(3)]


def test_no_detail_fills_the_table(tmp_path: Path) -> None:
    table = AuditTable(Corpus(tmp_path / "one.db", HashingEmbedder()).database)
    table.note(AuditEntry(AT, "ada", AuditAction.FEED_ADDED, {"title": "x" * 9000}))
    assert table.page(0, 1)[0].details == {"title": "x" * 300}


def test_an_entry_names_somebody_and_a_moment() -> None:
    with pytest.raises(ValueError, match="somebody"):
        AuditEntry(AT, " ", AuditAction.FEED_ADDED)
    with pytest.raises(ValueError, match="time zone"):
        AuditEntry(AT.replace(tzinfo=None), "1", AuditAction.FEED_ADDED)
