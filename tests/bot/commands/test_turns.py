from __future__ import annotations

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from tests.bot.conftest import QUESTION, kursk
from tests.discord_server import Channel, DiscordServer, Guild, Member

UNDERSTOOD = "Verstanden als: wer hat das bestätigt? · zu: Soldaten, Region Kursk"
NEXT = "<@bot> Und wer hat das bestätigt?"


@pytest.fixture
async def stocked(desk: Desk, guild: Guild, client: BelegClient) -> Desk:
    await desk.add_article(str(guild.id), kursk())
    return desk


async def test_a_reply_goes_on_with_the_answer_it_replies_to(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    await member.say(channel, f"<@bot> {QUESTION}")
    first = await channel.next_message()
    await member.say(channel, "<@bot> Wer regiert in Peru?")
    second = await channel.next_message(after=first)
    await member.reply_to(first, "Und wer hat das bestätigt?")
    third = await channel.next_message(after=second)
    assert UNDERSTOOD in third.content
    await member.reply_to(third, "Seit wann?")
    assert (
        "zu: bestätigt, Soldaten, Region Kursk" in (await channel.next_message(after=third)).content
    )


async def test_anybody_may_go_on_by_reply(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    exchange = await member.slash(channel, "ask", {"question": QUESTION})
    first = await exchange.final_message()
    await guild.add_member("Eva").reply_to(first, "Und wer hat das bestätigt?")
    assert UNDERSTOOD in (await channel.next_message(after=first)).content


async def test_who_just_asked_goes_on_by_mention_but_nobody_else(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await member.say(channel, f"<@bot> {QUESTION}")
    first = await channel.next_message()
    await guild.add_member("Eva").say(channel, NEXT)
    second = await channel.next_message(after=first)
    assert "Verstanden als" not in second.content
    await member.say(channel, NEXT)
    assert UNDERSTOOD in (await channel.next_message(after=second)).content


async def test_a_question_in_another_channel_or_server_goes_on_with_nothing(
    stocked: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    await member.say(channel, f"<@bot> {QUESTION}")
    await channel.next_message()
    elsewhere = guild.add_text_channel("anderswo")
    await member.say(elsewhere, NEXT)
    assert "Verstanden als" not in (await elsewhere.next_message()).content
    other = discord_server.add_guild("Andere")
    await stocked.add_article(str(other.id), kursk())
    channel = other.add_text_channel("allgemein")
    await other.add_member("Ben").say(channel, NEXT)
    assert "Verstanden als" not in (await channel.next_message()).content


async def test_the_command_goes_on_with_nothing(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    await member.say(channel, f"<@bot> {QUESTION}")
    await channel.next_message()
    exchange = await member.slash(channel, "ask", {"question": "Und wer hat das bestätigt?"})
    assert "Verstanden als" not in (await exchange.final_message()).content


async def test_after_a_restart_a_reply_is_taken_as_it_is(
    stocked: Desk,
    discord_server: DiscordServer,
    client: BelegClient,
    channel: Channel,
    member: Member,
) -> None:
    await member.say(channel, f"<@bot> {QUESTION}")
    first = await channel.next_message()
    await client.close()
    again = BelegClient(stocked, connector=discord_server.connector())
    async with discord_server.running(again):
        await member.reply_to(first, "Und wer hat das bestätigt?")
        second = await channel.next_message(after=first)
        assert "Verstanden als" not in second.content
        await member.reply_to(first, "Seit wann?")
        third = await channel.next_message(after=second)
        assert "Worum soll es gehen?" in third.content
