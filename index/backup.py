"""A backup of the data directory while Beleg runs, and its way back.

Only the files of the corpora are in it: everything else in a data directory comes to be again.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.archive import (
    Entry,
    Manifest,
    digest_of,
    has_place,
    read_archive,
    require_archive,
    write_archive,
)
from index.database import SCHEMA_VERSION, synchronise
from index.errors import InUseError, StoreError
from index.lock import hold
from index.store import Store

_STAGE = ".beleg-backup-"
_ARRIVING = ".beleg-restore-"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was written and read again; `left_out` says why by the name of a corpus."""

    path: Path
    manifest: Manifest
    left_out: dict[str, str]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and where that lies which was there before, if there was something."""

    manifest: Manifest
    aside: Path | None


def back_up(data: Path, target: Path, now: datetime) -> BackedUp:
    """Write every corpus of a data directory to one archive, a new file or in a directory.

    Others may read and write meanwhile: each corpus is as it was at one moment. A corpus that is
    too damaged to be copied is left out. StoreError where there is nothing or where it fails;
    a file under its final name is always whole.
    """
    if target.is_dir():
        target = target / f"beleg-{now:%Y%m%d-%H%M%S}.tar"
    corpora = sorted(
        path for path in (data / "corpora").glob("*.sqlite3") if has_place(f"corpora/{path.name}")
    )
    if not corpora:
        raise StoreError("backup_of_nothing", directory=str(data))
    try:
        if target.exists():
            raise StoreError("backup_exists", path=str(target))
        with _staged(target.parent) as stage:
            entries, left_out = [], {}
            for path in corpora:
                try:
                    entries.append(_copy(path, stage))
                except (StoreError, sqlite3.Error) as error:
                    left_out[path.stem] = str(error)
            if not entries:
                reason = next(iter(left_out.values()))
                raise StoreError("backup_failed", path=str(target), reason=reason)
            manifest = Manifest(now.isoformat(timespec="seconds"), tuple(entries))
            write_archive(stage / "archive", manifest, stage)
            read_archive(stage / "archive")
            _put(stage / "archive", target)
    except OSError as error:
        raise StoreError(
            "backup_failed", path=str(target), reason=error.strerror or str(error)
        ) from error
    return BackedUp(target, manifest, left_out)


def restore(data: Path, archive: Path, now: datetime, *, replace: bool = False) -> Restored:
    """Put the corpora of a backup into a data directory that the caller holds, all at once.

    Where there are some, StoreError "restore_would_replace", unless told to `replace` them: then
    they are kept beside. Nothing changes where the backup is damaged or anything fails.
    """
    corpora = data / "corpora"
    there = sorted(path.stem for path in corpora.glob("*.sqlite3"))
    require_archive(archive)  # before anybody is told to replace what there is by it
    if there and not replace:
        raise StoreError("restore_would_replace", directory=str(data), names=", ".join(there))
    try:
        for left_over in data.glob(f"{_ARRIVING}*"):
            shutil.rmtree(left_over)
        stage = Path(tempfile.mkdtemp(dir=data, prefix=_ARRIVING))
        try:
            manifest = read_archive(archive, stage)
            arriving = stage / "corpora"
            arriving.mkdir(mode=0o700, exist_ok=True)
            for entry in manifest.files:
                _check(stage / entry.name, str(archive))
            synchronise(arriving)
            aside = None
            if corpora.exists() and any(corpora.iterdir()):
                aside = data / f"corpora.before-{now:%Y%m%d-%H%M%S}"
                arriving.rename(aside)
                try:
                    _exchange(aside, corpora)
                except BaseException:
                    aside.rename(arriving)  # to go with all that has arrived
                    raise
            else:
                arriving.rename(corpora)
            synchronise(data)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise StoreError(
            "restore_failed", directory=str(data), reason=error.strerror or str(error)
        ) from error
    return Restored(manifest, aside)


def _copy(path: Path, stage: Path) -> Entry:
    """Copy a corpus as it is at this moment, and look at the copy as closely as one can."""
    name = f"corpora/{path.name}"
    copy = stage / name
    copy.parent.mkdir(exist_ok=True)
    with (
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    _check(copy, str(path))
    damaged: set[int] = set()
    with closing(Store(copy, None)) as store:
        for _ in store.everything(damaged):
            pass
        articles, *_ = store.extent()
    with closing(sqlite3.connect(copy)) as target:
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    return Entry(name, copy.stat().st_size, digest_of(copy), articles, len(damaged))


def _check(path: Path, shown: str) -> None:
    """Let SQLite look through a file; StoreError where it is damaged or too new."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        raise StoreError("backup_unusable", path=shown, reason=str(error)) from error
    if found != "ok":
        raise StoreError("backup_unusable", path=shown, reason=found)
    if version > SCHEMA_VERSION:
        raise StoreError("store_too_new", path=shown, version=version)


@contextmanager
def _staged(directory: Path) -> Iterator[Path]:
    """Give a directory to work in; what killed ones have left there is removed."""
    for left_over in directory.glob(f"{_STAGE}*"):
        try:
            with hold(left_over):
                shutil.rmtree(left_over)
        except InUseError:
            continue  # another backup is at work
    stage = Path(tempfile.mkdtemp(dir=directory, prefix=_STAGE))
    try:
        with hold(stage):
            yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _put(new: Path, target: Path) -> None:
    """Give a file its final name, without ever replacing another."""
    try:
        os.link(new, target)
    except FileExistsError as error:
        raise StoreError("backup_exists", path=str(target)) from error
    except OSError:  # a file system without links
        new.rename(target)
    synchronise(target.parent)


def _exchange(one: Path, other: Path) -> None:
    """Let two directories change names in one step; OSError where the file system cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    names = (os.fsencode(one), os.fsencode(other))
    if libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
