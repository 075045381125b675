"""A number that outlives the process that counts."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path
from typing import Self

_NUMBER = struct.Struct("<Q")


class Counter:
    """Starts at zero; others join in by `existing`."""

    def __init__(self, path: Path, *, existing: bool = False) -> None:
        if not existing:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_NUMBER.pack(0))
        self._file = path.open("r+b")
        self._memory = mmap.mmap(self._file.fileno(), _NUMBER.size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._memory.close()
        self._file.close()

    @property
    def value(self) -> int:
        return int(_NUMBER.unpack_from(self._memory)[0])

    def count(self) -> None:
        _NUMBER.pack_into(self._memory, 0, self.value + 1)
