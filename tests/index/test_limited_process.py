from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.limited_process import LimitedProcess, Limits

ECHO = "tests.hostile_work:echo"
LIMITS = Limits(memory=256 * 1024**2, cpu_seconds=5, wall_seconds=20.0, idle_seconds=60.0)


@pytest.fixture
def process() -> Iterator[LimitedProcess]:
    process = LimitedProcess(ECHO, LIMITS)
    yield process
    process.close()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that has ended is listed until its parent asks, and not every machine has one that asks.
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_it_starts_with_the_first_request_and_stays_for_the_next(process: LimitedProcess) -> None:
    assert process.pid is None
    first = int(process.call(b"pid"))
    assert first != os.getpid()
    assert int(process.call(b"pid")) == first == process.pid


def test_a_large_message_comes_back_whole(process: LimitedProcess) -> None:
    message = os.urandom(1024) * 5000
    assert process.call(message) == message


@pytest.mark.parametrize(
    ("request_", "limits", "error"),
    [
        (b"sleep", Limits(256 * 1024**2, 5, 0.2, 60.0), TimeoutError),
        (b"compute", Limits(256 * 1024**2, 0, 60.0, 60.0), TimeoutError),
        (b"eat memory", LIMITS, ChildProcessError),
        (b"crash", LIMITS, ChildProcessError),
    ],
)
def test_work_past_a_limit_ends_its_process_and_the_next_has_a_new_one(
    request_: bytes, limits: Limits, error: type[Exception]
) -> None:
    process = LimitedProcess(ECHO, limits)
    try:
        first = int(process.call(b"pid"))
        with pytest.raises(error):
            process.call(request_)
        assert not is_there(first)
        assert int(process.call(b"pid")) != first
    finally:
        process.close()


def test_closing_ends_the_process(process: LimitedProcess) -> None:
    pid = int(process.call(b"pid"))
    process.close()
    assert process.pid is None
    assert not is_there(pid)
    process.close()


def test_an_idle_process_ends_and_the_next_request_does_not_notice() -> None:
    process = LimitedProcess(ECHO, Limits(256 * 1024**2, 5, 20.0, idle_seconds=0.05))
    try:
        first = int(process.call(b"pid"))
        last_moment = time.monotonic() + 10
        while process.pid is not None:
            assert time.monotonic() < last_moment
            time.sleep(0.01)
        assert int(process.call(b"pid")) != first
    finally:
        process.close()


def test_one_that_ends_while_it_is_asked_is_replaced_once(process: LimitedProcess) -> None:
    process.call(b"warm")
    with pytest.raises(ChildProcessError):
        process.call(b"leave")
    assert process.call(b"again") == b"again"


def test_threads_take_turns(process: LimitedProcess) -> None:
    with ThreadPoolExecutor(8) as pool:
        messages = [str(number).encode() for number in range(40)]
        assert list(pool.map(process.call, messages)) == messages


def test_it_starts_without_what_the_environment_says(
    process: LimitedProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    assert process.call(b"here") == b"here"


def test_a_function_that_does_not_exist_is_an_error_of_the_process() -> None:
    process = LimitedProcess("tests.hostile_work:nothing", LIMITS)
    with pytest.raises(ChildProcessError, match="did not start"):
        process.call(b"")
    process.close()


def test_it_ends_with_the_process_that_started_it() -> None:
    program = (
        "import os, sys; sys.path[:] = eval(sys.argv[1])\n"
        "from index.limited_process import LimitedProcess, Limits\n"
        f"process = LimitedProcess({ECHO!r}, {LIMITS!r})\n"
        "print(process.call(b'pid').decode(), flush=True); os._exit(0)"
    )
    started = subprocess.run(
        [sys.executable, "-c", program, repr(sys.path)], capture_output=True, text=True, check=True
    )
    pid = int(started.stdout)
    last_moment = time.monotonic() + 10
    while is_there(pid):
        assert time.monotonic() < last_moment
        time.sleep(0.01)


def test_a_page_that_takes_the_process_over_finds_no_token_in_its_environment(
    process: LimitedProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BELEG_DISCORD_TOKEN", "a.b.c")
    process.call(b"hello")
    assert process.pid is not None
    environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"PATH=" in environment
    assert b"BELEG_" not in environment
