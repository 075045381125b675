from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from bot.fair_turns import MOST_OWN, FairTurns
from bot.guild_settings import GuildSettings
from bot.types import Language
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, Guild, Member, Message
from tests.fakes import Clock

Change = Callable[..., Awaitable[GuildSettings]]


@pytest.fixture
async def change(desk: Desk, guild: Guild, client: BelegClient) -> Change:
    """Change the settings of a server that has an article."""
    await desk.add_article(str(guild.id), kursk())
    return partial(client.rules.change, str(guild.id), "1")


async def ask(member: Member, channel: Channel) -> Message:
    exchange = await member.slash(channel, "ask", {"question": QUESTION})
    return await exchange.final_message()


async def mention(member: Member, channel: Channel) -> Message:
    said = await member.say(channel, f"<@bot> {QUESTION}")
    return await channel.next_message(after=said)


def answers(message: Message) -> bool:
    assert not message.pings
    return SENTENCE in read(message.content).text


async def test_with_a_role_for_it_nobody_else_asks(
    change: Change, guild: Guild, channel: Channel, admin: Member, member: Member
) -> None:
    role = guild.add_role("Leser")
    reader = guild.add_member("Rita", roles=[role])
    await change(ask_role=role.id)
    for who in (reader, admin):
        assert answers(await ask(who, channel))
        assert answers(await mention(who, channel))
    refused = await ask(member, channel)
    assert refused.content == f"Fragen darf hier nur, wer die Rolle <@&{role.id}> hat."
    assert refused.ephemeral
    assert (await mention(member, channel)).content == refused.content
    assert not refused.pings


async def test_outside_the_chosen_channels_it_says_where_it_answers(
    change: Change, guild: Guild, channel: Channel, member: Member
) -> None:
    open_ = guild.add_text_channel("fragen")
    thread = guild.add_thread(open_, "Kursk", member.user)
    await change(channels=frozenset({open_.id}))
    for where in (open_, thread):
        assert answers(await mention(member, where))
    refused = await ask(member, channel)
    assert refused.ephemeral
    for message in (refused, await mention(member, channel)):
        assert message.content == (
            f"In diesem Kanal antworte ich nicht. Frag mich gern in <#{open_.id}>."
        )


async def test_who_asks_a_lot_hears_when_it_goes_on(
    change: Change, guild: Guild, channel: Channel, member: Member, clock: Clock
) -> None:
    await change(questions_per_hour=2)
    assert answers(await ask(member, channel))
    assert answers(await mention(member, channel))
    until = int((clock.now + timedelta(hours=1)).timestamp()) + 1
    for refused in (await ask(member, channel), await mention(member, channel)):
        assert refused.content == (
            "Deine Fragen für diese Stunde sind aufgebraucht (Grenze hier: 2)."
            f" Die nächste geht <t:{until}:R>."
        )
    assert answers(await ask(guild.add_member("Eva"), channel))
    clock.now += timedelta(hours=1)
    assert answers(await ask(member, channel))


async def test_a_server_may_limit_the_questions_of_all_in_a_day(
    change: Change, guild: Guild, channel: Channel, member: Member, clock: Clock
) -> None:
    await change(questions_per_day=2, questions_per_hour=1)
    assert answers(await ask(member, channel))
    assert "für diese Stunde" in (await ask(member, channel)).content
    assert answers(await ask(guild.add_member("Eva"), channel))
    until = int((clock.now + timedelta(days=1)).timestamp()) + 1
    for refused in (
        await ask(member, channel),
        await mention(guild.add_member("Carl"), channel),
    ):
        assert refused.content == (
            "Für heute sind die Fragen auf diesem Server aufgebraucht (Grenze: 2 in 24 Stunden)."
            f" Die nächste geht <t:{until}:R>."
        )
    clock.now += timedelta(days=1)
    assert answers(await ask(member, channel))


async def test_one_question_of_a_person_is_answered_at_a_time_and_a_few_wait(
    change: Change,
    turns: FairTurns,
    guild: Guild,
    channel: Channel,
    member: Member,
) -> None:
    async with turns.turn(str(guild.id), member.id):
        exchanges = [
            await member.slash(channel, "ask", {"question": QUESTION}) for _ in range(MOST_OWN)
        ]
        async with asyncio.timeout(10):
            while len(turns) < MOST_OWN:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.01)
        for refused in (await ask(member, channel), await mention(member, channel)):
            assert refused.content == (
                "4 Fragen von dir sind noch offen. Warte bitte, bis eine davon beantwortet ist."
            )
        assert answers(await ask(guild.add_member("Eva"), channel))
        assert not any(one.messages for one in exchanges)
    for exchange in exchanges:
        assert answers(await exchange.final_message())


async def test_where_the_server_wants_it_answers_are_private(
    change: Change, channel: Channel, member: Member
) -> None:
    assert not (await ask(member, channel)).ephemeral
    await change(public=False)
    assert (await ask(member, channel)).ephemeral


async def test_a_server_has_its_own_language_for_all(
    change: Change,
    guild: Guild,
    channel: Channel,
    member: Member,
) -> None:
    await change(language=Language.ENGLISH)
    for message in (await ask(member, channel), await mention(member, channel)):
        assert "1 November 2024" in message.content
    await change(language=Language.GERMAN)
    english = guild.add_member("Joe", locale="en-US")
    for message in (await ask(english, channel), await mention(english, channel)):
        assert "1. November 2024" in message.content


async def test_a_role_that_may_add_adds_and_lists_but_removes_nothing(
    change: Change, desk: Desk, guild: Guild, channel: Channel
) -> None:
    role = guild.add_role("Redaktion")
    editor = guild.add_member("Ed", roles=[role])

    async def tell(command: str, **options: str) -> str:
        exchange = await editor.slash(channel, command, options, enforce_permissions=False)
        return (await exchange.final_message()).content

    assert "Das darf nur" in await tell("article list")
    await change(add_roles=frozenset({role.id}))
    assert "1 Artikel" in await tell("article list")
    form = await (await editor.slash(channel, "article add", enforce_permissions=False)).modal()
    added = await form.submit({"text": SENTENCE})
    assert "Hinzugefügt" in (await added.final_message()).content
    assert "Das darf nur" in await tell("article remove", article="1")
    await change(administer_roles=frozenset({role.id}))
    assert "Entfernt" in await tell("article remove", article="1")
    assert len(await desk.headlines(str(guild.id))) == 1
