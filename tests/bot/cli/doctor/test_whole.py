"""A healthy set-up is healthy, and looking at it changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.doctor import machine
from index.lock import hold
from tests.bot.cli.doctor.conftest import Doctor, findings
from tests.bot.conftest import kursk
from tests.discord_server import DiscordServer
from tests.making import make_corpus


async def test_a_healthy_set_up_is_healthy(
    doctor: Doctor, discord_server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.doctor.check_sqlite", lambda: machine.check_sqlite("3.51.3"))
    result = await doctor("--json")
    assert result.code == 0
    assert {one["level"] for one in result.json()} == {"ok"}, result.out
    checks = {one["check"] for one in result.json()}
    assert checks == {
        "settings", "token", "discord", "intents", "permissions", "clock", "data", "disk",
        "file_system", "sqlite", "lock", "leftovers", "model", "reader", "integrity", "index",
        "feeds",
    }  # fmt: skip
    assert [one.path for one in discord_server.requests].count("/users/@me") == 1


@pytest.mark.parametrize("language", ["de", "en"])
async def test_each_line_tells_how_it_is_and_what(doctor: Doctor, language: str) -> None:
    lines = (await doctor("--language", language)).out.splitlines()
    words = {"de": ("gut", "Platte"), "en": ("ok", "disk")}[language]
    assert [line for line in lines if line.split()[:2] == list(words)]
    assert all(len(line.split()) > 3 for line in lines)


def files_in(data: Path) -> dict[Path, bytes]:
    """Return all files but SQLite's shared memory, in which readers sign in."""
    files = (path for path in data.rglob("*") if path.is_file() and path.suffix != ".sqlite3-shm")
    return {path: path.read_bytes() for path in files}


async def test_it_changes_nothing_and_works_while_the_bot_runs(doctor: Doctor, data: Path) -> None:
    corpus = make_corpus(data / "corpora", name="42")
    corpus.add(kursk(text="Noch ein Text, eben erst hinzugefügt.", url=None))
    with hold(data):
        before = files_in(data)
        result = await doctor("--json")
        after = files_in(data)
    corpus.close()
    assert result.code == 0, result.out
    assert before == after
    (lock,) = (one for one in result.json() if one["check"] == "lock")
    assert lock["finding"] == "lock_held"
    assert str(os.getpid()) in lock["message"]
    (integrity,) = (one for one in result.json() if one["check"] == "integrity")
    assert "Artikel: 5" in integrity["message"]


async def test_offline_it_says_what_was_not_checked(
    doctor: Doctor, discord_server: DiscordServer
) -> None:
    found = findings(await doctor("--offline", "--json"))
    for check in ("discord", "intents", "permissions", "clock"):
        assert found[check][0] == "unchecked", check
    assert not discord_server.requests
