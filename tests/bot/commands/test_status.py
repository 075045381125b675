from __future__ import annotations

import pytest

from bot.desk import Desk
from tests.bot.conftest import QUESTION, kursk
from tests.discord_server import Channel, Guild, Member

pytestmark = pytest.mark.usefixtures("client")


async def test_an_administrator_sees_how_the_archive_fares(
    desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    exchange = await admin.slash(channel, "status")
    message = await exchange.final_message()
    assert exchange.deferred
    assert message.ephemeral
    assert "**Artikel**: 1 (1. November 2024)" in message.content
    assert "**Modell**: hashing" in message.content
    assert "discord.py" in message.content


async def test_the_votes_on_answers_are_counted_there(
    desk: Desk, guild: Guild, channel: Channel, admin: Member, member: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    answer = await (await member.slash(channel, "ask", {"question": QUESTION})).final_message()
    await (await member.click(answer, "Hilfreich")).final_message()
    message = await (await admin.slash(channel, "status")).final_message()
    assert "1 hilfreich, 0 falsch" in message.content


async def test_nobody_else_does(channel: Channel, member: Member) -> None:
    exchange = await member.slash(channel, "status", enforce_permissions=False)
    assert "Das darf nur" in (await exchange.final_message()).content
