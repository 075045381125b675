from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.client import BelegClient
from bot.guild_settings import GuildSettings
from bot.types import Language
from index.corpus import Corpus
from tests.discord_server import Channel, DiscordServer, Guild, Member, Message


def says(words: str) -> Callable[[Message], bool]:
    return lambda message: words in message.text


@pytest.fixture
def corpus(guild: Guild) -> str:
    return str(guild.id)


@pytest.fixture
async def panel(client: BelegClient, channel: Channel, admin: Member) -> Message:
    exchange = await admin.slash(channel, "settings")
    message = await exchange.final_message()
    assert exchange.deferred
    assert message.ephemeral
    return message


async def test_the_panel_shows_what_is_chosen_and_what_it_means(panel: Message) -> None:
    for words in (
        "Einstellungen",
        "Fragen je Person und Stunde: 60",
        "Fragen aller in 24 Stunden: ohne Grenze",
        "Längste Zitate: wie eingerichtet",
        "Fragenprotokoll: aus",
        "Antworten: für alle",
        "Threads: aus",
        "Direktnachrichten: aus",
    ):
        assert words in panel.text
    assert "✅" not in panel.text


async def test_menus_keep_languages_channels_and_roles(
    client: BelegClient, panel: Message, guild: Guild, corpus: str, admin: Member
) -> None:
    readers, editors = guild.add_role("Leser"), guild.add_role("Redaktion")
    news = guild.add_text_channel("nachrichten")
    for menu, choices, confirmed in (
        ("settings:choose:channels", (news,), f"Kanäle: <#{news.id}>."),
        ("settings:choose:ask_role", (readers,), f"Fragen dürfen: <@&{readers.id}>."),
        ("settings:choose:add_roles", (readers, editors), "Artikel hinzufügen dürfen: <@&"),
        ("settings:choose:administer_roles", (editors,), f"verwalten dürfen: <@&{editors.id}>."),
        ("settings:choose:language", ("immer Englisch",), "Saved. Language: always English."),
    ):
        await (await admin.choose(panel, menu, *choices)).final_message(matching=says(confirmed))
    assert not panel.pings
    assert client.rules.of(corpus) == GuildSettings(
        language=Language.ENGLISH,
        channels=frozenset({news.id}),
        ask_role=readers.id,
        add_roles=frozenset({readers.id, editors.id}),
        administer_roles=frozenset({editors.id}),
    )
    for menu in ("ask_role", "channels"):
        await admin.choose(panel, f"settings:choose:{menu}")
    exchange = await admin.choose(panel, "settings:choose:language", "automatic")
    await exchange.final_message(matching=says("Gespeichert. Sprache"))
    left = client.rules.of(corpus)
    assert (left.language, left.channels, left.ask_role) == (None, frozenset(), None)


async def test_switches_turn_both_ways(
    client: BelegClient, panel: Message, corpus: str, admin: Member
) -> None:
    expected = GuildSettings()
    for button, changed, words in (
        ("Antworten: für alle", {"public": False}, "Antworten: privat."),
        ("Threads: aus", {"threads": True}, "Threads: an."),
        ("Direktnachrichten: aus", {"direct_messages": True}, "Direktnachrichten: an."),
        ("Fragenprotokoll: aus", {"log_days": 30}, "Fragenprotokoll: 30 Tage."),
        ("Fragenprotokoll: 30 Tage", {"log_days": 0}, "Fragenprotokoll: aus."),
        ("Threads: an", {"threads": False}, "Threads: aus."),
    ):
        exchange = await admin.click(panel, button)
        await exchange.final_message(matching=says(f"Gespeichert. {words}"))
        expected = replace(expected, **changed)
        assert client.rules.of(corpus) == expected


async def test_numbers_are_typed_into_a_form_all_or_none(
    client: BelegClient, panel: Message, corpus: str, admin: Member
) -> None:
    for typed in ("0", "1001", "viel", "1.5", "-3", "²"):
        form = await (await admin.click(panel, "Zahlen ändern")).modal()
        exchange = await form.submit(
            {"questions_per_hour": typed, "excerpt_characters": "300", "log_days": "7"}
        )
        refused = await exchange.final_message()
        assert refused.ephemeral
        assert "Gib eine ganze Zahl von 1 bis 1000 ein." in refused.content
    assert client.rules.of(corpus) == GuildSettings()
    form = await (await admin.click(panel, "Zahlen ändern")).modal()
    exchange = await form.submit(
        {"questions_per_hour": "5", "excerpt_characters": "300", "log_days": "7"}
    )
    await exchange.final_message(matching=says("Längste Zitate: 300 Zeichen."))
    assert client.rules.of(corpus) == GuildSettings(
        questions_per_hour=5, excerpt_characters=300, log_days=7
    )
    form = await (await admin.click(panel, "Zahlen ändern")).modal()
    exchange = await form.submit({"excerpt_characters": "", "log_days": ""})
    await exchange.final_message(matching=says("Fragenprotokoll: aus."))
    assert client.rules.of(corpus) == GuildSettings(questions_per_hour=5)


async def test_watches_are_limited_in_a_form_of_their_own(
    client: BelegClient, panel: Message, corpus: str, admin: Member
) -> None:
    form = await (await admin.click(panel, "Beobachtungen begrenzen")).modal()
    exchange = await form.submit({"watches_per_person": "51", "watches_per_server": "7"})
    assert "von 0 bis 50 ein." in (await exchange.final_message()).content
    assert client.rules.of(corpus) == GuildSettings()
    form = await (await admin.click(panel, "Beobachtungen begrenzen")).modal()
    exchange = await form.submit({"watches_per_person": "0", "watches_per_server": "7"})
    await exchange.final_message(matching=says("Beobachtungen auf dem Server: 7."))
    assert client.rules.of(corpus) == GuildSettings(watches_per_person=0, watches_per_server=7)


async def test_the_panel_works_after_a_restart(
    discord_server: DiscordServer,
    client: BelegClient,
    panel: Message,
    admin: Member,
) -> None:
    await client.close()
    again = BelegClient(client.desk, connector=discord_server.connector())
    async with discord_server.running(again):
        await (await admin.click(panel, "Threads: aus")).final_message()
        exchange = await admin.choose(panel, "settings:choose:language", "de")
        await exchange.final_message(matching=says("Sprache: immer"))
        form = await (await admin.click(panel, "Zahlen ändern")).modal()
        exchange = await form.submit({"log_days": "3"})
        await exchange.final_message(matching=says("3 Tage."))
        assert again.rules.of(str(admin.guild.id)) == GuildSettings(
            language=Language.GERMAN, threads=True, log_days=3
        )


async def test_only_administrators_see_and_change_settings(
    client: BelegClient, panel: Message, corpus: str, admin: Member, member: Member
) -> None:
    exchange = await member.slash(panel.channel, "settings", enforce_permissions=False)
    assert (await exchange.final_message()).content.startswith("Das darf nur")
    form = await (await admin.click(panel, "Zahlen ändern")).modal()
    admin.roles.clear()
    for exchange in (
        await admin.click(panel, "Threads: aus"),
        await admin.choose(panel, "settings:choose:language", "de"),
        await admin.click(panel, "Zahlen ändern"),
        await form.submit({"log_days": "3"}),
    ):
        refused = await exchange.final_message(matching=says("darf nur"))
        assert refused.ephemeral
    assert "Threads: aus" in panel.text
    assert client.rules.of(corpus) == GuildSettings()


async def test_an_administrator_by_role_changes_settings_too(
    client: BelegClient, guild: Guild, channel: Channel, corpus: str
) -> None:
    role = guild.add_role("Redaktion")
    editor = guild.add_member("Ed", roles=[role])
    await client.rules.change(corpus, "1", administer_roles=frozenset({role.id}))
    exchange = await editor.slash(channel, "settings", enforce_permissions=False)
    panel = await exchange.final_message()
    await (await editor.click(panel, "Threads: aus")).final_message()
    assert client.rules.of(corpus).threads


async def test_channels_and_roles_that_were_deleted_are_in_no_menu(
    client: BelegClient, channel: Channel, corpus: str, admin: Member
) -> None:
    gone = 81384788765712384
    await client.rules.change(
        corpus,
        "1",
        channels=frozenset({channel.id, gone}),
        ask_role=gone,
        add_roles=frozenset({gone}),
    )
    panel = await (await admin.slash(channel, "settings")).final_message()
    chosen = {
        one["custom_id"].rpartition(":")[2]: [value["id"] for value in one["default_values"]]
        for one in panel.all_components
        if one.get("default_values")
    }
    assert chosen == {"channels": [channel.id]}
    assert panel.text.count("das es auf dem Server nicht mehr gibt") == 3
    assert client.rules.of(corpus).ask_role == gone


async def test_what_was_chosen_and_is_damaged_is_said_and_chosen_anew(
    client: BelegClient, guild: Guild, channel: Channel, corpus: str, admin: Member
) -> None:
    await client.rules.change(corpus, "1", threads=True)
    await client.desk.change(corpus, _damage_who_may_ask)
    await client.rules.reload(corpus)
    member = guild.add_member("Mia")
    refused = await (await member.slash(channel, "ask", {"question": "Was ist?"})).final_message()
    assert refused.content.startswith("Wer hier fragen darf, kann ich nicht mehr lesen")
    guide = await (await member.slash(channel, "help")).final_message()
    assert "Wer hier fragen darf, kann ich nicht mehr lesen" in guide.text
    panel = await (await admin.slash(channel, "settings")).final_message()
    assert "Bis du neu wählst" in panel.text
    status = await (await admin.slash(channel, "status")).final_message()
    assert "Einstellungen sind beschädigt" in status.text
    exchange = await admin.choose(panel, "settings:choose:ask_role")
    panel = await exchange.final_message(matching=says("Gespeichert"))
    assert "Bis du neu wählst, fragt nur" not in panel.text
    # A row was lost or came from nowhere: nobody knows which others were there.
    assert "Bis du neu wählst, antworte ich in keinem Kanal" in panel.text
    assert "in allen Kanälen" not in panel.text
    status = await (await admin.slash(channel, "status")).final_message()
    assert "Einstellungen sind beschädigt" not in status.text
    assert "In welchen Kanälen ich antworte, ist nicht mehr lesbar" in status.text
    refused = await (await member.slash(channel, "ask", {"question": "Was ist?"})).final_message()
    assert refused.content.startswith("In welchen Kanälen ich antworte, kann ich nicht mehr lesen")
    guide = await (await member.slash(channel, "help")).final_message()
    assert "In welchen Kanälen ich antworte, kann ich nicht mehr lesen" in guide.text
    exchange = await admin.choose(panel, "settings:choose:channels")
    panel = await exchange.final_message(matching=says("Gespeichert. Kanäle: in allen"))
    assert "Bis du neu wählst" not in panel.text
    assert client.rules.of(corpus) == GuildSettings(threads=True, public=False)


def _damage_who_may_ask(corpus: Corpus) -> None:
    with corpus.database.transaction() as connection:
        connection.execute("INSERT INTO setting VALUES ('ask_role', '7', NULL)")
