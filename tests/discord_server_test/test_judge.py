"""For each rule of the double: break it, and see that it is noticed and answered as by Discord."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import aiohttp
import discord
import pytest
from discord import Permissions

from tests.discord_server import (
    Channel,
    DiscordRuleError,
    DiscordServer,
    Guild,
    Member,
    Rule,
)
from tests.discord_server_test.example_bot import ExampleBot


def broken(server: DiscordServer) -> list[Rule]:
    """Hand out the rules broken so far, so that the fixture does not fail the test."""
    return [violation.rule for violation in server.take_violations()]


def command(bot: ExampleBot, name: str, handler: Any) -> None:
    """Replace what a command of the example bot does."""
    found = bot.tree.get_command(name)
    assert isinstance(found, discord.app_commands.Command)
    found._callback = handler


async def test_a_violation_fails_the_test_at_the_end() -> None:
    with pytest.raises(DiscordRuleError, match="unknown route: GET /nowhere"):
        async with DiscordServer() as server:
            await request(server, "GET", "/nowhere")


async def test_a_violation_does_not_hide_the_tests_own_failure() -> None:
    with pytest.raises(ValueError, match="mine") as caught:
        await fail_in_double()
    assert "unknown route" in caught.value.__notes__[0]


async def fail_in_double() -> None:
    async with DiscordServer() as server:
        await request(server, "GET", "/nowhere")
        raise ValueError("mine")


async def request(server: DiscordServer, method: str, path: str, **more: Any) -> int:
    headers = {"Authorization": f"Bot {server.token}"} | more.pop("headers", {})
    async with (
        aiohttp.ClientSession(connector=server.connector()) as session,
        session.request(
            method, f"https://discord.com/api/v10{path}", headers=headers, **more
        ) as response,
    ):
        return response.status


async def test_an_unknown_route(discord_server: DiscordServer) -> None:
    assert await request(discord_server, "GET", "/guilds/1/emojis") == 404
    assert await request(discord_server, "PUT", "/users/@me") == 405
    assert broken(discord_server) == [Rule.UNKNOWN_ROUTE, Rule.UNKNOWN_ROUTE]


async def test_a_wrong_content_type(discord_server: DiscordServer, channel: Channel) -> None:
    path = f"/channels/{channel.id}/messages"
    headers = {"Content-Type": "text/plain"}
    assert await request(discord_server, "POST", path, data=b"{}", headers=headers) == 400
    headers = {"Content-Type": "application/json"}
    assert await request(discord_server, "POST", path, data=b"{", headers=headers) == 400
    assert broken(discord_server) == [Rule.CONTENT_TYPE, Rule.CONTENT_TYPE]


async def test_a_body_of_another_shape(discord_server: DiscordServer, channel: Channel) -> None:
    path = f"/channels/{channel.id}/messages"
    assert await request(discord_server, "POST", path, json={"embeds": ["text"]}) == 400
    assert broken(discord_server) == [Rule.UNREADABLE]


async def test_no_other_host_can_be_reached(discord_server: DiscordServer) -> None:
    async with aiohttp.ClientSession(connector=discord_server.connector()) as session:
        for address in ("https://example.org/", f"https://127.0.0.1:{discord_server.port}/"):
            with pytest.raises(OSError, match="refuses to go to"):
                await session.get(address)


async def test_a_wrong_token_is_refused(discord_server: DiscordServer) -> None:
    client = ExampleBot(discord_server)
    with pytest.raises(discord.LoginFailure):
        await asyncio.wait_for(client.start("another token"), 5)
    await client.close()


async def test_privileged_intents_must_be_granted(discord_server: DiscordServer) -> None:
    client = ExampleBot(discord_server, intents=discord.Intents(guilds=True, members=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await asyncio.wait_for(client.start(discord_server.token), 5)
    await client.close()


async def test_a_text_that_is_too_long(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    place = bot.get_partial_messageable(channel.id)
    await place.send("ä" * 2000)
    with pytest.raises(discord.HTTPException, match="In content: Must be 2000") as refused:
        await place.send("ä" * 2001)
    assert refused.value.code == 50035
    with pytest.raises(discord.HTTPException, match="In content"):
        await place.send("😀" * 1001)
    assert broken(discord_server) == [Rule.INVALID_FORM] * 2
    assert len(channel.messages) == 1


async def test_an_empty_message(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    with pytest.raises(discord.HTTPException, match="50006"):
        await bot.get_partial_messageable(channel.id).send(" ")
    assert broken(discord_server) == [Rule.EMPTY_MESSAGE]


async def test_an_edit_that_breaks_a_limit_changes_nothing(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async def handle(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("kurz")
        with pytest.raises(discord.HTTPException):
            await interaction.edit_original_response(content="a" * 2001)

    command(bot, "form", handle)
    exchange = await member.slash(channel, "form")
    await discord_server.wait_until(lambda: discord_server.violations, "no violation")
    assert (await exchange.final_message()).content == "kurz"
    assert broken(discord_server) == [Rule.INVALID_FORM]


async def test_new_components_do_not_mix_with_old_text(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    place = bot.get_partial_messageable(channel.id)
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay("neu"))
    sent = await place.send("alt")
    with pytest.raises(discord.HTTPException, match="must be emptied"):
        await sent.edit(view=view)
    await sent.edit(content=None, view=view)
    path = f"/channels/{channel.id}/messages/{sent.id}"
    assert await request(discord_server, "PATCH", path, json={"flags": 0}) == 400
    assert broken(discord_server) == [Rule.INVALID_FORM] * 2


async def test_nothing_but_privacy_can_be_decided_by_deferring(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async def handle(interaction: discord.Interaction[Any]) -> None:
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        body = {"type": 5, "data": {"flags": 1 << 15 | 1 << 6}}
        await request(discord_server, "POST", path, json=body)
        await interaction.followup.send("alter Text", ephemeral=True)

    command(bot, "form", handle)
    message = await (await member.slash(channel, "form")).final_message()
    assert (message.content, message.ephemeral) == ("alter Text", True)


async def test_an_interaction_is_known_by_its_token(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    exchange = await member.slash(channel, "ask", {"question": "a"})
    path = f"/interactions/{exchange.interaction.id}/guessed/callback"
    assert await request(discord_server, "POST", path, json={"type": 5}) == 404
    assert await request(discord_server, "GET", "/webhooks/1/guessed/messages/@original") == 404
    await exchange.final_message()


async def test_more_than_ten_files(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    files = [discord.File(io.BytesIO(b"a"), f"{number}.txt") for number in range(11)]
    with pytest.raises(discord.HTTPException, match="30015"):
        await bot.get_partial_messageable(channel.id).send(files=files)
    assert broken(discord_server) == [Rule.TOO_LARGE]


async def test_a_second_first_response(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.allow(Rule.SECOND_RESPONSE)
    exchange = await member.slash(channel, "ask", {"question": "a"})
    await exchange.final_message()
    discord_server.replay(exchange)
    await discord_server.wait_until(lambda: discord_server.judge.passed_over, "no violation")
    assert discord_server.requests[-1].status == 400
    assert discord_server.violations == []


async def test_a_first_response_after_three_seconds(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async def handle(interaction: discord.Interaction[Any]) -> None:
        discord_server.clock.advance(3.1)
        with pytest.raises(discord.NotFound, match="10062"):
            await interaction.response.defer()

    command(bot, "form", handle)
    await member.slash(channel, "form")
    await discord_server.wait_until(lambda: discord_server.violations, "no violation")
    discord_server.expire_tokens()  # so that it is not also missed at the end
    assert broken(discord_server) == [Rule.LATE_RESPONSE]


async def test_no_response_at_all(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    called = asyncio.Event()

    async def handle(interaction: discord.Interaction[Any]) -> None:
        called.set()

    command(bot, "form", handle)
    await member.slash(channel, "form")
    await called.wait()
    discord_server.clock.advance(3.1)
    discord_server._judge_unfinished()
    discord_server.expire_tokens()
    assert broken(discord_server) == [Rule.NO_RESPONSE]


async def test_thinking_that_never_ends(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async def handle(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()

    command(bot, "form", handle)
    exchange = await member.slash(channel, "form")
    await exchange.first_response()
    discord_server._judge_unfinished()
    assert broken(discord_server) == [Rule.LEFT_THINKING]
    discord_server.allow(Rule.LEFT_THINKING)
    with pytest.raises(AssertionError, match="no answer to /form by Ben"):
        await exchange.final_message(within=0.01)


async def test_a_follow_up_before_the_first_response(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async def handle(interaction: discord.Interaction[Any]) -> None:
        with pytest.raises(discord.NotFound, match="10015"):
            await interaction.followup.send("zu früh")
        await interaction.response.send_message("jetzt")

    command(bot, "form", handle)
    exchange = await member.slash(channel, "form")
    assert (await exchange.final_message()).content == "jetzt"
    assert broken(discord_server) == [Rule.FOLLOW_UP_FIRST]


async def test_a_follow_up_that_would_not_be_private(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async def handle(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        await interaction.followup.send("geheim?", ephemeral=True)

    command(bot, "form", handle)
    exchange = await member.slash(channel, "form")
    message = await exchange.final_message()
    assert (message.content, message.ephemeral) == ("geheim?", False)
    assert broken(discord_server) == [Rule.EPHEMERAL_MISMATCH]


async def test_an_edit_after_the_tokens_end(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    kept: list[discord.Interaction[Any]] = []

    async def handle(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("eins")
        kept.append(interaction)

    command(bot, "form", handle)
    await (await member.slash(channel, "form")).final_message()
    await discord_server.wait_until(lambda: kept, "no interaction")
    discord_server.clock.advance(15 * 60)
    with pytest.raises(discord.HTTPException, match="50027"):
        await kept[0].edit_original_response(content="zwei")
    assert broken(discord_server) == [Rule.EXPIRED_TOKEN]


async def test_a_form_that_answers_a_form(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    modal = await (await member.slash(channel, "form")).modal()
    exchange = await modal.submit({"Frage": "a"})
    await exchange.final_message()
    path = f"/interactions/{exchange.interaction.id}/{exchange.interaction.token}/callback"
    exchange.interaction.callback = None
    assert await request(discord_server, "POST", path, json={"type": 9, "data": {}}) == 400
    assert broken(discord_server) == [Rule.WRONG_RESPONSE_TYPE]


async def test_an_upload_that_is_too_large(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel
) -> None:
    file = discord.File(io.BytesIO(bytes(10 * 1024 * 1024 + 1)), "a.bin")
    with pytest.raises(discord.HTTPException, match="40005"):
        await bot.get_partial_messageable(channel.id).send(file=file)
    assert broken(discord_server) == [Rule.TOO_LARGE]


async def test_a_channel_where_the_bot_may_not_write(
    bot: ExampleBot, discord_server: DiscordServer, guild: Guild, channel: Channel
) -> None:
    place = bot.get_partial_messageable(channel.id)
    channel.set_permissions(guild.bot_member, deny=Permissions(send_messages=True))
    with pytest.raises(discord.Forbidden, match="50013"):
        await place.send("a")
    channel.set_permissions(guild.everyone, deny=Permissions(view_channel=True))
    channel.set_permissions(guild.bot_member)
    with pytest.raises(discord.Forbidden, match="50001"):
        await place.send("a")
    channel.set_permissions(guild.bot_member, allow=Permissions(view_channel=True))
    await place.send("a")
    channel.set_permissions(guild.bot_member, allow=Permissions(view_channel=True), deny=EMBEDS)
    with pytest.raises(discord.Forbidden, match="50013"):
        await place.send(embed=discord.Embed(title="a"))
    channel.set_permissions(guild.bot_member, allow=Permissions(view_channel=True), deny=FILES)
    with pytest.raises(discord.Forbidden, match="50013"):
        await place.send(file=discord.File(io.BytesIO(b"a"), "a.txt"))
    with pytest.raises(discord.Forbidden, match="50013"):
        await place.send("b", reference=place.get_partial_message(channel.messages[0].id))
    assert broken(discord_server) == [Rule.MISSING_PERMISSIONS] * 5


EMBEDS = Permissions(embed_links=True)
FILES = Permissions(attach_files=True, read_message_history=True)


async def test_somebody_elses_message(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    message = await member.say(channel, "meins")
    partial = bot.get_partial_messageable(channel.id).get_partial_message(message.id)
    with pytest.raises(discord.Forbidden, match="50005"):
        await partial.edit(content="deins")
    with pytest.raises(discord.Forbidden, match="50013"):
        await partial.delete()
    assert broken(discord_server) == [Rule.FOREIGN_MESSAGE, Rule.MISSING_PERMISSIONS]


async def test_too_many_gateway_messages(bot: ExampleBot, discord_server: DiscordServer) -> None:
    for _ in range(130):
        await bot.ws.socket.send_str('{"op": 1, "d": null}')
    await discord_server.wait_until(lambda: discord_server.violations, "no violation")
    assert broken(discord_server) == [Rule.GATEWAY_FLOOD]


async def test_a_gateway_message_that_discord_does_not_know(
    bot: ExampleBot, discord_server: DiscordServer
) -> None:
    await bot.ws.socket.send_str('{"op": 99, "d": null}')
    await discord_server.wait_until(lambda: discord_server.violations, "no violation")
    assert broken(discord_server) == [Rule.GATEWAY_PAYLOAD]
    await discord_server.wait_until(lambda: bot.resumed, "no resume")


async def test_too_many_choices(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async def complete(interaction: discord.Interaction[Any], current: str) -> list[Any]:
        choices = [discord.app_commands.Choice(name=str(n), value=str(n)) for n in range(26)]
        with pytest.raises(discord.HTTPException, match="50035"):
            await interaction.response.autocomplete(choices)
        return []

    found = bot.tree.get_command("ask")
    assert isinstance(found, discord.app_commands.Command)
    found.autocomplete("question")(complete)
    assert await member.autocomplete(channel, "ask", {"question": "a"}, focused="question") == []
    assert broken(discord_server) == [Rule.INVALID_FORM]


async def test_commands_that_discord_refuses(
    bot: ExampleBot, discord_server: DiscordServer
) -> None:
    @bot.tree.command(description="a" * 101)
    async def long(interaction: discord.Interaction[Any]) -> None: ...

    with pytest.raises(discord.app_commands.CommandSyncFailure, match="Must be between 1 and 100"):
        await bot.tree.sync()
    assert broken(discord_server) == [Rule.INVALID_FORM]
