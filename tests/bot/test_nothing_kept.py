"""What is left on the disk of a server that keeps no questions, after an evening of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.log import faults_to
from bot.client import BelegClient
from bot.desk import Desk
from index.question_table import QuestionTable
from tests.bot.conftest import QUESTION, kursk
from tests.discord_server import Channel, Guild, Member, Message

PERU = "Warum regiert Zacharias Quittenbaum in Peru?"
FOLLOW_UP = "Und wer hat das bestätigt, Xaver Pflaumenmus?"
SEARCHED = "Streuselkuchenwettbewerb"
TOO_LONG = "Blaubeerpfannkuchen " * 90
UNREADABLE = "Holunderblütensirup 🥞"
CLAIMED = "Der Marillenknödel Theobald wurde in Kursk gesehen."
PRIVATELY = "Wie viele Soldaten zählt Adalbert Zwetschgenröster?"
SAID = (QUESTION, PERU, FOLLOW_UP, SEARCHED, TOO_LONG[:40], UNREADABLE, CLAIMED, PRIVATELY)


@pytest.fixture(autouse=True)
def log_file(tmp_path: Path) -> Iterator[None]:
    """The log stands in the data directory, too, and keeps more than it does in service."""
    with faults_to(tmp_path) as log:
        log.setLevel(logging.INFO)
        yield


def on_disk(directory: Path) -> bytes:
    files = [path for path in directory.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") for path in files), "the store is still open"
    return b"\n".join(path.read_bytes() for path in files)


def traces(of: Member) -> list[bytes]:
    """How somebody's number, name or mention would stand in a file."""
    number = of.id
    return [
        str(number).encode(),
        number.to_bytes(8, "big"),  # as SQLite keeps numbers
        number.to_bytes(8, "little"),
        f"{number:x}".encode(),
        of.user.name.encode(),
    ]


async def ask(member: Member, channel: Channel, question: str) -> Message:
    exchange = await member.slash(channel, "ask", {"question": question})
    return await exchange.final_message()


async def evening(channel: Channel, guild: Guild) -> list[Member]:
    """Members ask, are refused, press what there is and look at what they may."""
    members = [guild.add_member(name) for name in ("Balthasar", "Kunigunde", "Leopoldine")]
    first, second, third = members
    answered = await ask(first, channel, QUESTION)
    for button in ("Hilfreich", "Falsch", "Mehr Belege", "Zusammenhang"):
        for who in (first, second):
            await (await who.click(answered, button)).final_message()
    silent = await ask(second, channel, PERU)
    form = await (await second.click(silent, "Artikel vorschlagen")).modal()
    await (await form.submit({"what": "https://zeitung.example/peru"})).final_message()
    await ask(third, channel, TOO_LONG)
    await ask(third, channel, UNREADABLE)
    said = await third.say(channel, f"<@bot> {QUESTION}")
    answer = await channel.next_message(after=said)
    said = await first.reply_to(answer, FOLLOW_UP)
    await channel.next_message(after=said)
    said = await third.say(channel, f"<@bot> {PERU}")
    await channel.next_message(after=said)
    await (await second.slash(channel, "search", {"words": SEARCHED})).final_message()
    claimed = await second.say(channel, CLAIMED)
    menu = await first.context_menu(channel, "What do the articles say?", claimed)
    await menu.final_message()
    direct = third.direct_channel()
    await third.say(direct, PRIVATELY)
    await direct.next_message()
    for command in ("help", "privacy", "forget-me", "sources"):
        await (await third.slash(channel, command)).final_message()
    for command in ("audit", "gaps", "settings", "status"):
        exchange = await third.slash(channel, command, enforce_permissions=False)
        await exchange.final_message()
    return members


async def test_without_the_log_no_question_and_no_member_is_on_the_disk(
    desk: Desk, client: BelegClient, channel: Channel, admin: Member, tmp_path: Path
) -> None:
    corpus = str(admin.guild.id)
    await desk.add_article(corpus, kursk())
    await client.rules.change(corpus, str(admin.id), questions_per_hour=6)
    await client.rules.change(corpus, str(admin.id), direct_messages=True)
    guild = channel.guild
    assert isinstance(guild, Guild)
    members = await evening(channel, guild)
    for _ in range(8):  # more than may be asked in an hour
        await ask(members[0], channel, PERU)
    left = on_disk(tmp_path)
    assert b"Tagesblatt" in left, "the articles are there"
    assert str(admin.id).encode() in left, "administrators stand in the audit"
    for word in (b"Quittenbaum", b"Theobald", b"Adalbert"):
        assert word not in left
    for words in SAID:
        for encoding in ("utf-8", "utf-16-le", "latin-1"):
            assert words.encode(encoding, "ignore") not in left, words
    for member in members:
        assert not any(trace in left for trace in traces(member)), member


async def test_with_the_log_questions_are_there_until_it_is_switched_off_but_nobody_is_named(
    desk: Desk, client: BelegClient, channel: Channel, admin: Member, tmp_path: Path
) -> None:
    corpus = str(admin.guild.id)
    await desk.add_article(corpus, kursk())
    await client.rules.change(corpus, str(admin.id), log_days=30)
    guild = channel.guild
    assert isinstance(guild, Guild)
    members = await evening(channel, guild)
    for _ in range(500):
        if await desk.look(corpus, lambda one: QuestionTable(one.database).count()) >= 4:
            break
    left = on_disk(tmp_path)
    assert b"Quittenbaum" in left
    for member in members:
        assert not any(trace in left for trace in traces(member)), member
    await client.rules.change(corpus, str(admin.id), log_days=0)
    left = on_disk(tmp_path)
    for words in SAID:
        assert words.encode() not in left, words


async def test_a_conversation_in_a_thread_leaves_no_trace(
    desk: Desk, client: BelegClient, channel: Channel, admin: Member, tmp_path: Path
) -> None:
    corpus = str(admin.guild.id)
    await desk.add_article(corpus, kursk())
    await client.rules.change(corpus, str(admin.id), threads=True)
    guild = channel.guild
    assert isinstance(guild, Guild)
    member = guild.add_member("Eustachius")
    await member.say(channel, f"<@bot> {QUESTION}")
    await guild.server.wait_until(lambda: guild.threads, "no thread was opened")
    thread = guild.threads[-1]
    first = await thread.next_message()
    await member.say(thread, f"<@bot> {FOLLOW_UP}")
    await thread.next_message(after=first)
    left = on_disk(tmp_path)
    assert QUESTION.encode() not in left
    assert b"Pflaumenmus" not in left
    assert not any(trace in left for trace in traces(member))
