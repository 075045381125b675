"""What stands after `beleg add` to the articles it means, one by one."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from index.errors import ExtractionError, SourceError
from index.records import article_from_record
from index.types import Article, Page

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_BATCH = 512 * 1024 * 1024

_MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
_BATCHES = {".jsonl", ".ndjson"}
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<(!doctype\s+html|html|head|body|article|!--|\?xml)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Something that has yet to be fetched."""

    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One article to be. `load` returns what there is of it, or raises SourceError."""

    source: str
    load: Callable[[], Address | Page | Article]


def find_items(sources: Sequence[str], read_input: Callable[[], bytes]) -> list[Item]:
    """Return an item for every article that the sources hold; what is wrong shows in `load`.

    `read_input` returns all of standard input, for the source "-".
    """
    return [item for source in sources for item in _items(source, read_input)]


def _items(source: str, read_input: Callable[[], bytes]) -> Iterator[Item]:
    if source == "-":
        # At once: whatever is interrupted, it is not a loop in the midst of its work.
        yield Item(source, partial(_page, read_input(), source))
    elif _ADDRESS.match(source):
        yield Item(source, partial(Address, source))
    else:
        path = Path(source)
        try:
            is_folder = path.is_dir()
        except (OSError, ValueError):
            is_folder = False
        if is_folder:
            yield from _folder(path)
        elif path.suffix.lower() in _BATCHES:
            yield from _batch(path)
        else:
            yield Item(source, partial(_file, path))


def _folder(folder: Path) -> Iterator[Item]:
    """Yield the articles in a folder and those below, in the order of their names."""
    failed: list[OSError] = []
    found = 0
    for place, folders, names in os.walk(folder, onerror=failed.append):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.suffix.lower() in _MEDIA_TYPES:
                found += 1
                yield Item(str(path), partial(_file, path))
    for error in failed:
        source = str(error.filename or folder)
        yield Item(source, partial(_fail, _unreadable(source, error)))
    if not found and not failed:
        error_of_folder = SourceError("source_folder_empty", source=str(folder))
        yield Item(str(folder), partial(_fail, error_of_folder))


def _batch(path: Path) -> Iterator[Item]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BATCH + 1)
    except (OSError, ValueError) as error:
        yield Item(str(path), partial(_fail, _unreadable(str(path), error)))
        return
    if len(content) > LARGEST_BATCH:
        too_large = _too_large(str(path), LARGEST_BATCH)
        yield Item(str(path), partial(_fail, too_large))
        return
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            yield Item(f"{path}:{number}", partial(_record, line))


def _record(line: bytes) -> Article:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ExtractionError("record_not_json") from error
    return article_from_record(record, datetime.now(UTC))


def _file(path: Path) -> Page:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(str(path), error) from error
    return _page(content, str(path))


def _page(content: bytes, source: str) -> Page:
    if len(content) > LARGEST_FILE:
        raise _too_large(source, LARGEST_FILE)
    media_type = _MEDIA_TYPES.get(Path(source).suffix.lower())
    if media_type is None:
        media_type = "text/html" if _MARKUP.match(content) else "text/plain"
    return Page(content, media_type, source=source)


def _too_large(source: str, limit: int) -> SourceError:
    return SourceError("source_too_large", source=source, megabytes=limit // 2**20)


def _fail(error: SourceError) -> Page:
    raise error


def _unreadable(source: str, error: OSError | ValueError) -> SourceError:
    match error:
        case FileNotFoundError():
            return SourceError("source_missing", source=source)
        case PermissionError():
            return SourceError("source_forbidden", source=source)
        case OSError():
            return SourceError("source_unreadable", source=source, reason=error.strerror)
    return SourceError("source_missing", source=ascii(source))  # a name with a zero character
