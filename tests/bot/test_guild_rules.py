from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.guild_rules import GuildRules
from bot.guild_settings import GuildSettings
from bot.permissions import answers_in
from bot.types import Language
from index.audit_table import AuditAction, AuditEntry, AuditTable
from index.corpus import Corpus
from tests.bot.conftest import kursk
from tests.fakes import Clock


async def audit(desk: Desk, corpus: str) -> list[AuditEntry]:
    return await desk.look(corpus, lambda opened: AuditTable(opened.database).page(0, 99))


async def test_a_server_without_articles_has_the_defaults_and_gets_no_file(
    desk: Desk, clock: Clock
) -> None:
    rules = GuildRules(desk, clock)
    await rules.load()
    assert rules.of("1") == GuildSettings()
    assert not await desk.corpora()


async def test_a_change_counts_at_once_in_one_server_and_after_a_restart(
    desk: Desk, clock: Clock
) -> None:
    rules = GuildRules(desk, clock)
    await rules.change("1", "55", public=False, language=Language.GERMAN)
    await rules.change("1", "55", channels=frozenset({7}))
    again = GuildRules(desk, clock)
    await again.load()
    for one in (rules, again):
        assert one.of("1") == GuildSettings(
            language=Language.GERMAN, public=False, channels=frozenset({7})
        )
        assert one.of("2") == GuildSettings()


async def test_every_change_is_noted_with_who_and_when(desk: Desk, clock: Clock) -> None:
    rules = GuildRules(desk, clock)
    await rules.change("1", "55", log_days=7)
    await rules.change("1", "66", log_days=7, add_roles=frozenset({8, 9}))
    at = clock.now.replace(microsecond=0)
    changed = AuditAction.SETTING_CHANGED
    assert await audit(desk, "1") == [
        AuditEntry(at, "66", changed, {"name": "add_roles", "before": "", "after": "8 9"}),
        AuditEntry(at, "55", changed, {"name": "log_days", "before": "0", "after": "7"}),
    ]


async def test_a_senseless_change_changes_nothing(desk: Desk, clock: Clock) -> None:
    rules = GuildRules(desk, clock)
    await rules.change("1", "55", log_days=7)
    with pytest.raises(ValueError, match="log_days"):
        await rules.change("1", "55", public=False, log_days=31)
    assert rules.of("1") == GuildSettings(log_days=7)
    assert len(await audit(desk, "1")) == 1


async def test_a_corpus_that_cannot_be_read_keeps_no_other_from_its_settings(
    desk: Desk, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await GuildRules(desk, clock).change("2", "55", public=False)
    (tmp_path / "corpora" / "1.sqlite3").write_bytes(b"no database at all" * 99)
    rules = GuildRules(desk, clock)
    await rules.load()
    assert not rules.of("2").public
    assert rules.of("1") == GuildSettings(public=False, closed=True, nowhere=True)
    assert "the settings of 1 cannot be read" in caplog.text


async def test_a_damaged_value_has_its_default(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    await desk.add_article("1", kursk())
    await GuildRules(desk, clock).change("1", "55", public=False, log_days=7)
    with sqlite3.connect(tmp_path / "corpora" / "1.sqlite3") as connection:
        connection.execute("UPDATE setting SET value = '9999' WHERE name = 'log_days'")
    connection.close()
    rules = GuildRules(desk, clock)
    await rules.load()
    assert rules.of("1") == GuildSettings(public=False)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE setting SET value = '8' WHERE name = 'ask_role'",
        "DELETE FROM setting WHERE name = 'ask_role'",
    ],
)
async def test_who_may_ask_is_damaged_so_hardly_anybody_does_until_it_is_chosen_anew(
    desk: Desk, clock: Clock, tmp_path: Path, damage: str
) -> None:
    await desk.add_article("1", kursk())
    await GuildRules(desk, clock).change("1", "55", ask_role=7, public=True)
    with sqlite3.connect(tmp_path / "corpora" / "1.sqlite3") as connection:
        assert connection.execute(damage).rowcount == 1
    connection.close()
    rules = GuildRules(desk, clock)
    await rules.load()
    assert rules.of("1").closed
    # What else is changed does not open it, and a restart does not either.
    await rules.change("1", "55", threads=True)
    again = GuildRules(desk, clock)
    await again.load()
    assert again.of("1").closed
    await again.change("1", "55", ask_role=None)
    assert not again.of("1").closed
    last = GuildRules(desk, clock)
    await last.load()
    assert not last.of("1").closed
    assert last.of("1").threads


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE setting SET value = '[8]' WHERE name = 'channels'",
        "DELETE FROM setting WHERE name = 'channels'",
        "DELETE FROM setting",
        "DELETE FROM meta WHERE name = 'settings'",
    ],
)
async def test_lost_channels_open_no_other_until_they_are_chosen_anew(
    desk: Desk, clock: Clock, tmp_path: Path, damage: str
) -> None:
    await desk.add_article("1", kursk())
    await GuildRules(desk, clock).change("1", "55", channels=frozenset({7}), public=True)
    with sqlite3.connect(tmp_path / "corpora" / "1.sqlite3") as connection:
        assert connection.execute(damage).rowcount == 1
    connection.close()
    rules = GuildRules(desk, clock)
    await rules.load()
    assert not answers_in(rules.of("1"), 8)
    # What else is changed opens none, and a restart does not either.
    await rules.change("1", "55", threads=True)
    again = GuildRules(desk, clock)
    await again.load()
    assert not answers_in(again.of("1"), 8)
    await again.change("1", "55", channels=frozenset())
    last = GuildRules(desk, clock)
    await last.load()
    for one in (again, last):
        assert answers_in(one.of("1"), 8)


async def test_settings_that_can_no_longer_be_read_stay_as_they_were_known(
    desk: Desk, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    rules = GuildRules(desk, clock)
    known = await rules.change("1", "55", channels=frozenset({7}), ask_role=6)
    await desk.change("1", _lose_all_settings)
    await rules.reload("1")
    assert rules.of("1") == known
    assert "the settings of 1 cannot be read" in caplog.text
    unknown = GuildRules(desk, clock)
    await unknown.reload("1")
    assert unknown.of("1") == GuildSettings(public=False, closed=True, nowhere=True)


def _lose_all_settings(corpus: Corpus) -> None:
    with corpus.database.transaction() as connection:
        connection.execute("DROP TABLE setting")


async def test_a_role_that_the_disk_has_made_an_administrator_is_none(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    await desk.add_article("1", kursk())
    await GuildRules(desk, clock).change("1", "55", administer_roles=frozenset({7}))
    with sqlite3.connect(tmp_path / "corpora" / "1.sqlite3") as connection:
        connection.execute("UPDATE setting SET value = '[6]' WHERE name = 'administer_roles'")
    connection.close()
    rules = GuildRules(desk, clock)
    await rules.load()
    assert rules.of("1").administer_roles == frozenset()
