from __future__ import annotations

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from index.question_table import QuestionTable
from tests.bot.conftest import kursk
from tests.discord_server import Channel, Member

PERU = "Wer regiert in Peru?"


@pytest.fixture
def threshold() -> float:
    return 1 - 1e-9  # nothing is sure enough


async def count(desk: Desk, corpus: str) -> int:
    return await desk.look(corpus, lambda opened: QuestionTable(opened.database).count())


async def settled(desk: Desk, corpus: str, wanted: int) -> None:
    for _ in range(500):
        if await count(desk, corpus) == wanted:
            return
    raise AssertionError(f"there are {await count(desk, corpus)} questions, not {wanted}")


async def gaps(admin: Member, channel: Channel) -> str:
    exchange = await admin.slash(channel, "gaps")
    message = await exchange.final_message()
    assert message.ephemeral
    return message.content


async def test_without_the_log_it_says_how_to_switch_it_on(
    desk: Desk, client: BelegClient, channel: Channel, admin: Member, member: Member
) -> None:
    await desk.add_article(str(admin.guild.id), kursk())
    await (await member.slash(channel, "ask", {"question": PERU})).final_message()
    assert "/einstellungen → Fragenprotokoll" in await gaps(admin, channel)
    await desk.change(str(admin.guild.id), lambda _: None)
    assert await count(desk, str(admin.guild.id)) == 0
    await client.rules.change(str(admin.guild.id), "1", log_days=7)
    assert "keine Frage ohne Antwort" in await gaps(admin, channel)


async def test_with_the_log_questions_without_answer_are_grouped(
    desk: Desk, client: BelegClient, channel: Channel, admin: Member, member: Member
) -> None:
    corpus = str(admin.guild.id)
    await desk.add_article(corpus, kursk())
    await client.rules.change(corpus, "1", log_days=7)
    await (
        await member.slash(channel, "ask", {"question": "Wie hoch ist der Zaun?"})
    ).final_message()
    for _ in range(2):
        said = await member.say(channel, f"<@bot> {PERU}")
        await channel.next_message(after=said)
    await settled(desk, corpus, 3)
    lines = (await gaps(admin, channel)).splitlines()
    assert lines[0] == "**Fragen ohne Antwort, Seite 1 von 1**"
    assert lines[1].startswith("- Wer regiert in Peru? · 2-mal, zuletzt <t:")
    assert lines[2].startswith("- Wie hoch ist der Zaun? · <t:")
    assert len(lines) == 3


async def test_switching_the_log_off_deletes_it_at_once(
    desk: Desk, client: BelegClient, channel: Channel, admin: Member, member: Member
) -> None:
    corpus = str(admin.guild.id)
    panel = await (await admin.slash(channel, "settings")).final_message()
    await (await admin.click(panel, "Fragenprotokoll: aus")).final_message()
    await (await member.slash(channel, "ask", {"question": PERU})).final_message()
    await settled(desk, corpus, 1)
    exchange = await admin.click(panel, "Fragenprotokoll: 30 Tage")
    await exchange.final_message(matching=lambda one: "Fragenprotokoll: aus." in one.text)
    assert await count(desk, corpus) == 0


@pytest.mark.usefixtures("client")
async def test_only_who_may_add_sees_them(channel: Channel, member: Member) -> None:
    exchange = await member.slash(channel, "gaps", enforce_permissions=False)
    assert (await exchange.final_message()).content.startswith("Das darf nur")
