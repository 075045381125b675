"""`beleg doctor` on a healthy set-up and on broken ones, each with its line."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from discord import Intents, Permissions

from bot.__main__ import main
from bot.doctor import machine
from bot.doctor.finding import Level
from bot.timing import Timing
from index.errors import FetchError
from index.feed_table import FeedTable
from index.feeds import FeedKind
from index.inspection import sound_sqlite
from index.lock import hold
from index.protocols import Embedder, Vectors
from tests.bot.cli.running import Beleg, Result
from tests.bot.conftest import kursk
from tests.discord_server import DiscordServer
from tests.discord_server.network import DoubleConnector
from tests.fakes import Clock, HashingEmbedder
from tests.making import make_corpus

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"
Doctor = Callable[..., Awaitable[Result]]


class Dull(HashingEmbedder):
    """A model whose files were mixed up: all texts are alike to it."""

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        vectors[:, 0] = 1.0
        return vectors


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A directory with two collections, as a bot has left it."""
    directory = tmp_path / "data"
    directory.mkdir(mode=0o700)
    (directory / "corpora").mkdir()
    for name in ("42", "43"):
        corpus = make_corpus(directory / "corpora", name=name)
        corpus.add(kursk())
        corpus.add(kursk(text="Ein anderer Text. Er hat zwei Sätze.", url=None))
        corpus.close()
    (directory / "discord-commands.sha256").write_text("x")
    return directory


@pytest.fixture
def doctor(
    discord_server: DiscordServer,
    environment: dict[str, str],
    data: Path,
    capsys: pytest.CaptureFixture[str],
) -> Doctor:
    """The command at a Discord whose bot has this token and is on one server."""
    discord_server.token = TOKEN
    discord_server.add_guild("Nachrichten")

    async def run(
        *argv: str,
        embedder: Embedder | None = None,
        now: datetime | None = None,
        port: int | None = None,
        **more: str,
    ) -> Result:
        code = await asyncio.to_thread(
            main,
            ["doctor", *argv],
            environment={**environment, "BELEG_DISCORD_TOKEN": TOKEN, **more},
            embedder_factory=lambda _: embedder or HashingEmbedder(),
            timing=Timing(clock=Clock(now)),
            connector=lambda: DoubleConnector(port or discord_server.port),
        )
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err
        assert TOKEN not in shown.out + shown.err
        return Result(code, shown.out, shown.err)

    return run


def findings(result: Result) -> dict[str, tuple[str, str]]:
    """Return the worst finding of each check: its level and its name."""
    worst: dict[str, tuple[str, str]] = {}
    for one in result.json():
        level, key = one["level"], one["finding"]
        order = list(Level)
        known = worst.get(one["check"])
        if known is None or order.index(Level(level)) > order.index(Level(known[0])):
            worst[one["check"]] = (level, key)
    return worst


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
    assert "5 " in integrity["message"]


async def test_offline_it_says_what_was_not_checked(
    doctor: Doctor, discord_server: DiscordServer
) -> None:
    found = findings(await doctor("--offline", "--json"))
    for check in ("discord", "intents", "permissions", "clock"):
        assert found[check][0] == "unchecked", check
    assert not discord_server.requests


# Broken ---------------------------------------------------------------------------------------


async def test_a_misspelt_setting(doctor: Doctor) -> None:
    result = await doctor("--json", BELEG_FEED_SHORTST="5", BELEG_NOTHING_LIKE_IT="1")
    assert result.code == 0
    messages = [one["message"] for one in result.json() if one["finding"] == "settings_typo"]
    assert len(messages) == 1
    assert "BELEG_FEED_SHORTEST" in messages[0]
    assert findings(result)["settings"][0] == "warning"


async def test_settings_that_make_no_sense_are_all_named(doctor: Doctor) -> None:
    result = await doctor(
        "--json", BELEG_FEED_SHORTEST="x", BELEG_HEALTH="nowhere", BELEG_FEEDS="maybe"
    )
    assert result.code == 1
    refused = [one["message"] for one in result.json() if one["finding"] == "settings_refused"]
    for name in ("BELEG_FEED_SHORTEST", "BELEG_HEALTH", "BELEG_FEEDS"):
        assert sum(name in message for message in refused) == 1
    assert findings(result)["integrity"][0] == "ok"  # the rest is checked all the same


@pytest.mark.parametrize(
    ("token", "level", "key"),
    [
        ("", "warning", "token_missing"),
        ("two words", "broken", "token_no_token"),
        ('"abc.def.ghi"', "broken", "token_quoted"),
        ("Bot.abc.def", "broken", "token_quoted"),
        ("123456789012345678", "warning", "token_odd"),
    ],
)
async def test_a_token_that_is_none(doctor: Doctor, token: str, level: str, key: str) -> None:
    found = findings(await doctor("--json", BELEG_DISCORD_TOKEN=token))
    assert found["token"] == (level, key)


async def test_a_token_file_that_is_not_there_or_open_to_all(
    doctor: Doctor, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    stated = {"BELEG_DISCORD_TOKEN": "", "BELEG_DISCORD_TOKEN_FILE": str(file)}
    assert findings(await doctor("--json", **stated))["token"] == ("broken", "token_file")
    file.write_text(TOKEN)
    file.chmod(0o644)
    assert findings(await doctor("--json", **stated))["token"] == ("warning", "token_file_open")


async def test_a_token_that_discord_refuses_is_shown_to_it_once(
    doctor: Doctor, discord_server: DiscordServer
) -> None:
    discord_server.reset_token()
    result = await doctor("--json")
    assert result.code == 1
    assert findings(result)["discord"] == ("broken", "discord_refused")
    assert len(discord_server.requests) == 1


async def test_a_discord_that_does_not_answer(doctor: Doctor) -> None:
    result = await doctor("--json", port=9)
    assert findings(result)["discord"] == ("warning", "discord_unreachable")
    assert findings(result)["clock"][0] == "unchecked"


async def test_an_intent_that_is_set_and_not_granted(
    doctor: Doctor, discord_server: DiscordServer
) -> None:
    found = findings(await doctor("--json", BELEG_MESSAGE_CONTENT="on"))
    assert found["intents"] == ("broken", "intents_missing")
    discord_server.privileged_intents = Intents(message_content=True)
    found = findings(await doctor("--json", BELEG_MESSAGE_CONTENT="on"))
    assert found["intents"] == ("ok", "intents_ok")


async def test_rights_that_the_bot_lacks_on_a_server(
    doctor: Doctor, discord_server: DiscordServer
) -> None:
    poor = discord_server.add_guild("Arm", bot=Permissions(view_channel=True))
    poor.roles[poor.id].permissions = Permissions.none()
    result = await doctor("--json")
    (finding,) = (one for one in result.json() if one["check"] == "permissions")
    assert finding["finding"] == "permissions_missing"
    assert "Arm" in finding["message"]
    assert "Send Messages" in finding["message"]


@pytest.mark.parametrize(
    ("off", "level"), [(0, "ok"), (60, "warning"), (3600, "broken"), (-3600, "broken")]
)
async def test_a_clock_that_is_wrong(doctor: Doctor, off: int, level: str) -> None:
    now = datetime.now(UTC) + timedelta(seconds=off)
    assert findings(await doctor("--json", now=now))["clock"][0] == level


async def test_a_clock_without_a_battery(doctor: Doctor) -> None:
    result = await doctor("--offline", "--json", now=datetime(1970, 1, 1, tzinfo=UTC))
    assert findings(result)["clock"] == ("broken", "clock_past")


def set_mode(path: Path, mode: int) -> None:
    path.chmod(mode)


async def test_a_directory_of_somebody_else_or_open_to_all(doctor: Doctor, data: Path) -> None:
    set_mode(data, 0o755)
    assert findings(await doctor("--offline", "--json"))["data"] == ("warning", "data_readable")
    set_mode(data, 0o777)
    assert findings(await doctor("--offline", "--json"))["data"] == ("broken", "data_open")


async def test_a_path_that_is_no_directory(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = await doctor("--offline", "--json", BELEG_DATA=str(tmp_path / "file"))
    assert (result.code, findings(result)["data"][1]) == (1, "data_no_directory")
    result = await doctor("--offline", "--json", BELEG_DATA=str(tmp_path / "none"))
    assert findings(result)["data"] == ("ok", "data_to_come")


def test_little_room(data: Path) -> None:
    assert machine.check_disk(data, free=10**6).level is Level.BROKEN
    assert machine.check_disk(data, free=500 * 10**6).level is Level.WARNING
    assert machine.check_disk(data, free=10**10).level is Level.OK


@pytest.mark.parametrize(
    ("mounts", "level"),
    [
        ("/dev/sda1 / ext4 rw 0 0\nnas:/x {where} nfs4 rw 0 0\n", Level.BROKEN),
        ("/dev/sda1 / ext4 rw 0 0\nx {where}/other cifs rw 0 0\n", Level.OK),
        ("nas:/x / nfs4 rw 0 0\n/dev/sda1 {where} ext4 rw 0 0\n", Level.OK),
        ("host / 9p rw 0 0\n", Level.BROKEN),
    ],
)
def test_a_directory_in_the_network(data: Path, mounts: str, level: Level) -> None:
    found = machine.check_file_system(data, mounts.format(where=data.as_posix()))
    assert found.level is level


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.52.0", True),
        ("4.0.0", True),
    ],
)
def test_an_sqlite_that_may_lose_a_commit(version: str, *, sound: bool) -> None:
    assert sound_sqlite(version) is sound
    level = Level.OK if sound else Level.WARNING
    assert machine.check_sqlite(version).level is level


async def test_files_that_a_kill_has_left(doctor: Doctor, data: Path) -> None:
    for name in (".42.sqlite3-abc.new", "44.sqlite3-wal", "notes.txt"):
        (data / "corpora" / name).touch()
    result = await doctor("--offline", "--json")
    (finding,) = (one for one in result.json() if one["check"] == "leftovers")
    assert finding["level"] == "warning"
    assert "44.sqlite3-wal" in finding["message"]
    assert result.code == 0


async def test_a_model_that_tells_nothing_apart(doctor: Doctor) -> None:
    result = await doctor("--offline", "--json", embedder=Dull())
    assert (result.code, findings(result)["model"]) == (1, ("broken", "model_senseless"))


def test_a_model_that_is_not_there(environment: dict[str, str], beleg: Beleg) -> None:
    from bot.cli.parts import embedder_for  # noqa: PLC0415 - the real one is meant

    missing = embedder_for("/nowhere/model")
    result = beleg("doctor", "--offline", "--json", embedder=missing)
    assert findings(result)["model"] == ("broken", "model_unusable")


async def test_vectors_of_another_model(doctor: Doctor) -> None:
    other = HashingEmbedder()
    other.name = "other"
    result = await doctor("--offline", "--json", embedder=other)
    assert (result.code, findings(result)["vectors"][1]) == (1, "vectors_other")


def _zero_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:8192] = bytes(4096)
    path.write_bytes(content)


def _change_a_word(path: Path) -> None:
    content = path.read_bytes()
    assert b"8.000 Soldaten" in content
    path.write_bytes(content.replace(b"8.000 Soldaten", b"9.000 Soldaten"))


def _change_a_vector(path: Path) -> None:
    _execute(path, "UPDATE sentence SET vector = zeroblob(length(vector)) WHERE id = 1")


def _orphan(path: Path) -> None:
    _execute(path, "INSERT INTO passage (article_id) VALUES (999)")


def _change_who_may_ask(path: Path) -> None:
    _execute(path, "INSERT INTO setting VALUES ('ask_role', '7', NULL)")


def _from_the_future(path: Path) -> None:
    _execute(path, "PRAGMA user_version = 9999")


def _no_database(path: Path) -> None:
    path.write_bytes(b"This was a photograph once." * 500)


def _execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    ("damage", "keys"),
    [
        (_zero_a_page, {"integrity_integrity", "integrity_unusable"}),
        (_change_a_word, {"integrity_damaged"}),
        (_change_a_vector, {"integrity_damaged"}),
        (_change_who_may_ask, {"integrity_settings"}),
        (_orphan, {"integrity_references"}),
        (_from_the_future, {"integrity_too_new"}),
        (_no_database, {"integrity_unusable"}),
        (lambda path: path.write_bytes(b""), {"integrity_empty"}),
    ],
    ids=["page", "word", "vector", "setting", "reference", "future", "no database", "empty"],
)
async def test_a_damaged_collection(
    doctor: Doctor, data: Path, damage: Callable[[Path], Any], keys: set[str]
) -> None:
    path = data / "corpora" / "42.sqlite3"
    damage(path)
    before = path.read_bytes()
    result = await doctor("--offline", "--json")
    assert result.code == 1
    named = [one for one in result.json() if one["check"] == "integrity"]
    assert keys & {one["finding"] for one in named}, result.out
    assert all("42" in one["message"] for one in named)
    assert path.read_bytes() == before


async def test_feeds_that_fail_or_were_forgotten(doctor: Doctor, data: Path) -> None:
    now = datetime.now(UTC)
    corpus = make_corpus(data / "corpora", name="42")
    table = FeedTable(corpus.database)
    feed = table.add(
        "https://nachrichten.example/rss", title="Nachrichten", kind=FeedKind.RSS, by="ada",
        now=now, interval=timedelta(hours=1),
    )  # fmt: skip
    assert findings(await doctor("--json"))["feeds"][0] == "ok"
    later = await doctor("--offline", "--json", now=now + timedelta(days=2))
    assert findings(later)["feeds"] == ("warning", "feeds_overdue")
    error = FetchError("http_error", host="nachrichten.example", status=503)
    table.failed(feed.id, now, error, next_run=now + timedelta(hours=1))
    corpus.close()
    result = await doctor("--json")
    (finding,) = (one for one in result.json() if one["check"] == "feeds")
    assert finding["finding"] == "feeds_failing"
    assert "Nachrichten" in finding["message"]


async def test_the_program_that_holds_the_lock_is_named(doctor: Doctor, data: Path) -> None:
    with hold(data):
        result = await doctor("--offline", "--json")
    (finding,) = (one for one in result.json() if one["check"] == "lock")
    assert Path(sys.executable).name[:6] in finding["message"] or "pytest" in finding["message"]
