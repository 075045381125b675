"""What can go wrong between Beleg and Discord: at most one answer, no traceback, recovery alone."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.client import BelegClient
from bot.counters import Trouble
from bot.desk import Desk
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member, Message

ASKED = {"question": QUESTION}
CALLBACK = ("POST", "/interactions/*/callback")
EDIT = ("PATCH", "/webhooks/*/messages/@original")

MESSAGES = ("POST", "/channels/*/messages")
TYPING = ("POST", "/channels/*/typing")


@pytest.fixture(autouse=True)
async def stocked(desk: Desk, guild: Guild, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    await desk.add_article(str(guild.id), kursk())


@pytest.fixture(autouse=True)
def no_traceback(stocked: None, caplog: pytest.LogCaptureFixture) -> object:
    yield
    assert "Traceback" not in caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def is_answer(message: Message) -> bool:
    return SENTENCE in read(message.content).text


# Asks, waits for the answer, and returns what shows all answers to that, those to come included.
Way = Callable[[Channel, Member], Awaitable[Callable[[], Sequence[Message]]]]


async def by_command(channel: Channel, member: Member) -> Callable[[], Sequence[Message]]:
    exchange = await member.slash(channel, "ask", ASKED)
    assert is_answer(await exchange.final_message())
    return lambda: exchange.messages


async def by_mention(channel: Channel, member: Member) -> Callable[[], Sequence[Message]]:
    question = await member.say(channel, f"<@bot> {QUESTION}")
    assert is_answer(await channel.next_message())
    return lambda: [one for one in channel.from_bot if one.reference is question]


# Every request that an answer takes, and how one asks so that it is made.
at_every_request = pytest.mark.parametrize(
    ("place", "way"),
    [(CALLBACK, by_command), (EDIT, by_command), (MESSAGES, by_mention), (TYPING, by_mention)],
    ids=["callback", "edit", "message", "typing"],
)


async def recovers(channel: Channel, member: Member) -> None:
    """Without a hand: the next question of each kind is answered, once."""
    assert len((await by_command(channel, member))()) == 1
    before = len(channel.from_bot)
    await member.say(channel, f"<@bot> {QUESTION}")
    await channel.server.wait_until(lambda: len(channel.from_bot) > before, "no answer")
    assert len(channel.from_bot) == before + 1
    assert is_answer(channel.from_bot[-1])


async def counted(client: BelegClient, server: DiscordServer, trouble: Trouble) -> None:
    await server.wait_until(lambda: client.counters.counts, "nothing was counted")
    assert client.counters.counts == {trouble: 1}
