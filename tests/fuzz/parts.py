"""An input of the fuzzers: bytes, parted where no UTF-8 has a byte."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

PARTING = b"\xff"


def joined(*parts: str | bytes) -> bytes:
    return PARTING.join(part.encode() if isinstance(part, str) else part for part in parts)


def parted(data: bytes, count: int) -> list[bytes]:
    """Return exactly `count` parts; what is missing is empty, the last has all the rest."""
    parts = data.split(PARTING, count - 1)
    return parts + [b""] * (count - len(parts))


def words(part: bytes) -> str:
    return part.decode("utf-8", "ignore")


def chosen(options: Sequence[T], number: int) -> T:
    return options[number % len(options)]
