from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial

import pytest
from aiohttp import web

from bot.answer import Answering
from bot.client import BelegClient
from bot.desk import Desk
from index.corpus import Corpus
from index.library import Library
from index.override_table import Override
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.news_server import NewsServer, SimulatedTime

HOST = "zeitung.test"
RULE = "User-agent: *\nDisallow: /\n"


@pytest.fixture
async def paper() -> AsyncIterator[NewsServer]:
    """A paper that reserves everything."""
    async with NewsServer(SimulatedTime()) as server:
        server.write(HOST, "a1")
        server.site(HOST).files["/robots.txt"] = lambda _: web.Response(text=RULE)
        yield server


@pytest.fixture
async def desk(library: Library, paper: NewsServer) -> AsyncIterator[Desk]:
    desk = Desk(library, paper.fetcher(), Answering())
    yield desk
    await asyncio.to_thread(desk.close)


def put(one: Override, opened: Corpus) -> None:
    opened.overrides.put(one)


async def text_of(member: Member, channel: Channel, command: str, **options: object) -> str:
    exchange = await member.slash(channel, command, options)
    message = await exchange.final_message()
    assert message.ephemeral
    assert exchange.deferred
    assert not message.pings
    return read(message.content).text


@pytest.mark.usefixtures("client")
async def test_a_permission_opens_a_site_until_it_is_taken_back(
    paper: NewsServer, channel: Channel, admin: Member
) -> None:
    url = paper.url(HOST, "/artikel/a1.html")
    refused = await text_of(admin, channel, "article add", url=url)
    assert "/erlaubnis eintragen" in refused
    site = paper.url(HOST, "/")
    entered = await text_of(admin, channel, "permit add", site=site, reason=" *Mail* von Ada ")
    assert entered.splitlines()[0] == (
        f"Eingetragen: Was {HOST} sich vorbehält, gilt auf diesem Server nicht mehr."
        " Das sagt die Website dazu:"
    )
    assert "Disallow: /" in entered
    assert "Hinzugefügt" in await text_of(admin, channel, "article add", url=url)
    listed = await text_of(admin, channel, "permit list")
    assert f"{HOST} · " in listed
    assert f"<@{admin.id}> · *Mail* von Ada" in listed
    assert f"trotz Vorbehalt: {HOST}" in await text_of(admin, channel, "sources")
    removed = await text_of(admin, channel, "permit remove", site=HOST)
    assert removed == f"Gelöscht: Für {HOST} gilt wieder, was die Website sagt."
    assert "robots.txt" in await text_of(admin, channel, "article refresh", article="1")
    assert "nichts eingetragen" in await text_of(admin, channel, "permit list")
    audit = await text_of(admin, channel, "audit")
    assert f"Vorbehalt von {HOST} übergangen" in audit
    assert f"Vorbehalt von {HOST} gilt wieder" in audit


@pytest.mark.usefixtures("client")
async def test_what_is_kept_says_who_when_why_and_against_what(
    paper: NewsServer, desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    before = datetime.now(UTC)
    await text_of(admin, channel, "permit add", site=paper.url(HOST, "/"), reason="Mail")
    (kept,) = await desk.look(str(guild.id), lambda opened: opened.overrides.all())
    assert (kept.host, kept.by, kept.reason) == (HOST, str(admin.id), "Mail")
    assert before <= kept.at <= datetime.now(UTC)
    assert "Disallow: /" in kept.stated


@pytest.mark.usefixtures("client")
async def test_what_names_no_site_enters_nothing(
    desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    for site in ("10.0.0.1", "ftp://zeitung.test", "localhost", "a b", "@everyone"):
        shown = await text_of(admin, channel, "permit add", site=site, reason="Mail")
        assert "Eingetragen" not in shown
        assert "schiefgegangen" not in shown
    shown = await text_of(admin, channel, "permit remove", site="http://[x")
    assert "ist hier nichts eingetragen" in shown
    assert await desk.look(str(guild.id), lambda opened: opened.overrides.all()) == []


async def test_permissions_are_listed_by_pages_that_turn_after_a_restart(
    discord_server: DiscordServer, desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    for number in range(6):
        one = Override(f"h{number}.test", "ada", datetime.now(UTC), "Mail", "")
        await desk.change(str(guild.id), partial(put, one))
    async with discord_server.running(BelegClient(desk, connector=discord_server.connector())):
        message = await (await admin.slash(channel, "permit list")).final_message()
        assert "Seite 1 von 2" in message.content
    async with discord_server.running(BelegClient(desk, connector=discord_server.connector())):
        await (await admin.click(message, "Weiter")).final_message()
        assert "Seite 2 von 2" in message.content
        assert "h5.test" in message.content
        offered = await admin.autocomplete(channel, "permit remove", {"site": "H3"}, focused="site")
        assert [choice["value"] for choice in offered] == ["h3.test"]


async def test_only_administrators_give_and_take_permission(
    client: BelegClient, desk: Desk, guild: Guild, channel: Channel, member: Member
) -> None:
    role = guild.add_role("Redaktion")
    member.roles.append(role)
    await client.rules.change(str(guild.id), "Anna", add_roles=frozenset({role.id}))
    for command, options in (
        ("permit add", {"site": HOST, "reason": "Mail"}),
        ("permit list", {}),
        ("permit remove", {"site": HOST}),
    ):
        exchange = await member.slash(channel, command, options, enforce_permissions=False)
        assert "Das darf nur" in (await exchange.final_message()).content
    offered = await member.autocomplete(
        channel, "permit remove", {"site": ""}, focused="site", enforce_permissions=False
    )
    assert offered == []
    assert await desk.look(str(guild.id), lambda opened: opened.overrides.all()) == []
