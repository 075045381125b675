"""`beleg audit`: who has changed what on a Discord server."""

from __future__ import annotations

import argparse

from bot.cli import exits
from bot.cli.parts import Parts
from bot.render_audit import plain_line
from bot.terminal_text import printable
from index.audit_table import AuditTable


def audit(parts: Parts, _arguments: argparse.Namespace) -> int:
    """Write a line for each change, the newest first."""
    terminal = parts.terminal
    with parts.library() as library:
        table = AuditTable(parts.corpus_to_read(library).database)
        entries = table.page(0, table.count())
    for entry in entries:
        if terminal.machine_readable:
            record = {
                "at": entry.at.isoformat(),
                "actor": entry.actor,
                "action": entry.action.value,
                "details": dict(entry.details),
            }
            terminal.write_json(record, line=True)
        else:
            terminal.write(printable(plain_line(entry, terminal.language)))
    if not entries:
        terminal.note("audit_empty")
    return exits.DONE
