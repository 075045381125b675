"""What was asked last, for as long as somebody may go on with it: in memory only, and bounded."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from bot.conversation import Turn


class Memory:
    """Turns under the key of a conversation; the oldest go first."""

    def __init__(
        self, most: int, seconds: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Remember nothing yet; at most `most` turns, and none for longer than `seconds`."""
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._turns: OrderedDict[Hashable, tuple[float, Turn]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many turns are kept."""
        return len(self._turns)

    def remember(self, key: Hashable, turn: Turn) -> None:
        """Keep the latest turn of a conversation."""
        now = self._clock()
        self._turns.pop(key, None)
        self._turns[key] = (now, turn)
        while len(self._turns) > self._most or self._is_old(next(iter(self._turns)), now):
            self._turns.popitem(last=False)

    def recall(self, key: Hashable) -> Turn | None:
        """Return the latest turn of a conversation, None where it is unknown or too old."""
        if key not in self._turns or self._is_old(key, self._clock()):
            return None
        return self._turns[key][1]

    def forget(self, matching: Callable[[Hashable], bool]) -> None:
        """Drop the turns of some conversations."""
        for key in [key for key in self._turns if matching(key)]:
            del self._turns[key]

    def _is_old(self, key: Hashable, now: float) -> bool:
        return now - self._turns[key][0] > self._seconds
