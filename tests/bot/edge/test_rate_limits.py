"""A pause that Discord asks for is kept, unless the answer would come too late."""

from __future__ import annotations

import pytest

from bot.client import BelegClient
from bot.counters import Trouble
from tests.bot.conftest import QUESTION
from tests.bot.edge.conftest import (
    ASKED,
    CALLBACK,
    EDIT,
    MESSAGES,
    Way,
    at_every_request,
    counted,
    recovers,
)
from tests.discord_server import Channel, DiscordServer, Member, Rule


@pytest.mark.fault(4)
@pytest.mark.parametrize("is_global", [False, True], ids=["bucket", "global"])
@at_every_request
async def test_a_question_waits_out_a_rate_limit(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    place: tuple[str, str],
    way: Way,
    is_global: bool,
) -> None:
    fault = discord_server.rate_limit_next(*place, retry_after=0.02, is_global=is_global)
    answers = await way(channel, member)
    await recovers(channel, member)
    assert (fault.hits, len(answers())) == (1, 1)
    assert client.counters.counts == {}


@pytest.mark.fault(4)
async def test_a_ban_by_the_proxy_in_front_of_discord_ends_quietly(
    client: BelegClient, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.rate_limit_next(*MESSAGES, via=False)
    await member.say(channel, f"<@bot> {QUESTION}")
    await counted(client, discord_server, Trouble.RATE_LIMITED)
    assert not channel.from_bot
    await recovers(channel, member)


@pytest.mark.fault(4)
@pytest.mark.parametrize(
    ("place", "retry_after"),
    [(CALLBACK, 65), (CALLBACK, 3600), (EDIT, 65), (EDIT, 3600), (MESSAGES, 65), (MESSAGES, 3600)],
    ids=["callback 65", "callback 3600", "edit 65", "edit 3600", "message 65", "message 3600"],
)
@pytest.mark.parametrize("is_global", [False, True], ids=["bucket", "global"])
async def test_a_pause_that_is_longer_than_the_answer_is_worth_is_not_waited_for(
    client: BelegClient,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    place: tuple[str, str],
    retry_after: float,
    is_global: bool,
) -> None:
    discord_server.allow(Rule.LEFT_THINKING)
    fault = discord_server.rate_limit_next(*place, retry_after=retry_after, is_global=is_global)
    if place == MESSAGES:
        await member.say(channel, f"<@bot> {QUESTION}")
    else:
        await member.slash(channel, "ask", ASKED)
    await counted(client, discord_server, Trouble.RATE_LIMITED)
    assert fault.hits == 1  # Discord counts those who ask all the same
