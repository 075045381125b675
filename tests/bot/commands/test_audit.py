from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from bot.excerpt import units
from bot.language import say
from bot.render_audit import PAGE_SIZE, change_text, plain_line, render_audit
from bot.types import Language
from index.audit_table import AuditAction, AuditEntry, AuditTable
from tests.bot.conftest import PAGE, SENTENCE, Website
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member, Message, Upload
from tests.fakes import Clock

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def audit(admin: Member, channel: Channel) -> Message:
    exchange = await admin.slash(channel, "audit")
    message = await exchange.final_message()
    assert message.ephemeral
    assert not message.pings
    return message


@pytest.mark.usefixtures("client")
async def test_every_way_to_change_articles_is_noted(
    website: Website, channel: Channel, admin: Member, clock: Clock
) -> None:
    assert (await audit(admin, channel)).content == "Hier ist noch nichts geändert worden."
    website.pages["/kursk"] = PAGE
    for _ in range(2):  # the second time it is known
        added = await admin.slash(channel, "article add", {"url": f"{website.address}/kursk"})
        await added.final_message()
    files = [Upload("*a*.txt", f"{SENTENCE} A.".encode()), Upload("b.exe", b"x")]
    await (await admin.slash(channel, "article add", attachments=files)).final_message()
    form = await (await admin.slash(channel, "article add")).modal()
    await (await form.submit({"title": "Form", "text": f"{SENTENCE} B."})).final_message()
    removed = await admin.slash(channel, "article remove", {"article": "1"})
    await removed.final_message()
    shown = read((await audit(admin, channel)).content).text
    who = f"<t:{int(clock.now.timestamp())}:f> · <@{admin.id}> · "
    assert [line.removeprefix(who) for line in shown.splitlines()] == [
        "Protokoll, Seite 1 von 1",
        "Artikel entfernt: Soldaten in Kursk (Nr. 1)",
        "Artikel hinzugefügt: Form (Nr. 3)",
        shown.splitlines()[3].removeprefix(who),
        "Artikel hinzugefügt: Soldaten in Kursk (Nr. 1)",
    ]
    assert "(Nr. 2)" in shown.splitlines()[3]


async def test_changed_settings_stand_there_in_words(
    client: BelegClient, guild: Guild, channel: Channel, admin: Member
) -> None:
    role = guild.add_role("Leser")
    panel = await (await admin.slash(channel, "settings")).final_message()
    await (await admin.choose(panel, "settings:choose:ask_role", role)).final_message()
    await (await admin.click(panel, "Fragenprotokoll: aus")).final_message()
    text = (await audit(admin, channel)).content
    assert f"<@{admin.id}> · Fragen dürfen: <@&{role.id}>" in text
    assert f"<@{admin.id}> · Fragenprotokoll: 30 Tage" in text


async def test_pages_are_turned_after_a_restart_by_administrators_alone(
    discord_server: DiscordServer, desk: Desk, client: BelegClient, channel: Channel, admin: Member
) -> None:
    def fill(table: AuditTable) -> None:
        for number in range(2 * PAGE_SIZE + 1):
            details: dict[str, str | int] = {"id": number, "title": f"Titel {number}"}
            table.note(AuditEntry(AT, "5", AuditAction.ARTICLE_ADDED, details))

    await desk.change(str(admin.guild.id), lambda opened: fill(AuditTable(opened.database)))
    message = await audit(admin, channel)
    assert "Seite 1 von 3" in message.content
    await client.close()
    again = BelegClient(desk, connector=discord_server.connector())
    async with discord_server.running(again):
        for button, page in (("Weiter", 2), ("Weiter", 3), ("Weiter", 1), ("Zurück", 3)):
            await (await admin.click(message, button)).final_message()
            assert f"Seite {page} von 3" in message.content
        assert "Titel 0 " in message.content
        admin.roles.clear()
        refused = await (await admin.click(message, "Weiter")).final_message(
            matching=lambda one: "darf nur" in one.content
        )
        assert refused.ephemeral
        assert "Seite 3 von 3" in message.content


async def test_it_is_limited_to_a_person_and_a_topic_on_every_page_after_a_restart_too(
    discord_server: DiscordServer, desk: Desk, client: BelegClient, channel: Channel, admin: Member
) -> None:
    def fill(table: AuditTable) -> None:
        for number in range(PAGE_SIZE + 1):
            details: dict[str, str | int] = {"id": number, "title": f"Titel {number}"}
            table.note(AuditEntry(AT, str(admin.id), AuditAction.ARTICLE_ADDED, details))
            table.note(AuditEntry(AT, str(admin.id), AuditAction.FEED_ADDED, details))
            table.note(AuditEntry(AT, "5", AuditAction.ARTICLE_REMOVED, details))

    async def shown(**options: object) -> Message:
        return await (await admin.slash(channel, "audit", options)).final_message()

    await desk.change(str(admin.guild.id), lambda opened: fill(AuditTable(opened.database)))
    assert "Seite 1 von 4" in (await audit(admin, channel)).content
    topic = await shown(topic="article")
    assert "Seite 1 von 3" in topic.content
    assert "Feed" not in topic.content
    nothing = await shown(topic="watch")
    assert nothing.content == "Davon steht nichts im Protokoll."
    both = await shown(person=admin, topic="article")
    await client.close()
    again = BelegClient(desk, connector=discord_server.connector())
    async with discord_server.running(again):
        for page in (1, 2):
            head, limits, *lines = both.content.splitlines()
            assert f"Seite {page} von 2" in head
            assert limits == f"-# <@{admin.id}> · Artikel"
            assert lines
            assert all("Artikel hinzugefügt" in line for line in lines)
            await (await admin.click(both, "Weiter")).final_message()


@pytest.mark.usefixtures("client")
async def test_only_administrators_see_it(channel: Channel, member: Member) -> None:
    exchange = await member.slash(channel, "audit", enforce_permissions=False)
    assert (await exchange.final_message()).content.startswith("Das darf nur")


@pytest.mark.parametrize("language", list(Language))
def test_every_action_has_its_sentence(language: Language) -> None:
    for action in AuditAction:
        details: dict[str, str | int] = {"id": 1, "title": "T", "host": "h", "name": "log_days"}
        entry = AuditEntry(AT, "5", action, details | {"before": "0", "after": "7"})
        assert change_text(entry, language, discord=True) != say(language, "audit.empty")


def test_a_full_page_of_long_hostile_titles_fits_and_does_nothing() -> None:
    hostile = "@everyone [x](https://evil.example) `` ** <@1> " * 9
    many = " ".join(str(2**63 - number) for number in range(1, 26))
    for details, action in (
        ({"id": 2**62, "title": hostile}, AuditAction.ARTICLE_ADDED),
        ({"name": "add_roles", "before": "", "after": many}, AuditAction.SETTING_CHANGED),
    ):
        entry = AuditEntry(AT, hostile, action, details)  # type: ignore[arg-type]  # of both kinds
        text = render_audit([entry] * PAGE_SIZE, 99998, 10**6, Language.GERMAN)
        assert units(text) <= 2000
        assert "https://evil" not in [target for _, target in read(text).links]


def test_the_terminal_shows_an_entry_on_a_line() -> None:
    entry = AuditEntry(AT, "ada", AuditAction.ARTICLE_ADDED, {"id": 3, "title": "*T*"})
    line = plain_line(entry, Language.ENGLISH)
    assert line.endswith(" · ada in a terminal · Article added: *T* (no. 3)")
    assert "22 November 2026" in line
