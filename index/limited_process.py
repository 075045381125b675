"""A function in a process of its own, with limits: what it is given can hang or kill only that."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from index.frames import receive_frame, send_frame

_log = logging.getLogger(__name__)

# Isolated: nothing of the environment but the places that this process imports from.
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from index.limited_work import main; main()"
)
_START_SECONDS = 60.0  # to import what it needs, on a slow disk
_END_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a limited process may use; one that is idle for long ends by itself."""

    memory: int  # bytes of address space
    cpu_seconds: int  # for one request
    wall_seconds: float  # for one request
    idle_seconds: float


class _LeftError(ChildProcessError):
    """The process ended in peace, and without an answer."""


class LimitedProcess:
    """Started with the first request, kept warm for the next, started anew where it was killed.

    Safe to use from several threads; one request runs at a time.
    """

    def __init__(self, function: str, limits: Limits) -> None:
        """Take the function as "package.module:name"; it maps bytes to bytes."""
        self._function = function
        self._limits = limits
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    @property
    def pid(self) -> int | None:
        """The id of the process that waits for the next request, None where there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def call(self, request: bytes) -> bytes:
        """Return the function's answer; TimeoutError past a limit, ChildProcessError if it died.

        Either way the process is gone, and the next request has a new one.
        """
        with self._lock:
            warm = self.pid is not None
            if not warm:
                self._end()
            try:
                return self._ask(request)
            except _LeftError:
                if not warm:
                    raise
                return self._ask(request)  # it had been idle for so long that it was just leaving

    def close(self) -> None:
        """End the process; a request in progress is waited for."""
        with self._lock:
            self._end()

    def _ask(self, request: bytes) -> bytes:
        channel = self._channel or self._start()
        seconds = self._limits.wall_seconds
        try:
            send_frame(channel, request, seconds)
            return receive_frame(channel, seconds)
        except TimeoutError:
            self._end(kill=True)
            raise
        except (OSError, EOFError) as error:
            status = self._end()
            if status == 0:
                raise _LeftError("ended without an answer") from error
            _log.warning("a limited process ended with status %s", status)
            if status == -signal.SIGXCPU:
                raise TimeoutError(f"more than {self._limits.cpu_seconds} s of work") from error
            raise ChildProcessError(f"ended with status {status}") from error
        except BaseException:
            self._end(kill=True)  # an answer that comes later would be taken for the next one's
            raise

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                    [
                        *(sys.executable, "-I", "-c", _BOOT),
                        *(json.dumps(sys.path), self._function, json.dumps(asdict(self._limits))),
                    ],
                    stdin=theirs.fileno(),
                    env=_without_settings(os.environ),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    # A key that stops the program is not meant for it.
                    start_new_session=True,
                )
            except OSError as error:
                ours.close()
                raise ChildProcessError(f"cannot be started: {error}") from error
        self._channel = ours
        try:
            receive_frame(ours, _START_SECONDS)
        except (OSError, EOFError) as error:
            raise ChildProcessError(f"did not start: status {self._end(kill=True)}") from error
        return ours

    def _end(self, *, kill: bool = False) -> int | None:
        """Close the channel, upon which a healthy process ends; return how it ended."""
        process, channel = self._process, self._channel
        self._process = self._channel = None
        if channel is not None:
            channel.close()
        if process is None:
            return None
        if kill:
            process.kill()
        try:
            return process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Keep what is set for Beleg, tokens among it, from a process that a page could take over."""
    return {name: value for name, value in environment.items() if not name.startswith("BELEG_")}
