"""What a measurement says of the machine that it ran on."""

from __future__ import annotations

import os
from pathlib import Path

_TASKS = Path("/proc/self/task")


def cores() -> int:
    """Return how many cores this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WaitsForCore:
    """How long threads of this process were ready to run and had no core (Linux tells)."""

    def __init__(self) -> None:
        """Begin to count now."""
        self._seen: dict[str, int] = _waits()

    def since_last(self) -> float:
        """Return the longest wait of one thread since the last call, in seconds."""
        before, self._seen = self._seen, _waits()
        new = [waited - before.get(thread, 0) for thread, waited in self._seen.items()]
        return max(new, default=0) / 1e9


def _waits() -> dict[str, int]:
    """Return the nanoseconds by thread; none where the system does not tell."""
    found = {}
    for thread in _TASKS.iterdir() if _TASKS.exists() else ():
        try:
            told = (thread / "schedstat").read_text(encoding="ascii").split()
            found[thread.name] = int(told[1])
        except (OSError, IndexError):
            continue  # it has ended meanwhile
    return found
