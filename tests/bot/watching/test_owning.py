"""Setting, listing and removing watches: whose they are, how many, and what is left of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from index.audit_table import AuditTable
from tests.bot.conftest import QUESTION
from tests.bot.test_nothing_kept import on_disk
from tests.bot.watching.conftest import alerts, say, watches, watching
from tests.discord_server import Channel, Guild, Member
from tests.fakes import Clock


@pytest.mark.usefixtures("client")
async def test_limits_are_those_of_the_server(  # noqa: PLR0917 - fixtures
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, admin: Member,
    member: Member,
) -> None:  # fmt: skip
    corpus = str(guild.id)
    await client.rules.change(corpus, str(admin.id), watches_per_person=1, watches_per_server=2)
    assert "8.000" in (await watching(member, channel)).content
    second = await watching(member, channel, "Wo tagte der Rat?")
    assert second.content.startswith("Mehr als eine Beobachtung")
    await watching(guild.add_member("Eva"), channel)
    full = await watching(guild.add_member("Fee"), channel)
    assert full.content.startswith("Auf diesem Server laufen schon 2")
    await client.rules.change(corpus, str(admin.id), watches_per_person=0)
    off = await watching(guild.add_member("Gil"), channel)
    assert "ausgeschaltet" in off.content
    assert len(await watches(stocked, guild)) == 2


@pytest.mark.usefixtures("client")
async def test_the_same_is_watched_once_and_nonsense_is_not_watched(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    assert (await watching(member, channel)).content.startswith("Das beobachtest du hier schon.")
    assert not (await watching(member, channel, "?!")).content.startswith("Ich beobachte")
    assert len(await watches(stocked, guild)) == 1


@pytest.mark.usefixtures("client")
async def test_the_list_shows_ones_own_and_administrators_all_with_an_audit_line(
    stocked: Desk, guild: Guild, channel: Channel, admin: Member, member: Member
) -> None:
    await watching(member, channel)
    eva = guild.add_member("Eva")
    await watching(eva, channel)
    shown = await (await member.slash(channel, "watch list")).final_message()
    assert shown.content.count(QUESTION) == 1
    every = await (await admin.slash(channel, "watch list")).final_message()
    assert every.content.count(QUESTION) == 2
    assert not every.pings
    paused = await (await admin.click(every, "Anhalten 1")).final_message()
    assert "angehalten" in paused.content
    resumed = await (await admin.click(paused, "Fortsetzen 1")).final_message()
    removed = await (await admin.click(resumed, "Entfernen 2")).final_message()
    assert removed.content.count(QUESTION) == 1
    entries = await stocked.look(
        str(guild.id), lambda opened: AuditTable(opened.database).page(0, 5)
    )
    assert [entry.action.value for entry in entries] == [
        "watch_removed", "watch_resumed", "watch_paused",
    ]  # fmt: skip


@pytest.mark.usefixtures("client")
async def test_nobody_touches_the_watch_of_somebody_else(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    eva = guild.add_member("Eva")
    for command in ("pause", "resume", "remove"):
        for typed in ("1", "77", "eins"):
            exchange = await eva.slash(channel, f"watch {command}", {"watch": typed})
            assert (await exchange.final_message()).content.startswith("Diese Beobachtung gibt es")
    (watch,) = await watches(stocked, guild)
    assert watch.paused is None


async def test_who_has_left_is_told_nothing_and_their_watches_are_gone(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    await watching(member, channel, where="me")
    await say(stocked, guild, 1, "Rund 11.000")
    del guild.members[member.id]
    await client.watches.look()
    assert await watches(stocked, guild) == []
    assert alerts(channel) == []


async def test_the_watches_of_who_has_left_go_within_a_day(  # noqa: PLR0917 - fixtures
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member,
    clock: Clock,
) -> None:  # fmt: skip
    await watching(member, channel)
    await watching(guild.add_member("Eva"), channel)
    await client.watches.look()
    del guild.members[member.id]
    await client.watches.look()
    assert len(await watches(stocked, guild)) == 2
    clock.now += timedelta(days=1)
    await client.watches.look()
    (left,) = await watches(stocked, guild)
    assert left.person != member.id


@pytest.mark.usefixtures("client")
async def test_forget_me_deletes_watches_with_every_trace(
    stocked: Desk, guild: Guild, channel: Channel, member: Member, tmp_path: Path
) -> None:
    await watching(member, channel)
    answer = await (await member.slash(channel, "forget-me")).final_message()
    assert "Auch deine Beobachtung hier ist gelöscht." in answer.content
    assert await watches(stocked, guild) == []
    assert QUESTION.encode() not in on_disk(tmp_path)


async def test_the_button_under_an_answer_watches_its_question(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    answer = await (await member.slash(channel, "ask", {"question": QUESTION})).final_message()
    told = await (await member.click(answer, "Beobachten")).final_message()
    assert told.ephemeral
    (watch,) = await watches(stocked, guild)
    assert (watch.question, watch.channel, watch.person) == (QUESTION, None, member.id)
    await say(stocked, guild, 1, "Rund 11.000")
    await client.watches.look()
    direct = member.direct_channel()
    (alert,) = alerts(direct)
    removed = await (await member.click(alert, "Entfernen")).final_message()
    assert "Entfernt" in removed.content
    assert await watches(stocked, guild) == []


@pytest.mark.usefixtures("client")
async def test_watches_are_suggested_by_their_words(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    typed = {"watch": "soldaten"}
    found = await member.autocomplete(channel, "watch remove", typed, focused="watch")
    assert [one["value"] for one in found] == ["1"]
    eva = guild.add_member("Eva")
    assert not await eva.autocomplete(channel, "watch remove", {"watch": ""}, focused="watch")
    assert len(await watches(stocked, guild)) == 1
