"""All corpora of an installation: one file each, so that no answer can come from another's."""

from __future__ import annotations

import logging
import re
import threading
from pathlib import Path

from index.audit_table import AuditTable
from index.corpus import Corpus
from index.database import Database, Purged
from index.errors import SettingError, StoreError
from index.feed_table import FeedTable
from index.protocols import Embedder
from index.reindex import Progress, Reindexing

_log = logging.getLogger(__name__)

# The most articles that a start embeds to finish a change of the model.
_FEW = 200
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Library:
    """Opens a corpus on first use and keeps it open. Safe to use from several threads."""

    def __init__(self, directory: Path, embedder: Embedder) -> None:
        """Take the data directory, which is created when the first corpus is."""
        self._directory = directory / "corpora"
        self._embedder = embedder
        self._open: dict[str, Corpus] = {}
        self._nothing: Corpus | None = None
        self._lock = threading.Lock()

    def corpus(self, name: str) -> Corpus:
        """Return the corpus of that name, made where there is none.

        SettingError for a name that cannot be one.
        """
        path = self._path(name)
        with self._lock:
            if name not in self._open:
                self._open[name] = Corpus(path, self._embedder)
            return self._open[name]

    def existing(self, name: str) -> Corpus:
        """Return the corpus of that name to read in; an empty one, in memory, where there is none.

        SettingError for a name that cannot be one.
        """
        path = self._path(name)
        try:
            path.lstat()
        except FileNotFoundError:
            with self._lock:
                if self._nothing is None:
                    self._nothing = Corpus(Path(":memory:"), self._embedder)
                return self._nothing
        except OSError as error:
            raise StoreError("store_unusable", path=str(path), reason=error.strerror) from error
        return self.corpus(name)

    def names(self) -> list[str]:
        """Return the names of the corpora that exist; other files are passed over, as copies.

        StoreError where the data directory cannot be looked into.
        """
        try:
            # Not `glob`: of what it may not read it tells nothing, or stops at the directory above.
            paths = list(self._directory.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(
                "data_directory_unusable", directory=self._directory.parent, reason=error.strerror
            ) from error
        stems = (path.stem for path in paths if path.suffix == ".sqlite3")
        return sorted(stem for stem in stems if _NAME.fullmatch(stem))

    def purge(self, name: str) -> Purged:
        """Write the file of a corpus that is not open anew, without what was removed from it."""
        database = Database(self._path(name))
        try:
            FeedTable(database).forget_removed()
            AuditTable(database).forget_removed()
            return database.purge()
        finally:
            database.close()

    def delete(self, name: str) -> None:
        """Delete a corpus with all that is in it, for good; StoreError where that fails."""
        path = self._path(name)
        with self._lock:
            opened = self._open.pop(name, None)
            if opened is not None:
                opened.close()
            try:
                for ending in ("", "-wal", "-shm", "-mark"):
                    path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)
            except OSError as error:
                raise StoreError("store_unusable", path=str(path), reason=error.strerror) from error

    def reindex(self, name: str, progress: Progress[int]) -> bool:
        """Make vectors of this library's model for a corpus; False where it has them already.

        The old ones serve until `finish_reindex`, so others may use the corpus meanwhile.
        """
        with Reindexing(self._path(name), self._embedder) as reindexing:
            if reindexing.is_needed:
                reindexing.prepare(progress)
            return reindexing.is_needed

    def finish_reindex(self, name: str) -> bool:
        """Let vectors that `reindex` has made serve; False where there are none, or too few yet.

        Only for who holds the data directory, before the corpus is opened.
        """
        with Reindexing(self._path(name), self._embedder) as reindexing:
            if not (reindexing.is_needed and reindexing.begun and reindexing.missing() <= _FEW):
                return False
            # What was added since has none yet.
            reindexing.prepare(lambda items, _: items)
            return reindexing.take_over()

    def prepare(self) -> None:
        """Load the model and open every corpus now: no first question has to wait for it.

        Only for who holds the data directory: new vectors that `reindex` has made serve from here.

        A corpus that cannot be used is logged and keeps no other from work; StoreError where it
        is all there is.
        """
        self._embedder.embed_question("?")
        names = self.names()
        failed: list[StoreError] = []
        for name in names:
            try:
                self._finish_change(name)
                self.corpus(name).prepare()
            except StoreError as error:
                _log.exception("the corpus %s cannot be used", name)
                failed.append(error)
        if failed and len(failed) == len(names):
            raise failed[0]

    def _finish_change(self, name: str) -> None:
        with self._lock:
            is_open = name in self._open
        if not is_open:
            self.finish_reindex(name)

    def close(self) -> None:
        """Close all corpora."""
        with self._lock:
            for corpus in self._open.values():
                corpus.close()
            self._open.clear()
            if self._nothing is not None:
                self._nothing.close()
                self._nothing = None

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise SettingError("corpus_name_invalid", name=name)
        return self._directory / f"{name}.sqlite3"
