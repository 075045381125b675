from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.guild_settings import GuildSettings, stored_values
from bot.retention import keep_tidy, sweep
from bot.timing import Timing
from index.audit_table import AuditAction, AuditEntry, AuditTable
from index.departure import Departure
from index.library import Library
from index.question_table import LoggedQuestion, QuestionTable
from index.settings_table import SettingsTable
from tests.bot.conftest import kursk
from tests.fakes import Clock

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MONTH = timedelta(days=30)


def ask(library: Library, name: str, *ages: float, keep: int) -> QuestionTable:
    """Log questions of some days ago in a corpus that keeps them for some days."""
    database = library.corpus(name).database
    table = QuestionTable(database)
    with database.transaction() as connection:
        SettingsTable(database).write(connection, stored_values(GuildSettings(log_days=keep)))
    for age in ages:
        table.note(LoggedQuestion(NOW - timedelta(days=age), f"{age}", answered=False), 5)
    return table


def test_questions_go_after_the_days_that_a_server_has_chosen(library: Library) -> None:
    kept = {"1": ask(library, "1", 8, 6.5, 0, keep=7), "2": ask(library, "2", 8, 40, keep=30)}
    assert sweep(library, NOW, MONTH) == []
    assert [one.text for one in kept["1"].unanswered()] == ["0", "6.5"]
    assert [one.text for one in kept["2"].unanswered()] == ["8"]


def test_where_the_log_is_off_no_question_stays(library: Library) -> None:
    table = ask(library, "1", 0, keep=0)
    sweep(library, NOW, MONTH)
    assert table.count() == 0


def test_the_audit_goes_after_half_a_year(library: Library) -> None:
    table = AuditTable(library.corpus("1").database)
    for age in (181, 179):
        at = NOW - timedelta(days=age)
        table.note(AuditEntry(at, "5", AuditAction.ARTICLE_ADDED, {"id": age, "title": "T"}))
    sweep(library, NOW, MONTH)
    assert [entry.details["id"] for entry in table.page(0, 9)] == [179]


def test_a_corpus_goes_when_its_server_was_left_long_enough_ago(
    library: Library, tmp_path: Path
) -> None:
    for name, left in (("1", 30), ("2", 29.9), ("3", None)):
        corpus = library.corpus(name)
        corpus.add(kursk())
        Departure(corpus.database).arrived()
        if left is not None:
            Departure(corpus.database).left(NOW - timedelta(days=left))
    assert sweep(library, NOW, MONTH) == ["1"]
    assert library.names() == ["2", "3"]
    assert not list((tmp_path / "corpora").glob("1.*"))
    assert library.existing("1").size().articles == 0
    assert library.corpus("2").size().articles == 1


def test_articles_go_where_the_operator_keeps_them_for_a_while_only(library: Library) -> None:
    corpus = library.corpus("1")
    for age in (181, 179):
        fetched = NOW - timedelta(days=age)
        corpus.add(replace(kursk(), fetched=fetched, url=f"https://a.example/{age}"))
    sweep(library, NOW, MONTH)
    assert corpus.size().articles == 2, "without a limit none goes"
    sweep(library, NOW, MONTH, timedelta(days=180))
    assert [headline.url for headline in corpus.headlines()] == ["https://a.example/179"]


def test_a_corpus_that_cannot_be_used_keeps_no_other_from_being_tidied(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    table = ask(library, "2", 40, keep=30)
    (tmp_path / "corpora" / "1.sqlite3").write_bytes(b"no database at all" * 99)
    assert sweep(library, NOW, MONTH) == []
    assert table.count() == 0
    assert "1 could not be tidied" in caplog.text


async def test_it_is_done_at_start_and_every_day(desk: Desk, library: Library) -> None:
    clock, slept = Clock(NOW), []
    table = ask(library, "1", 31, 29.5, keep=30)

    async def sleep(seconds: float) -> None:
        slept.append((seconds, table.count()))
        clock.now += timedelta(seconds=seconds)
        if len(slept) == 2:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await keep_tidy(desk, Timing(clock=clock, sleep=sleep), MONTH)
    assert slept == [(86400.0, 1), (86400.0, 0)]
