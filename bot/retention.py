"""What is kept only for a while: questions, the audit, and what a server has left behind."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot.desk import Desk
from bot.guild_settings import SETTING_NAMES, GuildSettings, settings_of
from bot.timing import Timing
from index.audit_table import AuditTable
from index.corpus import Corpus
from index.departure import Departure
from index.errors import BelegError
from index.library import Library
from index.question_table import QuestionTable
from index.settings_table import SettingsTable

_log = logging.getLogger(__name__)

AUDIT_KEPT = timedelta(days=180)
_DAY = timedelta(days=1).total_seconds()


def stored_settings(opened: Corpus, name: str) -> GuildSettings:
    """Return the settings as they stand in the corpus of that name now."""
    chosen = SettingsTable(opened.database).read()
    return settings_of(chosen.values, name, chosen.lost(SETTING_NAMES))


def trim_questions(opened: Corpus, settings: GuildSettings, now: datetime) -> int:
    """Delete the questions that a corpus shall no longer have; return how many."""
    table = QuestionTable(opened.database)
    if not settings.logs_questions:
        return table.clear()
    return table.forget_before(now - timedelta(days=settings.log_days))


def sweep(
    library: Library,
    now: datetime,
    keep_left: timedelta,
    keep_articles: timedelta | None = None,
) -> list[str]:
    """Delete in all corpora what is too old, and corpora of servers left long ago.

    Articles are kept without a limit where there is none. Return the names of the corpora that were
    deleted. One that cannot be used keeps no other.
    """
    deleted = []
    for name in library.names():
        try:
            opened = library.corpus(name)
            left = Departure(opened.database).since()
            if left is not None and left + keep_left <= now:
                library.delete(name)
                deleted.append(name)
                _log.warning("deleted %s: the bot has left this server on %s", name, left.date())
                continue
            AuditTable(opened.database).forget_before(now - AUDIT_KEPT)
            trim_questions(opened, stored_settings(opened, name), now)
            if keep_articles is not None:
                _remove_before(opened, name, now - keep_articles)
        except BelegError:
            _log.exception("%s could not be tidied", name)
    return deleted


def _remove_before(opened: Corpus, name: str, moment: datetime) -> None:
    old = [headline.id for headline in opened.headlines() if headline.fetched < moment]
    for article_id in old:
        opened.remove(article_id)
    if old:
        _log.warning("%s: %d articles were as old as they may be and are removed", name, len(old))


async def keep_tidy(
    desk: Desk, timing: Timing, keep_left: timedelta, keep_articles: timedelta | None = None
) -> None:
    """Sweep now and every day, until cancelled."""
    while True:
        try:
            await desk.over_all(
                lambda library: sweep(library, timing.clock(), keep_left, keep_articles)
            )
        except asyncio.CancelledError:
            raise
        except Exception:  # noqa: BLE001 - whatever it is: the bot goes on, and so does this
            _log.exception("the data directory could not be tidied")
        await timing.sleep(_DAY)
