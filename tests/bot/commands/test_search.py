from __future__ import annotations

import pytest

from bot.client import BelegClient
from bot.commands.search import search_command
from bot.desk import Desk
from bot.render_passages import PAGE_SIZE
from bot.timing import Timing
from tests.bot.conftest import SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.fakes import Clock


async def add_many(desk: Desk, guild: Guild, count: int) -> None:
    for number in range(count):
        await desk.add_article(
            str(guild.id),
            kursk(title=f"Soldaten {number}", text=f"{SENTENCE} Nummer {number}.", url=None),
        )


@pytest.mark.usefixtures("client")
async def test_a_member_sees_passages_with_their_articles_and_nobody_else_does(
    desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    exchange = await member.slash(channel, "search", {"words": "Soldaten *Kursk*"})
    message = await exchange.final_message()
    shown = read(message.content)
    assert exchange.deferred
    assert message.ephemeral
    assert shown.text.splitlines() == [
        "Gesucht: Soldaten *Kursk*",
        "1 · Soldaten in Kursk · Tagesblatt · 1. November 2024",
        f"»Der Rat beriet lange. {SENTENCE} Russland bestritt die Angaben.«",
    ]
    assert shown.links == [("Soldaten in Kursk", "https://nachrichten.example/kursk")]
    assert not message.buttons


@pytest.mark.usefixtures("client")
async def test_who_has_discord_in_english_is_answered_in_english(
    desk: Desk, guild: Guild, channel: Channel
) -> None:
    await desk.add_article(str(guild.id), kursk())
    reader = guild.add_member("Cora", locale="en-US")
    exchange = await reader.slash(channel, "search", {"words": "Kursk"})
    assert (await exchange.final_message()).content.startswith("Searched for: **Kursk**")


@pytest.mark.usefixtures("client")
async def test_pages_are_turned_by_buttons(
    desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await add_many(desk, guild, 10)
    message = await (await member.slash(channel, "search", {"words": "Kursk"})).final_message()
    seen = set()
    for button, page in ((None, 1), ("Weiter", 2), ("Weiter", 3), ("Weiter", 1), ("Zurück", 3)):
        if button:
            await (await member.click(message, button)).final_message()
        assert f"Seite {page} von 3" in message.text
        first = read(message.content).text.splitlines()[1]
        assert first.startswith(f"{(page - 1) * PAGE_SIZE + 1} · ")
        seen.add(first)
    assert len(seen) == 3


async def test_buttons_work_after_a_restart_and_for_words_of_any_kind(
    discord_server: DiscordServer, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await add_many(desk, guild, 6)
    words = (
        "Wie große Überschüsse, Häfen & Bäche über Öresund; südöstlich grüßt Köln Bürgermeister äöü"
    )
    assert len(words) <= 100

    def client() -> BelegClient:
        connector = discord_server.connector()
        return BelegClient(desk, connector=connector, timing=Timing(clock=Clock()))

    async with discord_server.running(client()):
        message = await (await member.slash(channel, "search", {"words": words})).final_message()
    async with discord_server.running(client()):
        await (await member.click(message, "Weiter")).final_message()
        assert "Seite 2 von 2" in message.text
        assert words in read(message.content).text


@pytest.mark.usefixtures("client")
async def test_words_that_fit_into_no_button_have_one_page(
    desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await add_many(desk, guild, 6)
    words = "".join(chr(0x4E00 + 37 * i) for i in range(100))
    message = await (await member.slash(channel, "search", {"words": words})).final_message()
    assert "4 · " in read(message.content).text
    assert not message.buttons


@pytest.mark.usefixtures("client")
async def test_an_empty_archive_and_words_that_are_none_are_said(
    desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    exchange = await member.slash(channel, "search", {"words": "Kursk"})
    assert "noch keine Artikel" in (await exchange.final_message()).content
    await desk.add_article(str(guild.id), kursk())
    exchange = await member.slash(channel, "search", {"words": "?!"})
    assert "keine Frage" in (await exchange.final_message()).content


@pytest.mark.usefixtures("client")
async def test_period_and_outlet_limit_what_is_searched_on_every_page(
    desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await add_many(desk, guild, 6)
    other = kursk(outlet="Abendpost", url="https://abendpost.example/kursk")
    await desk.add_article(str(guild.id), other)
    options = {"words": "Kursk", "period": "1.11.2024", "outlet": "tagesblatt"}
    message = await (await member.slash(channel, "search", options)).final_message()
    lines = read(message.content).text.splitlines()
    limits = "Zeitraum: 1. November 2024, ohne Artikel mit unbekanntem Datum · Medium: Tagesblatt"
    assert lines[:2] == ["Gesucht: Kursk", limits]
    await (await member.click(message, "Weiter")).final_message()
    assert "Seite 2 von 2" in message.text
    assert read(message.content).text.splitlines()[1] == limits
    assert "Abendpost" not in message.text
    options = {"words": "Kursk", "period": "2.11.2024"}
    message = await (await member.slash(channel, "search", options)).final_message()
    assert "nichts gefunden" in message.content


async def test_a_period_that_is_none_and_an_unknown_outlet_are_named(
    client: BelegClient, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await client.rules.change(str(guild.id), "Anna", questions_per_hour=1)
    await desk.add_article(str(guild.id), kursk())
    for options, told in (
        ({"period": "irgendwann"}, "irgendwann"),  # and it counts as no question
        ({"outlet": "Kleinblatt"}, "Vorhanden: Tagesblatt"),
    ):
        exchange = await member.slash(channel, "search", {"words": "Kursk", **options})
        assert told in (await exchange.final_message()).content


@pytest.mark.usefixtures("client")
async def test_periods_and_outlets_are_offered_while_they_are_typed(
    desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    typed = {"words": "Kursk", "outlet": "tag"}
    offered = await member.autocomplete(channel, "search", typed, focused="outlet")
    assert [choice["value"] for choice in offered] == ["Tagesblatt"]
    typed = {"words": "Kursk", "period": "heute"}
    offered = await member.autocomplete(channel, "search", typed, focused="period")
    assert offered


async def test_who_may_not_ask_may_not_search_nor_turn_pages(
    client: BelegClient, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await add_many(desk, guild, 6)
    message = await (await member.slash(channel, "search", {"words": "Kursk"})).final_message()
    role = guild.add_role("Leser")
    await client.rules.change(str(guild.id), "Anna", ask_role=role.id)
    for exchange in (
        await member.slash(channel, "search", {"words": "Kursk"}),
        await member.click(message, "Weiter"),
    ):
        last = await exchange.final_message(matching=lambda one: "Rolle" in one.content)
        assert last.ephemeral
    member.roles.append(role)
    exchange = await member.slash(channel, "search", {"words": "Kursk"})
    assert "Soldaten" in (await exchange.final_message()).content


async def test_a_search_counts_as_a_question_and_a_page_does_not(
    client: BelegClient, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await client.rules.change(str(guild.id), "Anna", questions_per_hour=1)
    await add_many(desk, guild, 6)
    message = await (await member.slash(channel, "search", {"words": "Kursk"})).final_message()
    await (await member.click(message, "Weiter")).final_message()
    assert "Seite 2" in message.text
    exchange = await member.slash(channel, "search", {"words": "Kursk"})
    assert "Fragen für diese Stunde sind aufgebraucht" in (await exchange.final_message()).content


async def test_a_server_with_short_excerpts_has_them_here_too(
    client: BelegClient, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await desk.add_article(
        str(guild.id), kursk(text=f"{SENTENCE} {'Und das ist ein langer Satz ' * 5}.")
    )
    await client.rules.change(str(guild.id), "Anna", excerpt_characters=100)
    message = await (await member.slash(channel, "search", {"words": SENTENCE})).final_message()
    assert read(message.content).text.splitlines()[-1] == f"»{SENTENCE}«"


def test_the_command_is_named_in_both_languages() -> None:
    command = search_command(None, None, None)  # type: ignore[arg-type]  # it is not called
    assert command.name == "search"
    assert command.guild_only
