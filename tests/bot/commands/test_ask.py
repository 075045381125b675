from __future__ import annotations

import pytest
from discord import Permissions

from bot.commands.ask import without_tokens
from bot.desk import Desk
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member, Message

pytestmark = pytest.mark.usefixtures("client")


@pytest.fixture
async def stocked(desk: Desk, guild: Guild) -> Desk:
    await desk.add_article(str(guild.id), kursk())
    return desk


def check_answer(message: Message) -> None:
    shown = read(message.content)
    assert SENTENCE in shown.text
    assert "Tagesblatt · 1. November 2024" in shown.text
    [(title, address)] = shown.links
    assert title == "Soldaten in Kursk"
    assert address.startswith("https://nachrichten.example/kursk#:~:text=Rund%208.000")
    assert not message.pings
    assert not message.ephemeral


async def test_a_member_asks_by_command(stocked: Desk, channel: Channel, member: Member) -> None:
    exchange = await member.slash(channel, "ask", {"question": QUESTION})
    check_answer(await exchange.final_message())
    assert exchange.deferred


async def test_a_member_asks_by_mention(stocked: Desk, channel: Channel, member: Member) -> None:
    question = await member.say(channel, f"<@bot> {QUESTION}")
    answer = await channel.next_message()
    check_answer(answer)
    assert answer.reference is question
    assert channel.typing_count == 1


async def test_a_member_asks_by_reply(stocked: Desk, channel: Channel, member: Member) -> None:
    await member.say(channel, "<@bot> Wer gewann die Weltmeisterschaft 2026?")
    first = await channel.next_message()
    question = await member.reply_to(first, QUESTION)
    answer = await channel.next_message(after=first)
    check_answer(answer)
    assert answer.reference is question


async def test_a_reply_that_cannot_be_read_is_told_why(channel: Channel, member: Member) -> None:
    await member.say(channel, "<@bot> Was ist neu?")
    first = await channel.next_message()
    await member.reply_to(first, QUESTION, ping=False)
    assert "Lass beim Antworten das @" in (await channel.next_message(after=first)).content


async def test_what_is_not_addressed_to_the_bot_is_left_alone(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    await member.say(channel, QUESTION)
    await member.reply_to(await member.say(channel, "Hallo"), QUESTION)
    await member.say(channel, f"<@bot> {QUESTION}")
    check_answer(await channel.next_message())
    assert len(channel.from_bot) == 1


@pytest.mark.parametrize("threshold", [1 - 1e-9])
async def test_silence_names_what_was_searched(
    stocked: Desk, channel: Channel, member: Member
) -> None:
    exchange = await member.slash(channel, "ask", {"question": "Wie heißt der König von Peru?"})
    text = read((await exchange.final_message()).content).text
    assert text.startswith("Das sagen die Artikel nicht.\nDurchsucht: 1 Artikel vom 1. November")
    assert "»" not in text


async def test_a_server_without_articles_is_told_so(channel: Channel, member: Member) -> None:
    exchange = await member.slash(channel, "ask", {"question": QUESTION})
    assert "noch keine Artikel" in (await exchange.final_message()).content


async def test_the_language_is_the_members_or_for_messages_the_servers(
    stocked: Desk, discord_server: DiscordServer, guild: Guild, channel: Channel
) -> None:
    john = guild.add_member("John", locale="en-GB")
    exchange = await john.slash(channel, "ask", {"question": QUESTION})
    assert "1 November 2024" in (await exchange.final_message()).content
    await john.say(channel, f"<@bot> {QUESTION}")
    last = exchange.messages[-1]
    assert "1. November 2024" in (await channel.next_message(after=last)).content


async def test_a_german_message_is_answered_in_german_on_a_server_that_never_chose_a_language(
    desk: Desk, discord_server: DiscordServer
) -> None:
    guild = discord_server.add_guild("Server", locale="en-US")
    channel = guild.add_text_channel("general")
    await desk.add_article(str(guild.id), kursk())
    member = guild.add_member("Ben")
    await member.say(channel, f"<@bot> {QUESTION}")
    first = await channel.next_message()
    assert "1. November 2024" in first.content
    await member.say(channel, "<@bot> How many soldiers are in the region of Kursk?")
    assert "November 2024" in (await channel.next_message(after=first)).content
    await member.say(channel, "<@bot>")
    text = "What would you like to know?"
    await channel.next_message(matching=lambda message: text in message.content)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Wie " * 1500, "zu lang"),
        (" ", "keine Frage"),
        ("\n\t ", "keine Frage"),
        ("😀🎉", "keine Frage"),
        ("???", "keine Frage"),
        ('" OR NEAR( *', "Tagesblatt"),
        ("der die das", "Tagesblatt"),
        ("مرحبا", "Tagesblatt"),
    ],
)
async def test_odd_questions_get_a_sentence(
    stocked: Desk, channel: Channel, member: Member, question: str, sentence: str
) -> None:
    exchange = await member.slash(channel, "ask", {"question": question})
    assert sentence in (await exchange.final_message()).content


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("<@bot>", "Was möchtest du wissen?"),
        ("<@bot> 😀", "keine Frage"),
        ("<@bot> " + "wie " * 480, "zu lang"),
    ],
)
async def test_odd_messages_get_a_sentence(
    stocked: Desk, channel: Channel, member: Member, message: str, sentence: str
) -> None:
    await member.say(channel, message)
    assert sentence in (await channel.next_message()).content


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"period": "neulich"}, "verstehe ich nicht als Zeitraum"),
        ({"outlet": "Unbekannt"}, "Vom Medium „Unbekannt“ gibt es hier keine Artikel"),
        ({"question": "???"}, "keine Frage"),
        ({"question": "wie " * 1400}, "zu lang"),
    ],
)
async def test_what_cannot_be_answered_as_asked_is_told_to_the_person_alone(
    stocked: Desk, channel: Channel, member: Member, options: dict[str, str], sentence: str
) -> None:
    asked = {"question": QUESTION, "share": "all"} | options
    exchange = await member.slash(channel, "ask", asked)
    refused = await exchange.final_message()
    assert sentence in refused.content
    assert refused.ephemeral
    assert exchange.messages == [refused]
    assert not [one for one in channel.from_bot if not one.deleted]


async def test_the_bots_own_role_counts_as_its_name(guild: Guild, channel: Channel) -> None:
    role = next(role for role in guild.roles.values() if role.bot_id is not None)
    eva = guild.add_member("Eva", permissions=Permissions(mention_everyone=True))
    await eva.say(channel, f"{role.mention} {QUESTION}")
    assert "Was möchtest du wissen?" in (await channel.next_message()).content


async def test_direct_messages_are_pointed_to_a_server(member: Member) -> None:
    direct = member.direct_channel()
    await member.say(direct, QUESTION)
    text = (await direct.next_message()).content
    assert "/frage" in text
    assert "/ask" in text


async def test_nothing_that_one_server_added_is_quoted_in_another(
    stocked: Desk, discord_server: DiscordServer
) -> None:
    other = discord_server.add_guild("Andere")
    channel = other.add_text_channel("allgemein")
    carl = other.add_member("Carl", permissions=Permissions(manage_guild=True))
    exchange = await carl.slash(channel, "ask", {"question": QUESTION})
    assert "noch keine Artikel" in (await exchange.final_message()).content
    await carl.say(channel, f"<@bot> {QUESTION}")
    answer = await channel.next_message(matching=lambda message: message.reference is not None)
    assert "noch keine Artikel" in answer.content
    await stocked.add_article(str(other.id), kursk(text="Im Rat sprach Robert Wood über Kursk."))
    exchange = await carl.slash(channel, "ask", {"question": QUESTION})
    assert "8.000" not in (await exchange.final_message()).content
    assert await carl.autocomplete(channel, "article remove", {"article": ""}, focused="article")
    listed = await (await carl.slash(channel, "article list")).final_message()
    assert "1 Artikel" in listed.content


async def test_a_hostile_article_pings_nobody_and_shows_as_text(
    desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    title = f"@everyone {member.mention} [Gewonnen](https://evil.example) **JETZT** # groß"
    words = (
        f"Rund 8.000 Soldaten sind in der Region Kursk [3] (https://evil.example), "
        f"sagte @everyone {member.mention} ||laut|| `Angaben` **der USA**."
    )
    article = kursk(title=title, text=f"Der Rat beriet lange.\n\n{words}", outlet="@here **Blatt**")
    await desk.add_article(str(guild.id), article)
    exchange = await member.slash(channel, "ask", {"question": QUESTION})
    by_command = await exchange.final_message()
    await member.say(channel, f"<@bot> {QUESTION}")
    by_mention = await channel.next_message(after=by_command)
    for message in (by_command, by_mention):
        assert not message.pings
        shown = read(message.content)
        assert f"»{words}«" in shown.text
        assert title in shown.text
        assert "@here **Blatt**" in shown.text
        assert set(shown.effects) == {"quote", "small"}
        assert [label for label, _ in shown.links] == ["öffnen"]


async def test_the_same_interaction_twice_is_answered_once(
    stocked: Desk, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    exchange = await member.slash(channel, "ask", {"question": QUESTION})
    check_answer(await exchange.final_message())
    discord_server.replay(exchange)
    await member.say(channel, f"<@bot> {QUESTION}")
    await channel.next_message(matching=lambda message: message.reference is not None)
    assert exchange.edits == 1


async def test_a_fault_of_ours_is_an_apology_and_a_traceback_without_the_question(
    desk: Desk,
    channel: Channel,
    member: Member,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(desk, "ask", broken)
    exchange = await member.slash(channel, "ask", {"question": QUESTION})
    assert "nicht an dir" in (await exchange.final_message()).content
    await member.say(channel, f"<@bot> {QUESTION}")
    assert "nicht an dir" in (await channel.next_message(after=exchange.messages[0])).content
    assert "out of order" in caplog.text
    assert QUESTION not in caplog.text


@pytest.mark.parametrize(
    ("content", "question"),
    [
        ("<@1> Wie viele?", "Wie viele?"),
        ("Wie viele, <@!1>?", "Wie viele,  ?"),
        ("<@1>", ""),
        ("<@2> <@&3> <#4> Wie viele?", "Wie viele?"),
        ("<:kek:5> <a:tanz:6> <t:1730000000:R> <t:-1>", ""),
        ("</frage:7> was ist 3 < 4 > 2?", "was ist 3 < 4 > 2?"),
    ],
)
def test_what_discord_writes_for_mentions_and_emoji_is_no_part_of_the_question(
    content: str, question: str
) -> None:
    assert without_tokens(content) == question
