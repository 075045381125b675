"""What an unmodified discord.py client can do with the double."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from discord import Permissions

from tests.discord_server import Channel, DiscordServer, Guild, Member, ScriptError, Upload
from tests.discord_server_test.example_bot import ExampleBot


@pytest.fixture
def guild(discord_server: DiscordServer) -> Guild:
    return discord_server.add_guild("Nachrichten")


@pytest.fixture
def channel(guild: Guild) -> Channel:
    return guild.add_text_channel("allgemein")


@pytest.fixture
def admin(guild: Guild) -> Member:
    return guild.add_member("Anna", permissions=Permissions(manage_guild=True))


@pytest.fixture
def member(guild: Guild) -> Member:
    return guild.add_member("Ben", locale="en-US")


@pytest.fixture
async def bot(discord_server: DiscordServer, channel: Channel) -> AsyncIterator[ExampleBot]:
    client = ExampleBot(discord_server)
    async with discord_server.running(client):
        yield client


async def test_a_deferred_command_is_answered_by_an_edit(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    exchange = await member.slash(channel, "ask", {"question": "Wie viele?"})
    message = await exchange.final_message()
    assert message.content == "Wie viele? (0)"
    assert exchange.deferred
    assert not exchange.ephemeral
    assert exchange.seconds_to_respond < 3


async def test_an_attached_file_reaches_the_bot(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    upload = Upload("bild.png", b"12345", "image/png")
    exchange = await member.slash(channel, "ask", {"question": "Was?"}, attachments=[upload])
    assert (await exchange.final_message()).content == "Was? (5)"


async def test_a_subcommand_knows_language_and_permissions(
    bot: ExampleBot, channel: Channel, admin: Member
) -> None:
    exchange = await admin.slash(channel, "article add", {"address": "hier"})
    assert (await exchange.final_message()).content == "hier de True"
    assert exchange.ephemeral


async def test_a_form_is_filled_in_by_label_or_custom_id(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    modal = await (await member.slash(channel, "form")).modal()
    assert modal.title == "Frage stellen"
    answer = await modal.submit({"question": "Wer?", "Notiz": "eilig", "Medium": ["Zeitung"]})
    assert (await answer.final_message()).content == "Wer?|eilig|['paper']"


async def test_a_button_changes_its_message(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    message = await (await member.slash(channel, "buttons")).final_message()
    exchange = await member.click(message, "Mehr")
    assert (await exchange.final_message()) is message
    assert (message.content, message.buttons) == ("mehr", [])


async def test_a_mention_is_answered_by_a_reply(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    question = await member.say(channel, "<@bot> hallo")
    reply = await channel.next_message()
    assert reply.reference is question
    assert reply.content == f"Echo: {question.content}"
    assert not reply.pings


async def test_a_command_that_nobody_registered_fails_the_test(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    with pytest.raises(ScriptError, match="ask"):
        await member.slash(channel, "unknown")
