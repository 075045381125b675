"""The cases of the reference list that more than the fetcher decides, from end to end."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import discord
import pytest

from bot.answer import Answering
from bot.commands.attachments import page_of
from bot.desk import Desk
from bot.feed_desk import FeedDesk
from bot.render import render_list
from bot.timing import Timing
from bot.types import Language
from index.errors import BelegError, SourceError
from index.fetch import FetchLimits
from index.library import Library
from index.refresh import Intervals
from index.rights import PermittedFetcher, SiteRights
from index.types import Given, Page, Receipt
from tests.bot.discord_markdown import read
from tests.documents import ENCRYPTED, Text, make_docx, make_pdf, make_zip, paragraph
from tests.fake_internet import PUBLIC, FakeInternet, Script, endless, redirect, response
from tests.fakes import HashingEmbedder
from tests.index.test_fetch_cases import CASES, ELSEWHERE

pytestmark = pytest.mark.skipif(not CASES, reason="the reference list is not part of the project")

CORPUS = "local"
TEXT = (
    "Die Brücke über die Weser ist seit Montag gesperrt, viele Grüße aus Nienburg. "
    "Die Stadt rechnet mit zwei Jahren Bauzeit und Kosten von acht Millionen Euro. "
    "Der Rat will im Dezember über die Umleitung entscheiden, sagte die Bürgermeisterin."
)
HTML = (
    "<!doctype html><html><head><title>Brücke gesperrt</title>{head}</head>"
    f"<body><article><h1>Brücke gesperrt</h1><p>{TEXT}</p></article></body></html>"
)
PAGE = HTML.format(head="")
MISSING = response(b"", status="404 Not Found")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def at_once(_: float) -> None:
    """Wait without waiting."""


@dataclass
class Newsroom:
    """All of Beleg that takes in news, on an internet of its own."""

    internet: FakeInternet
    desk: Desk
    feeds: FeedDesk
    now: datetime = NOW

    async def code(self, work: Awaitable[object]) -> str:
        """Return the code of a refusal, or "taken"."""
        try:
            await work
        except BelegError as error:
            return error.code
        return "taken"

    def add(self, path: str = "/1") -> Awaitable[Receipt]:
        return self.desk.add_address(CORPUS, f"http://public.test{path}", Given())

    def file(self, content: bytes, name: str, media_type: str = "") -> Awaitable[Receipt]:
        return self.desk.add_page(CORPUS, Page(content, media_type, source=name), Given())

    async def texts(self) -> list[str]:
        return [
            (await self.desk.article(CORPUS, each.id)).article.text
            for each in await self.desk.headlines(CORPUS)
        ]

    async def addresses(self) -> list[str | None]:
        return [each.url for each in await self.desk.headlines(CORPUS)]

    def serve(self, body: str | bytes, content_type: str = "text/html", path: str = "/1") -> None:
        raw = body.encode() if isinstance(body, str) else body
        self.internet.pages[path] = response(raw, content_type=content_type)

    async def read(self, body: str | bytes, content_type: str = "text/html") -> list[str]:
        """Add a page that is served so; the texts of all articles, or the code alone."""
        self.serve(body, content_type)
        code = await self.code(self.add())
        return await self.texts() if code == "taken" else [code]

    def feed(self, *items: str, head: str = "") -> None:
        body = f"{head}<rss version='2.0'><channel><title>F</title>{''.join(items)}</channel></rss>"
        self.serve(body, "application/rss+xml", "/feed")

    async def refresh(self, *, hours: int = 0) -> list[str]:
        """Let time pass, do what is due and return the codes of what has failed."""
        self.now += timedelta(hours=hours)
        reports = await self.feeds.refresh_due(CORPUS)
        failed = [taken.error.code for report in reports for taken in report.taken if taken.error]
        return failed + [report.error.code for report in reports if report.error]


@pytest.fixture
async def newsroom(internet: FakeInternet, tmp_path: Path) -> AsyncIterator[Newsroom]:
    internet.resolver.names["cdn.test"] = PUBLIC
    internet.pages.update({"/robots.txt": MISSING, "/.well-known/tdmrep.json": MISSING})
    library = Library(tmp_path, HashingEmbedder())
    limits = FetchLimits(total=20, page_size=8_000_000)
    async with internet.fetcher(limits) as guarded:
        room: list[Newsroom] = []

        def clock() -> datetime:
            return room[0].now

        fetcher = PermittedFetcher(guarded, SiteRights(guarded, clock))
        async with Desk(library, fetcher, Answering()) as desk:
            timing = Timing(clock=clock, sleep=at_once, chance=lambda: 0.5)
            feeds = FeedDesk(desk, intervals=Intervals(), most_at_first=50, timing=timing)
            room.append(Newsroom(internet, desk, feeds))
            yield room[0]
            await feeds.close()
    library.close()


def item(link: str, guid: str = "", title: str = "Brücke") -> str:
    identity = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return f"<item><title>{title}</title><link>{link}</link>{identity}</item>"


async def same_article(room: Newsroom) -> None:
    for query in ("", "?utm_source=x&utm_medium=y", "#absatz", "?fbclid=1"):
        room.internet.pages["/1"] = response(PAGE.encode())
        await room.add(f"/1{query}")
    await room.desk.add_address(CORPUS, "http://PUBLIC.test:80/1", Given())
    assert len(await room.addresses()) == 1


async def declared_utf8_but_windows(room: Newsroom) -> None:
    (text,) = await room.read(PAGE.encode("cp1252"), "text/html; charset=utf-8")
    assert "Grüße" in text


async def meta_contradicts_header(room: Newsroom) -> None:
    wrong = HTML.format(head="<meta charset=iso-8859-1>")
    assert "Grüße" in (await room.read(wrong, "text/html; charset=utf-8"))[0]
    other = HTML.format(head="<meta charset=utf-8>").replace("Montag", "Dienstag")
    shown = await room.read(other.encode("iso-8859-1"), "text/html; charset=iso-8859-1")
    assert all("Grüße" in text for text in shown)


async def seven_bit_codes(room: Newsroom) -> None:
    for encoding, body in (
        ("utf-7", PAGE),
        ("iso-2022-jp", PAGE.replace("ü", "日").replace("ß", "本")),
        ("iso-2022-kr", PAGE.replace("ü", "한").replace("ß", "국")),
    ):
        for declared in (f"text/html; charset={encoding}", "text/html"):
            assert await room.read(body.encode(encoding), declared) == ["bad_encoding"]


async def nested_without_end(room: Newsroom) -> None:
    shown = await room.read(PAGE.replace("<article>", "<div>" * 100_000 + "<article>"))
    assert shown == [TEXT] or len(shown[0]) < 40  # a code
    assert (await room.read(PAGE))[0] == TEXT  # the next page is none the worse for it


async def no_expansion(room: Newsroom) -> None:
    entity = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    page = PAGE.replace("<!doctype html>", entity).replace("</p>", f" &x; {include}</p>")
    for kind in ("application/xhtml+xml", "text/html", "image/svg+xml", "application/mathml+xml"):
        shown = await room.read(page, kind)
        assert "root:" not in " ".join(shown)
        assert not kind.startswith(("image", "application/m")) or shown == ["bad_content_type"]


async def entities(room: Newsroom, definitions: str, used: str) -> None:
    room.feed(item("http://public.test/1", title=used), head=f"<!DOCTYPE rss [{definitions}]>")
    room.serve(PAGE)
    code = await room.code(room.feeds.add(CORPUS, "http://public.test/feed", "ada"))
    if code == "taken":
        found = await room.feeds.preview(CORPUS, "http://public.test/feed")
        assert all(len(entry.title) < 400 for entry in found.feed.entries)


async def billion_laughs(room: Newsroom) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    await entities(room, f'<!ENTITY l0 "ha">{levels}', "&l9;")


async def quadratic_blow_up(room: Newsroom) -> None:
    await entities(room, f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 10_000)


async def nested_feed(room: Newsroom) -> None:
    room.serve("<rss><channel>" + "<a>" * 200_000, "application/rss+xml", "/feed")
    code = await room.code(room.feeds.add(CORPUS, "http://public.test/feed", "ada"))
    assert code in {"no_feed", "feed_breaks_parser"}


async def million_entries(room: Newsroom) -> None:
    head, entry = b"<rss><channel><title>F</title>", b"<item><link>/%d</link></item>"
    body = head + b"".join(entry % number for number in range(1_000_000))
    packed = response(gzip.compress(body), "Content-Encoding: gzip", content_type="text/xml")
    room.internet.pages["/feed"] = packed
    assert await room.code(room.feeds.preview(CORPUS, "http://public.test/feed")) == "too_large"
    # As many as fit: the first 200 count.
    room.feed(*(item(f"http://public.test/{number}") for number in range(60_000)))
    found = await room.feeds.preview(CORPUS, "http://public.test/feed")
    assert len(found.feed.entries) == 200


async def links_of_entries(room: Newsroom) -> None:
    links = ("/1", "//other.test/2", "//private.test/3", "http://169.254.169.254/", "file:///etc/x")
    room.feed(*(item(link, title=link) for link in links))
    room.serve(PAGE)
    room.serve(PAGE.replace("Montag", "Freitag"), path="/2")
    await room.feeds.add(CORPUS, "http://public.test/feed", "ada")
    failed = await room.refresh(hours=1)
    assert {"http://public.test/1", "http://other.test/2"} == set(await room.addresses())
    assert set(failed) <= {"address_blocked", "ip_literal_refused", "scheme_not_allowed"}
    assert "address_blocked" in failed


async def feed_moves_inside(room: Newsroom) -> None:
    room.feed()
    await room.feeds.add(CORPUS, "http://public.test/feed", "ada")
    room.internet.pages["/feed"] = redirect("http://private.test/", "301 Moved Permanently")
    assert await room.refresh(hours=25) == ["redirect_blocked"]
    (state,) = await room.feeds.states(CORPUS)
    assert state.feed.is_failing
    assert state.feed.url == "http://public.test/feed"


async def entries_again(room: Newsroom) -> None:
    room.serve(PAGE)
    room.feed(item("http://public.test/1", "a"))
    await room.feeds.add(CORPUS, "http://public.test/feed", "ada")
    for guid, link in (("a", "/1"), ("b", "/1"), ("c", "/1?utm_source=rss"), ("a", "/1#x")):
        room.feed(item(f"http://public.test{link}", guid))
        await room.refresh(hours=25)
    assert await room.addresses() == ["http://public.test/1"]


async def robots_lead_inside(room: Newsroom) -> None:
    room.serve(PAGE)
    room.internet.pages["/robots.txt"] = redirect("http://169.254.169.254/")
    assert await room.code(room.add()) == "redirect_blocked"
    assert room.internet.paths == ["/robots.txt"]


async def tdm_file_is_broken(room: Newsroom) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"
    answers: list[bytes | Script] = [
        redirect("http://private.test/"),
        endless(head, b" " * 65_536),
        response(b"not JSON", content_type="application/json"),
    ]
    for answer in answers:
        room.now += timedelta(days=2)
        room.internet.pages["/.well-known/tdmrep.json"] = answer
        room.serve(PAGE)
        assert await room.code(room.add()) == "taken"


async def attachments_from_elsewhere(room: Newsroom) -> None:
    del room
    for url in (
        "https://evil.test/a.txt",
        "http://127.0.0.1/a.txt",
        "https://cdn.discordapp.com.evil.test/a.txt",
        "https://cdn.discordapp.com@evil.test/a.txt",
        "http://cdn.discordapp.com/a.txt",
        "file:///etc/passwd",
    ):
        typed = SimpleNamespace(filename="a.txt", url=url, content_type="text/plain", size=9)
        with pytest.raises(SourceError, match="attachment_elsewhere"):
            await page_of(cast("discord.Attachment", typed))


async def archives(room: Newsroom) -> None:
    bomb = make_docx(paragraph("A" * 60_000_000))
    crowd = make_docx(paragraph(TEXT), more={f"word/{n}.xml": b"" for n in range(10_000)})
    for content in (bomb, crowd):
        assert await room.code(room.file(content, "a.docx")) == "too_large"
    inner = make_zip({"a": bytes(10_000_000)})
    nested = make_zip({f"{n}.zip": inner for n in range(10)})
    for name in ("a.odt", "a.epub", "a.zip"):
        # Not unpacked at all.
        assert await room.code(room.file(nested, name)) == "unsupported_media_type"


async def documents(room: Newsroom) -> None:
    page = [Text(50, 700, "Die Weser ist gesperrt.")]
    script = "/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    for content, code in (
        (make_pdf(*[page] * 10_000), "document_too_large"),
        (make_pdf(page, trailer=ENCRYPTED), "document_encrypted"),
        (make_pdf(page, trailer=script), "taken"),
        (b"%PDF-1.7\n" + b"<" * 1_000_000, "document_broken"),
    ):
        assert await room.code(room.file(content, "a.pdf", "application/pdf")) == code


async def texts_without_mark(room: Newsroom) -> None:
    await room.file(TEXT.encode("utf-16-le"), "a.txt", "text/plain")
    assert await room.texts() == [TEXT]
    for binary in (bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(5000)):
        code = await room.code(room.file(binary, "b.txt", "text/plain"))
        assert code in {"no_readable_text", "unsupported_media_type"}


async def nothing_in_it(room: Newsroom) -> None:
    for content in (b"", b"x", b" \n\t ", "\ufeff\u00a0 ".encode()):
        for name in ("a.txt", "a.html", "a.md"):
            assert await room.code(room.file(content, name)) == "empty_text", (content, name)


async def pasted_markup(room: Newsroom) -> None:
    pasted = f"Brücke @everyone gesperrt\n\n{TEXT} [x](https://evil.test) <@1> **fett** " * 12
    await room.file(pasted[:4000].encode(), "", "text/plain")
    (stored,) = [
        await room.desk.article(CORPUS, each.id) for each in await room.desk.headlines(CORPUS)
    ]
    assert "@everyone" in stored.article.title + stored.article.text
    assert "[x](https://evil.test)" in stored.article.text
    title = "[x](https://evil.test) @everyone <@1>"
    shown = read(render_list([replace(stored.headline, title=title)], 0, Language.GERMAN))
    assert title in shown.text
    assert (shown.links, shown.effects) == ([], [])


SCENARIOS: dict[str, Callable[[Newsroom], Awaitable[None]]] = {
    "H20": same_article,
    "K05": declared_utf8_but_windows,
    "K06": meta_contradicts_header,
    "K07": seven_bit_codes,
    "K08": nested_without_end,
    "K11": no_expansion,
    "L01": billion_laughs,
    "L02": quadratic_blow_up,
    "L04": nested_feed,
    "L05": million_entries,
    "L07": links_of_entries,
    "L08": feed_moves_inside,
    "L10": entries_again,
    "M01": robots_lead_inside,
    "M03": tdm_file_is_broken,
    "N02": attachments_from_elsewhere,
    "N04": archives,
    "N05": documents,
    "N06": texts_without_mark,
    "N08": nothing_in_it,
    "N09": pasted_markup,
}


def test_every_case_that_the_fetcher_leaves_is_driven_here() -> None:
    assert set(SCENARIOS) == ELSEWHERE


@pytest.mark.parametrize("name", sorted(SCENARIOS))
async def test_case(newsroom: Newsroom, name: str) -> None:
    await SCENARIOS[name](newsroom)
