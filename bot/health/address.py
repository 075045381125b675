"""Where the bot can be asked how it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LAST_PORT = 65535
_FORM = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9.-]+)):(?P<port>[0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port; port 0 is any that is free."""

    host: str
    port: int

    def __post_init__(self) -> None:
        """Refuse a port that there is not."""
        if not (self.host and 0 <= self.port <= _LAST_PORT):
            raise ValueError("port")

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def address_of(text: str) -> Address:
    """Read "host:port", an IPv6 address in brackets; ValueError for anything else."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("no host:port")
    return Address(found["six"] or found["host"], int(found["port"]))
