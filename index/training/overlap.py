"""Keep what is measured by out of what is trained on: no ten words in a row may be shared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.errors import SettingError

SHARED_WORDS = 10
_WORD = re.compile(r"\w+")


class HeldOut:
    """The texts that a model is measured by, as runs of ten words."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take articles and questions alike; what is shorter than ten words is compared whole."""
        self._runs = {hash(run) for text in texts for run in _runs(text)}

    def shares(self, text: str) -> bool:
        """Whether a text has ten words in a row, or all of its fewer words, from these texts."""
        return any(hash(run) in self._runs for run in _runs(text))

    def refuse(self, texts: Iterable[str]) -> None:
        """Raise SettingError with the first text that shares words with what is measured by."""
        for text in texts:
            if self.shares(text):
                raise SettingError("training_overlap", text=text[:80])


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = tuple(_WORD.findall(text.casefold()))
    if not words:
        return
    for start in range(max(1, len(words) - SHARED_WORDS + 1)):
        yield words[start : start + SHARED_WORDS]
