from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.client import BelegClient
from bot.commands import feed as feed_module
from bot.commands import progress as progress_module
from bot.desk import Desk
from bot.feed_desk import FeedDesk
from tests.bot.conftest import PAGE, Website
from tests.bot.discord_markdown import read
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.fakes import Clock

pytestmark = pytest.mark.usefixtures("client")


def serve(website: Website, count: int = 2, path: str = "/rss", title: str = "Ticker") -> str:
    """Serve a feed with articles, the last one the newest; return its address."""
    items = []
    for number in range(count):
        website.pages[f"{path}-{number}"] = PAGE.replace("Kursk", f"Kursk {title} {number}")
        items.append(
            f"<item><title>Kursk {number}</title><link>{website.address}{path}-{number}</link>"
            f"<pubDate>Fri, 0{number + 1} Nov 2024 08:00:00 +0000</pubDate></item>"
        )
    website.pages[path] = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
        f"{''.join(items)}</channel></rss>"
    )
    return f"{website.address}{path}"


async def text_of(member: Member, channel: Channel, command: str, **options: object) -> str:
    exchange = await member.slash(channel, command, options)
    message = await exchange.final_message()
    assert message.ephemeral
    assert exchange.deferred
    assert not message.pings
    return read(message.content).text


async def test_a_feed_is_added_with_its_newest_articles(
    website: Website, desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    url = serve(website, 5)
    shown = await text_of(admin, channel, "feed add", url=f" {url} ")
    assert shown.splitlines() == [
        "Feed Nr. 1 hinzugefügt: Ticker",
        "Ticker: 3 aufgenommen, 0 aktualisiert, 0 unverändert, 0 nicht lesbar.",
    ]
    titles = {stored.title for stored in await desk.headlines(str(guild.id))}
    assert titles == {f"Soldaten in Kursk Ticker {number}" for number in (2, 3, 4)}
    again = await text_of(admin, channel, "feed add", url=url)
    assert again == "Diesen Feed gibt es hier schon: Nr. 1, Ticker."


async def test_what_could_not_be_read_is_named_with_its_reason(
    website: Website, channel: Channel, admin: Member
) -> None:
    url = serve(website)
    del website.pages["/rss-1"]
    lines = (await text_of(admin, channel, "feed add", url=url)).splitlines()
    assert lines[1].endswith(
        "1 aufgenommen, 0 aktualisiert, 0 unverändert, 1 nicht lesbar."
        " Noch nicht geholt: 1, ich versuche es später wieder."
    )
    assert lines[2].startswith("Kursk 1: 127.0.0.1 hat die Seite nicht")


async def test_how_far_it_is_is_said_meanwhile(
    website: Website, channel: Channel, admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_module, "PAUSE_S", 0.0)
    exchange = await admin.slash(channel, "feed add", {"url": serve(website)})
    meanwhile = await exchange.final_message(matching=lambda message: "…" in message.content)
    assert "Ticker" in meanwhile.content
    report = await exchange.final_message(matching=lambda one: "aufgenommen" in one.content)
    assert report is meanwhile
    assert exchange.edits > 1


async def test_what_takes_longer_than_discord_listens_goes_on(
    *,
    website: Website,
    desk: Desk,
    guild: Guild,
    channel: Channel,
    admin: Member,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed_module, "_LONGEST_S", 0.0)
    shown = await text_of(admin, channel, "feed add", url=serve(website))
    assert "im Hintergrund" in shown
    for _ in range(500):
        if len(await desk.headlines(str(guild.id))) == 2:
            return
        await asyncio.sleep(0.01)
    pytest.fail("the articles never came")


async def test_among_several_feeds_of_a_page_a_person_chooses(
    website: Website, channel: Channel, admin: Member
) -> None:
    for name in ("a", "b"):
        serve(website, path=f"/{name}")
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="*{name}*" href="/{name}">'
        for name in ("a", "b")
    )
    website.pages["/"] = f"<!doctype html><html><head>{links}</head><body></body></html>"
    for command in ("feed add", "feed preview"):
        exchange = await admin.slash(channel, command, {"url": f"{website.address}/"})
        shown = read((await exchange.final_message()).content)
        assert "nennt 2 Feeds" in shown.text
        assert f"*a* · {website.address}/a" in shown.text
        assert set(shown.effects) == {"list"}


async def test_a_preview_adds_nothing(
    *, website: Website, desk: Desk, feeds: FeedDesk, guild: Guild, channel: Channel, admin: Member
) -> None:
    shown = await text_of(admin, channel, "feed preview", url=serve(website))
    assert "Ticker, 2 Einträge" in shown
    assert "Kursk 1 · 2. November 2024" in shown
    assert await desk.headlines(str(guild.id)) == []
    assert await feeds.states(str(guild.id)) == []
    missing = await text_of(admin, channel, "feed preview", url=f"{website.address}/weg")
    assert "nicht oder nicht vollständig" in missing


async def test_feeds_are_listed_those_that_fail_first_and_plain_to_see(
    *,
    website: Website,
    feeds: FeedDesk,
    guild: Guild,
    channel: Channel,
    admin: Member,
    clock: Clock,
) -> None:
    assert "noch keine Feeds" in await text_of(admin, channel, "feed list")
    for name in "abcde":
        await feeds.add(str(guild.id), serve(website, 1, f"/{name}", f"Feed {name}"), "7")
    website.pages["/e"] = "<html><body><p>Wartung</p></body></html>"
    clock.now += timedelta(hours=3)
    now = await text_of(admin, channel, "feed now", feed="5")
    assert now.startswith("⚠️ Feed e: ")
    message = await (await admin.slash(channel, "feed list")).final_message()
    lines = read(message.content).text.splitlines()
    assert lines[0] == "Feeds: 5, davon gestört: 1, Seite 1 von 2"
    assert lines[1].startswith("5 · Feed e · ")
    assert lines[3].startswith("⚠️ Gestört seit")
    assert lines[4].startswith("1 · Feed a · 0 Artikel hier, 1 noch zu holen")
    assert message.content.count("⚠️") == 1
    await (await admin.click(message, "Weiter")).final_message()
    assert "Feed d" in message.content
    status = await text_of(admin, channel, "status")
    assert "⚠️ 5 · Feed e: Gestört seit" in status


async def test_a_feed_is_paused_resumed_and_removed(
    *, website: Website, desk: Desk, feeds: FeedDesk, guild: Guild, channel: Channel, admin: Member
) -> None:
    corpus = str(guild.id)
    await text_of(admin, channel, "feed add", url=serve(website))
    assert "Pausiert: Ticker" in await text_of(admin, channel, "feed pause", feed="1")
    assert "pausiert" in await text_of(admin, channel, "feed list")
    assert await text_of(admin, channel, "feed resume", feed="1") == "Läuft wieder: Ticker"
    assert (await feeds.states(corpus))[0].feed.paused is None
    removed = await text_of(admin, channel, "feed remove", feed="1")
    assert removed == "Feed entfernt: Ticker. Seine Artikel bleiben."
    assert len(await desk.headlines(corpus)) == 2
    audit = read(await text_of(admin, channel, "audit")).text
    assert audit.count("Feed Ticker · Artikel hinzugefügt") == 2
    for done in ("hinzugefügt", "pausiert", "läuft wieder", "entfernt"):
        assert f"Feed {done}: Ticker (Nr. 1)" in audit


async def test_a_feed_goes_with_its_articles_where_that_is_wanted(
    website: Website, desk: Desk, guild: Guild, channel: Channel, admin: Member
) -> None:
    await text_of(admin, channel, "feed add", url=serve(website))
    shown = await text_of(admin, channel, "feed remove", **{"feed": "1", "with-articles": True})
    assert shown.endswith("Mit ihm entfernte Artikel: 2.")
    assert await desk.headlines(str(guild.id)) == []


async def test_a_feed_is_asked_at_once(website: Website, channel: Channel, admin: Member) -> None:
    url = serve(website)
    await text_of(admin, channel, "feed add", url=url)
    assert await text_of(admin, channel, "feed now", feed="1") == "Ticker: nichts Neues."
    serve(website, 3)
    shown = await text_of(admin, channel, "feed now", feed="1")
    assert shown.startswith("Ticker: 1 aufgenommen")


async def test_a_feed_is_found_by_words_of_its_title_or_address(
    *,
    website: Website,
    feeds: FeedDesk,
    guild: Guild,
    channel: Channel,
    admin: Member,
    member: Member,
) -> None:
    for name in "ab":
        await feeds.add(str(guild.id), serve(website, 1, f"/{name}", f"Feed {name}"), "7")
    for command in ("pause", "resume", "remove", "now"):
        name = f"feed {command}"
        for typed in ("FEED b", "/b"):
            offered = await admin.autocomplete(channel, name, {"feed": typed}, focused="feed")
            assert offered == [{"name": "2 · Feed b", "value": "2"}]
        offered = await member.autocomplete(
            channel, name, {"feed": ""}, focused="feed", enforce_permissions=False
        )
        assert offered == []
        for typed in ("x", "99", "9" * 30):
            assert f"Nummer {typed}" in await text_of(admin, channel, name, feed=typed)


async def test_who_may_add_looks_after_feeds_but_only_administrators_stop_them(
    *,
    client: BelegClient,
    website: Website,
    feeds: FeedDesk,
    guild: Guild,
    channel: Channel,
    member: Member,
) -> None:
    url = serve(website)

    async def told(command: str, **options: object) -> str:
        exchange = await member.slash(channel, command, options, enforce_permissions=False)
        return (await exchange.final_message()).content

    everything = [
        ("feed add", {"url": url}),
        ("feed list", {}),
        ("feed preview", {"url": url}),
        ("feed now", {"feed": "1"}),
    ]
    stopping = [(f"feed {name}", {"feed": "1"}) for name in ("pause", "resume", "remove")]
    for command, options in (*everything, *stopping):
        assert "Das darf nur" in await told(command, **options)
    assert await feeds.states(str(guild.id)) == []
    role = guild.add_role("Redaktion")
    member.roles.append(role)
    await client.rules.change(str(guild.id), "Anna", add_roles=frozenset({role.id}))
    for command, options in everything:
        assert "Das darf nur" not in await told(command, **options)
    for command, options in stopping:
        assert "Das darf nur" in await told(command, **options)


async def test_the_commands_have_german_names(discord_server: DiscordServer) -> None:
    feed = discord_server.commands.find(None, "feed", 1)
    assert feed is not None
    names = {option["name"]: option["name_localizations"]["de"] for option in feed["options"]}
    assert names == {
        "add": "hinzufügen",
        "list": "liste",
        "preview": "vorschau",
        "pause": "pausieren",
        "resume": "fortsetzen",
        "remove": "entfernen",
        "now": "jetzt",
    }
    assert feed["contexts"] == [0]
    assert feed["integration_types"] == [0]
