"""Where a watch cannot tell anything any more it rests, and where it never could none is set."""

from __future__ import annotations

import pytest
from discord import Permissions

from bot.client import BelegClient
from bot.desk import Desk
from tests.bot.watching.conftest import alerts, say, watches, watching
from tests.discord_server import Channel, DiscordServer, Guild, Member


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


async def test_where_the_channels_are_lost_a_watch_waits_until_they_are_chosen_anew(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await watching(member, channel)
    await say(stocked, guild, 1, "Rund 11.000")
    await client.rules.change(str(guild.id), "Anna", nowhere=True)
    await client.watches.look()
    assert alerts(channel) == []
    (watch,) = await watches(stocked, guild)
    assert watch.paused is None
    await client.rules.change(str(guild.id), "Anna", channels=frozenset({channel.id}))
    await client.watches.look()
    assert len(alerts(channel)) == 1


@pytest.mark.usefixtures("client")
async def test_where_a_person_may_not_write_they_set_no_watch(
    stocked: Desk, guild: Guild, member: Member
) -> None:
    closed = guild.add_text_channel("ansagen")
    closed.set_permissions(member, deny=Permissions(send_messages=True))
    answer = await watching(member, closed)
    assert answer.content.startswith("Hier dürfen du oder ich nichts schreiben.")
    assert await watches(stocked, guild) == []
