"""Failures that a test orders in advance."""

from __future__ import annotations

import asyncio
import fnmatch
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class Fault:
    """One scripted failure. `hits` counts how often it has struck."""

    method: str
    pattern: str
    status: int = 500
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    after: bool = False  # let the request take effect first, then report the failure
    drop: bool = False  # cut the connection instead of answering
    hold: asyncio.Event | None = None  # answer nothing before this is set, then go on as usual
    hits: int = 0

    def strikes(self, method: str, path: str) -> bool:
        """Say whether this request is meant, and count it."""
        if self.hits >= self.times:
            return False
        if self.method not in ("*", method) or not fnmatch.fnmatchcase(path, self.pattern):
            return False
        self.hits += 1
        return True


class Faults:
    """The failures still to come, in the order in which they were ordered."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Order a failure."""
        self._ordered.append(fault)
        return fault

    def strike(self, method: str, path: str) -> Fault | None:
        """Return the failure that this request meets, if any."""
        return next((fault for fault in self._ordered if fault.strikes(method, path)), None)


def rate_limit(
    method: str, pattern: str, *, retry_after: float, is_global: bool, times: int, via: bool
) -> Fault:
    """Return a 429. Without the Via header discord.py takes it for a ban by the front proxy."""
    headers = {"Retry-After": str(retry_after), "X-RateLimit-Scope": "user"}
    if is_global:
        headers |= {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
    if via:
        headers["Via"] = "1.1 google"
    body = {
        "message": "You are being rate limited.",
        "retry_after": retry_after,
        "global": is_global,
    }
    return Fault(method, pattern, 429, body, headers, times)
