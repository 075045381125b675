from __future__ import annotations

from typing import Any

import pytest
from discord import Permissions
from discord.utils import snowflake_time

from bot.client import BelegClient
from bot.desk import Desk
from bot.language import say
from bot.news.chart import Chart, ImageKind
from bot.timing import Timing
from bot.types import Answer, Language
from index.types import DateOrigin, Published
from tests.bot.conftest import kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member, Message
from tests.discord_server.model import Overwrite
from tests.fakes import Clock

QUESTION = "Wie viele Soldaten sind in der Region Kursk?"
DEVELOPED = "Wie hat sich die Zahl der Soldaten in der Region Kursk entwickelt?"


async def stock(desk: Desk, guild: Guild, values: tuple[int, ...] = (8000, 11000)) -> None:
    for number, value in enumerate(values, start=1):
        await desk.add_article(
            str(guild.id),
            kursk(
                text=f"Bericht {number} aus Kiew. Rund {value} Soldaten sind nach Angaben der USA"
                f" in der Region Kursk. Blatt {number} fragte {'nach ' * number}.",
                url=f"https://blatt{number}.example/kursk",
                outlet=f"Blatt {number}",
                published=Published.parse(f"2024-11-{number:02}T08:00:00+00:00", DateOrigin.GIVEN),
            ),
        )


@pytest.fixture
async def stocked(desk: Desk, guild: Guild, client: BelegClient) -> Desk:
    await stock(desk, guild)
    return desk


def check(message: Message) -> None:
    shown = read(message.content).text
    assert "rund 8.000" in shown
    assert "rund 11.000" in shown
    assert shown.index("8.000") < shown.index("11.000")
    (picture,) = message.attachments
    assert picture.filename == "verlauf.png"
    assert picture.data.startswith(b"\x89PNG")
    assert picture.description is not None
    assert "rund 11.000 (Blatt 2)" in picture.description
    assert not message.pings


async def test_all_values_come_in_order_with_a_picture(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    exchange = await member.slash(channel, "timeline", {"question": QUESTION})
    message = await exchange.final_message()
    check(message)
    assert exchange.deferred
    assert not message.ephemeral


@pytest.mark.parametrize("question", [DEVELOPED, f"<@1> {DEVELOPED}"])
async def test_a_question_how_something_went_is_answered_so_by_ask(
    stocked: Desk, channel: Channel, member: Member, question: str
) -> None:
    check(await (await member.slash(channel, "ask", {"question": question})).final_message())


async def test_a_question_how_something_went_is_answered_so_in_a_message(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    await member.say(channel, f"<@bot> {DEVELOPED}")
    check(await channel.next_message())


async def test_it_can_be_for_oneself_and_limited_in_time_and_outlet(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    given = {"question": QUESTION, "share": "me", "period": "2024-11-02", "outlet": "Blatt 2"}
    message = await (await member.slash(channel, "timeline", given)).final_message()
    assert message.ephemeral
    assert "8.000" not in message.content
    assert "11.000" in message.content
    offered = await member.autocomplete(channel, "timeline", {"outlet": "bl"}, focused="outlet")
    assert {one["name"] for one in offered} == {"Blatt 1", "Blatt 2"}


@pytest.mark.usefixtures("client")
async def test_where_no_article_says_anything_the_person_hears_what_was_searched(
    channel: Channel, member: Member
) -> None:
    message = await (
        await member.slash(channel, "timeline", {"question": QUESTION})
    ).final_message()
    assert say(Language.GERMAN, "answer.archive_empty") in message.content
    assert message.attachments == []


async def test_what_cannot_be_asked_is_told_to_the_person_alone(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    for given in ({"question": "?!"}, {"question": QUESTION, "period": "irgendwann"}):
        message = await (await member.slash(channel, "timeline", given)).final_message()
        assert message.ephemeral


async def test_without_the_right_to_attach_files_the_words_come_alone(
    stocked: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    channel.overwrites[guild.id] = Overwrite(deny=Permissions(attach_files=True))
    message = await (
        await member.slash(channel, "timeline", {"question": QUESTION})
    ).final_message()
    assert "11.000" in message.content
    assert message.attachments == []


async def test_where_no_picture_can_be_drawn_the_words_come_alone(
    stocked: Desk, channel: Channel, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_chart: Chart, _kind: ImageKind = ImageKind.PNG) -> None:
        return None

    monkeypatch.setattr(stocked, "draw", fail)
    message = await (
        await member.slash(channel, "timeline", {"question": QUESTION})
    ).final_message()
    assert "11.000" in message.content
    assert message.attachments == []


async def test_pages_are_turned_after_a_restart_and_the_picture_stays(
    discord_server: DiscordServer, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    def client() -> BelegClient:
        return BelegClient(desk, connector=discord_server.connector(), timing=Timing(clock=Clock()))

    await stock(desk, guild, tuple(range(1000, 17000, 1000)))
    async with discord_server.running(client()):
        asked = await member.slash(channel, "timeline", {"question": QUESTION})
        message = await asked.final_message()
        assert "Seite 1 von" in message.text
        first = message.content
    async with discord_server.running(client()):
        await (await member.click(message, "Weiter")).final_message()
    assert "Seite 2 von" in message.text
    assert message.content != first
    assert len(message.attachments) == 1


@pytest.mark.usefixtures("client")
async def test_a_page_stays_in_the_language_of_the_others_and_at_the_day_of_the_question(
    desk: Desk, guild: Guild, channel: Channel, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stock(desk, guild, tuple(range(1000, 17000, 1000)))
    asked = await member.slash(channel, "timeline", {"question": QUESTION})
    message = await asked.final_message()
    moments = []
    ask = desk.ask

    async def noting(*values: Any, **named: Any) -> Answer:
        moments.append(named["now"])
        return await ask(*values, **named)

    monkeypatch.setattr(desk, "ask", noting)
    await (await guild.add_member("Cora", locale="en-US").click(message, "Weiter")).final_message()
    assert "Seite 2 von" in message.text
    assert moments == [snowflake_time(message.id)]


async def test_who_may_not_ask_sees_no_timeline_and_turns_no_page(
    client: BelegClient, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await stock(desk, guild, tuple(range(1000, 17000, 1000)))
    message = await (
        await member.slash(channel, "timeline", {"question": QUESTION})
    ).final_message()
    role = guild.add_role("Fragende")
    await client.rules.change(str(guild.id), "Anna", ask_role=role.id)
    refused = await (
        await member.slash(channel, "timeline", {"question": QUESTION})
    ).final_message()
    assert refused.ephemeral
    assert f"<@&{role.id}>" in refused.content
    turned = await (await member.click(message, "Weiter")).final_message()
    assert turned.ephemeral
    assert f"<@&{role.id}>" in turned.content
