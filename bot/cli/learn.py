"""`beleg train`: weights of one's own, for another model or other questions."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from bot.cli import exits
from bot.cli.parts import Parts
from index.errors import SettingError


def train(parts: Parts, arguments: argparse.Namespace) -> int:
    """Learn from a question set, write the weights, and say how well they do."""
    # scipy takes its time to load, and only this command needs it.
    from bot.train import train as learn  # noqa: PLC0415

    terminal, out = parts.terminal, arguments.out
    _write(out, None)
    trained = learn(
        arguments.articles,
        [arguments.questions, *arguments.more_questions],
        arguments.more_articles,
        parts.embedder,
        answered=arguments.answered / 100.0,
        progress=terminal.tracked,
        reader=parts.reader(),
        unseen=frozenset().union(*map(_read_ids, arguments.unseen)) if arguments.unseen else None,
    )
    _write(out, trained.as_text())
    if terminal.machine_readable:
        terminal.write_json(trained.as_json())
    else:
        width = max(map(len, trained.figures))
        for name, figure in trained.figures.items():
            terminal.write(f"{name:{width}}  {'-' if figure is None else figure}")
        terminal.note("weights_written", path=out)
    return exits.DONE


def _read_ids(path: Path) -> frozenset[str]:
    try:
        ids = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SettingError("ids_unreadable", path=str(path)) from error
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise SettingError("ids_unreadable", path=str(path))
    return frozenset(ids)


def _write(path: Path, text: str | None) -> None:
    """Put a file in place as a whole; without a text only try, before the long work begins."""
    try:
        if path.is_dir():
            raise IsADirectoryError(path)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text or "")
            if text is not None:
                beside.chmod(0o644)
                beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise SettingError("file_unwritable", path=str(path)) from error
