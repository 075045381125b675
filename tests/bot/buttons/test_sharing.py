"""Where an answer could not be shown to all, it still can be."""

from __future__ import annotations

import pytest

from bot.client import BelegClient
from bot.counters import Trouble
from bot.desk import Desk
from index.errors import StoreError
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member, Message

SHARE = "Für alle zeigen"
CALLBACK = ("POST", "/interactions/*/callback")
FOLLOW_UP = ("POST", "/webhooks/*")


@pytest.fixture
async def private(
    desk: Desk,
    guild: Guild,
    channel: Channel,
    member: Member,
    client: BelegClient,
) -> Message:
    """Answer a question for one person alone."""
    await desk.add_article(str(guild.id), kursk())
    exchange = await member.slash(channel, "ask", {"question": QUESTION, "share": "me"})
    return await exchange.final_message()


def labels(message: Message) -> list[str]:
    return [button["label"] for button in message.buttons]


async def told_why_not(member: Member, private: Message) -> str:
    """Press the button, and return what is said to whoever did where it comes to nothing."""
    exchange = await member.click(private, SHARE)
    told = await exchange.final_message(matching=lambda message: message.id != private.id)
    assert told.ephemeral
    assert SHARE in labels(private)
    return told.content


async def shares(member: Member, private: Message, channel: Channel) -> None:
    """Press it again: the answer is there for all, once, and the button is gone."""
    before = len(channel.from_bot)
    exchange = await member.click(private, SHARE)
    shown = await exchange.final_message(matching=lambda message: not message.ephemeral)
    assert SENTENCE in read(shown.content).text
    assert len(channel.from_bot) == before + 1
    assert SHARE not in labels(private)


@pytest.mark.parametrize(
    ("status", "code", "said", "trouble"),
    [
        (403, 50013, "Discord hat die Antwort hier nicht", Trouble.PERMISSION_WITHDRAWN),
        (403, 50001, "Discord hat die Antwort hier nicht", Trouble.PERMISSION_WITHDRAWN),
        (400, 200000, "Discord hat die Antwort hier nicht", Trouble.OTHER),
        (500, 0, "Discord hat nicht geantwortet.", Trouble.OUTAGE),
        (0, 0, "Discord hat nicht geantwortet.", Trouble.OUTAGE),
    ],
    ids=["forbidden", "no access", "blocked words", "outage", "reset"],
)
async def test_what_discord_does_not_take_can_be_shared_again(
    discord_server: DiscordServer,
    client: BelegClient,
    channel: Channel,
    member: Member,
    private: Message,
    *,
    status: int,
    code: int,
    said: str,
    trouble: Trouble,
) -> None:
    discord_server.fail_next(*FOLLOW_UP, status or 500, code=code, drop=not status)
    assert (await told_why_not(member, private)).startswith(said)
    assert client.counters.counts == {trouble: 1}
    await shares(member, private, channel)


async def test_who_may_not_now_may_later(
    client: BelegClient, guild: Guild, channel: Channel, member: Member, private: Message
) -> None:
    await client.rules.change(str(guild.id), "Anna", ask_role=guild.add_role("Leser").id)
    assert "Rolle" in await told_why_not(member, private)
    await client.rules.change(str(guild.id), "Anna", ask_role=None)
    await shares(member, private, channel)


async def test_an_archive_that_fails_once_takes_no_button_away(
    desk: Desk,
    channel: Channel,
    member: Member,
    private: Message,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise StoreError("store_failed", reason="locked")

    with monkeypatch.context() as patched:
        patched.setattr(desk, "ask", fails)
        assert (await told_why_not(member, private)).startswith("Auf die gespeicherten Artikel")
    await shares(member, private, channel)


async def test_a_press_that_discord_does_not_hear_answered_can_be_repeated(
    discord_server: DiscordServer,
    client: BelegClient,
    channel: Channel,
    member: Member,
    private: Message,
) -> None:
    discord_server.fail_next(*CALLBACK, 404, code=10062)
    await member.click(private, SHARE)
    await discord_server.wait_until(lambda: client.counters.counts, "nothing was counted")
    assert SHARE in labels(private)
    await shares(member, private, channel)
