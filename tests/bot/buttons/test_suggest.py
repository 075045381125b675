from __future__ import annotations

from pathlib import Path

import pytest

from bot.desk import Desk
from bot.excerpt import units
from index.audit_table import AuditTable
from index.suggestion_table import SuggestionTable
from tests.bot.conftest import PAGE, QUESTION, SENTENCE, Website, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, Guild, Member, Message

pytestmark = pytest.mark.usefixtures("client")


async def suggest(member: Member, channel: Channel, what: str, why: str = "") -> Message:
    answer = await (await member.slash(channel, "ask", {"question": QUESTION})).final_message()
    form = await (await member.click(answer, "Artikel vorschlagen")).modal()
    exchange = await form.submit({"Link oder Überschrift": what, "Was fehlt ohne ihn?": why})
    message = await exchange.final_message()
    assert message.ephemeral
    return message


async def queue(admin: Member, channel: Channel) -> Message:
    message = await (await admin.slash(channel, "suggestions")).final_message()
    assert message.ephemeral
    return message


async def test_what_a_member_suggests_an_administrator_adds(
    website: Website, channel: Channel, admin: Member, member: Member
) -> None:
    website.pages["/kursk"] = PAGE
    told = await suggest(member, channel, f" {website.address}/kursk ", "Die Zahl der Soldaten")
    assert told.content.startswith("Danke!")
    shown = await queue(admin, channel)
    text = read(shown.content).text
    assert text.startswith("Vorschlag 1 von 1, vom ")
    assert f"{website.address}/kursk\nDie Zahl der Soldaten" in text
    assert not read(shown.content).links
    await (await admin.click(shown, "Hinzufügen")).final_message()
    assert read(shown.content).text.startswith("Hinzugefügt als Nr. 1: Soldaten in Kursk")
    assert shown.content.endswith("Es wartet kein Vorschlag.")
    assert not shown.buttons
    answer = await (await member.slash(channel, "ask", {"question": QUESTION})).final_message()
    assert SENTENCE in read(answer.content).text


async def test_what_is_no_link_can_only_be_dismissed(
    desk: Desk, guild: Guild, channel: Channel, admin: Member, member: Member
) -> None:
    await suggest(member, channel, "Der Artikel über **Kursk** von gestern")
    await suggest(member, channel, "Noch einer")
    shown = await queue(admin, channel)
    assert [button["label"] for button in shown.buttons] == ["Zurück", "Weiter", "Verwerfen"]
    await (await admin.click(shown, "Weiter")).final_message()
    assert "Noch einer" in shown.content
    await (await admin.click(shown, "Verwerfen")).final_message()
    text = read(shown.content).text
    assert text.startswith("Verworfen.\n\nVorschlag 1 von 1")
    assert "Der Artikel über **Kursk** von gestern" in text
    corpus = str(guild.id)
    entries = await desk.look(corpus, lambda opened: AuditTable(opened.database).page(0, 9))
    assert [entry.details["title"] for entry in entries] == ["Noch einer"]


async def test_a_link_that_cannot_be_added_goes_on_waiting(
    website: Website, channel: Channel, admin: Member, member: Member
) -> None:
    await suggest(member, channel, f"{website.address}/weg")
    shown = await queue(admin, channel)
    await (await admin.click(shown, "Hinzufügen")).final_message()
    assert "Vorschlag 1 von 1" in shown.content
    assert "Gibt es sie noch?" in shown.content


async def test_who_decides_second_is_told(channel: Channel, admin: Member, member: Member) -> None:
    await suggest(member, channel, "Eine Überschrift")
    one, other = await queue(admin, channel), await queue(admin, channel)
    await (await admin.click(one, "Verwerfen")).final_message()
    told = await (await admin.click(other, "Verwerfen")).final_message()
    assert told.content == "Über diesen Vorschlag ist schon entschieden."


async def test_members_neither_see_the_queue_nor_decide(
    channel: Channel, admin: Member, member: Member
) -> None:
    await suggest(member, channel, "Eine Überschrift")
    exchange = await member.slash(channel, "suggestions", enforce_permissions=False)
    assert "darf nur" in (await exchange.final_message()).content
    shown = await queue(admin, channel)
    admin.roles.clear()
    told = await (await admin.click(shown, "Verwerfen")).final_message()
    assert "darf nur" in told.content
    assert "Eine Überschrift" in shown.content


async def test_suggestions_are_capped_by_day_and_keep_nobodys_name(
    desk: Desk, guild: Guild, channel: Channel, member: Member, tmp_path: Path
) -> None:
    for number in range(5):
        assert "Danke" in (await suggest(member, channel, f"Überschrift {number}")).content
    told = await suggest(member, channel, "Überschrift 6")
    assert told.content.startswith("Mehr als 5 Vorschläge am Tag gehen nicht.")
    eva = guild.add_member("Eva")
    assert "schon jemand" in (await suggest(eva, channel, "Überschrift 1")).content
    kept = everything_in(tmp_path)
    assert b"berschrift 4" in kept
    for secret in (QUESTION, str(member.user.id), str(eva.user.id)):
        assert secret.encode() not in kept


def everything_in(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "what",
    ["@everyone <@1> [a](https://evil.example) ||x||", "https://evil.example/<@1>", "x" * 300],
)
async def test_nothing_that_is_suggested_acts(
    channel: Channel, admin: Member, member: Member, what: str
) -> None:
    await suggest(member, channel, what, "@here **laut** https://x.example " * 10)
    shown = await queue(admin, channel)
    assert units(shown.content) <= 2000
    assert not shown.pings
    assert not read(shown.content).links
    assert what in read(shown.content).text


@pytest.mark.parametrize("what", ["???", "—"])
async def test_what_says_nothing_is_no_suggestion(
    desk: Desk, guild: Guild, channel: Channel, member: Member, what: str
) -> None:
    assert "Nenne bitte" in (await suggest(member, channel, what)).content
    await desk.add_article(str(guild.id), kursk())
    waiting = await desk.look(
        str(guild.id), lambda opened: SuggestionTable(opened.database).count()
    )
    assert waiting == 0
