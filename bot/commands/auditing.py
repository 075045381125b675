"""The one way in which commands note what they have changed, with who did it and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot import audit_notes
from bot.commands.conversation import Interaction, corpus_for
from bot.desk import Desk
from index.audit_table import AuditAction, AuditEntry, AuditTable
from index.types import Receipt, StoredArticle


async def note(interaction: Interaction, action: AuditAction, **details: str | int) -> None:
    """Note a change that was made; `details` are the values of its sentence under `[audit]`."""
    desk: Desk = interaction.client.desk
    clock: Callable[[], datetime] = interaction.client.clock
    entry = AuditEntry(clock(), str(interaction.user.id), action, details)
    await desk.change(
        corpus_for(interaction), lambda opened: AuditTable(opened.database).note(entry)
    )


async def note_article(
    interaction: Interaction, action: AuditAction, stored: StoredArticle
) -> None:
    """Note what was done with an article."""
    await note(interaction, action, id=stored.id, title=stored.article.title)


async def note_receipt(interaction: Interaction, receipt: Receipt) -> None:
    """Note what adding an article came to; nothing for one that was known already."""
    desk: Desk = interaction.client.desk
    actor, at = str(interaction.user.id), interaction.client.clock()
    await audit_notes.note_receipt(desk, corpus_for(interaction), receipt, actor, at)
