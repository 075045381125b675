from __future__ import annotations

import asyncio

from bot.client import BelegClient
from bot.guild_settings import GuildSettings
from bot.timing import Timing
from tests.discord_server import Channel, DiscordServer, Member


async def at_once(seconds: float) -> None:
    assert seconds < 3, "Discord waits no longer"
    await asyncio.sleep(0)


async def test_a_form_from_before_a_restart_is_answered_kindly(
    discord_server: DiscordServer, client: BelegClient, channel: Channel, admin: Member
) -> None:
    panel = await (await admin.slash(channel, "settings")).final_message()
    form = await (await admin.click(panel, "Zahlen ändern")).modal()
    await client.close()
    again = BelegClient(
        client.desk, connector=discord_server.connector(), timing=Timing(sleep=at_once)
    )
    async with discord_server.running(again):
        exchange = await form.submit({"log_days": "3"})
        message = await exchange.final_message()
        assert message.ephemeral
        assert "Öffne es bitte noch einmal" in message.content
        assert again.rules.of(str(admin.guild.id)) == GuildSettings()
        discord_server.replay(exchange)
        await (await admin.slash(channel, "help")).final_message()
    assert [one.content for one in exchange.messages] == [message.content]


async def test_what_is_answered_gets_no_second_answer(
    discord_server: DiscordServer, client: BelegClient, channel: Channel, admin: Member
) -> None:
    waits: list[asyncio.Event] = []

    async def held(_seconds: float) -> None:
        waits.append(asyncio.Event())
        await waits[-1].wait()

    client._sleep = held
    panel = await (await admin.slash(channel, "settings")).final_message()
    exchange = await admin.click(panel, "Threads: aus")
    await exchange.final_message(matching=lambda one: "Threads: an" in one.text)
    assert len(waits) == 1
    waits[0].set()
    await (await admin.slash(channel, "help")).final_message()
    assert len(exchange.messages) <= 1
