from __future__ import annotations

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from index.question_table import QuestionTable
from tests.bot.conftest import QUESTION, kursk
from tests.discord_server import Channel, DiscordServer, Guild, Member


async def tell(member: Member, channel: Channel, command: str) -> str:
    exchange = await member.slash(channel, command)
    message = await exchange.final_message()
    assert message.ephemeral
    assert not message.pings
    return message.content


async def logged(desk: Desk, corpus: str) -> int:
    return await desk.look(corpus, lambda opened: QuestionTable(opened.database).count())


async def test_everybody_learns_what_is_kept_by_the_settings_of_now(
    client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    assert "Fragen werden hier nicht gespeichert." in await tell(member, channel, "privacy")
    await client.rules.change(str(guild.id), "1", log_days=7)
    assert "wird für 7 Tage gespeichert" in await tell(member, channel, "privacy")
    english = guild.add_member("Joe", locale="en-US")
    assert "every question is stored for 7 days" in await tell(english, channel, "privacy")


async def test_who_wants_to_be_forgotten_is_and_nobody_else(
    desk: Desk, client: BelegClient, channel: Channel, admin: Member, member: Member
) -> None:
    corpus = str(member.guild.id)
    await desk.add_article(corpus, kursk())
    await client.rules.change(corpus, str(admin.id), log_days=7)
    for who in (member, admin, member):
        await (await who.slash(channel, "ask", {"question": QUESTION})).final_message()
    for _ in range(500):
        if await logged(desk, corpus) == 3:
            break
    assert "2 Fragen von dir sind" in await tell(member, channel, "forget-me")
    assert await logged(desk, corpus) == 1
    assert "nichts gespeichert" in await tell(member, channel, "forget-me")
    told = await tell(admin, channel, "forget-me")
    assert "Eine Frage von dir ist" in told
    assert "Eine Änderung von dir bleibt" in told


async def test_the_last_question_is_forgotten_too(
    desk: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    await member.say(channel, f"<@bot> {QUESTION}")
    await channel.next_message()
    await tell(member, channel, "forget-me")
    said = await member.say(channel, "<@bot> Und wer hat das bestätigt?")
    assert "Verstanden als" not in (await channel.next_message(after=said)).content


@pytest.mark.usefixtures("client")
async def test_where_there_is_nothing_no_file_is_made(
    desk: Desk, channel: Channel, member: Member
) -> None:
    assert "nichts gespeichert" in await tell(member, channel, "forget-me")
    assert await desk.corpora() == []


@pytest.mark.usefixtures("client")
async def test_these_commands_are_offered_to_everybody_by_their_german_names(
    discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    names = {"privacy": "datenschutz", "forget-me": "vergiss-mich", "help": "hilfe"}
    for name, german in names.items():
        command = discord_server.commands.find(None, name, 1)
        assert command is not None
        assert command["name_localizations"] == {"de": german}
        assert member.sees(command, channel)
    for name, german in {
        "settings": "einstellungen",
        "audit": "protokoll",
        "gaps": "lücken",
    }.items():
        command = discord_server.commands.find(None, name, 1)
        assert command is not None
        assert command["name_localizations"] == {"de": german}
        assert not member.sees(command, channel)
