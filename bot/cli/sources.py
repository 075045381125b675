"""What stands after `beleg add` to the articles it means, one by one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol

from index.errors import SourceError
from index.file_types import SHOWN_ENDINGS, is_batch, is_document, media_type_of
from index.json_lines import numbered_lines, value_of
from index.records import article_from_record
from index.types import Article, Page

LARGEST_FILE = 20 * 1024 * 1024

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# An address as people type it. Looked at only where there is no file or folder of that name.
_HOST = re.compile(r"www\.|[\w-]+(\.[\w-]+)*\.[a-z]{2,}/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Something that has yet to be fetched."""

    url: str


class Load(Protocol):
    """Says what there is of an item, or raises SourceError."""

    def __call__(self) -> Address | Page | Article:
        """Read it now."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article to be."""

    source: str
    load: Load


class Items(Collection[Item]):
    """An item for every article that the sources hold; what is wrong shows in `load`.

    Nothing is kept of what they hold: each round goes through files and folders anew, and so does
    counting.
    """

    def __init__(self, sources: Sequence[str], read_input: Callable[[], bytes]) -> None:
        """Take the sources; `read_input` returns all of standard input, for the source "-"."""
        self._sources = sources
        self._read_input = read_input

    def __iter__(self) -> Iterator[Item]:
        for source in self._sources:
            yield from self._of(source)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, item: object) -> bool:
        return any(item == other for other in self)

    @cached_property
    def _count(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _input(self) -> bytes:
        return self._read_input()

    def _of(self, source: str) -> Iterator[Item]:
        if source == "-":
            # At once: whatever is interrupted, it is not a loop in the midst of its work.
            yield Item(source, partial(_page, self._input, source))
        elif _ADDRESS.match(source):
            yield Item(source, partial(Address, source))
        else:
            yield from _of_path(Path(source))


def _of_path(path: Path) -> Iterator[Item]:
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError):
        is_folder = False
    if is_folder:
        yield from _folder(path)
    elif is_batch(path.name):
        yield from _batch(path)
    else:
        yield Item(str(path), partial(_file, path))


def _folder(folder: Path) -> Iterator[Item]:
    """Yield the articles in a folder and those below, in the order of their names."""
    failed: list[OSError] = []
    found = 0
    for place, folders, names in os.walk(folder, onerror=failed.append):
        folders.sort()
        for name in sorted(names):
            if is_document(name) or is_batch(name):
                found += 1
                yield from _of_path(Path(place, name))
    for error in failed:
        source = str(error.filename or folder)
        yield Item(source, partial(_fail, _unreadable(source, error)))
    if not found and not failed:
        empty = SourceError("source_folder_empty", source=str(folder), endings=SHOWN_ENDINGS)
        yield Item(str(folder), partial(_fail, empty))


def _batch(path: Path) -> Iterator[Item]:
    try:
        with path.open("rb") as file:
            for number, line in numbered_lines(file):
                yield Item(f"{path}:{number}", partial(_record, line))
    except (OSError, ValueError) as error:
        yield Item(str(path), partial(_fail, _unreadable(str(path), error)))


def _record(line: bytes) -> Article:
    # The value is checked: a line may hold anything.
    return article_from_record(value_of(line), datetime.now(UTC))  # type: ignore[arg-type]


def _file(path: Path) -> Page:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(str(path), error) from error
    return _page(content, str(path))


def _page(content: bytes, source: str) -> Page:
    if len(content) > LARGEST_FILE:
        megabytes = LARGEST_FILE // 2**20
        raise SourceError("source_too_large", source=source, megabytes=megabytes)
    return Page(content, media_type_of(content, source), source=source)


def _fail(error: SourceError) -> Page:
    raise error


def _unreadable(source: str, error: OSError | ValueError) -> SourceError:
    match error:
        case FileNotFoundError():
            code = "source_no_scheme" if _HOST.match(source) else "source_missing"
            return SourceError(code, source=source)
        case PermissionError():
            return SourceError("source_forbidden", source=source)
        case OSError():
            return SourceError("source_unreadable", source=source, reason=error.strerror)
    return SourceError("source_missing", source=ascii(source))  # a name with a zero character
