from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from discord.utils import snowflake_time

from bot.buttons.answer import AnswerButton, answer_view
from bot.client import BelegClient
from bot.desk import Desk
from bot.timing import Timing
from bot.types import Answer, Language
from index.feedback_table import FeedbackTable, Votes
from index.types import DateOrigin, Published
from tests.bot.conftest import QUESTION, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member, Message

LABELS = ["Mehr Belege", "Zusammenhang", "Beobachten", "Hilfreich", "Falsch"]


@pytest.fixture
async def stocked(desk: Desk, guild: Guild) -> Desk:
    """Six articles that answer, by two outlets, the oldest of January."""
    for number in range(6):
        article = kursk(
            title=f"Meldung {number}",
            text=f"Der Rat beriet lange. Rund {number}.000 Soldaten sind in der Region Kursk."
            " Russland bestritt die Angaben.",
            url=f"https://nachrichten.example/{number}",
            outlet="Abendpost" if number % 2 else "Tagesblatt",
            published=Published(date(2024, number + 1, 1), DateOrigin.GIVEN),
        )
        await desk.add_article(str(guild.id), article)
    return desk


@asynccontextmanager
async def serving(
    desk: Desk, discord_server: DiscordServer, now: datetime | None = None
) -> AsyncIterator[BelegClient]:
    timing = Timing(clock=lambda: now or datetime.now(UTC))
    client = BelegClient(desk, connector=discord_server.connector(), timing=timing)
    async with discord_server.running(client):
        yield client


async def asked(member: Member, channel: Channel, **options: str) -> Message:
    exchange = await member.slash(channel, "ask", {"question": QUESTION, **options})
    return await exchange.final_message()


def labels(message: Message) -> list[str]:
    return [button["label"] for button in message.buttons]


def quoted(message: Message) -> set[str]:
    # In quotation marks: values of before are named below the quotations.
    text = " ".join(re.findall("»([^«]*)«", read(message.content).text))
    return {number for number in "012345" if f"Rund {number}.000" in text}


def everything_in(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())


async def test_an_answer_has_buttons_however_it_was_asked_for(
    stocked: Desk, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async with serving(stocked, discord_server):
        by_command = await asked(member, channel)
        await member.say(channel, f"<@bot> {QUESTION}")
        by_mention = await channel.next_message(after=by_command)
        private = await asked(member, channel, share="me")
    assert labels(by_command) == labels(by_mention) == LABELS
    assert labels(private) == [*LABELS[:3], "Für alle zeigen", *LABELS[3:]]
    assert private.ephemeral


async def test_more_evidence_is_shown_to_the_one_who_asks_for_it(
    stocked: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    async with serving(stocked, discord_server):
        answer = await asked(member, channel)
        exchange = await guild.add_member("Eva").click(answer, "Mehr Belege")
        more = await exchange.final_message()
    assert exchange.deferred
    assert more.ephemeral
    assert read(more.content).text.startswith("Weitere Belege\n")
    assert quoted(more)
    assert not quoted(more) & quoted(answer)


async def test_the_context_shows_the_sentences_around(
    stocked: Desk, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async with serving(stocked, discord_server):
        answer = await asked(member, channel)
        exchange = await member.click(answer, "Zusammenhang")
        context = await exchange.final_message()
    assert context.ephemeral
    assert quoted(context) == quoted(answer)
    text = read(context.content).text
    assert "»Der Rat beriet lange. Rund " in text
    assert "Russland bestritt die Angaben.«" in text


async def test_the_same_question_is_answered_from_another_period(
    stocked: Desk, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async with serving(stocked, discord_server, datetime(2024, 6, 10, 12, tzinfo=UTC)):
        answer = await asked(member, channel, outlet="abendpost")
        assert "Medium: Abendpost" in answer.content
        exchange = await member.choose(answer, "Anderer Zeitraum", "letzte 30 Tage")
        recent = await exchange.final_message()
        assert recent.ephemeral
        assert quoted(recent) == {"5"}
        assert "Zeitraum: letzte 30 Tage" in recent.content
        assert "Medium: Abendpost" in recent.content
        exchange = await member.choose(recent, "Anderer Zeitraum", "heute")
        nothing = await exchange.final_message()
        assert "Dazu gibt es hier keine Artikel." in nothing.content
        exchange = await member.choose(nothing, "Anderer Zeitraum", "alle Artikel")
        everything = await exchange.final_message()
    assert quoted(everything) == quoted(answer)
    assert "Zeitraum" not in everything.content


async def test_a_private_answer_can_be_shown_to_all_once(
    stocked: Desk, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async with serving(stocked, discord_server):
        private = await asked(member, channel, share="me")
        exchange = await member.click(private, "Für alle zeigen")
        public = await exchange.final_message(matching=lambda message: not message.ephemeral)
        assert quoted(public) == quoted(private)
        assert labels(public) == labels(private) == LABELS
        assert not public.pings
        # What is public can be gone on with.
        await member.reply_to(public, "Und wer hat das bestätigt?")
        following = await channel.next_message(after=public)
        assert "Verstanden als" in following.content


async def test_the_buttons_work_after_a_restart(
    stocked: Desk, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async with serving(stocked, discord_server):
        answer = await asked(member, channel, outlet="Abendpost")
        await member.say(channel, f"<@bot> {QUESTION}")
        first = await channel.next_message(after=answer)
        await member.reply_to(first, "Und wer hat das bestritten?")
        followed = await channel.next_message(after=first)
        private = await asked(member, channel, share="me")
    async with serving(stocked, discord_server):
        context = await (await member.click(answer, "Zusammenhang")).final_message()
        assert quoted(context) == quoted(answer)
        period = await member.choose(answer, "Anderer Zeitraum", "alle Artikel")
        assert quoted(await period.final_message()) == quoted(answer)
        further = await (await member.click(followed, "Zusammenhang")).final_message()
        assert "zu alt" not in further.content
        assert read(further.content).text.startswith("Im Zusammenhang\n")
        voted = await (await member.click(answer, "Hilfreich")).final_message()
        assert "Danke" in voted.content
        shared = await member.click(private, "Für alle zeigen")
        public = await shared.final_message(matching=lambda message: not message.ephemeral)
        assert quoted(public) == quoted(private)


async def test_after_a_restart_an_article_can_be_suggested_where_there_was_no_answer(
    desk: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    async with serving(desk, discord_server):
        await member.say(channel, f"<@bot> {QUESTION}")
        refusal = await channel.next_message()
        assert labels(refusal) == ["Artikel vorschlagen"]
    async with serving(desk, discord_server):
        form = await (await member.click(refusal, "Artikel vorschlagen")).modal()
        told = await (await form.submit({"what": "Eine Überschrift"})).final_message()
        assert told.content.startswith("Danke!")


async def test_an_old_answer_says_so_kindly(
    stocked: Desk, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    async with serving(stocked, discord_server):
        answer = await asked(member, channel)
    async with serving(stocked, discord_server, datetime.now(UTC) + timedelta(days=8)):
        for press in (
            member.click(answer, "Mehr Belege"),
            member.click(answer, "Falsch"),
            member.choose(answer, "Anderer Zeitraum", "heute"),
        ):
            told = await (await press).final_message()
            assert told.content.startswith("Diese Antwort ist schon zu alt dafür.")
            assert told.ephemeral
    assert quoted(answer), "the answer itself stays as it is"


@pytest.mark.parametrize(
    ("button", "name"),
    [("Mehr Belege", "further"), ("Zusammenhang", "surroundings"), ("Für alle zeigen", "ask")],
)
async def test_what_is_pressed_later_is_read_at_the_moment_of_the_answer(
    stocked: Desk,
    discord_server: DiscordServer,
    channel: Channel,
    member: Member,
    *,
    monkeypatch: pytest.MonkeyPatch,
    button: str,
    name: str,
) -> None:
    async with serving(stocked, discord_server):
        answer = await asked(member, channel, share="me")
    moments = []
    method = getattr(stocked, name)

    async def noting(*values: Any, **named: Any) -> Answer:
        moments.append(named["now"])
        answer: Answer = await method(*values, **named)
        return answer

    monkeypatch.setattr(stocked, name, noting)
    async with serving(stocked, discord_server, datetime.now(UTC) + timedelta(days=2)):
        await (await member.click(answer, button)).final_message()
    assert moments == [snowflake_time(answer.id)]


async def test_votes_are_counted_once_per_person_and_name_nobody(
    stocked: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, tmp_path: Path
) -> None:
    member, eva = guild.add_member("Ben"), guild.add_member("Eva")
    async with serving(stocked, discord_server):
        answer = await asked(member, channel)
        for who, button, word in (
            (member, "Hilfreich", "Danke"),
            (member, "Falsch", "schon gezählt"),
            (eva, "Falsch", "Danke"),
        ):
            told = await (await who.click(answer, button)).final_message()
            assert word in told.content
            assert told.ephemeral
        votes = await stocked.look(
            str(guild.id), lambda corpus: FeedbackTable(corpus.database).of(answer.id)
        )
        assert votes == Votes(1, 1)
        kept = everything_in(tmp_path)
    assert b"Der Rat beriet lange" in kept
    for secret in (QUESTION, str(member.user.id), str(eva.user.id)):
        assert secret.encode() not in kept


async def test_who_may_not_ask_has_no_vote(
    stocked: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    async with serving(stocked, discord_server) as client:
        answer = await asked(member, channel)
        role = guild.add_role("Leser")
        await client.rules.change(str(guild.id), "Anna", ask_role=role.id)
        told = await (await member.click(answer, "Falsch")).final_message()
        assert "Rolle" in told.content
        assert told.ephemeral
        votes = await stocked.look(
            str(guild.id), lambda corpus: FeedbackTable(corpus.database).of(answer.id)
        )
    assert votes == Votes(0, 0)


async def test_what_was_removed_meanwhile_is_shown_by_no_button(
    stocked: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    async with serving(stocked, discord_server):
        private = await asked(member, channel, share="me")
        for number in range(1, 7):
            await stocked.remove(str(guild.id), number)
        for button in ("Mehr Belege", "Zusammenhang"):
            told = await (await member.click(private, button)).final_message()
            assert not quoted(told)
        shared = await member.click(private, "Für alle zeigen")
        public = await shared.final_message(matching=lambda message: not message.ephemeral)
    assert not quoted(public)


async def test_a_question_too_rich_for_its_buttons_keeps_those_that_need_it_not(
    stocked: Desk, guild: Guild
) -> None:
    answer = await stocked.ask(str(guild.id), QUESTION)
    rare = "".join(chr(0x4E00 + 37 * i) for i in range(500))
    rich = replace(answer, question=replace(answer.question, text=rare))
    view = answer_view(rich, Language.GERMAN, private=True)
    assert view is not None
    assert [item.item.label for item in view.children if isinstance(item, AnswerButton)] == [
        "Hilfreich",
        "Falsch",
    ]
    assert len(view.children) == 2
