"""What an unmodified discord.py client can do with the double."""

from __future__ import annotations

import io

import discord
import pytest

from tests.discord_server import (
    Channel,
    DiscordServer,
    Guild,
    Member,
    ScriptError,
    Upload,
)
from tests.discord_server_test.example_bot import ExampleBot


async def test_a_deferred_command_is_answered_by_an_edit(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    exchange = await member.slash(channel, "ask", {"question": "Wie viele?"})
    message = await exchange.final_message()
    assert message.content == "Wie viele? (0)"
    assert exchange.deferred
    assert not exchange.ephemeral
    assert exchange.seconds_to_respond < 3


async def test_an_attached_file_reaches_the_bot(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    upload = Upload("bild.png", b"12345", "image/png")
    exchange = await member.slash(channel, "ask", {"question": "Was?"}, attachments=[upload])
    assert (await exchange.final_message()).content == "Was? (5)"


async def test_a_subcommand_knows_language_and_permissions(
    bot: ExampleBot, channel: Channel, admin: Member
) -> None:
    exchange = await admin.slash(channel, "article add", {"address": "hier"})
    assert (await exchange.final_message()).content == "hier de True"
    assert exchange.ephemeral


async def test_a_form_is_filled_in_by_label_or_custom_id(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    modal = await (await member.slash(channel, "form")).modal()
    assert modal.title == "Frage stellen"
    answer = await modal.submit({"question": "Wer?", "Notiz": "eilig", "Medium": ["Zeitung"]})
    assert (await answer.final_message()).content == "Wer?|eilig|['paper']"


async def test_a_button_changes_its_message(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    message = await (await member.slash(channel, "buttons")).final_message()
    exchange = await member.click(message, "Mehr")
    assert (await exchange.final_message()) is message
    assert (message.content, message.buttons) == ("mehr", [])


async def test_a_mention_is_answered_by_a_reply(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    question = await member.say(channel, "<@bot> hallo")
    reply = await channel.next_message()
    assert reply.reference is question
    assert reply.content == f"Echo: {question.content}"
    assert not reply.pings


async def test_completion_offers_choices(bot: ExampleBot, channel: Channel, member: Member) -> None:
    choices = await member.autocomplete(channel, "ask", {"question": "Wie"}, focused="question")
    assert choices == [{"name": "Wie!", "value": "Wie"}]


async def test_a_button_can_answer_one_person_alone(
    bot: ExampleBot, channel: Channel, member: Member, admin: Member
) -> None:
    message = await (await member.slash(channel, "buttons")).final_message()
    answer = await (await admin.click(message, "private")).final_message()
    assert (answer.content, answer.audience) == ("nur du", admin.user)
    assert answer not in channel.messages


async def test_a_choice_is_answered_by_a_follow_up(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    message = await (await member.slash(channel, "buttons")).final_message()
    exchange = await member.choose(message, "Art", "Zahl")
    assert (await exchange.final_message()).content == "gewählt: number"
    assert exchange.messages[0] is not message


async def test_a_message_menu_hands_over_the_message(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    target = await member.say(channel, "Der Zaun ist 800 Meter lang.")
    exchange = await member.context_menu(channel, "Prüfen", target)
    assert (await exchange.final_message()).content == f"geprüft: {target.content}"


async def test_a_direct_message_is_read_without_the_content_intent(
    bot: ExampleBot, discord_server: DiscordServer, member: Member
) -> None:
    await member.say(member.direct_channel(), "unter uns")
    await discord_server.wait_until(lambda: bot.seen, "no message")
    assert (bot.seen[0].content, bot.seen[0].guild) == ("unter uns", None)


async def test_a_command_works_in_a_direct_conversation(bot: ExampleBot, member: Member) -> None:
    exchange = await member.slash(member.direct_channel(), "ask", {"question": "Wer?"})
    assert (await exchange.final_message()).content == "Wer? (0)"


async def test_the_bot_writes_to_a_person_directly(bot: ExampleBot, member: Member) -> None:
    user = await bot.fetch_user(member.id)
    await user.send("hallo")
    assert (await member.direct_channel().next_message()).content == "hallo"


async def test_a_message_is_blank_without_mention_and_intent(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    await member.say(channel, "geheim", attachments=[Upload("a.txt", b"geheim")])
    await discord_server.wait_until(lambda: bot.seen, "no message")
    assert (bot.seen[0].content, bot.seen[0].attachments) == ("", [])
    place = bot.get_partial_messageable(channel.id)
    assert [message.content async for message in place.history()] == [""]


async def test_a_reply_with_ping_counts_as_a_mention_and_without_does_not(
    bot: ExampleBot, discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    first = await (await member.slash(channel, "ask", {"question": "Was?"})).final_message()
    await member.reply_to(first, "ohne Ping", ping=False)
    await member.reply_to(first, "mit Ping")
    await channel.next_message(after=first)
    heard = [message.content for message in bot.seen if message.author.id == member.id]
    assert heard == ["", "mit Ping"]


async def test_the_content_intent_shows_every_message(
    discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    discord_server.privileged_intents = discord.Intents(message_content=True)
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    async with discord_server.running(bot := ExampleBot(discord_server, intents=intents)):
        await member.say(channel, "offen")
        await discord_server.wait_until(lambda: bot.seen, "no message")
        assert bot.seen[0].content == "offen"


async def test_no_messages_come_without_their_intent(
    discord_server: DiscordServer, channel: Channel, member: Member
) -> None:
    intents = discord.Intents(guilds=True, dm_messages=True)
    async with discord_server.running(bot := ExampleBot(discord_server, intents=intents)):
        await member.say(channel, "<@bot> hallo")
        await member.say(member.direct_channel(), "hallo")
        await discord_server.wait_until(lambda: bot.seen, "no message")
        assert [message.content for message in bot.seen] == ["hallo"]


async def test_a_conversation_goes_on_in_a_thread(
    bot: ExampleBot, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    await member.say(channel, "<@bot> hallo")
    await channel.next_message()
    asked = next(message for message in bot.seen if message.author.id == member.id)
    thread = await asked.create_thread(name="Nachfragen")
    with pytest.raises(discord.HTTPException, match="160004"):
        await asked.create_thread(name="Noch einer")
    place = guild.threads[0]
    assert (place.id, place.name, place.parent) == (thread.id, "Nachfragen", channel)
    await member.say(place, "<@bot> und?")
    assert "und?" in (await place.next_message()).content


async def test_what_is_sent_can_be_edited_deleted_and_read_again(
    bot: ExampleBot, channel: Channel
) -> None:
    place = bot.get_partial_messageable(channel.id)
    sent = await place.send("eins", file=discord.File(io.BytesIO(b"daten"), "liste.csv"))
    assert channel.from_bot[0].attachments[0].data == b"daten"
    await sent.edit(content="zwei", embed=discord.Embed(title="Titel", description="Text"))
    assert channel.from_bot[0].text == "zwei\nTitel\nText"
    assert await sent.attachments[0].read() == b"daten"
    assert (await place.fetch_message(sent.id)).content == "zwei"
    await sent.add_reaction("✅")
    async with place.typing():
        assert channel.typing_count == 1
    await sent.delete()
    assert channel.messages == []
    with pytest.raises(discord.NotFound, match="10008"):
        await sent.edit(content="drei")


async def test_a_nonce_keeps_a_message_from_being_sent_twice(
    bot: ExampleBot, channel: Channel
) -> None:
    place = bot.get_partial_messageable(channel.id)
    first = await place.send("einmal", nonce=1)
    second = await place.send("einmal", nonce=1)
    assert first.id == second.id
    assert len(channel.messages) == 1


async def test_new_components_are_shown_and_pressed(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    view = discord.ui.LayoutView()
    box: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        discord.ui.TextDisplay("Zitat"),
        discord.ui.Section(
            "Beleg", accessory=discord.ui.Button(label="Link", url="https://a.test")
        ),
    )
    view.add_item(box)
    await bot.get_partial_messageable(channel.id).send(view=view)
    message = channel.from_bot[0]
    assert message.text == "Zitat\nBeleg\nLink"
    with pytest.raises(ScriptError, match="only opens"):
        await member.click(message, "Link")


async def test_guild_commands_are_found_before_global_ones(
    bot: ExampleBot, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    home = discord.Object(guild.id)
    bot.tree.copy_global_to(guild=home)
    registered = await bot.tree.sync(guild=home)
    assert {command.guild_id for command in registered} == {guild.id}
    exchange = await member.slash(channel, "ask", {"question": "Wo?"})
    assert (await exchange.final_message()).content == "Wo? (0)"
    assert exchange.interaction.payload["data"]["guild_id"] == str(guild.id)


async def test_commands_keep_their_ids_when_registered_again(bot: ExampleBot) -> None:
    before = {command.name: command.id for command in await bot.tree.fetch_commands()}
    after = {command.name: command.id for command in await bot.tree.sync()}
    assert before == after


async def test_a_command_that_nobody_registered_fails_the_test(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    with pytest.raises(ScriptError, match="ask"):
        await member.slash(channel, "unknown")


async def test_a_hidden_command_can_be_sent_all_the_same(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    with pytest.raises(ScriptError, match="hidden"):
        await member.slash(channel, "article add", {"address": "hier"})
    exchange = await member.slash(
        channel, "article add", {"address": "hier"}, enforce_permissions=False
    )
    assert (await exchange.final_message()).content == "hier en-US False"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({}, "cannot be sent without"),
        ({"question": 5}, "cannot be 5"),
        ({"question": "a", "answer": "b"}, "no option"),
        ({"question": "a" * 6001}, "takes 0 to 6000"),
    ],
)
async def test_what_nobody_can_type_fails_the_test(
    bot: ExampleBot,
    channel: Channel,
    member: Member,
    options: dict[str, object],
    complaint: str,
) -> None:
    with pytest.raises(ScriptError, match=complaint):
        await member.slash(channel, "ask", options)


async def test_a_form_refuses_what_its_fields_refuse(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    modal = await (await member.slash(channel, "form")).modal()
    with pytest.raises(ScriptError, match="must be filled in"):
        await modal.submit({})
    modal = await (await member.slash(channel, "form")).modal()
    with pytest.raises(ScriptError, match="takes 0 to 200"):
        await modal.submit({"Frage": "a" * 201})
    modal = await (await member.slash(channel, "form")).modal()
    with pytest.raises(ScriptError, match="no Antwort"):
        await modal.submit({"Frage": "a", "Antwort": "b"})


async def test_a_disabled_button_and_a_strangers_message_cannot_be_pressed(
    bot: ExampleBot, channel: Channel, member: Member, admin: Member
) -> None:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Aus", disabled=True))
    await bot.get_partial_messageable(channel.id).send("Knopf", view=view)
    with pytest.raises(ScriptError, match="disabled"):
        await member.click(channel.from_bot[0], "Aus")
    exchange = await member.slash(channel, "buttons")
    message = await exchange.final_message()
    private = await (await member.click(message, "Privat")).final_message()
    with pytest.raises(ScriptError, match="does not see"):
        await admin.click(private, "Mehr")
    message.deleted = True
    with pytest.raises(ScriptError, match="gone"):
        await admin.click(message, "Mehr")


async def test_a_mentionable_role_is_mentioned_and_another_is_not(
    bot: ExampleBot, discord_server: DiscordServer, guild: Guild, channel: Channel, member: Member
) -> None:
    press, staff = guild.add_role("Presse", mentionable=True), guild.add_role("Team")
    message = await member.say(channel, f"<@bot> {press.mention} {staff.mention} @everyone")
    assert message.pings.roles == {press.id}
    assert not message.pings.everyone
    await discord_server.wait_until(lambda: bot.seen, "no message")
    assert [role.name for role in bot.seen[0].role_mentions] == ["Presse"]


async def test_a_person_may_refuse_direct_messages(bot: ExampleBot, member: Member) -> None:
    member.user.accepts_direct_messages = False
    with pytest.raises(discord.Forbidden, match="50007"):
        await (await bot.fetch_user(member.id)).send("hallo")


async def test_a_file_needs_its_signature(
    bot: ExampleBot, channel: Channel, member: Member
) -> None:
    message = await member.say(channel, "<@bot>", attachments=[Upload("a.txt", b"a")])
    url = message.attachments[0].url
    assert await bot.http.get_from_cdn(url) == b"a"
    with pytest.raises(discord.NotFound):
        await bot.http.get_from_cdn(url.partition("?")[0])


async def test_a_channel_of_the_wrong_kind_cannot_be_chosen(
    bot: ExampleBot, guild: Guild, channel: Channel, member: Member
) -> None:
    @bot.tree.command(description="Ort")
    async def place(interaction: discord.Interaction, where: discord.TextChannel) -> None:
        await interaction.response.send_message(where.name)

    await bot.tree.sync()
    thread = guild.add_thread(channel, "Faden", member.user)
    with pytest.raises(ScriptError, match="no channel of type 11"):
        await member.slash(channel, "place", {"where": thread})
    exchange = await member.slash(channel, "place", {"where": channel})
    assert (await exchange.final_message()).content == "allgemein"
