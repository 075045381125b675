from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.health.supervisor import Supervisor


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)  # noqa: FBT003 - socket's own
        yield listening


def told(systemd: socket.socket) -> list[str]:
    found = []
    while True:
        try:
            found.append(systemd.recv(100).decode())
        except BlockingIOError:
            return found


def test_it_says_when_it_is_ready(systemd: socket.socket) -> None:
    Supervisor({"NOTIFY_SOCKET": systemd.getsockname()}).tell("READY=1")
    assert told(systemd) == ["READY=1"]


def test_an_abstract_socket_is_found() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0beleg-test-of-notify")
        listening.setblocking(False)  # noqa: FBT003 - socket's own
        Supervisor({"NOTIFY_SOCKET": "@beleg-test-of-notify"}).tell("STOPPING=1")
        assert told(listening) == ["STOPPING=1"]


def test_without_systemd_nothing_is_sent_and_a_deaf_one_is_no_fault(tmp_path: Path) -> None:
    Supervisor({}).tell("READY=1")
    Supervisor({"NOTIFY_SOCKET": str(tmp_path / "nobody")}).tell("READY=1")


async def test_it_says_in_time_that_it_lives_only_while_it_is_well(systemd: socket.socket) -> None:
    well = [True]
    supervisor = Supervisor({"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "30000000"})
    waits = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        well[0] = len(waits) < 3
        await asyncio.sleep(0)

    task = asyncio.create_task(supervisor.keep_alive(lambda: well[0], sleep))
    while len(waits) < 6:  # noqa: ASYNC110 - nothing else happens
        await asyncio.sleep(0)
    task.cancel()
    assert set(waits) == {15.0}
    assert told(systemd) == ["WATCHDOG=1"] * 3
