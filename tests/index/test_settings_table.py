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
    assert SettingsTable(Database(database.path)).all() == {"language": "de", "role": None}


def test_a_damaged_setting_is_logged_and_left_out(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    table = SettingsTable(database)
    with database.transaction() as connection:
        table.write(connection, {"public": False, "threads": True})
        connection.execute("UPDATE setting SET value = '{fal' WHERE name = 'public'")
    assert table.all() == {"threads": True}
    assert "the setting public is damaged" in caplog.text
