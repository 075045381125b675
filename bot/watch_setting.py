"""Setting a watch: within the limits, with what is known at that moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.desk import Desk
from bot.guild_settings import GuildSettings
from bot.news.claim import Claim
from bot.watch_compare import only_for
from bot.watch_places import place_of
from index.corpus import Corpus
from index.errors import SettingError
from index.watch_table import Watch, WatchTable


async def set_watch(
    desk: Desk, corpus: str, watch: Watch, settings: GuildSettings, now: datetime
) -> tuple[Watch, tuple[Claim, ...]]:
    """Keep a watch, and return it with what the articles say now.

    QuestionError for what is no question; SettingError where there are too many already
    ("watches_used_up", "watches_full", "watches_off") or this very one is there ("watch_known").
    """
    if not (settings.watches_per_person and settings.watches_per_server):
        raise SettingError("watches_off")
    # Before the account: what comes in meanwhile is compared with it.
    seen = await desk.look(corpus, lambda opened: _room_for(opened, watch, settings))
    current = await desk.holding(
        corpus, watch.question, now=now, only=only_for(watch), asker=watch.person
    )
    known = tuple(place_of(claim) for claim in current)

    def work(opened: Corpus) -> Watch:
        _room_for(opened, watch, settings)  # somebody may have been quicker
        kept = WatchTable(opened.database).add(replace(watch, seen=seen, known=known))
        if kept is None:
            raise SettingError("watch_known")
        return kept

    return await desk.change(corpus, work), current


def _room_for(opened: Corpus, watch: Watch, settings: GuildSettings) -> int:
    """Return the newest text that is there; SettingError where there is no room for a watch."""
    table = WatchTable(opened.database)
    watches = table.all()
    if sum(one.person == watch.person for one in watches) >= settings.watches_per_person:
        raise SettingError("watches_used_up", limit=settings.watches_per_person)
    if len(watches) >= settings.watches_per_server:
        raise SettingError("watches_full", limit=settings.watches_per_server)
    return table.newest_article()
