"""Whom a message notifies."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.discord_server import Channel, DiscordServer, Guild, Member, Pings
from tests.discord_server.pings import (
    INTERACTION_DEFAULT,
    MESSAGE_DEFAULT,
    NOBODY,
    compute_pings,
)
from tests.discord_server_test.example_bot import ExampleBot

TEXT = "<@1> <@!2> <@&3> @everyone"
ALL = Pings(frozenset({1, 2}), frozenset({3}), everyone=True)


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        (None, ALL),
        ({}, NOBODY),
        ({"parse": []}, NOBODY),
        ({"parse": ["everyone"]}, Pings(everyone=True)),
        ({"parse": ["users"]}, Pings(frozenset({1, 2}))),
        ({"parse": ["roles"]}, Pings(roles=frozenset({3}))),
        ({"parse": [], "users": ["2", "9"]}, Pings(frozenset({2}))),
        ({"parse": [], "roles": ["3"]}, Pings(roles=frozenset({3}))),
    ],
)
def test_allowed_mentions_decide(allowed: dict[str, Any] | None, expected: Pings) -> None:
    assert compute_pings(TEXT, allowed, default=MESSAGE_DEFAULT) == expected


def test_an_answer_to_an_interaction_pings_users_by_default() -> None:
    expected = Pings(frozenset({1, 2}))
    assert compute_pings(TEXT, None, default=INTERACTION_DEFAULT) == expected


@pytest.mark.parametrize("text", ["@here", "Hallo @everyone!", "`@everyone`", "@@here"])
def test_everyone_is_found_anywhere(text: str) -> None:
    assert compute_pings(text, None, default=MESSAGE_DEFAULT).everyone


@pytest.mark.parametrize("text", ["@\u200beveryone", "everyone", "<@ 1>", "<#1>", "a@b.test"])
def test_what_only_looks_like_a_mention_pings_nobody(text: str) -> None:
    assert not compute_pings(text, None, default=MESSAGE_DEFAULT)


def test_a_reply_pings_unless_told_otherwise() -> None:
    for allowed, pinged in ((None, {7}), ({"parse": []}, set()), ({"replied_user": True}, {7})):
        pings = compute_pings("", allowed, default=MESSAGE_DEFAULT, replied_to=7)
        assert pings.users == pinged


async def test_a_careless_message_is_seen_to_ping(
    bot: ExampleBot, guild: Guild, channel: Channel, member: Member
) -> None:
    role = guild.add_role("Redaktion", mentionable=True)
    text = f"@everyone {role.mention} {member.mention}"
    place = bot.get_partial_messageable(channel.id)
    careful = await place.send(text)
    await place.send(text, allowed_mentions=discord.AllowedMentions.all())
    first, second = channel.from_bot
    assert first.id == careful.id
    assert not first.pings
    assert second.pings == Pings(frozenset({member.id}), frozenset({role.id}), everyone=True)
    assert second.mentions == [member.user]


async def test_an_edit_that_pings_is_remembered(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    sent = await bot.get_partial_messageable(channel.id).send("a")
    everybody = discord.AllowedMentions.all()
    await sent.edit(content=member.mention, allowed_mentions=everybody)
    await sent.edit(content="b")
    assert channel.from_bot[0].pings.users == {member.id}


async def test_a_quiet_reply_stays_quiet_when_edited(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    bot._connection.allowed_mentions = None
    await member.say(channel, "<@bot> hallo")
    await channel.next_message()
    heard = next(message for message in bot.seen if message.author.id == member.id)
    sent = await heard.reply("ja", mention_author=False)
    await sent.edit(content="doch")
    assert not channel.from_bot[-1].pings
    await heard.reply("ja")
    assert channel.from_bot[-1].pings.users == {member.id}


async def test_new_components_ping_and_embeds_do_not(bot: ExampleBot, channel: Channel) -> None:
    place = bot.get_partial_messageable(channel.id)
    everybody = discord.AllowedMentions.all()
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay("@everyone"))
    await place.send(view=view, allowed_mentions=everybody)
    await place.send(embed=discord.Embed(description="@everyone"), allowed_mentions=everybody)
    assert [bool(message.pings) for message in channel.from_bot] == [True, False]


async def test_an_edited_deferral_can_ping(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    bot._connection.allowed_mentions = None
    exchange = await member.slash(channel, "ask", {"question": f"@everyone {member.mention}"})
    assert (await exchange.final_message()).pings == Pings(frozenset({member.id}))
