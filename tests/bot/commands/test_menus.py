from __future__ import annotations

import pytest

from bot.commands.add_menu import addresses_in
from bot.desk import Desk
from bot.question import LONGEST
from tests.bot.conftest import PAGE, SENTENCE, Website, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member, Upload

pytestmark = pytest.mark.usefixtures("client")
CLAIMS, ADD = "What do the articles say?", "Add article"


@pytest.fixture
async def stocked(desk: Desk, guild: Guild) -> Desk:
    await desk.add_article(str(guild.id), kursk())
    return desk


async def test_a_messages_claims_are_held_against_the_articles(
    stocked: Desk, channel: Channel, admin: Member, member: Member
) -> None:
    message = await admin.say(channel, "In der Region Kursk sind Soldaten. Elefanten tanzen Polka.")
    exchange = await member.context_menu(channel, CLAIMS, message)
    told = await exchange.final_message()
    assert exchange.deferred
    assert told.ephemeral
    assert not told.pings
    text = read(told.content).text
    assert text.startswith("Was die Artikel dazu sagen\n\nIn der Region Kursk sind Soldaten.\n»")
    assert SENTENCE in text
    assert "Elefanten tanzen Polka.\nDazu sagen die Artikel nichts." in text
    assert text.endswith("Ob es stimmt, entscheide ich nicht.")


@pytest.mark.parametrize("content", ["Echt?", "https://orf.at/1", "wort " * (LONGEST // 4)])
async def test_a_message_without_claims_is_told_so(
    stocked: Desk, channel: Channel, member: Member, content: str
) -> None:
    message = await member.say(channel, content)
    told = await (await member.context_menu(channel, CLAIMS, message)).final_message()
    assert told.content.startswith("In dieser Nachricht finde ich keinen Satz")


async def test_an_administrator_adds_the_links_and_files_of_a_message(
    website: Website, channel: Channel, admin: Member, member: Member
) -> None:
    website.pages["/kursk"] = PAGE
    message = await member.say(
        channel,
        f"Lest das: <{website.address}/kursk>, und nicht {website.address}/weg!",
        attachments=[Upload("wien.txt", b"Wien\n\nIn Wien regnet es seit drei Tagen.")],
    )
    exchange = await admin.context_menu(channel, ADD, message)
    told = await exchange.final_message(matching=lambda message: "lese" not in message.content)
    assert told.ephemeral
    lines = read(told.content).text.splitlines()
    assert len(lines) == 3
    assert "Hinzugefügt als Nr. 1: Soldaten in Kursk" in lines[0]
    assert "Gibt es sie noch?" in lines[1]
    assert "Hinzugefügt als Nr. 2: Wien" in lines[2]


async def test_what_is_left_of_many_links_is_said(
    channel: Channel, admin: Member, member: Member
) -> None:
    links = " ".join(f"http://10.0.0.{number}/" for number in range(7))
    message = await member.say(channel, links, attachments=[Upload("a.txt", b"Ein Text.")])
    told = await (await admin.context_menu(channel, ADD, message)).final_message()
    lines = read(told.content).text.splitlines()
    assert len(lines) == 6
    assert lines[-1] == "Mehr als 5 auf einmal nehme ich nicht auf; übrig sind 3."


async def test_a_message_with_nothing_to_add_is_told_so(
    channel: Channel, admin: Member, member: Member
) -> None:
    message = await member.say(channel, "Hallo")
    told = await (await admin.context_menu(channel, ADD, message)).final_message()
    assert told.content == "In dieser Nachricht ist weder ein Link noch eine Datei."


async def test_only_who_may_add_adds(
    desk: Desk, website: Website, guild: Guild, channel: Channel, member: Member
) -> None:
    website.pages["/kursk"] = PAGE
    message = await member.say(channel, f"{website.address}/kursk")
    exchange = await member.context_menu(channel, ADD, message, enforce_permissions=False)
    assert "darf nur" in (await exchange.final_message()).content
    assert await desk.headlines(str(guild.id)) == []


async def test_the_menus_are_named_in_german_and_for_servers_only(
    discord_server: DiscordServer, channel: Channel, admin: Member, member: Member
) -> None:
    for name, german in ((CLAIMS, "Was sagen die Artikel dazu?"), (ADD, "Artikel hinzufügen")):
        command = discord_server.commands.find(None, name, 3)
        assert command is not None
        assert command["name_localizations"] == {"de": german}
        assert command["contexts"] == [0]
        assert command["integration_types"] == [0]
        assert admin.sees(command, channel)
        assert member.sees(command, channel) is (name == CLAIMS)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("siehe https://a.example/b.", ["https://a.example/b"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("https://a.example/b_(c)", ["https://a.example/b_(c)"]),
        (
            "[Titel](https://a.example/b) <https://c.example>",
            ["https://a.example/b", "https://c.example"],
        ),
        ("https://a.example **https://a.example**", ["https://a.example"]),
        ("||HTTPS://A.example||", ["HTTPS://A.example"]),
        ("ftp://a.example a.example", []),
    ],
)
def test_links_are_found_as_people_write_them(content: str, expected: list[str]) -> None:
    assert addresses_in(content) == expected
