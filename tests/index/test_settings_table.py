from __future__ import annotations

from pathlib import Path

import pytest

from index.corpus import Corpus
from index.database import Database
from index.settings_table import SettingsTable
from tests.fakes import HashingEmbedder


@pytest.fixture
def database(tmp_path: Path) -> Database:
    corpus = Corpus(tmp_path / "one.db", HashingEmbedder())
    corpus.close()
    return Database(tmp_path / "one.db")


def test_settings_outlive_the_program_and_are_replaced_together(database: Database) -> None:
    table = SettingsTable(database)
    for values in ({"public": False, "channels": [2**60]}, {"language": "de", "role": None}):
        with database.transaction() as connection:
            table.write(connection, values)
    database.close()
    chosen = SettingsTable(Database(database.path)).read()
    assert chosen.values == {"language": "de", "role": None}
    assert chosen.is_whole


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE setting SET value = '{fal' WHERE name = 'public'",
        "UPDATE setting SET value = 'true' WHERE name = 'public'",
        "UPDATE setting SET seal = NULL WHERE name = 'public'",
    ],
)
def test_a_damaged_setting_is_logged_and_left_out(
    database: Database, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    table = SettingsTable(database)
    with database.transaction() as connection:
        table.write(connection, {"public": False, "threads": True})
        connection.execute(damage)
    chosen = table.read()
    assert chosen.values == {"threads": True}
    assert chosen.lost({"public", "threads", "role"}) == {"public"}
    assert not chosen.is_whole
    assert "the setting public is damaged" in caplog.text


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM setting WHERE name = 'public'",
        "UPDATE setting SET name = 'publik' WHERE name = 'public'",
        "DELETE FROM meta WHERE name = 'settings'",
        "UPDATE meta SET value = '' WHERE name = 'settings'",
    ],
)
def test_a_setting_that_has_vanished_is_missed(database: Database, damage: str) -> None:
    table = SettingsTable(database)
    with database.transaction() as connection:
        table.write(connection, {"public": False, "threads": True})
    assert table.read().lost({"public", "threads", "role"}) == frozenset()
    with database.transaction() as connection:
        assert connection.execute(damage).rowcount == 1
    chosen = table.read()
    assert "role" in chosen.lost({"public", "threads", "role"})
    assert chosen.values["threads"] is True
    assert not chosen.is_whole


def test_where_nothing_is_chosen_nothing_is_missed(database: Database) -> None:
    assert SettingsTable(database).read().is_whole
