"""What a limited process is given in tests: work that hangs, grows, dies or lies."""

from __future__ import annotations

import json
import os
import re
import signal
import time

from index.parsing import answer


def echo(request: bytes) -> bytes:
    """Return the request, or do what it says."""
    match request:
        case b"sleep":
            time.sleep(600)
        case b"compute":
            while True:
                pass
        case b"eat memory":
            return b"x" * 10**12
        case b"crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"leave":
            os._exit(0)
        case b"pid":
            return str(os.getpid()).encode()
    return request


def parse(request: bytes) -> bytes:
    """Read a page as Beleg does, unless a comment in it asks for worse."""
    found = re.search(rb"<!-- hostile: ([a-z ]+) -->", request)
    return echo(found.group(1)) if found else answer(request)


def lie(request: bytes) -> bytes:
    """Answer what no parser would."""
    return {
        0: b"\xff",
        1: b"[]",
        2: b'{"article": ["too", "few"]}',
        3: json.dumps({"article": [None] * 12}).encode(),
        4: b"[" * 100_000,
    }[len(request) % 5]


def hang(_request: bytes) -> bytes:
    """Never answer."""
    return echo(b"sleep")


def leave(_request: bytes) -> bytes:
    """End without an answer."""
    return echo(b"leave")
