from __future__ import annotations

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from tests.bot.conftest import PAGE, SENTENCE, Website, kursk
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, Guild, Member

pytestmark = pytest.mark.usefixtures("client")


async def text_of(member: Member, channel: Channel, command: str, **options: object) -> str:
    exchange = await member.slash(channel, command, options)
    message = await exchange.final_message()
    assert message.ephemeral
    assert exchange.deferred
    return read(message.content).text


async def test_an_article_is_shown_with_what_is_known_of_it(
    desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    await desk.add_article(str(guild.id), kursk(authors=("Ada *Muster*", "Bo Beispiel")))
    lines = (await text_of(admin, channel, "article show", article="1")).splitlines()
    assert lines[:2] == [
        "1 · Soldaten in Kursk · Tagesblatt · 1. November 2024",
        "Von Ada *Muster*, Bo Beispiel",
    ]
    assert lines[2].startswith("Geholt: ")
    assert lines[3:] == [
        "Gezeigt werden höchstens 600 Zeichen am Stück.",
        f"»Der Rat beriet lange. {SENTENCE} Russland bestritt die Angaben.«",
    ]


async def test_a_server_with_short_excerpts_has_them_here_too(
    client: BelegClient, desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    await client.rules.change(str(guild.id), "Anna", excerpt_characters=100)
    shown = await text_of(admin, channel, "article show", article="1")
    assert "Gezeigt werden höchstens 100 Zeichen" in shown
    assert "bestritt" not in shown


async def test_an_article_is_found_by_words_of_its_title_for_each_command(
    desk: Desk, guild: Guild, channel: Channel, admin: Member, member: Member
) -> None:
    await desk.add_article(str(guild.id), kursk())
    for name in ("show", "changes", "refresh"):
        offered = await admin.autocomplete(
            channel, f"article {name}", {"article": "kursk"}, focused="article"
        )
        assert [choice["value"] for choice in offered] == ["1"]
        offered = await member.autocomplete(
            channel,
            f"article {name}",
            {"article": ""},
            focused="article",
            enforce_permissions=False,
        )
        assert offered == []
        exchange = await member.slash(
            channel, f"article {name}", {"article": "1"}, enforce_permissions=False
        )
        assert "Das darf nur" in (await exchange.final_message()).content
        assert "Nummer Kursk" in await text_of(admin, channel, f"article {name}", article="Kursk")
        assert "Nummer 7" in await text_of(admin, channel, f"article {name}", article="7")


async def test_an_article_is_fetched_again_and_what_changed_is_shown(
    website: Website, channel: Channel, admin: Member
) -> None:
    website.pages["/kursk"] = PAGE
    await text_of(admin, channel, "article add", url=f"{website.address}/kursk")
    same = await text_of(admin, channel, "article refresh", article="1")
    assert same.startswith("Unverändert, Nr. 1: Soldaten in Kursk")
    assert "nur eine Fassung" in await text_of(admin, channel, "article changes", article="1")
    website.pages["/kursk"] = PAGE.replace("8.000", "9.000")
    changed = await text_of(admin, channel, "article refresh", article="1")
    assert changed.startswith("Neue Fassung, jetzt Nr. 2: Soldaten in Kursk")
    exchange = await admin.slash(channel, "article changes", {"article": "2"})
    shown = (await exchange.final_message()).content
    assert "~~8.000~~ **9.000** Soldaten" in shown
    assert "Fassung 2 von 2" in shown
    first = await text_of(admin, channel, "article changes", article="1", version=1)
    assert "die erste von 2 Fassungen" in first
    missing = await text_of(admin, channel, "article changes", article="1", version=3)
    assert "Eine Fassung 3 gibt es nicht" in missing
    assert "2 Fassungen" in await text_of(admin, channel, "article show", article="1")


async def test_a_page_that_is_gone_is_named_and_the_article_stays(
    website: Website, desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    website.pages["/kursk"] = PAGE
    await text_of(admin, channel, "article add", url=f"{website.address}/kursk")
    del website.pages["/kursk"]
    assert "nicht oder nicht vollständig" in await text_of(
        admin, channel, "article refresh", article="1"
    )
    assert len(await desk.headlines(str(guild.id))) == 1


async def test_an_article_without_an_address_cannot_be_fetched_again(
    desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    await desk.add_article(str(guild.id), kursk(url=None))
    assert "keine Adresse" in await text_of(admin, channel, "article refresh", article="1")
