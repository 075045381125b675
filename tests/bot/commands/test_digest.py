from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from bot.timing import Timing
from index.types import DateOrigin, Published
from tests.bot.conftest import kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.fakes import Clock

NOW = datetime(2025, 11, 9, 12, tzinfo=UTC)
MATTERS = (
    "Bei Falkenried ist ein Regionalzug der Südring-Bahn entgleist.",
    "Am Gallberg brennen seit Mittwoch vierzig Hektar Wald.",
    "Die Ziege Hilde gewinnt den großen Preis der Züchter.",
    "Der Elefant Olaf zieht aus dem Zoo in den Zirkus um.",
    "Ein Komet erscheint heute Nacht über dem Nordmeer.",
    "Der Bäcker Krummholz erfindet ein Brot aus Kastanien.",
    "Das Finanzamt verliert vier Lastwagen voller Akten.",
    "Taucher finden vor Sandhörn eine gotische Glocke.",
)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


async def stock(desk: Desk, guild: Guild, count: int) -> None:
    for number, text in enumerate(MATTERS[:count]):
        day = (NOW - timedelta(days=number)).date()
        await desk.add_article(
            str(guild.id),
            kursk(
                title=text.rsplit(maxsplit=1)[-1], text=text,
                url=f"https://blatt.example/{number}", outlet="Blatt",
                published=Published(day, DateOrigin.GIVEN),
            ),
        )  # fmt: skip


@pytest.mark.usefixtures("client")
async def test_what_is_new_comes_with_a_sentence_and_a_source_for_each_story(
    desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await stock(desk, guild, 8)
    exchange = await member.slash(channel, "digest", {})
    message = await exchange.final_message()
    shown = read(message.content)
    assert exchange.deferred
    assert not message.ephemeral
    assert shown.text.startswith("Neu: letzte 7 Tage · 7 Themen, 7 Artikel")
    assert f"»{MATTERS[0]}«" in shown.text
    assert shown.links[0][1].startswith("https://blatt.example/0#:~:text=")
    assert not message.pings


@pytest.mark.usefixtures("client")
async def test_the_period_is_chosen_and_it_can_be_for_oneself(
    desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await stock(desk, guild, 8)
    offered = await member.autocomplete(channel, "digest", {"period": "heu"}, focused="period")
    assert [one["value"] for one in offered][:1] == ["today"]
    given = {"period": "2025-11-07 bis 2025-11-08", "share": "me"}
    message = await (await member.slash(channel, "digest", given)).final_message()
    assert message.ephemeral
    assert MATTERS[1] in message.content
    assert MATTERS[2] in message.content
    assert MATTERS[0] not in message.content


@pytest.mark.usefixtures("client")
async def test_nothing_new_is_said(
    desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    await stock(desk, guild, 1)
    message = await (
        await member.slash(channel, "digest", {"period": "November 2019"})
    ).final_message()
    assert message.content.startswith("**Nichts Neues: ")


@pytest.mark.usefixtures("client")
async def test_what_is_no_period_is_told_to_the_person_alone(
    channel: Channel, member: Member
) -> None:
    message = await (
        await member.slash(channel, "digest", {"period": "irgendwann"})
    ).final_message()
    assert message.ephemeral
    assert "irgendwann" in message.content


async def test_pages_are_turned_after_a_restart(
    discord_server: DiscordServer, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    def client() -> BelegClient:
        timing = Timing(clock=Clock(NOW))
        return BelegClient(desk, connector=discord_server.connector(), timing=timing)

    await stock(desk, guild, 8)
    async with discord_server.running(client()):
        message = await (await member.slash(channel, "digest", {"period": "month"})).final_message()
        assert "Seite 1 von 2" in message.text
    async with discord_server.running(client()):
        await (await member.click(message, "Weiter")).final_message()
    assert "Seite 2 von 2" in message.text
    assert MATTERS[7] in message.content
    assert MATTERS[0] not in message.content


async def test_who_may_not_ask_sees_no_digest(
    client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    role = guild.add_role("Fragende")
    await client.rules.change(str(guild.id), "Anna", ask_role=role.id)
    message = await (await member.slash(channel, "digest", {})).final_message()
    assert message.ephemeral
    assert f"<@&{role.id}>" in message.content
