"""What the audit is told of articles that come in, whichever way they come."""

from __future__ import annotations

from datetime import datetime

from bot.desk import Desk
from index.audit_table import AuditAction, AuditEntry, AuditTable
from index.types import Outcome, Receipt

_OF_RECEIPTS = {
    Outcome.ADDED: AuditAction.ARTICLE_ADDED,
    Outcome.UPDATED: AuditAction.ARTICLE_UPDATED,
}
_FEED = "Feed "  # before its title, in both languages


def feed_actor(title: str) -> str:
    """Return who brings the articles of a feed."""
    return _FEED + title


def is_person(actor: str) -> bool:
    """Whether this is somebody on the machine that Beleg runs on: no member, no feed."""
    return not actor.isdecimal() and not actor.startswith(_FEED)


def entry_of(receipt: Receipt, actor: str, at: datetime) -> AuditEntry | None:
    """Return the entry on an article that has come in; None for one that was known already."""
    action = _OF_RECEIPTS.get(receipt.outcome)
    if action is None:
        return None
    stored = receipt.stored
    return AuditEntry(at, actor, action, {"id": stored.id, "title": stored.article.title})


async def note_receipt(desk: Desk, corpus: str, receipt: Receipt, actor: str, at: datetime) -> None:
    """Note what adding an article came to."""
    entry = entry_of(receipt, actor, at)
    if entry is not None:
        await desk.change(corpus, lambda opened: AuditTable(opened.database).note(entry))
