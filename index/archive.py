"""The one file of a backup: a tar archive with a manifest that says what must be in it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from index.errors import StoreError

_FORMAT = 1
_MANIFEST, _DIGEST = "manifest.json", "manifest.sha256"
_NAME = re.compile(r"corpora/[a-z0-9][a-z0-9_-]{0,63}\.sqlite3")
_CHUNK = 1 << 20
_LONGEST_MANIFEST = 1 << 24


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a backup: its place in the data directory, and what it must be."""

    name: str
    bytes: int
    sha256: str
    articles: int
    damaged: int  # articles that were damaged already where it comes from

    def __post_init__(self) -> None:
        """Refuse a place that is none, a size or a digest that cannot be."""
        if not has_place(self.name):
            raise ValueError("no file of a collection")
        if not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise ValueError("no digest")
        if min(self.bytes, self.articles, self.damaged) < 0:
            raise ValueError("less than nothing")

    @property
    def corpus(self) -> str:
        """The name of its corpus."""
        return Path(self.name).stem


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup."""

    made: str  # ISO 8601 in UTC
    files: tuple[Entry, ...]

    def __post_init__(self) -> None:
        """Refuse two files in one place."""
        if len({entry.name for entry in self.files}) < len(self.files):
            raise ValueError("a file comes twice")


def has_place(name: str) -> bool:
    """Whether a path below the data directory is that of a corpus."""
    return _NAME.fullmatch(name) is not None


def write_archive(path: Path, manifest: Manifest, directory: Path) -> None:
    """Write the files of a directory to a new archive, and bring it to the disk."""
    stated = json.dumps({"format": _FORMAT, **asdict(manifest)}, indent=1).encode()
    with path.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)  # it holds what the data directory keeps from others
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
            digest = hashlib.sha256(stated).hexdigest().encode()
            for name, content in ((_MANIFEST, stated), (_DIGEST, digest)):
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, BytesIO(content))
            for entry in manifest.files:
                member = tarfile.TarInfo(entry.name)
                member.size = entry.bytes
                with (directory / entry.name).open("rb") as source:
                    archive.addfile(member, source)
        file.flush()
        os.fsync(file.fileno())


def require_archive(path: Path) -> None:
    """Raise StoreError, as `read_archive` does, where a file does not even begin as a backup."""
    with _said(path), tarfile.open(path, "r:") as archive:
        _stated(iter(archive), archive, path)


def read_archive(path: Path, directory: Path | None = None) -> Manifest:
    """Check that an archive holds what its manifest says, and write its files to a directory.

    StoreError "backup_unusable" where it does not, "backup_missing", "backup_unreadable" or
    "backup_too_new" where it cannot be looked at; then files may be missing.
    """
    with _said(path), tarfile.open(path, "r:") as archive:
        members = iter(archive)
        manifest = _stated(members, archive, path)
        for entry in manifest.files:
            member = next(members)
            source = archive.extractfile(member)
            if member.name != entry.name or source is None or member.size != entry.bytes:
                raise ValueError(f"{entry.name} is missing")
            if _copied(source, directory / entry.name if directory else None) != entry.sha256:
                raise ValueError(f"{entry.name} is damaged")
        if next(members, None) is not None:
            raise ValueError("there is more in it than its manifest says")
    return manifest


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    # A damaged header raises almost anything in tarfile.
    except (
        tarfile.TarError,
        ValueError,
        TypeError,
        KeyError,
        EOFError,
        StopIteration,
        RecursionError,
        OverflowError,
    ) as error:
        reason = str(error) or type(error).__name__
        raise StoreError("backup_unusable", path=str(path), reason=reason) from error
    except FileNotFoundError as error:
        raise StoreError("backup_missing", path=str(path)) from error
    except OSError as error:
        raise StoreError(
            "backup_unreadable", path=str(path), reason=error.strerror or str(error)
        ) from error


def _stated(members: Iterator[tarfile.TarInfo], archive: tarfile.TarFile, path: Path) -> Manifest:
    """Return what stands at the beginning of an archive."""
    stated = _content(archive, next(members), _MANIFEST)
    digest = _content(archive, next(members), _DIGEST)
    if hashlib.sha256(stated).hexdigest().encode() != digest:
        raise ValueError("its manifest is damaged")
    return _manifest(json.loads(stated), path)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str) -> bytes:
    file = archive.extractfile(member) if member.size <= _LONGEST_MANIFEST else None
    if member.name != name or file is None:
        raise ValueError("it is no backup of Beleg")
    return file.read()


def _manifest(stated: object, path: Path) -> Manifest:
    match stated:
        case {"format": 1, "made": str(made), "files": [*files]}:
            return Manifest(made, tuple(Entry(**file) for file in files))
        case {"format": int(number)} if number > _FORMAT:
            raise StoreError("backup_too_new", path=str(path))
    raise ValueError("it is no backup of Beleg")


def _copied(source: IO[bytes], target: Path | None) -> str:
    digest = hashlib.sha256()
    if target is None:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
        return digest.hexdigest()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()
