"""Watches on Discord: set, told once, kept over restarts and outages, gone with their people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from discord import Permissions

from bot.client import BelegClient
from bot.desk import Desk
from bot.timing import Timing
from bot.watch_compare import Compared
from index.audit_table import AuditTable
from index.types import DateOrigin, Published
from index.watch_table import Watch, WatchTable
from tests.bot.conftest import QUESTION, kursk
from tests.bot.discord_markdown import read
from tests.bot.test_nothing_kept import on_disk
from tests.discord_server import Channel, DiscordServer, Guild, Member, Message
from tests.fakes import Clock

DAY = date(2024, 11, 1)


async def say(desk: Desk, guild: Guild, number: int, soldiers: str, who: str = "der USA") -> None:
    """Let an article come in, each a day later than the last."""
    await desk.add_article(
        str(guild.id),
        kursk(
            title=f"Meldung {number}",
            text=f"Am Tag {number} tagte der Rat in Kursk. {soldiers} Soldaten sind nach Angaben"
            f" {who} in der Region Kursk. Russland bestritt die Angaben.",
            url=f"https://nachrichten.example/{number}",
            published=Published(DAY + timedelta(days=3 * number), DateOrigin.GIVEN),
        ),
    )


async def watching(
    member: Member, channel: Channel, question: str = QUESTION, where: str = "here"
) -> Message:
    exchange = await member.slash(channel, "watch new", {"question": question, "where": where})
    return await exchange.final_message()


async def watches(desk: Desk, guild: Guild) -> list[Watch]:
    return await desk.look(str(guild.id), lambda opened: WatchTable(opened.database).all())


def alerts(channel: Channel) -> list[Message]:
    return [one for one in channel.from_bot if "Kursk" in one.content and "Jetzt" in one.content]


@pytest.fixture
async def stocked(desk: Desk, guild: Guild) -> Desk:
    await say(desk, guild, 0, "Rund 8.000")
    return desk


async def test_who_watches_in_a_channel_is_told_there_once_with_old_and_new(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    answer = await watching(member, channel)
    assert answer.ephemeral
    assert "8.000" in answer.content
    await client.watches.look()
    await say(stocked, guild, 1, "Rund 11.000")
    await client.watches.look()
    await client.watches.look()
    (alert,) = alerts(channel)
    shown = read(alert.content)
    assert shown.text.index("»Rund 11.000 Soldaten") < shown.text.index("»Rund 8.000 Soldaten")
    assert "Tagesblatt" in shown.text
    assert {link.partition("#")[0] for _, link in shown.links} == {
        "https://nachrichten.example/0", "https://nachrichten.example/1",
    }  # fmt: skip
    assert not alert.pings
    assert not alert.embeds


async def test_the_person_alone_is_told_directly(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel, where="me")
    direct = member.direct_channel()
    (confirmed,) = direct.from_bot
    assert "8.000" in confirmed.content
    await say(stocked, guild, 1, "Rund 11.000")
    await client.watches.look()
    assert len(alerts(direct)) == 1
    assert alerts(channel) == []


async def test_copies_roundings_and_other_words_are_quiet(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    for number, soldiers in enumerate(("Rund 8.000", "Etwa 8.100", "8.000"), start=1):
        await say(stocked, guild, number, soldiers)
        await client.watches.look()
    assert alerts(channel) == []


@pytest.mark.usefixtures("client")
async def test_who_takes_no_direct_messages_is_told_so_and_no_watch_is_set(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    member.user.accepts_direct_messages = False
    answer = await watching(member, channel, where="me")
    assert answer.content.startswith("Ich kann dir keine Direktnachricht schicken.")
    assert await watches(stocked, guild) == []


@pytest.mark.usefixtures("client")
async def test_where_discord_does_not_take_the_message_no_watch_is_set(
    stocked: Desk,
    discord_server: DiscordServer,
    guild: Guild,
    channel: Channel,
    member: Member,
) -> None:
    discord_server.fail_next("POST", "/channels/*/messages", 400, code=50035)
    answer = await watching(member, channel, where="me")
    assert answer.content.startswith("Discord ist nicht zu erreichen.")
    assert await watches(stocked, guild) == []
    again = await watching(member, channel, where="me")
    assert "8.000" in again.content
    assert len(await watches(stocked, guild)) == 1


async def test_a_server_whose_watches_fail_keeps_nobody_else_waiting(
    stocked: Desk,
    client: BelegClient,
    discord_server: DiscordServer,
    *,
    guild: Guild,
    channel: Channel,
    member: Member,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = discord_server.add_guild("Anderswo")
    place, somebody = other.add_text_channel("lang"), other.add_member("Cem")
    await say(stocked, other, 0, "Rund 8.000")
    await watching(member, channel)
    await watching(somebody, place)
    notice = client.watches.notice

    async def broken(corpus: str) -> None:
        if corpus == str(guild.id):
            raise ValueError("kaputt")
        await notice(corpus)

    monkeypatch.setattr(client.watches, "notice", broken)
    for one in (guild, other):
        await say(stocked, one, 1, "Rund 11.000")
    await client.watches.look()
    assert (len(alerts(channel)), len(alerts(place))) == (0, 1)
    assert f"the watches of {guild.id} could not be looked after" in caplog.text


async def test_a_watch_that_cannot_be_compared_keeps_no_other_from_it(
    stocked: Desk,
    client: BelegClient,
    guild: Guild,
    channel: Channel,
    member: Member,
    *,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await watching(member, channel, "Wie viele Soldaten sind in Kursk?")
    await watching(member, channel)
    first, second = await watches(stocked, guild)
    compared = stocked.compared

    async def broken(corpus: str, watch: Watch, now: datetime) -> Compared | None:
        if watch.id == first.id:
            raise ValueError("kaputt")
        return await compared(corpus, watch, now)

    monkeypatch.setattr(stocked, "compared", broken)
    await say(stocked, guild, 1, "Rund 11.000")
    await client.watches.look()
    (alert,) = alerts(channel)
    assert second.question in read(alert.content).text
    assert caplog.text.count("could not be compared") == 1
    await client.watches.look()
    assert caplog.text.count("could not be compared") == 1, "not again for the same articles"


async def test_what_comes_in_together_is_told_together(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    for number in range(1, 5):
        await say(stocked, guild, number, f"Rund {8 + 2 * number}.000")
    await client.watches.look()
    (alert,) = alerts(channel)
    assert "16.000" in alert.content


async def test_an_alert_waits_while_discord_is_away_and_is_told_with_what_is_newer(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    corpus = str(guild.id)
    await say(stocked, guild, 1, "Rund 11.000")
    await client.watches.notice(corpus)  # kept, not told: as where Discord is away
    await say(stocked, guild, 2, "Rund 14.000")
    await client.watches.look()
    (alert,) = alerts(channel)
    assert "14.000" in alert.content
    assert "8.000" in alert.content
    assert "11.000" not in alert.content


async def test_what_went_back_to_what_it_was_is_not_told(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    await say(stocked, guild, 1, "Rund 11.000")
    await client.watches.notice(str(guild.id))
    await say(stocked, guild, 2, "Rund 8.000")
    await client.watches.look()
    assert alerts(channel) == []


async def test_a_message_that_came_through_though_the_line_was_cut_stands_there_once(  # noqa: PLR0917 - fixtures
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member,
    discord_server: DiscordServer,
) -> None:  # fmt: skip
    await watching(member, channel)
    await say(stocked, guild, 1, "Rund 11.000")
    path = f"*/channels/{channel.id}/messages"
    discord_server.fail_next("POST", path, status=500, after=True, times=5)
    await client.watches.look()
    await client.watches.look()
    assert len(alerts(channel)) == 1


@asynccontextmanager
async def another_client(
    desk: Desk, discord_server: DiscordServer, clock: Callable[[], object]
) -> AsyncIterator[BelegClient]:
    timing = Timing(clock=clock)  # type: ignore[arg-type]  # a clock of the tests
    client = BelegClient(desk, connector=discord_server.connector(), timing=timing)
    async with discord_server.running(client):
        yield client


async def test_a_watch_survives_a_restart_and_notices_what_a_terminal_added_meanwhile(  # noqa: PLR0917 - fixtures
    stocked: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member,
    clock: Clock,
) -> None:  # fmt: skip
    async with another_client(stocked, discord_server, clock):
        await watching(member, channel)
    await say(stocked, guild, 1, "Rund 11.000")
    async with another_client(stocked, discord_server, clock) as client:
        await client.watches.look()
        (alert,) = alerts(channel)
        answer = await (await member.click(alert, "Anhalten")).final_message()
    assert "Angehalten" in answer.content
    (watch,) = await watches(stocked, guild)
    assert watch.paused == "hand"


async def test_a_deleted_channel_lets_the_watch_rest_and_its_owner_is_told(
    stocked: Desk, client: BelegClient, guild: Guild, member: Member
) -> None:
    other = guild.add_text_channel("ticker")
    await watching(member, other)
    await say(stocked, guild, 1, "Rund 11.000")
    other.delete()
    await client.watches.look()
    (watch,) = await watches(stocked, guild)
    assert watch.paused == "channel"
    (told,) = member.direct_channel().from_bot
    assert "kann nicht mehr in den Kanal schreiben" in told.content


async def test_a_lost_permission_lets_the_watch_rest_and_resuming_tells_what_was_missed(  # noqa: PLR0917 - fixtures
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member,
    discord_server: DiscordServer,
) -> None:  # fmt: skip
    await watching(member, channel)
    await say(stocked, guild, 1, "Rund 11.000")
    path = f"*/channels/{channel.id}/messages"
    discord_server.fail_next("POST", path, status=403, code=50013)
    await client.watches.look()
    (watch,) = await watches(stocked, guild)
    assert watch.paused == "permission"
    await client.watches.look()
    assert alerts(channel) == []
    options = {"watch": str(watch.id)}
    answer = await (await member.slash(channel, "watch resume", options)).final_message()
    assert answer.content == "Läuft wieder."
    await client.watches.look()
    assert len(alerts(channel)) == 1


async def test_in_a_channel_that_answers_no_more_the_watch_rests_and_its_owner_is_told(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    await say(stocked, guild, 1, "Rund 11.000")
    other = guild.add_text_channel("fragen")
    await client.rules.change(str(guild.id), "Anna", channels=frozenset({other.id}))
    await client.watches.look()
    assert alerts(channel) == []
    (watch,) = await watches(stocked, guild)
    assert watch.paused == "permission"
    (told,) = member.direct_channel().from_bot
    assert "kann nicht mehr in den Kanal schreiben" in told.content


async def test_many_alerts_for_one_channel_come_as_one_message(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel
) -> None:
    for number in range(5):
        await watching(guild.add_member(f"Mensch{number}"), channel)
    await say(stocked, guild, 1, "Rund 11.000")
    await client.watches.look()
    (joined,) = [one for one in channel.from_bot if "11.000" in one.content]
    assert joined.content.startswith("**5 Neuigkeiten")
    await client.watches.look()
    assert len(channel.from_bot) == 1


@pytest.mark.usefixtures("client")
async def test_limits_are_those_of_the_server(  # noqa: PLR0917 - fixtures
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, admin: Member,
    member: Member,
) -> None:  # fmt: skip
    corpus = str(guild.id)
    await client.rules.change(corpus, str(admin.id), watches_per_person=1, watches_per_server=2)
    assert "8.000" in (await watching(member, channel)).content
    second = await watching(member, channel, "Wo tagte der Rat?")
    assert second.content.startswith("Mehr als 1 Beobachtungen")
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
async def test_where_a_person_may_not_write_they_set_no_watch(
    stocked: Desk, guild: Guild, member: Member
) -> None:
    closed = guild.add_text_channel("ansagen")
    closed.set_permissions(member, deny=Permissions(send_messages=True))
    answer = await watching(member, closed)
    assert answer.content.startswith("Hier dürfen du oder ich nichts schreiben.")
    assert await watches(stocked, guild) == []


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


async def test_what_was_removed_meanwhile_is_told_no_more(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    await say(stocked, guild, 1, "Rund 11.000")
    await client.watches.notice(str(guild.id))
    await stocked.remove(str(guild.id), 2)
    await client.watches.look()
    assert alerts(channel) == []


@pytest.mark.usefixtures("client")
async def test_forget_me_deletes_watches_with_every_trace(
    stocked: Desk, guild: Guild, channel: Channel, member: Member, tmp_path: Path
) -> None:
    await watching(member, channel)
    answer = await (await member.slash(channel, "forget-me")).final_message()
    assert "Auch deine Beobachtung hier ist gelöscht." in answer.content
    assert await watches(stocked, guild) == []
    assert QUESTION.encode() not in on_disk(tmp_path)


async def test_a_server_that_the_bot_has_left_is_watched_no_more(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    await client.presence.left(str(guild.id))
    assert await watches(stocked, guild) == []


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
