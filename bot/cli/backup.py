"""`beleg backup` and `beleg restore`: all collections in one file, and back."""

from __future__ import annotations

import argparse

from bot.cli import exits
from bot.cli.parts import Parts
from bot.terminal_text import printable
from index.backup import back_up, restore
from index.lock import hold


def backup(parts: Parts, arguments: argparse.Namespace) -> int:
    """Write a backup, also while the bot runs; say what is in it."""
    terminal = parts.terminal
    made = back_up(parts.settings.data, arguments.target, parts.timing.clock())
    files = made.manifest.files
    for entry in files:
        if entry.damaged:
            terminal.note("backup_damaged", corpus=entry.corpus, count=entry.damaged)
    for corpus, reason in made.left_out.items():
        terminal.note("backup_left_out", corpus=corpus, reason=printable(reason))
    if terminal.machine_readable:
        terminal.write_json(
            {
                "path": str(made.path),
                "bytes": made.path.stat().st_size,
                "corpora": {entry.corpus: entry.articles for entry in files},
                "damaged": {entry.corpus: entry.damaged for entry in files if entry.damaged},
                "left_out": sorted(made.left_out),
            }
        )
    else:
        terminal.say(
            "backup_done",
            path=printable(str(made.path)),
            corpora=len(files),
            articles=sum(entry.articles for entry in files),
        )
    return exits.DATA_UNUSABLE if made.left_out else exits.DONE


def bring_back(parts: Parts, arguments: argparse.Namespace) -> int:
    """Put a backup into the data directory; say what came back."""
    terminal, data = parts.terminal, parts.settings.data
    with hold(data):
        now = parts.timing.clock()
        done = restore(data, arguments.archive, now, replace=arguments.replace)
    files = done.manifest.files
    if terminal.machine_readable:
        terminal.write_json(
            {
                "made": done.manifest.made,
                "corpora": {entry.corpus: entry.articles for entry in files},
                "aside": str(done.aside) if done.aside else None,
            }
        )
        return exits.DONE
    terminal.say(
        "restored",
        made=done.manifest.made,
        corpora=len(files),
        articles=sum(entry.articles for entry in files),
    )
    if done.aside is not None:
        terminal.note("restored_aside", path=printable(str(done.aside)))
    return exits.DONE
