"""The settings of all servers, kept in memory so that nothing waits for them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime

from bot.desk import Desk
from bot.guild_settings import GuildSettings, as_text, settings_of, stored_values
from index.audit_table import AuditAction, AuditEntry, AuditTable
from index.corpus import Corpus
from index.errors import BelegError
from index.settings_table import SettingsTable

_log = logging.getLogger(__name__)


class GuildRules:
    """Read once, before the first question; changed only through here, by one process."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        """Take the desk that reads and writes them; until `load` every server has the defaults."""
        self._desk = desk
        self._clock = clock
        self._known: dict[str, GuildSettings] = {}

    async def load(self) -> None:
        """Read the settings of every corpus; one that cannot be read keeps the defaults."""
        for corpus in await self._desk.corpora():
            try:
                stored = await self._desk.look(corpus, _stored)
            except BelegError:
                _log.exception("the settings of %s cannot be read", corpus)
                continue
            self._known[corpus] = settings_of(stored, corpus)

    def of(self, corpus: str) -> GuildSettings:
        """Return the settings of a server, at once."""
        return self._known.get(corpus) or GuildSettings()

    async def change(self, corpus: str, actor: str, **values: object) -> GuildSettings:
        """Change settings by name, and note who did; ValueError or TypeError for a senseless value.

        Settings and note are written together, or neither.
        """
        at = self._clock()

        def work(opened: Corpus) -> GuildSettings:
            table, audit = SettingsTable(opened.database), AuditTable(opened.database)
            before = settings_of(table.all(), corpus)
            after = replace(before, **values)  # type: ignore[arg-type]  # checked there
            with opened.database.transaction() as connection:
                table.write(connection, stored_values(after))
                for one in fields(GuildSettings):
                    old, new = getattr(before, one.name), getattr(after, one.name)
                    if old != new:
                        details = {
                            "name": one.name,
                            "before": as_text(old),
                            "after": as_text(new),
                        }
                        entry = AuditEntry(at, actor, AuditAction.SETTING_CHANGED, details)
                        audit.write(connection, entry)
            return after

        self._known[corpus] = settings = await self._desk.change(corpus, work)
        return settings

    def forget(self, corpus: str) -> None:
        """Go back to the defaults, as a corpus that was deleted has them."""
        self._known.pop(corpus, None)


def _stored(opened: Corpus) -> dict[str, object]:
    return SettingsTable(opened.database).all()
