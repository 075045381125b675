"""Others with an account on the machine see nothing of what Beleg keeps."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.cli.running import Beleg

OTHERS = stat.S_IRWXG | stat.S_IRWXO


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """Most systems let everybody read new files."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & OTHERS)


def test_what_is_kept_lies_in_directories_that_only_their_owner_enters(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    assert beleg("add", kursk).code == 0
    assert not open_to_others(tmp_path / "data")
    assert not open_to_others(tmp_path / "data" / "corpora")


def test_a_backup_is_for_its_owner_alone_and_so_is_what_comes_back(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    beleg("add", kursk)
    assert beleg("backup", tmp_path / "all.tar").code == 0
    assert not open_to_others(tmp_path / "all.tar")
    elsewhere = tmp_path / "elsewhere"
    assert beleg("restore", tmp_path / "all.tar", BELEG_DATA=str(elsewhere)).code == 0
    assert not open_to_others(elsewhere)
    assert not open_to_others(elsewhere / "corpora")


def test_a_directory_that_is_there_stays_as_its_owner_has_it(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir(mode=0o750)
    beleg("add", kursk)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o750
