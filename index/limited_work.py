"""The inside of a limited process: takes requests one by one, and ends where nobody asks any more.

It is started by `index.limited_process`, with its end of a socket as standard input.
"""

from __future__ import annotations

import json
import os
import pkgutil
import resource
import socket
import sys

from index.frames import receive_frame, send_frame

OUT_OF_MEMORY = 3  # exit status
_PATIENCE = 60.0  # seconds, for a parent that is slow to listen


def main() -> None:
    """Serve the function and under the limits that the command line names."""
    function, limits = sys.argv[2], json.loads(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has nothing to write
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    work = pkgutil.resolve_name(function)
    channel = socket.socket(fileno=sys.stdin.fileno())
    send_frame(channel, b"", _PATIENCE)  # ready
    while True:
        try:
            request = receive_frame(channel, limits["idle_seconds"])
        except (TimeoutError, EOFError):
            # At once: nothing is to be kept, and the parent may have gone.
            os._exit(0)
        _allow_seconds(limits["cpu_seconds"])
        try:
            answer = work(request)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        send_frame(channel, answer, _PATIENCE)


def _allow_seconds(seconds: int) -> None:
    """Let the process compute so much longer; beyond that the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soon = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soon, hard))
