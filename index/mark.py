"""How far a store had come, kept beside it: a log that lost its end does not go unnoticed.

SQLite takes a damaged write-ahead log for a shorter one, and what was committed behind the damage
is gone without a word. The mark is written after each commit and not synchronised: after a power
cut it may be older than the store, but never newer than what was acknowledged.
"""

from __future__ import annotations

import logging
import os
import zlib
from pathlib import Path

_log = logging.getLogger(__name__)


class Mark:
    """The number of the last change of one store."""

    def __init__(self, store: Path) -> None:
        """Take the file of the store."""
        self.path = store.with_name(f"{store.name}-mark")
        self._number: int | None = None

    def read(self) -> int:
        """Return the number; 0 where there is none, or a damaged one."""
        try:
            number, check = self.path.read_bytes().split()
            return int(number) if b"%08x" % zlib.crc32(number) == check else 0
        except (OSError, ValueError):
            return 0

    def write(self, number: int) -> None:
        """Keep the number; without it nothing is lost but a warning, so it never fails."""
        digits = b"%020d" % number
        try:
            if self._number is None:
                self._number = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o666)
            os.pwrite(self._number, b"%s %08x\n" % (digits, zlib.crc32(digits)), 0)
        except OSError as error:
            _log.warning("%s cannot be written: %s", self.path, error)

    def close(self) -> None:
        """Let the file go."""
        if self._number is not None:
            os.close(self._number)
            self._number = None
