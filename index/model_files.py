"""What can be told of a model on the disk without loading it; and how torch is loaded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

# Files that no model reads.
_PASSED_OVER = frozenset({".md", ".png", ".jpg", ".gitattributes"})
# Of a larger file only pieces are read, evenly spread: weights differ everywhere or nowhere.
_PIECES = 16
_PIECE = 1 << 16
_DIGITS = 12


def model_name(source: str) -> str:
    """Return the last part of a model's path or name; the repository's in a cache of the hub."""
    path = Path(source)
    for part in reversed(path.parts):
        if part.startswith("models--"):
            return part.rpartition("--")[2]
    return path.name or path.resolve().name


def revision(source: str) -> str | None:
    """Return a short hash of a model's directory, the same wherever it lies; None for no directory.

    Files are read in pieces, a megabyte of each at most: a command that loads no model shall not
    wait for it.
    """
    directory = Path(source)
    if not directory.is_dir():
        return None
    digest = hashlib.sha256()
    try:
        for path in _files(directory):
            digest.update(f"{path.relative_to(directory).as_posix()}\0".encode())
            digest.update(f"{path.stat().st_size}\0".encode())
            for piece in _pieces(path):
                digest.update(piece)
    except OSError:
        return None  # whoever loads it will say what is wrong
    return digest.hexdigest()[:_DIGITS]


def _files(directory: Path) -> list[Path]:
    return sorted(
        path
        for path in directory.rglob("*")
        if path.is_file()
        and path.suffix.lower() not in _PASSED_OVER
        and not any(part.startswith(".") for part in path.relative_to(directory).parts)
    )


def _pieces(path: Path) -> Iterator[bytes]:
    size = path.stat().st_size
    with path.open("rb") as file:
        if size <= _PIECES * _PIECE:
            yield file.read()
            return
        for number in range(_PIECES):
            file.seek((size - _PIECE) * number // (_PIECES - 1))
            yield file.read(_PIECE)


def prepare_libraries() -> None:
    """Set what torch and transformers read when they are imported; what an operator set stays."""
    # No look-up on a hub, not even of a newer revision: nothing is downloaded without being asked.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # OpenMP's threads spin while they wait. Beside any other load that costs most of the machine: a
    # question took 950 ms so and 20 ms with waiting threads asleep.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # Progress bars of the loader would stand in the middle of a command's output.
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415 - seconds

    disable_progress_bar()  # type: ignore[no-untyped-call] # transformers leaves it unannotated
