"""The settings of all servers, kept in memory so that nothing waits for them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime

from bot.desk import Desk
from bot.guild_settings import (
    SETTING_NAMES,
    GuildSettings,
    as_text,
    settings_of,
    stored_values,
)
from bot.retention import stored_settings, trim_questions
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
        """Read the settings of every corpus; one that cannot be read lets nobody in."""
        for corpus in await self._desk.corpora():
            await self.reload(corpus)

    async def reload(self, corpus: str) -> None:
        """Read the settings of one server anew: the defaults where it has no corpus any more.

        Where they cannot be read those hold that were known, or else nobody is let in.
        """
        try:
            self._known[corpus] = await self._desk.look(
                corpus, lambda opened: stored_settings(opened, corpus)
            )
        except BelegError:
            _log.exception("the settings of %s cannot be read", corpus)
            self._known.setdefault(corpus, settings_of({}, corpus, SETTING_NAMES))

    def of(self, corpus: str) -> GuildSettings:
        """Return the settings of a server, at once."""
        return self._known.get(corpus) or GuildSettings()

    async def change(self, corpus: str, actor: str, **values: object) -> GuildSettings:
        """Change settings by name, and note who did; ValueError or TypeError for a senseless value.

        Settings and note are written together, or neither.
        """
        at = self._clock()
        if "ask_role" in values:
            values["closed"] = False  # chosen anew, also where it is the same as before
        if "channels" in values:
            values["nowhere"] = False  # same

        def work(opened: Corpus) -> GuildSettings:
            table, audit = SettingsTable(opened.database), AuditTable(opened.database)
            before = stored_settings(opened, corpus)
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
            if after.log_days < before.log_days:
                trim_questions(opened, after, at)
            return after

        self._known[corpus] = settings = await self._desk.change(corpus, work)
        return settings
