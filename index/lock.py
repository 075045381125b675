"""One writer at a time: the data directory is held by an advisory lock of the kernel.

The lock ends with the process, however it ends, so a left-over file never stops a start.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import InUseError, StoreError

_LONGEST_PID = 20


@contextmanager
def hold(directory: Path, name: str = "lock") -> Iterator[None]:
    """Hold the data directory, created where it is missing, against every other process.

    By another `name`, only against those who hold it by that name.

    Raises InUseError at once where another holds it, StoreError where it cannot be used.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)  # articles are nobody else's
        descriptor = os.open(directory / name, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(
            "data_directory_unusable", directory=directory, reason=error.strerror
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, _LONGEST_PID, 0).decode(errors="replace").strip()
            raise InUseError("data_in_use", pid=holder or "?", directory=directory) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def holder(directory: Path) -> str | None:
    """Return the process that holds the data directory now, "?" if it is not told; else None."""
    try:
        descriptor = os.open(directory / "lock", os.O_RDONLY)
    except OSError:
        return None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return os.pread(descriptor, _LONGEST_PID, 0).decode(errors="replace").strip() or "?"
        return None
    finally:
        os.close(descriptor)
