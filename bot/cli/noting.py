"""What is changed in a terminal, in the audit that administrators see on Discord."""

from __future__ import annotations

from bot.cli.parts import Parts
from index.audit_table import AuditAction, AuditEntry, AuditTable
from index.corpus import Corpus


def note(parts: Parts, corpus: Corpus, by: str, action: AuditAction, **details: str | int) -> None:
    """Note a change that was made; `details` are the values of its sentence under `[audit]`."""
    entry = AuditEntry(parts.timing.clock(), by, action, details)
    AuditTable(corpus.database).note(entry)
