"""`beleg purge`: nothing of what was removed stays in the data directory."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

from bot.cli import exits
from bot.cli.log import FaultLog
from bot.cli.parts import Parts
from bot.retention import sweep
from bot.terminal_text import printable
from index.lock import hold

_KILOBYTE = 1024


def purge(parts: Parts, arguments: argparse.Namespace) -> int:
    """Write every collection anew and empty the logs; say what was done."""
    if arguments.left:
        return _delete_left(parts)
    terminal, data = parts.terminal, parts.settings.data
    with hold(data), parts.library() as library:
        for name in library.names():
            purged = library.purge(name)
            if terminal.machine_readable:
                line = {"corpus": name, "before": purged.before, "after": purged.after}
                terminal.write_json(line, line=True)
            else:
                before, after = (_size(count) for count in (purged.before, purged.after))
                terminal.say("purged", corpus=name, before=before, after=after)
        for path in FaultLog.files_in(data):
            count = path.stat().st_size
            # Emptied, not removed: this process has it open, and may yet have to say something.
            path.write_bytes(b"")
            if terminal.machine_readable:
                terminal.write_json({"log": path.name, "before": count, "after": 0}, line=True)
            else:
                terminal.say("purged_log", log=path.name)
        for path in _strange(data, library.names()):
            terminal.note("purge_strange", path=printable(str(path)))
    return exits.DONE


def _delete_left(parts: Parts) -> int:
    """Delete the collections of servers that the bot has left long enough ago."""
    terminal, settings = parts.terminal, parts.settings
    with hold(settings.data), parts.library() as library:
        keep_left = timedelta(days=settings.keep_left)
        deleted = sweep(library, parts.timing.clock(), keep_left)
    for name in deleted:
        if terminal.machine_readable:
            terminal.write_json({"corpus": name, "outcome": "deleted"}, line=True)
        else:
            terminal.say("purged_left", corpus=name)
    if not deleted:
        terminal.note("purged_left_none")
    return exits.DONE


def _strange(data: Path, names: list[str]) -> list[Path]:
    """Return files that are not Beleg's own, such as copies: they may hold words, too."""
    endings = ("", "-wal", "-shm", "-journal", "-mark")
    ours = {data / "corpora" / f"{name}.sqlite3{ending}" for name in names for ending in endings}
    ours |= {data / "lock", data / "reindex.lock", *FaultLog.files_in(data)}
    return sorted(path for path in data.rglob("*") if path.is_file() and path not in ours)


def _size(count: int) -> str:
    return f"{max(1, round(count / _KILOBYTE)):,} KiB".replace(",", "\u202f")
