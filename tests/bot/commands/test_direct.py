from __future__ import annotations

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import DiscordServer, Guild, Member


@pytest.fixture
async def stocked(desk: Desk, guild: Guild, client: BelegClient) -> Desk:
    await desk.add_article(str(guild.id), kursk())
    await client.rules.change(str(guild.id), "Anna", direct_messages=True)
    return desk


async def write(member: Member, text: str) -> str:
    direct = member.direct_channel()
    before = direct.from_bot[-1] if direct.from_bot else None
    await member.say(direct, text)
    message = await (direct.next_message(after=before) if before else direct.next_message())
    assert not message.pings
    assert not message.buttons
    return read(message.content).text


async def test_a_private_question_is_answered_from_a_server_that_allows_it(
    stocked: Desk, member: Member
) -> None:
    text = await write(member, QUESTION)
    assert SENTENCE in text
    assert text.endswith("Aus den Artikeln von Nachrichten")


async def test_a_server_that_does_not_allow_it_answers_nothing(
    stocked: Desk, client: BelegClient, guild: Guild, member: Member
) -> None:
    await client.rules.change(str(guild.id), "Anna", direct_messages=False)
    text = await write(member, QUESTION)
    assert SENTENCE not in text
    assert "/frage" in text


async def test_who_is_no_member_or_has_left_gets_nothing(
    stocked: Desk, discord_server: DiscordServer, guild: Guild, member: Member
) -> None:
    stranger = discord_server.add_guild("Andere").add_member("Eva")
    assert SENTENCE not in await write(stranger, QUESTION)
    assert SENTENCE in await write(member, QUESTION)
    del guild.members[member.id]
    assert SENTENCE not in await write(member, QUESTION)


async def test_roles_count_privately_too(
    stocked: Desk, client: BelegClient, guild: Guild, member: Member
) -> None:
    await client.rules.change(str(guild.id), "Anna", ask_role=77)
    text = await write(member, QUESTION)
    assert SENTENCE not in text
    assert text.startswith("Fragen darf hier nur")


async def test_of_several_servers_the_one_that_knows_answers(
    stocked: Desk, client: BelegClient, discord_server: DiscordServer
) -> None:
    other = discord_server.add_guild("Wetter")
    await client.rules.change(str(other.id), "Anna", direct_messages=True)
    await stocked.add_article(str(other.id), kursk(text="In Wien regnet es seit drei Tagen."))
    ben = other.add_member("Ben")
    guild = next(one for one in discord_server.guilds.values() if one.name == "Nachrichten")
    assert ben.id not in guild.members
    assert SENTENCE not in await write(ben, QUESTION)
    assert "Aus den Artikeln von Wetter" in await write(ben, "Wie lange regnet es in Wien?")


async def test_a_private_question_can_be_gone_on_with(stocked: Desk, member: Member) -> None:
    await write(member, QUESTION)
    text = await write(member, "Und wer hat das bestätigt?")
    assert text.startswith("Verstanden als: wer hat das bestätigt?")


@pytest.mark.parametrize("text", ["😀", "???"])
async def test_what_is_no_question_gets_a_sentence(
    stocked: Desk, member: Member, text: str
) -> None:
    assert "keine Frage" in await write(member, text)
