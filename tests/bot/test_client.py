from __future__ import annotations

import asyncio
import gc
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.client import BelegClient, serve
from bot.desk import Desk
from index.errors import BelegError, SettingError
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.discord_server.network import DoubleConnector


@pytest.fixture(autouse=True)
def _unsettled() -> Iterator[None]:
    """Undo what `serve` does to the garbage collection of the whole process."""
    yield
    gc.unfreeze()


@asynccontextmanager
async def serving(
    desk: Desk, discord_server: DiscordServer, directory: Path | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    token, connector = discord_server.token, discord_server.connector()
    task = asyncio.create_task(serve(desk, token, directory=directory, connector=connector))
    ready = asyncio.create_task(discord_server.wait_until_ready())
    await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
    await ready
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize("token", [None, "", "  \n"])
async def test_without_a_token_it_says_so(
    desk: Desk, discord_server: DiscordServer, token: str | None
) -> None:
    with pytest.raises(SettingError, match="token_missing"):
        await serve(desk, token, connector=discord_server.connector())
    assert not discord_server.requests


@pytest.mark.fault(7)
async def test_a_refused_token_is_tried_once(desk: Desk, discord_server: DiscordServer) -> None:
    with pytest.raises(SettingError, match="token_refused"):
        await serve(desk, "of.somebody.else", connector=discord_server.connector())
    assert len(discord_server.requests) == 1


@pytest.mark.parametrize("token", ["two words", "zwei\nzeilen", "schlüssel"])
async def test_what_can_be_no_token_is_not_even_sent(
    desk: Desk, discord_server: DiscordServer, token: str
) -> None:
    with pytest.raises(SettingError, match="token_refused"):
        await serve(desk, token, connector=discord_server.connector())
    assert not discord_server.requests


async def test_blanks_around_a_token_do_no_harm(desk: Desk, discord_server: DiscordServer) -> None:
    discord_server.token = "a.b.c"
    task = asyncio.create_task(serve(desk, " a.b.c\n", connector=discord_server.connector()))
    await discord_server.wait_until_ready()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.fault(7)
@pytest.mark.parametrize(
    ("code", "error"),
    [(4004, "token_refused"), (4014, "intents_missing"), (4013, "intents_missing")],
)
async def test_a_login_that_discord_takes_back_ends_it(
    desk: Desk, discord_server: DiscordServer, code: int, error: str
) -> None:
    async with serving(desk, discord_server) as task:
        await discord_server.gateway.close(code)
        with pytest.raises(SettingError, match=error):
            await task


async def test_no_way_to_discord_is_said(desk: Desk) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(BelegError, match="discord_unreachable"):
        await serve(desk, "a.b.c", connector=DoubleConnector(port))


async def test_it_ends_when_cancelled(desk: Desk, discord_server: DiscordServer) -> None:
    async with serving(desk, discord_server) as task:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert not discord_server.gateway.connected


async def test_commands_are_registered_once_until_they_change(
    desk: Desk, discord_server: DiscordServer, tmp_path: Path
) -> None:
    for expected in (1, 1):
        async with serving(desk, discord_server, tmp_path):
            assert discord_server.commands.replacements == expected
    (tmp_path / "discord-commands.sha256").write_text("of an older version", encoding="utf-8")
    async with serving(desk, discord_server, tmp_path):
        assert discord_server.commands.replacements == 2


async def test_a_refused_registration_leaves_mentions_working(
    desk: Desk, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.fail_next("PUT", "/applications/*/commands", 403, code=50001)
    async with serving(desk, discord_server):
        await member.say(channel, f"<@bot> {QUESTION}")
        assert "noch keine Artikel" in (await channel.next_message()).content


async def test_after_a_lost_connection_it_answers_again(
    desk: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    async with serving(desk, discord_server):
        await discord_server.gateway.close(4000)
        await discord_server.wait_until_ready()
        exchange = await member.slash(channel, "ask", {"question": QUESTION})
        assert SENTENCE in read((await exchange.final_message()).content).text


async def test_a_button_works_after_a_restart(
    desk: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, admin: Member
) -> None:
    for number in range(9):
        await desk.add_article(str(guild.id), kursk(text=f"Nummer {number}.", url=None))
    async with serving(desk, discord_server):
        message = await (await admin.slash(channel, "article list")).final_message()
    async with serving(desk, discord_server):
        await (await admin.click(message, "Weiter")).final_message()
    assert "Seite 2 von 2" in message.content


async def test_an_answer_that_discord_no_longer_takes_is_logged_once_and_not_repeated(
    desk: Desk,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    async with serving(desk, discord_server):
        discord_server.fail_next("POST", "/interactions/*/callback", 404, code=10062)
        exchange = await member.slash(channel, "ask", {"question": QUESTION})
        await discord_server.wait_until(lambda: "10062" in caplog.text, "nothing was logged")
        await member.say(channel, "<@bot> Was ist neu?")
        await channel.next_message()
    assert not exchange.messages
    assert caplog.text.count("10062") == 1
    assert "Traceback" not in caplog.text
    about = [one for one in discord_server.requests if "/interactions/" in one.path]
    assert len(about) == 1


async def test_a_channel_that_is_closed_to_the_bot_ends_quietly(
    desk: Desk,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    async with serving(desk, discord_server):
        discord_server.fail_next("POST", "/channels/*/messages", 403, code=50013)
        await member.say(channel, f"<@bot> {QUESTION}")
        await discord_server.wait_until(lambda: "50013" in caplog.text, "nothing was logged")
    assert "Traceback" not in caplog.text


async def test_what_is_heard_after_the_end_is_told_to_nobody(client: BelegClient) -> None:
    await client.close()
    client.dispatch("ready")  # as discord.py does two seconds after a login
