"""Delivers alerts on Discord: to a channel or a person, each once, as long as they still may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

import discord
from discord import ui

from bot.commands.failures import UNHEARD
from bot.counters import Counters
from bot.desk import Desk
from bot.guild_rules import GuildRules
from bot.permissions import Person, answers_in, may_ask
from bot.render_watch import render_alert, render_alerts, render_lost
from bot.types import Language
from bot.watch_keeper import Due
from index.watch_table import Watch, WatchTable

_ONE_BY_ONE = 3  # more for one place are joined
_NONCE = 25  # characters, by Discord's rules

# Builds the buttons under an alert.
Buttons = Callable[[str, Watch, Language], ui.View]
Place = discord.abc.Messageable


class WatchPost:
    """Asks Discord anew who is a member: the watches of who has left are deleted."""

    def __init__(
        self,
        desk: Desk,
        client: discord.Client,
        *,
        rules: GuildRules,
        counters: Counters,
        today: Callable[[], date],
        buttons: Buttons,
    ) -> None:
        """Take the connection over which people are told."""
        self._desk = desk
        self._client = client
        self._rules = rules
        self._counters = counters
        self._today = today
        self._buttons = buttons

    def is_open(self, corpus: str) -> bool:
        """Whether the server of a corpus can be reached now."""
        guild = self._guild(corpus)
        return not self._client.is_closed() and guild is not None and not guild.unavailable

    async def deliver(self, corpus: str, due: Sequence[Due]) -> None:
        """Tell it, and note what was told; where Discord does not listen now, it waits."""
        by_place: defaultdict[tuple[int, bool], list[Due]] = defaultdict(list)
        for one in due:
            watch = one.alert.watch
            by_place[watch.channel or watch.person, watch.channel is None].append(one)
        for several in by_place.values():
            try:
                await self._deliver_at(corpus, several)
            except UNHEARD as refusal:
                self._counters.note(refusal)

    async def forget_gone(self, corpus: str, people: Sequence[int]) -> None:
        """Ask for each whether they are still a member, and delete the watches of who is not."""
        try:
            for person in people:
                await self._member(corpus, person)
        except UNHEARD as refusal:
            self._counters.note(refusal)

    async def _deliver_at(self, corpus: str, several: Sequence[Due]) -> None:
        """Deliver what is for one place; in one message where it is much."""
        members: dict[int, discord.Member] = {}
        admitted = []
        for one in several:
            member = await self._admitted(corpus, one.alert.watch, members)
            if member is not None:
                admitted.append((one, member))
        if not admitted:
            return
        watches = [one.alert.watch for one, _ in admitted]
        place = await self._place(corpus, watches, admitted[0][1])
        if place is None:
            return
        parts = [[one] for one, _ in admitted]
        if len(parts) > _ONE_BY_ONE:
            parts = [[one for one, _ in admitted]]
        for part in parts:
            try:
                await self._send(corpus, place, part)
            except (discord.Forbidden, discord.NotFound) as refusal:
                why = _why(watches[0], refusal)
                await self._lose(corpus, watches, why, admitted[0][1])
                return

    async def _send(self, corpus: str, place: Place, part: Sequence[Due]) -> None:
        first = part[0].alert
        language = Language(first.watch.language)
        # The same number again is the same message: sent twice, it stands there once.
        nonce = f"{int(corpus):x}-{first.id}"[-_NONCE:]
        if len(part) == 1:
            text = render_alert(part[0].told, language, self._today())
            view = self._buttons(corpus, first.watch, language)
            await place.send(text, nonce=nonce, suppress_embeds=True, view=view)
        else:
            text = render_alerts([one.told for one in part], language)
            await place.send(text, nonce=nonce, suppress_embeds=True)
        ids = [one.alert.id for one in part]
        await self._desk.change(corpus, lambda opened: WatchTable(opened.database).told(ids))

    async def _admitted(
        self, corpus: str, watch: Watch, members: dict[int, discord.Member]
    ) -> discord.Member | None:
        """Return who has set a watch, None where they are gone or may not ask any more."""
        found = members.get(watch.person) or await self._member(corpus, watch.person)
        if found is None:
            return None
        member = members[watch.person] = found
        rights = member.guild_permissions
        person = Person(
            member.id,
            frozenset(role.id for role in member.roles),
            rights.manage_guild or rights.administrator,
        )
        settings = self._rules.of(corpus)
        if may_ask(person, settings):
            return member
        if not settings.closed:  # else it waits until somebody has chosen anew who may ask
            await self._pause(corpus, [watch], "role")
        return None

    async def _member(self, corpus: str, person: int) -> discord.Member | None:
        """Return a member; the watches of who has left are deleted."""
        guild = self._guild(corpus)
        if guild is None:
            return None
        try:
            return await guild.fetch_member(person)
        except discord.NotFound:
            await self._desk.change(
                corpus, lambda opened: WatchTable(opened.database).forget(person)
            )
            return None

    async def _place(
        self, corpus: str, watches: Sequence[Watch], member: discord.Member
    ) -> Place | None:
        """Return where to tell it; None where that is lost, and whoever set it was told so."""
        channel = watches[0].channel
        if channel is None:
            return member
        guild = self._guild(corpus)
        found: object = guild.get_channel_or_thread(channel) if guild is not None else None
        if found is None:
            try:
                found = await self._client.fetch_channel(channel)
            except (discord.NotFound, discord.Forbidden) as refusal:
                await self._lose(corpus, watches, _why(watches[0], refusal), member)
                return None
        settings = self._rules.of(corpus)
        if settings.nowhere:  # it waits until somebody has chosen anew where to answer
            return None
        if not answers_in(settings, channel, getattr(found, "parent_id", None)):
            await self._lose(corpus, watches, "permission", member)
            return None
        return found if isinstance(found, Place) else None

    async def _lose(
        self, corpus: str, watches: Sequence[Watch], why: str, member: discord.Member
    ) -> None:
        """Let watches rest whose place is lost, and tell who has set them if they can be told."""
        await self._pause(corpus, watches, why)
        for watch in watches:
            if watch.channel is None:
                continue  # they cannot be written to
            guild = self._guild(corpus)
            name = guild.name if guild is not None else ""
            text = render_lost(watch, name, Language(watch.language))
            try:
                who = member if member.id == watch.person else None
                target = who or await self._client.fetch_user(watch.person)
                await target.send(text, suppress_embeds=True)
            except UNHEARD as refusal:
                self._counters.note(refusal)

    async def _pause(self, corpus: str, watches: Sequence[Watch], why: str) -> None:
        def work(table: WatchTable) -> None:
            for watch in watches:
                table.pause(watch.id, why)

        await self._desk.change(corpus, lambda opened: work(WatchTable(opened.database)))

    def _guild(self, corpus: str) -> discord.Guild | None:
        return self._client.get_guild(int(corpus)) if corpus.isdecimal() else None


def _why(watch: Watch, refusal: discord.HTTPException) -> str:
    if watch.channel is None:
        return "direct"
    return "channel" if isinstance(refusal, discord.NotFound) else "permission"
