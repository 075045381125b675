"""The directory, its disk, and what else the machine has in store."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.doctor import machine
from bot.doctor.finding import Level
from index.inspection import sound_sqlite
from index.lock import hold
from tests.bot.cli.doctor.conftest import Doctor, findings


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


async def test_the_program_that_holds_the_lock_is_named(doctor: Doctor, data: Path) -> None:
    with hold(data):
        result = await doctor("--offline", "--json")
    (finding,) = (one for one in result.json() if one["check"] == "lock")
    assert Path(sys.executable).name[:6] in finding["message"] or "pytest" in finding["message"]
