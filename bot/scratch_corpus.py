"""A corpus filled from files for a measurement or a training, in a throw-away directory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from index.corpus import Corpus
from index.errors import ExtractionError, SettingError, SourceError
from index.json_lines import numbered_lines, value_of
from index.library import Library
from index.protocols import Embedder
from index.records import article_from_record

T = TypeVar("T")
# Called with a list and a label ("articles", "questions", "folds"); yields the list's items.
Progress = Callable[[Sequence[T], str], Iterable[T]]


@contextmanager
def scratch_corpus(
    files: Sequence[Path], embedder: Embedder, progress: Progress[object]
) -> Iterator[Corpus]:
    """Ingest JSON-lines files of articles; SettingError for a file that is none."""
    with tempfile.TemporaryDirectory(prefix="beleg-scratch-") as directory:
        library = Library(Path(directory), embedder)
        try:
            corpus = library.corpus("scratch")
            fill(corpus, files, progress)
            yield corpus
        finally:
            library.close()


def fill(corpus: Corpus, files: Sequence[Path], progress: Progress[object]) -> None:
    """Add the articles of JSON-lines files; SettingError for a file that is none."""
    records = [record for path in files for record in read_records(path)]
    for record in progress(records, "articles"):
        _add(corpus, record)


def read_records(path: Path) -> list[dict[str, object]]:
    """Read a JSON-lines file of objects; SettingError names the line that is none."""
    records = []
    try:
        with path.open("rb") as file:
            for number, line in numbered_lines(file):
                record = _object(line)
                if record is None:
                    raise SettingError("json_line_invalid", path=str(path), line=number)
                records.append(record)
    except OSError as error:
        raise SettingError("file_unreadable", path=str(path)) from error
    return records


def _object(line: bytes) -> dict[str, object] | None:
    try:
        value = value_of(line)
    except ExtractionError:
        return None
    return value if isinstance(value, dict) else None


def _add(corpus: Corpus, record: object) -> None:
    try:
        corpus.add(article_from_record(record, datetime.now(UTC)))  # type: ignore[arg-type] # it checks
    except SourceError:
        # One bad record is a hole in the corpus, not the end of the measurement.
        return
