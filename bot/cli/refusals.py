"""What an import refused, and why: in groups for a person, all of it in a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from bot.cli.terminal import Terminal
from bot.language import say_error
from bot.terminal_text import printable
from bot.types import Language
from index.errors import SettingError, SourceError

_SHOWN = 3  # sources of a group


@dataclass(slots=True)
class _Group:
    """Refusals of one kind: the first ones stand for all."""

    reason: str
    count: int = 0
    sources: list[str] = field(default_factory=list)


class Refusals:
    """Collects refusals; of a million it keeps no more than a few of each kind."""

    def __init__(self, language: Language, file: TextIO | None = None) -> None:
        """Take the language of the reasons, and a file for one JSON object a line."""
        self._language = language
        self._file = file
        self._groups: dict[str, _Group] = {}

    def add(self, source: str, error: SourceError) -> None:
        """Count a refusal and write it down."""
        reason = say_error(self._language, error)
        # In a group the sources stand behind the reason, all of them.
        shared = reason.removeprefix(f"{error.details.get('source')}: ")
        group = self._groups.setdefault(error.code, _Group(shared))
        group.count += 1
        if len(group.sources) < _SHOWN:
            group.sources.append(source)
        if self._file is not None:
            line = {"source": source, "error": error.code, "reason": reason}
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()

    def report(self, terminal: Terminal) -> None:
        """Tell the reasons, the most frequent first, each with its first sources."""
        for group in sorted(self._groups.values(), key=lambda group: -group.count):
            more = group.count - len(group.sources)
            key = "refused_group_more" if more else "refused_group"
            sources = ", ".join(map(printable, group.sources))
            terminal.note(key, count=group.count, reason=group.reason, sources=sources, more=more)


@contextmanager
def refusals(language: Language, path: Path | None) -> Iterator[Refusals]:
    """Collect refusals and write them to a file that may be named; SettingError if it cannot be."""
    try:
        file = nullcontext() if path is None else path.open("w", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise SettingError("file_unwritable", path=str(path)) from error
    with file as opened:
        yield Refusals(language, opened)
