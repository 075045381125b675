"""Turns at a model: a question does not wait for an import."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock in which the urgent go before the patient."""

    def __init__(self) -> None:
        """Begin with nobody at work."""
        self._changed = threading.Condition()
        self._busy = False
        self._urgent = 0

    @contextmanager
    def urgent(self) -> Iterator[None]:
        """Hold the lock, before all who are patient."""
        with self._changed:
            self._urgent += 1
            self._changed.wait_for(lambda: not self._busy)
            self._urgent -= 1
            self._busy = True
        yield from self._held()

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Hold the lock once nobody urgent waits for it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._busy and not self._urgent)
            self._busy = True
        yield from self._held()

    def _held(self) -> Iterator[None]:
        try:
            yield
        finally:
            with self._changed:
                self._busy = False
                self._changed.notify_all()
