from __future__ import annotations

from bot.client import BelegClient
from bot.desk import Desk
from tests.bot.conftest import kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, Guild, Member


async def test_a_member_sees_the_outlets_page_by_page(
    client: BelegClient, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    for number in range(8):
        article = kursk(text=f"Nummer {number}.", url=None, outlet=f"Blatt {number}")
        await desk.add_article(str(guild.id), article)
    exchange = await member.slash(channel, "sources")
    message = await exchange.final_message()
    assert exchange.deferred
    assert message.ephemeral
    assert "8 Artikel, Quellen: 8, Seite 1 von 2" in read(message.content).text
    assert "Blatt 0" in message.content
    await (await member.click(message, "Weiter")).final_message()
    assert "Seite 2 von 2" in message.content
    assert "Blatt 7" in message.content
    role = guild.add_role("Leser")
    await client.rules.change(str(guild.id), "Anna", ask_role=role.id)
    refused = await member.click(message, "Weiter")
    last = await refused.final_message(matching=lambda one: "Rolle" in one.content)
    assert last.ephemeral


async def test_an_empty_archive_says_so_in_the_members_language(
    client: BelegClient, guild: Guild, channel: Channel
) -> None:
    reader = guild.add_member("Cora", locale="en-US")
    exchange = await reader.slash(channel, "sources")
    assert "no articles" in (await exchange.final_message()).content
    assert client.lists
