"""To do something once for each of many things, without keeping them for good."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

_REMEMBERED = 2000


class Once:
    """Remembers the latest keys, in memory only."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._seen: OrderedDict[Hashable, None] = OrderedDict()

    def __len__(self) -> int:
        """Return how many are remembered."""
        return len(self._seen)

    def first(self, key: Hashable) -> bool:
        """Whether this key is new."""
        if key in self._seen:
            return False
        self._seen[key] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return True

    def forget(self, key: Hashable) -> None:
        """Let this key be new again: what it stood for did not come about."""
        self._seen.pop(key, None)
