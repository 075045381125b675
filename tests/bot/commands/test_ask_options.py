from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.client import BelegClient
from bot.commands.ask_options import filter_of, offered_outlets, offered_periods
from bot.desk import Desk
from bot.types import Language
from index.errors import NotFoundError, SettingError
from index.filter import Filter
from index.types import DateOrigin, Published
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member

DE, EN = Language.GERMAN, Language.ENGLISH
TODAY = date(2024, 11, 20)


@pytest.fixture
async def stocked(desk: Desk, guild: Guild, client: BelegClient) -> Desk:
    await desk.add_article(str(guild.id), kursk())
    yesterday = Published(client.today() - timedelta(1), DateOrigin.GIVEN)
    article = kursk(
        text="Der Rat beriet lange. Nur 9.000 Soldaten sind noch in der Region Kursk.",
        outlet="Abendpost",
        url="https://abendpost.example/kursk",
        published=yesterday,
    )
    await desk.add_article(str(guild.id), article)
    return desk


async def ask(member: Member, channel: Channel, **options: str) -> str:
    exchange = await member.slash(channel, "ask", {"question": QUESTION, **options})
    return read((await exchange.final_message()).content).text


async def test_a_question_is_answered_from_the_period_alone(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    text = await ask(member, channel, period="week")
    assert text.startswith("Zeitraum: letzte 7 Tage, ohne Artikel mit unbekanntem Datum\n»")
    assert "Nur 9.000" in text
    assert SENTENCE not in text
    assert "(gestern)" in text
    text = await ask(member, channel, period="1.11.2024")
    assert SENTENCE in text
    assert "9.000" not in text
    assert text.startswith("Zeitraum: 1. November 2024,")


async def test_a_question_is_answered_from_the_outlet_alone(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    text = await ask(member, channel, outlet=" abendPOST ")
    assert text.startswith("Medium: Abendpost\n»")
    assert "Nur 9.000" in text
    assert SENTENCE not in text


async def test_what_was_typed_wrong_is_named(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    text = await ask(member, channel, outlet="**Kleinblatt**")
    assert text == (
        "Vom Medium „**Kleinblatt**“ gibt es hier keine Artikel. Vorhanden: Abendpost, Tagesblatt."
    )
    text = await ask(member, channel, period="bald")
    assert text.startswith("„bald“ verstehe ich nicht als Zeitraum.")


async def test_only_the_asker_sees_an_answer_that_is_to_be_private(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    exchange = await member.slash(channel, "ask", {"question": QUESTION, "share": "me"})
    assert (await exchange.final_message()).ephemeral
    exchange = await member.slash(channel, "ask", {"question": QUESTION, "share": "all"})
    assert not (await exchange.final_message()).ephemeral
    assert not exchange.messages[-1].ephemeral


async def test_what_the_server_has_chosen_counts_unless_the_asker_chooses(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await client.rules.change(str(guild.id), "Anna", public=False)
    exchange = await member.slash(channel, "ask", {"question": QUESTION})
    assert (await exchange.final_message()).ephemeral
    exchange = await member.slash(channel, "ask", {"question": QUESTION, "share": "all"})
    assert not (await exchange.final_message()).ephemeral


async def test_periods_and_outlets_are_offered_while_typing(
    stocked: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    async def offered(who: Member, option: str, typed: str) -> list[str]:
        options = {"question": "Wie", option: typed}
        found = await who.autocomplete(channel, "ask", options, focused=option)
        return [choice["name"] for choice in found]

    assert await offered(member, "period", "") == [
        "heute",
        "letzte 7 Tage",
        "letzte 30 Tage",
        "letzte 12 Monate",
    ]
    john = guild.add_member("John", locale="en-GB")
    assert await offered(john, "period", "30") == ["last 30 days"]
    assert await offered(john, "period", "November 2024") == ["1 November 2024 to 30 November 2024"]
    assert await offered(member, "outlet", "") == ["Abendpost", "Tagesblatt"]
    assert await offered(member, "outlet", "TAGES") == ["Tagesblatt"]
    # Outlets of one server are not offered in another.
    other = discord_server.add_guild("Andere")
    there = other.add_text_channel("allgemein")
    choices = await other.add_member("Ben").autocomplete(
        there, "ask", {"question": "Wie", "outlet": ""}, focused="outlet"
    )
    assert choices == []


async def test_who_may_not_ask_is_offered_no_outlets(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await client.rules.change(str(guild.id), "Anna", ask_role=77)
    options = {"question": "Wie", "outlet": ""}
    assert await member.autocomplete(channel, "ask", options, focused="outlet") == []


async def test_options_and_choices_have_german_names(
    discord_server: DiscordServer, client: BelegClient
) -> None:
    command = discord_server.commands.find(None, "ask", 1)
    assert command is not None
    names = {option["name"]: option["name_localizations"]["de"] for option in command["options"]}
    assert names == {
        "question": "frage",
        "period": "zeitraum",
        "outlet": "medium",
        "share": "sichtbar",
    }
    choices = command["options"][3]["choices"]
    assert [choice["name_localizations"]["de"] for choice in choices] == [
        "für alle",
        "nur für mich",
    ]


def test_every_offered_period_is_understood_when_it_is_sent() -> None:
    for language in Language:
        for typed in ("", "7", "2023", "gestern", "1.11.2024 bis 3.11.2024", "seit 2024-11-01"):
            for choice in offered_periods(typed, language, TODAY):
                assert filter_of(choice.value, None, [], TODAY) is not None
    assert offered_periods("bald", DE, TODAY) == []


def test_many_and_long_outlets_fit_into_what_discord_takes() -> None:
    known = [f"Blatt {number}" for number in range(40)] + ["x" * 101, " "]
    assert len(offered_outlets("", known)) == 25
    assert offered_outlets("x", known) == []


def test_options_become_a_filter() -> None:
    known = ["ORF", "Der  Standard", "orf"]
    assert filter_of(None, None, known, TODAY) is None
    assert filter_of(" ", "", known, TODAY) is None
    assert filter_of(None, "orf", known, TODAY) == Filter(outlets=frozenset({"ORF", "orf"}))
    assert filter_of("today", "der standard", known, TODAY) == Filter(
        TODAY, None, frozenset({"Der  Standard"})
    )
    with pytest.raises(NotFoundError):
        filter_of(None, "krone", [], TODAY)
    with pytest.raises(SettingError):
        filter_of("x", None, known, TODAY)


async def test_quotations_are_no_longer_than_the_server_has_chosen(
    stocked: Desk, client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    await stocked.add_article(
        str(guild.id),
        kursk(
            text="Der Rat beriet lange. Er nannte 7.000 Soldaten " + "und mehr " * 20 + "in Kursk.",
            url="https://nachrichten.example/lang",
            outlet="Langblatt",
        ),
    )
    assert "7.000" in await ask(member, channel, outlet="Langblatt")
    await client.rules.change(str(guild.id), "Anna", excerpt_characters=100)
    text = await ask(member, channel, outlet="Langblatt")
    assert "»" not in text
    assert "nicht zitieren darf" in text
