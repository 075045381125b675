"""Who watches is told once what changed, over restarts, outages and faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from bot.timing import Timing
from bot.watch_compare import Compared
from index.watch_table import Watch
from tests.bot.discord_markdown import read
from tests.bot.watching.conftest import alerts, say, watches, watching
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.fakes import Clock, short_of


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
    discord_server: DiscordServer, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    # Before it gives up, discord.py waits for 25 seconds in all.
    monkeypatch.setattr("discord.http.asyncio.sleep", short_of(asyncio.sleep))
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


async def test_what_was_removed_meanwhile_is_told_no_more(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    await say(stocked, guild, 1, "Rund 11.000")
    await client.watches.notice(str(guild.id))
    await stocked.remove(str(guild.id), 2)
    await client.watches.look()
    assert alerts(channel) == []


async def test_a_server_that_the_bot_has_left_is_watched_no_more(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    await client.presence.left(str(guild.id))
    assert await watches(stocked, guild) == []
