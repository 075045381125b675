"""Whether it is `beleg run` that holds the data directory: it sees what changes in rows alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from index.errors import InUseError
from index.lock import hold

_NAME = "run.lock"


@contextmanager
def serving(directory: Path) -> Iterator[None]:
    """Hold the data directory as the one that serves; InUseError where another process has it."""
    with hold(directory), hold(directory, _NAME):
        yield


@contextmanager
def beside_the_bot(directory: Path) -> Iterator[bool]:
    """Hold the data directory, or nothing where the bot does: then True; else InUseError."""
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(directory))
        except InUseError:
            if not _is_served(directory):
                raise
            yield True
        else:
            yield False


def _is_served(directory: Path) -> bool:
    try:
        with hold(directory, _NAME):
            return False
    except InUseError:
        return True
