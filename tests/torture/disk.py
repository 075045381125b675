"""A disk that fails or loses power: SQLite's own file system with calls of ours in between.

SQLite reaches files through a table of functions. Those that change a file are ours while a `Disk`
is in use: they count, fail when told to, and remember what was written and what was synchronised,
so that any moment of a power cut can be made afterwards.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FULL, IO_WRITE, IO_SYNC = 13, 10 | 3 << 8, 10 | 4 << 8
_OK = 0
_SECTOR = 512
_WATCHED = 0x100 | 0x800 | 0x80000  # main database, its journal, its write-ahead log

_Pointer = ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, _Pointer, _Pointer, _Pointer, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
)
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_char_p, ctypes.c_int)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, _Pointer, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_int)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", _Pointer),
        ("name", ctypes.c_char_p),
        ("data", _Pointer),
        ("open", _Pointer),
        ("delete", _Pointer),
        ("others", _Pointer * 14),
    )


class _Methods(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int),
        ("close", _Pointer),
        ("read", _Pointer),
        ("write", _Pointer),
        ("truncate", _Pointer),
        ("sync", _Pointer),
        ("others", _Pointer * 13),
    )


@dataclass(frozen=True, slots=True)
class Call:
    """Something that was done to a file."""

    kind: str  # "write", "truncate", "sync" or "delete"
    path: str
    offset: int = 0
    content: bytes = b""


def _library() -> Any:
    """Return the SQLite that Python uses; its functions have no types that a checker knows."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    library.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
    library.sqlite3_vfs_register.argtypes = [ctypes.POINTER(_Vfs), ctypes.c_int]
    library.sqlite3_vfs_unregister.argtypes = [ctypes.POINTER(_Vfs)]
    return library


def available() -> bool:
    """Whether the SQLite of this Python lets itself be reached."""
    try:
        return bool(_library().sqlite3_vfs_find(None))
    except (OSError, AttributeError):
        return False


class Disk:
    """SQLite's files while it is entered. Connections must be closed before it is left."""

    def __init__(self) -> None:
        """Begin with a disk that is well."""
        self.calls: list[Call] = []
        self.remembers = False
        self.count = 0
        self._fails_from: int | None = None
        self._fails_to = 0
        self._code = FULL
        self._paths: dict[int, str] = {}
        self._methods: dict[int, tuple[_Methods, tuple[object, ...]]] = {}

    def fail(self, number: int, *, code: int = FULL, once: bool = False) -> None:
        """Let the call of that number from now on fail (1 is the next), and all after it."""
        self.count = 0
        self._fails_from, self._fails_to = number, number if once else 1 << 62
        self._code = code

    def heal(self) -> None:
        """Let every call succeed again."""
        self._fails_from = None

    def __enter__(self) -> Self:
        """Stand between SQLite and its files."""
        self._library = _library()
        self._original = self._library.sqlite3_vfs_find(None)
        self._vfs = _Vfs()
        ctypes.memmove(ctypes.byref(self._vfs), self._original, ctypes.sizeof(_Vfs))
        self._vfs.name = b"torture"
        self._really_open = _OPEN(self._original.contents.open)
        self._really_delete = _DELETE(self._original.contents.delete)
        self._callbacks = (_OPEN(self._open), _DELETE(self._delete))
        self._vfs.open = ctypes.cast(self._callbacks[0], _Pointer)
        self._vfs.delete = ctypes.cast(self._callbacks[1], _Pointer)
        self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave SQLite alone."""
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._vfs))
        self._library.sqlite3_vfs_register(self._original, 1)

    def _fails(self) -> bool:
        self.count += 1
        return self._fails_from is not None and self._fails_from <= self.count <= self._fails_to

    def _open(self, _: int, name: int, file: int, flags: int, out: Any) -> int:
        code = self._really_open(ctypes.cast(self._original, _Pointer), name, file, flags, out)
        if code == _OK and name and flags & _WATCHED:
            self._paths[file] = ctypes.string_at(name).decode()
            methods = _Pointer.from_address(file)
            address = int(methods.value or 0)
            if address not in self._methods:
                self._methods[address] = self._ours(address)
            methods.value = ctypes.addressof(self._methods[address][0])
        return int(code)

    def _ours(self, address: int) -> tuple[_Methods, tuple[object, ...]]:
        theirs = _Methods.from_address(address)
        ours = _Methods()
        ctypes.memmove(ctypes.byref(ours), ctypes.byref(theirs), ctypes.sizeof(_Methods))
        really_write, really_truncate, really_sync = (
            _WRITE(theirs.write),
            _TRUNCATE(theirs.truncate),
            _SYNC(theirs.sync),
        )

        def write(file: int, content: int, size: int, offset: int) -> int:
            if self._fails():
                return self._code
            if self.remembers:
                raw = ctypes.string_at(content, size)
                self.calls.append(Call("write", self._paths[file], offset, raw))
            return int(really_write(file, content, size, offset))

        def truncate(file: int, size: int) -> int:
            if self._fails():
                return self._code
            if self.remembers:
                self.calls.append(Call("truncate", self._paths[file], size))
            return int(really_truncate(file, size))

        def sync(file: int, flags: int) -> int:
            if self._fails():
                return IO_SYNC if self._code != FULL else FULL
            if self.remembers:
                self.calls.append(Call("sync", self._paths[file]))
            return int(really_sync(file, flags))

        callbacks = (_WRITE(write), _TRUNCATE(truncate), _SYNC(sync))
        ours.write, ours.truncate, ours.sync = (ctypes.cast(one, _Pointer) for one in callbacks)
        return ours, (callbacks, really_write, really_truncate, really_sync)

    def _delete(self, _: int, name: bytes, synchronised: int) -> int:
        if self.remembers:
            self.calls.append(Call("delete", name.decode()))
        original = ctypes.cast(self._original, _Pointer)
        return int(self._really_delete(original, name, synchronised))


def after_power_cut(
    before: Mapping[str, bytes], calls: Iterable[Call], chance: random.Random
) -> dict[str, bytes]:
    """Return what the files hold when the power goes after these calls, and held `before` them.

    What was synchronised is there. Of what was not, each sector has been written or has not.
    """
    files = {path: bytearray(content) for path, content in before.items()}
    waiting: dict[str, list[Call]] = {}
    for call in calls:
        if call.kind == "delete":
            files.pop(call.path, None)
            waiting.pop(call.path, None)
        elif call.kind == "sync":
            for done in waiting.pop(call.path, []):
                _apply(files.setdefault(done.path, bytearray()), done)
        else:
            waiting.setdefault(call.path, []).append(call)
    for path, unsure in waiting.items():
        file = files.setdefault(path, bytearray())
        for call in unsure:
            for part in _sectors(call):
                if chance.random() < 0.5:
                    _apply(file, part)
    return {path: bytes(file) for path, file in files.items()}


def write_files(files: dict[str, bytes], old: Path, new: Path) -> None:
    """Write files below one directory to another."""
    for path, content in files.items():
        target = new / Path(path).relative_to(old)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _apply(file: bytearray, call: Call) -> None:
    if call.kind == "truncate":
        del file[call.offset :]
        return
    end = call.offset + len(call.content)
    if len(file) < end:
        file.extend(bytes(end - len(file)))
    file[call.offset : end] = call.content


def _sectors(call: Call) -> list[Call]:
    if call.kind != "write":
        return [call]
    return [
        Call("write", call.path, call.offset + start, call.content[start : start + _SECTOR])
        for start in range(0, len(call.content), _SECTOR)
    ]
