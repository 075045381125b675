"""All corpora of an installation: one file each, so that no answer can come from another's."""

from __future__ import annotations

import logging
import re
import threading
from pathlib import Path

from index.corpus import Corpus
from index.errors import SettingError, StoreError
from index.protocols import Embedder
from index.reembed import Progress, reembed
from index.store import StoredPassage

_log = logging.getLogger(__name__)

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Library:
    """Opens a corpus on first use and keeps it open. Safe to use from several threads."""

    def __init__(self, directory: Path, embedder: Embedder) -> None:
        """Take the data directory, which is created when the first corpus is."""
        self._directory = directory / "corpora"
        self._embedder = embedder
        self._open: dict[str, Corpus] = {}
        self._lock = threading.Lock()

    def corpus(self, name: str) -> Corpus:
        """Return the corpus of that name; SettingError for a name that cannot be one."""
        if not _NAME.fullmatch(name):
            raise SettingError("corpus_name_invalid", name=name)
        with self._lock:
            if name not in self._open:
                self._open[name] = Corpus(self._directory / f"{name}.sqlite3", self._embedder)
            return self._open[name]

    def names(self) -> list[str]:
        """Return the names of the corpora that exist; other files are passed over, as copies."""
        stems = (path.stem for path in self._directory.glob("*.sqlite3"))
        return sorted(stem for stem in stems if _NAME.fullmatch(stem))

    def reembed(self, name: str, progress: Progress[list[StoredPassage]]) -> bool:
        """Take a corpus that is not open over to this library's model; False where it has it."""
        return reembed(self._directory / f"{name}.sqlite3", self._embedder, progress)

    def prepare(self) -> None:
        """Load the model and open every corpus now: no first question has to wait for it.

        A corpus that cannot be used is logged and keeps no other from work; StoreError where it
        is all there is.
        """
        self._embedder.embed_question("?")
        names = self.names()
        failed: list[StoreError] = []
        for name in names:
            try:
                self.corpus(name).prepare()
            except StoreError as error:
                _log.exception("the corpus %s cannot be used", name)
                failed.append(error)
        if failed and len(failed) == len(names):
            raise failed[0]

    def close(self) -> None:
        """Close all corpora."""
        with self._lock:
            for corpus in self._open.values():
                corpus.close()
            self._open.clear()
