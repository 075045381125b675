"""Watches on Discord: a server with an article, and what is said and told there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.desk import Desk
from index.types import DateOrigin, Published
from index.watch_table import Watch, WatchTable
from tests.bot.conftest import QUESTION, kursk
from tests.discord_server import Channel, Guild, Member, Message

DAY = date(2024, 11, 1)


async def say(desk: Desk, guild: Guild, number: int, soldiers: str, who: str = "der USA") -> None:
    """Let an article come in, each some days later than the last."""
    await desk.add_article(
        str(guild.id),
        kursk(
            title=f"Meldung {number}",
            text=f"Am Tag {number} tagte der Rat in Kursk. {soldiers} Soldaten sind nach Angaben"
            f" {who} in der Region Kursk. Russland bestritt die Angaben.",
            url=f"https://nachrichten.example/{number}",
            published=Published(DAY + timedelta(days=3 * number), DateOrigin.GIVEN),
        ),
    )


async def watching(
    member: Member, channel: Channel, question: str = QUESTION, where: str = "here"
) -> Message:
    exchange = await member.slash(channel, "watch new", {"question": question, "where": where})
    return await exchange.final_message()


async def watches(desk: Desk, guild: Guild) -> list[Watch]:
    return await desk.look(str(guild.id), lambda opened: WatchTable(opened.database).all())


def alerts(channel: Channel) -> list[Message]:
    return [one for one in channel.from_bot if "Kursk" in one.content and "Jetzt" in one.content]


@pytest.fixture
async def stocked(desk: Desk, guild: Guild) -> Desk:
    await say(desk, guild, 0, "Rund 8.000")
    return desk
