"""The machine: where the data lies, how much room there is, which SQLite, what lies around."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.log import FaultLog
from bot.doctor.finding import Finding, broken, ok, unchecked, warning
from index.inspection import SQLITE_VERSION, sound_sqlite
from index.lock import holder

_MIB = 1024 * 1024
_LEAST_ROOM, _LITTLE_ROOM = 200 * _MIB, 1024 * _MIB
_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
_WRITTEN_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_READ_BY_OTHERS = stat.S_IRGRP | stat.S_IROTH | stat.S_IXGRP | stat.S_IXOTH
# Their locks and their fsync are not to be relied on.
_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "davfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.glusterfs",
        "fuse.davfs2",
        "virtiofs",
        "vboxsf",
    }
)
_KNOWN = {"lock", "discord-commands.sha256", "corpora"}
_BESIDE = re.compile(r"-(?:wal|shm|mark)$")  # what SQLite and Beleg keep beside a collection
_MOST_NAMED = 3


def check_data(directory: Path) -> Iterator[Finding]:
    """Look at the directory: is it there, whose is it, who may write."""
    try:
        state = directory.stat()
    except FileNotFoundError:
        parent = next(one for one in directory.absolute().parents if one.exists())
        if os.access(parent, os.W_OK | os.X_OK):
            yield ok("data", "data_to_come", path=directory)
        else:
            yield broken("data", "data_cannot_come", path=directory, parent=parent)
        return
    except OSError as error:
        yield broken("data", "data_unusable", path=directory, reason=error.strerror)
        return
    if not stat.S_ISDIR(state.st_mode):
        yield broken("data", "data_no_directory", path=directory)
        return
    corpora = directory / "corpora"
    places = [directory, *([corpora] if corpora.exists() else [])]
    closed = next((one for one in places if not os.access(one, os.R_OK | os.W_OK | os.X_OK)), None)
    if closed is not None:
        yield broken("data", "data_read_only", path=closed)
    elif state.st_uid != os.geteuid():
        yield warning("data", "data_owner", path=directory, owner=state.st_uid, me=os.geteuid())
    elif state.st_mode & _WRITTEN_BY_OTHERS:
        yield broken("data", "data_open", path=directory)
    elif state.st_mode & _READ_BY_OTHERS:
        yield warning("data", "data_readable", path=directory)
    else:
        yield ok("data", "data_ok", path=directory)


def check_disk(directory: Path, free: int | None = None) -> Finding:
    """Look how much room is left: for new articles, and to write a collection anew."""
    place = next(
        one for one in (directory.absolute(), *directory.absolute().parents) if one.exists()
    )
    try:
        left = shutil.disk_usage(place).free if free is None else free
        largest = max(
            (one.stat().st_size for one in directory.glob("corpora/*.sqlite3")), default=0
        )
    except OSError as error:
        return unchecked("disk", "disk_unknown", reason=error.strerror)
    shown = f"{left // _MIB:,}".replace(",", "\u202f")
    if left < _LEAST_ROOM:
        return broken("disk", "disk_full", free=shown)
    if left < max(_LITTLE_ROOM, 2 * largest):
        return warning("disk", "disk_little", free=shown)
    return ok("disk", "disk_ok", free=shown)


def check_file_system(directory: Path, mounts: str | None = None) -> Finding:
    """Look whether the directory lies on this machine; `mounts` is as in /proc/mounts."""
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return unchecked("file_system", "file_system_unknown")
    where, kind = "", ""
    path = directory.absolute().as_posix()
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:  # noqa: PLR2004 - device, place, kind
            continue
        place = fields[1].replace("\\040", " ")
        within = path == place or path.startswith(f"{place.rstrip('/')}/")
        if within and len(place) >= len(where):
            where, kind = place, fields[2]
    if kind in _NETWORK:
        return broken("file_system", "file_system_network", kind=kind, path=where)
    return ok("file_system", "file_system_ok", kind=kind or "?")


def check_sqlite(version: str = SQLITE_VERSION) -> Finding:
    """Look whether this SQLite keeps every commit."""
    if sound_sqlite(version):
        return ok("sqlite", "sqlite_ok", version=version)
    return warning("sqlite", "sqlite_old", version=version)


def check_lock(directory: Path) -> Finding:
    """Look who is writing."""
    pid = holder(directory)
    if pid is None:
        return ok("lock", "lock_free")
    return ok("lock", "lock_held", pid=pid, program=_program(pid))


def check_leftovers(directory: Path) -> Finding:
    """Look for what a kill or somebody else has left; it stops nothing, but it takes room."""
    known = _KNOWN | {path.name for path in FaultLog.files_in(directory)}
    beside = sorted(directory.glob("*")) if directory.is_dir() else []
    found = [path.name for path in beside if path.name not in known and not _is_lock(path)]
    corpora = directory / "corpora"
    for path in sorted(corpora.glob("*")) if corpora.is_dir() else ():
        name = path.name
        owner = _BESIDE.sub("", name)
        if not owner.endswith(".sqlite3") or name.startswith(".") or not (corpora / owner).exists():
            found.append(f"corpora/{name}")
    if not found:
        return ok("leftovers", "leftovers_none")
    shown = ", ".join(found[:_MOST_NAMED]) + (" …" if len(found) > _MOST_NAMED else "")
    return warning("leftovers", "leftovers_some", count=len(found), names=shown)


def check_clock(stated: datetime | None, now: datetime) -> Finding:
    """Compare the clock with Discord's, where that could be asked."""
    if now < _EARLIEST:
        return broken("clock", "clock_past", now=now.isoformat(timespec="seconds"))
    if stated is None:
        return unchecked("clock", "clock_unchecked")
    off = round(abs((now - stated).total_seconds()))
    # Discord dates what happens by its own clock, and forgets it after a quarter of an hour.
    if off > 600:  # noqa: PLR2004 - seconds
        return broken("clock", "clock_wrong", seconds=off)
    if off > 30:  # noqa: PLR2004 - same
        return warning("clock", "clock_off", seconds=off)
    return ok("clock", "clock_ok", seconds=off)


def _is_lock(path: Path) -> bool:
    return path.name.endswith(("lock", ".lock")) and path.is_file() and path.stat().st_size < 64  # noqa: PLR2004 - a number


def _program(pid: str) -> str:
    try:
        line = Path(f"/proc/{int(pid)}/cmdline").read_bytes().replace(b"\0", b" ")
    except (OSError, ValueError):
        return "?"
    words = line.decode(errors="replace").split()
    # Only the command: options may hold what is nobody's business.
    return " ".join(word.rpartition("/")[2] for word in words if not word.startswith("-"))[:60]
