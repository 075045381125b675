from __future__ import annotations

import pytest
from discord import Intents

from bot.client import BelegClient
from bot.desk import Desk
from bot.installation import Installation
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member


@pytest.fixture
async def stocked(desk: Desk, guild: Guild, client: BelegClient) -> Desk:
    await desk.add_article(str(guild.id), kursk())
    await client.rules.change(str(guild.id), "Anna", threads=True)
    return desk


async def opened(guild: Guild, member: Member, channel: Channel) -> Channel:
    await member.say(channel, f"<@bot> {QUESTION}")
    await guild.server.wait_until(lambda: guild.threads, "no thread was opened")
    return guild.threads[-1]


async def test_the_answer_to_a_mention_opens_a_thread(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    thread = await opened(guild, member, channel)
    assert thread.name == QUESTION
    answer = await thread.next_message()
    text = read(answer.content).text
    assert SENTENCE in text
    assert text.endswith(
        "Erwähne mich hier oder antworte auf meine Nachricht. Alles andere kann ich nicht lesen."
    )
    assert answer.buttons
    assert not channel.from_bot, "one answer, in one place"


async def test_a_thread_is_one_conversation_by_mention_and_by_reply(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    thread = await opened(guild, member, channel)
    first = await thread.next_message()
    await guild.add_member("Eva").say(thread, "<@bot> Und wer hat das bestätigt?")
    second = await thread.next_message(after=first)
    assert "Verstanden als: wer hat das bestätigt?" in second.content
    await member.reply_to(first, "Und wer hat das bestritten?")
    third = await thread.next_message(after=second)
    assert "Verstanden als: wer hat das bestritten?" in third.content
    assert len(guild.threads) == 1


async def test_without_the_right_to_open_threads_it_answers_in_the_channel(
    stocked: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    discord_server.fail_next("POST", "/channels/*/messages/*/threads", 403, code=50013)
    await member.say(channel, f"<@bot> {QUESTION}")
    answer = await channel.next_message()
    assert SENTENCE in read(answer.content).text
    assert not guild.threads


async def test_what_is_no_answer_opens_no_thread(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await member.say(channel, "<@bot>")
    assert "Was möchtest du wissen?" in (await channel.next_message()).content
    assert not guild.threads


async def test_without_the_setting_it_answers_in_the_channel(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await client.rules.change(str(guild.id), "Anna", threads=False)
    await member.say(channel, f"<@bot> {QUESTION}")
    assert SENTENCE in read((await channel.next_message()).content).text
    assert not guild.threads


async def test_with_the_message_content_it_goes_on_in_its_threads_unmentioned(
    desk: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    discord_server.privileged_intents = Intents(message_content=True)
    await desk.add_article(str(guild.id), kursk())
    client = BelegClient(
        desk,
        connector=discord_server.connector(),
        installation=Installation(reads_threads=True),
    )
    eva = guild.add_member("Eva")
    async with discord_server.running(client):
        await client.rules.change(str(guild.id), "Anna", threads=True)
        thread = await opened(guild, member, channel)
        first = await thread.next_message()
        assert first.content.endswith("Schreib einfach hier.")
        # What is plainly for somebody else, or in another place, is left alone.
        aside = await eva.say(thread, f"<@{member.id}> wie viele Soldaten sind es denn?")
        await member.reply_to(aside, "8.000", ping=False)
        await member.say(channel, QUESTION)
        await eva.say(thread, "Und wer hat das bestätigt?")
        second = await thread.next_message(after=first)
        assert "Verstanden als: wer hat das bestätigt?" in second.content
    assert len(thread.from_bot) == 2
    assert not channel.from_bot


async def test_without_the_message_content_it_leaves_alone_what_does_not_name_it(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    thread = await opened(guild, member, channel)
    first = await thread.next_message()
    await member.say(thread, "Und wer hat das bestätigt?")
    await member.say(thread, "<@bot> Und wer hat das bestritten?")
    await thread.next_message(after=first)
    assert len(thread.from_bot) == 2
