"""How often somebody has asked within the last hour: in memory only, by no name."""

from __future__ import annotations

import hashlib
import secrets
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

_HOUR = timedelta(hours=1)
_MOST_PEOPLE = 10_000  # before those who are quiet are looked for and forgotten


class QuestionRate:
    """Counts by a hash whose key is made anew at every start: it leads back to nobody."""

    def __init__(self, clock: Callable[[], datetime], window: timedelta = _HOUR) -> None:
        """Count nothing yet; later, what lies within a stretch of time."""
        self._window = window
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._asked: dict[bytes, deque[datetime]] = {}
        self._look = _MOST_PEOPLE

    def __len__(self) -> int:
        """Return how many people are counted."""
        return len(self._asked)

    def admit(self, guild: str, person: int, most: int) -> datetime | None:
        """Count a question and return None, or return when the next one may be asked."""
        again = self.again(guild, person, most)
        if again is None:
            self._counted(guild, person).append(self._clock())
        return again

    def again(self, guild: str, person: int, most: int) -> datetime | None:
        """Return when the next question may be asked, None where that is now; count nothing."""
        asked = self._counted(guild, person)
        return asked[len(asked) - most] + self._window if len(asked) >= most else None

    def _counted(self, guild: str, person: int) -> deque[datetime]:
        now = self._clock()
        if len(self._asked) >= self._look:
            self._forget(now)
        asked = self._asked.setdefault(self._hash(guild, person), deque())
        while asked and asked[0] <= now - self._window:
            asked.popleft()
        if asked and asked[-1] > now:  # the clock was set back: nobody has to wait for it
            asked.clear()
        return asked

    def _forget(self, now: datetime) -> None:
        self._asked = {
            key: times
            for key, times in self._asked.items()
            if times and times[-1] > now - self._window
        }
        self._look = max(_MOST_PEOPLE, 2 * len(self._asked))

    def _hash(self, guild: str, person: int) -> bytes:
        told = f"{guild}:{person}".encode()
        return hashlib.blake2b(told, key=self._key, digest_size=16).digest()
