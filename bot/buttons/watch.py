"""Buttons that pause, resume and remove a watch, under alerts and under the list of watches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

import discord
from discord import ui

from bot.commands.auditing import note
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    may_manage,
    reply,
    require_asker,
    settings_for,
)
from bot.commands.failures import UNHEARD, report
from bot.desk import Desk
from bot.language import language_of, say
from bot.pages import turn_buttons
from bot.render_watch import render_watch_set, render_watches, watch_pages, watches_on
from bot.types import Language
from bot.watch_setting import set_watch
from index.audit_table import AuditAction
from index.corpus import Corpus
from index.errors import BelegError, NotFoundError, SettingError
from index.watch_table import Watch, WatchTable

LIST = "watches"
PAUSED_BY_HAND = "hand"


class WatchButton(
    ui.DynamicItem[ui.Button[Any]],
    template=r"watch:(?P<what>pause|resume|remove):(?P<under>alert|list):(?P<corpus>\d{1,20}):(?P<id>\d{1,18})",
):
    """Does one thing with one watch; the server stands in it, as alerts are told privately, too."""

    def __init__(
        self, what: str, under: str, corpus: str, number: int, label: str | None = None
    ) -> None:
        """Build the button of a watch of a corpus."""
        custom_id = f"watch:{what}:{under}:{corpus}:{number}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self._what, self._under, self._corpus, self._number = what, under, corpus, number

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],  # noqa: ARG003 - same
        match: re.Match[str],
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(match["what"], match["under"], match["corpus"], int(match["id"]))

    async def callback(self, interaction: Interaction) -> None:
        """Do it if the watch is theirs, or they administer the server."""
        try:
            await interaction.response.defer()
            told = await change_watch(interaction, self._corpus, self._number, self._what)
            if self._under == "list":
                await show_watches(interaction, 0, before=told)
            else:
                await reply(interaction, told)
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await report(interaction, error)


def alert_buttons(corpus: str, watch: Watch, language: Language) -> ui.View:
    """Return what can be pressed under an alert."""
    view = ui.View(timeout=None)
    for what in ("pause", "remove"):
        view.add_item(WatchButton(what, "alert", corpus, watch.id, say(language, f"watch.{what}")))
    return view


async def change_watch(interaction: Interaction, corpus: str, number: int, what: str) -> str:
    """Pause, resume or remove a watch for who may; return what to say of it.

    NotFoundError "watch_gone" where it is gone or is none of theirs.
    """
    desk: Desk = interaction.client.desk
    person = interaction.user.id
    manages = str(interaction.guild_id) == corpus and may_manage(interaction)
    if corpus not in await desk.corpora():
        raise NotFoundError("watch_gone")

    def work(opened: Corpus) -> Watch:
        table = WatchTable(opened.database)
        watch = table.find(number)
        if watch is None or not (watch.person == person or manages):
            raise NotFoundError("watch_gone")
        if what == "pause":
            table.pause(number, PAUSED_BY_HAND)
        elif what == "resume":
            table.resume(number)
        else:
            table.remove(number)
        return watch

    watch = await desk.change(corpus, work)
    if watch.person != person:
        await note(interaction, _ACTIONS[what], id=number)
    return say(language_for(interaction), f"watch.done_{what}")


_ACTIONS = {
    "pause": AuditAction.WATCH_PAUSED,
    "resume": AuditAction.WATCH_RESUMED,
    "remove": AuditAction.WATCH_REMOVED,
}


async def visible_watches(interaction: Interaction) -> list[Watch]:
    """Return the watches that somebody may look after: their own, for administrators all."""
    desk: Desk = interaction.client.desk
    corpus, person = corpus_for(interaction), interaction.user.id
    if corpus not in await desk.corpora():
        return []
    watches = await desk.look(corpus, lambda opened: WatchTable(opened.database).all())
    if may_manage(interaction):
        return watches
    return [watch for watch in watches if watch.person == person]


async def show_watches(interaction: Interaction, page: int, *, before: str = "") -> None:
    """Put a page of the watches in place of the deferred response."""
    if interaction.guild_id is None:
        raise BelegError("servers_only")
    require_asker(interaction)
    watches, language = await visible_watches(interaction), language_for(interaction)
    pages = watch_pages(watches)
    page = min(page, pages - 1)
    limit = settings_for(interaction).watches_per_person
    text = render_watches(watches, page, language, person=interaction.user.id, limit=limit)
    await interaction.edit_original_response(
        content=f"{before}\n\n{text}" if before else text,
        view=_list_view(corpus_for(interaction), watches, page, language),
    )


def _list_view(
    corpus: str, watches: Sequence[Watch], page: int, language: Language
) -> ui.View | None:
    if not watches:
        return None
    view = turn_buttons(LIST, page, watch_pages(watches), language) or ui.View(timeout=None)
    for watch in watches_on(watches, page):
        for what in ("resume" if watch.paused else "pause", "remove"):
            label = f"{say(language, f'watch.{what}')} {watch.id}"
            view.add_item(WatchButton(what, "list", corpus, watch.id, label))
    return view


async def begin_watch(
    interaction: Interaction, text: str, outlets: frozenset[str], *, here: bool
) -> None:
    """Set a watch for a deferred interaction and say so: in this channel, or for the person alone.

    The person alone is told directly, which shows whether it can be: if not, no watch is set.
    """
    corpus, language = corpus_for(interaction), language_for(interaction)
    channel = interaction.channel_id if here else None
    if here:
        _require_posting(interaction)
    now: datetime = interaction.client.clock()
    watch = Watch(interaction.user.id, channel, text, language.value, now, seen=0, outlets=outlets)
    kept, known = await set_watch(
        interaction.client.desk, corpus, watch, settings_for(interaction), now
    )
    names = language_of(interaction.locale.value)
    content = render_watch_set(kept, known, language, names)
    if not here:
        try:
            await _tell_directly(interaction, content)
        except BelegError:
            await change_watch(interaction, corpus, kept.id, "remove")
            raise
    await reply(interaction, content)


async def _tell_directly(interaction: Interaction, content: str) -> None:
    """Write to the person directly; SettingError where they take no messages from this server."""
    try:
        await interaction.user.send(content, suppress_embeds=True)
    except discord.Forbidden as error:
        raise SettingError("watch_direct_closed") from error
    except UNHEARD as error:
        raise BelegError("discord_unreachable") from error


def _require_posting(interaction: Interaction) -> None:
    """Raise SettingError unless bot and person may write where they are."""
    name = "send_messages"
    if isinstance(interaction.channel, discord.Thread):
        name = "send_messages_in_threads"
    for rights in (interaction.app_permissions, interaction.permissions):
        if not (getattr(rights, name) and rights.view_channel):
            raise SettingError("watch_no_posting")
