from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import InUseError, StoreError
from index.lock import hold

_HOLDER = """
import sys, time
from pathlib import Path
from index.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def _hold_elsewhere(directory: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(directory)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_process_is_refused_with_the_first_ones_number(tmp_path: Path) -> None:
    with _hold_elsewhere(tmp_path) as holder:
        try:
            with pytest.raises(InUseError) as caught, hold(tmp_path):
                pass
            assert caught.value.code == "data_in_use"
            assert caught.value.details["pid"] == str(holder.pid)
        finally:
            holder.kill()


def test_the_lock_ends_with_a_killed_process_and_its_file_stops_nobody(tmp_path: Path) -> None:
    with _hold_elsewhere(tmp_path) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert (tmp_path / "lock").read_text() == f"{holder.pid}\n"
    with hold(tmp_path):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_what_was_let_go_can_be_held_again(tmp_path: Path) -> None:
    for _ in range(2):
        with hold(tmp_path):
            pass


def test_a_missing_directory_is_created(tmp_path: Path) -> None:
    with hold(tmp_path / "new" / "data"):
        assert (tmp_path / "new" / "data" / "lock").exists()


def test_a_directory_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as caught, hold(tmp_path / "file" / "data"):
        pass
    assert caught.value.details["directory"] == tmp_path / "file" / "data"
