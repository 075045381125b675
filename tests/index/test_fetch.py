import asyncio
import gzip
import re
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme
from aiohttp import web

from index.errors import FetchError
from index.fetch import FetchLimits, GuardedFetcher, user_agent
from index.protocols import Fetcher
from index.types import Page
from tests.fake_internet import (
    CHUNKED,
    PUBLIC,
    FakeInternet,
    Script,
    endless,
    half,
    redirect,
    reset,
    response,
    silent,
)

NAMES = {
    "public.test": PUBLIC,
    "other.test": "93.184.215.15",
    "private.test": "10.0.0.5",
    "mixed.test": f"127.0.0.1 10.0.0.5 {PUBLIC} fd00::1",
    "refusing.test": "2606:2800:21f:cb07::1 fd00::1",
    "wire.test": "168.63.129.16",
    "mapped.test": f"::ffff:{PUBLIC}",
    "slow.test": None,
    "empty.test": "",
    "broken.test": socket.gaierror(socket.EAI_AGAIN, "resolver 192.168.1.1 is on fire"),
}
# Generous where a limit is not the point, so that a busy machine changes nothing.
QUICK = FetchLimits(total=20, page_size=50_000)
PRESSED = FetchLimits(total=0.15, page_size=50_000)


@pytest.fixture
async def internet() -> AsyncIterator[FakeInternet]:
    async with FakeInternet(NAMES) as internet:
        yield internet
        assert set(internet.dialled) <= {PUBLIC, "93.184.215.15", "2606:2800:21f:cb07::1"}


def fetcher(internet: FakeInternet, limits: FetchLimits = QUICK) -> GuardedFetcher:
    return GuardedFetcher(user_agent="Beleg/test", limits=limits, resolver=internet.resolver)


async def fetch(internet: FakeInternet, url: str, limits: FetchLimits = QUICK) -> Page:
    async with fetcher(internet, limits) as guarded:
        return await guarded.fetch(url)


async def refusal(internet: FakeInternet, url: str, limits: FetchLimits = QUICK) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetch(internet, url, limits)
    return caught.value


async def test_a_page_comes_back_with_its_bytes_type_charset_and_final_address(
    internet: FakeInternet,
) -> None:
    body = "<p>Grüße</p>".encode("iso-8859-1")
    internet.pages["/a"] = redirect("//OTHER.test:80/b?x=1#ende")
    internet.pages["/b"] = response(body, content_type="Text/HTML;charset=ISO-8859-1")
    page = await fetch(internet, "http://public.test/a")
    assert page == Page(
        content=body,
        media_type="text/html",
        charset="ISO-8859-1",
        url="http://other.test/b?x=1",
        source="http://other.test/b?x=1",
    )


async def test_the_request_says_who_asks_and_nothing_about_the_machine(
    internet: FakeInternet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine public.test login me password secret")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    internet.pages["/a"] = response(b"", "Set-Cookie: id=1", "Location: /b", status="302 Found")
    await fetch(internet, "http://public.test/a#x")
    await fetch(internet, "http://public.test/b")
    assert internet.requests[0] == internet.requests[1].replace("/b", "/a")
    assert internet.requests[1].split("\r\n") == [
        "GET /b HTTP/1.1",
        "Host: public.test",
        "User-Agent: Beleg/test",
        "Accept: application/xhtml+xml, text/html, text/plain",
        "Accept-Encoding: gzip",
        "Connection: close",
        "",
        "",
    ]


def test_the_user_agent_is_honest() -> None:
    assert re.fullmatch(r"Beleg/\d[\w.]* \(\+me@public\.test\)", user_agent("me@public.test"))
    assert re.fullmatch(r"Beleg/\d[\w.]*", user_agent(None))


async def test_no_connection_is_used_twice(internet: FakeInternet) -> None:
    internet.resolver.names["other.test"] = PUBLIC  # two hosts on one address
    async with fetcher(internet) as guarded:
        for url in ("http://public.test/a", "http://public.test/b", "http://other.test/c"):
            await guarded.fetch(url)
    assert internet.connections == [1, 1, 1]
    assert internet.hosts == ["public.test", "public.test", "other.test"]


@pytest.mark.parametrize("host", ["private.test", "wire.test", "mapped.test"])
async def test_a_name_that_leads_inside_is_refused_without_a_connection(
    internet: FakeInternet, host: str
) -> None:
    error = await refusal(internet, f"http://{host}/geheim?token=1")
    assert str(error) == f"address_blocked host='{host}'"
    assert internet.dialled == []


async def test_of_several_addresses_only_public_ones_are_dialled(internet: FakeInternet) -> None:
    await fetch(internet, "http://mixed.test/")
    assert internet.dialled == [PUBLIC]


async def test_a_public_address_that_refuses_is_not_called_blocked(internet: FakeInternet) -> None:
    assert (await refusal(internet, "http://refusing.test/")).code == "connection_failed"


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("unknown.test", "dns_failed"),
        ("broken.test", "dns_failed"),
        ("empty.test", "dns_failed"),
        ("slow.test", "timeout"),
    ],
)
async def test_a_name_without_an_answer_is_told_apart_from_a_slow_one(
    internet: FakeInternet, host: str, code: str
) -> None:
    error = await refusal(internet, f"http://{host}/", FetchLimits(dns=0.02))
    assert str(error) == f"{code} host='{host}'"


async def test_every_hop_is_resolved_and_checked_anew(internet: FakeInternet) -> None:
    internet.resolver.names["rebinding.test"] = [PUBLIC, "127.0.0.1"]
    internet.pages["/"] = redirect("/again")
    error = await refusal(internet, "http://rebinding.test/")
    assert str(error) == "redirect_blocked host='rebinding.test'"
    assert internet.resolver.asked == ["rebinding.test", "rebinding.test"]
    assert internet.dialled == [PUBLIC]


async def test_a_second_request_to_a_name_is_resolved_anew(internet: FakeInternet) -> None:
    internet.resolver.names["rebinding.test"] = [PUBLIC, "169.254.169.254"]
    async with fetcher(internet) as guarded:
        await guarded.fetch("http://rebinding.test/")
        with pytest.raises(FetchError, match="address_blocked"):
            await guarded.fetch("http://rebinding.test/")


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/", "redirect_blocked"),
        ("//10.0.0.1/x", "redirect_blocked"),
        ("http://private.test/", "redirect_blocked"),
        ("http://nas.lan/", "redirect_blocked"),
        ("file:///etc/passwd", "scheme_not_allowed"),
        ("http://public.test:22/", "port_not_allowed"),
        ("http://me@public.test/", "userinfo_not_allowed"),
        ("/x\ty", "url_invalid"),
        ("/x%0D%0Ay", "url_invalid"),
        (b"http://m\xfcller.test/", "url_invalid"),
    ],
)
@pytest.mark.parametrize("hops", [0, 2])
async def test_a_redirect_obeys_the_rules_of_a_first_address(
    internet: FakeInternet, location: str | bytes, code: str, hops: int
) -> None:
    for hop in range(hops):
        internet.pages[f"/{hop}"] = redirect(f"/{hop + 1}", "301 Moved Permanently")
    internet.pages[f"/{hops}"] = redirect(location)
    error = await refusal(internet, "http://public.test/0")
    assert str(error) == f"{code} host='public.test'"
    assert len(internet.requests) == hops + 1


@pytest.mark.parametrize("head", [b"Location: /x\0y", b"Location: /x\ry", b"Location: /x\ny\0"])
async def test_a_redirect_with_a_broken_head_is_an_error_of_the_site(
    internet: FakeInternet, head: bytes
) -> None:
    internet.pages["/"] = b"HTTP/1.1 302 Found\r\n" + head + b"\r\nContent-Length: 0\r\n\r\n"
    assert (await refusal(internet, "http://public.test/")).code == "http_error"
    assert internet.dialled == [PUBLIC]


@pytest.mark.parametrize("location", ["/ü".encode(), b"/\xfc", b"/a b", b"?x=\xff"])
async def test_a_location_in_any_encoding_is_followed(
    internet: FakeInternet, location: bytes
) -> None:
    internet.pages["/"] = lambda writer: answer_once(writer, internet, redirect(location))
    page = await fetch(internet, "http://public.test/")
    assert page.url is not None
    assert page.url.isascii()


async def answer_once(writer: asyncio.StreamWriter, internet: FakeInternet, first: bytes) -> None:
    internet.pages["/"] = response()
    writer.write(first)
    await writer.drain()


@pytest.mark.parametrize("location", ["/", "http://other.test/", "/?", "#x"])
async def test_endless_redirects_end(internet: FakeInternet, location: str) -> None:
    internet.pages["/"] = redirect(location)
    error = await refusal(internet, "http://public.test/", FetchLimits(redirects=3))
    assert error.code == "too_many_redirects"
    assert len(internet.requests) == 4


async def test_as_many_redirects_as_allowed_are_followed(internet: FakeInternet) -> None:
    for hop, status in enumerate((301, 302, 303, 307, 308)):
        internet.pages[f"/{hop}"] = redirect(f"/{hop + 1}", f"{status} Moved")
    assert (await fetch(internet, "http://public.test/0")).url == "http://public.test/5"


async def test_time_is_counted_over_all_redirects(internet: FakeInternet) -> None:
    async def slow_redirect(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.06)
        writer.write(redirect("/"))

    internet.pages["/"] = slow_redirect
    limits = FetchLimits(total=0.15, redirects=1000)
    assert (await refusal(internet, "http://public.test/", limits)).code == "timeout"


async def test_refreshes_in_head_and_body_are_not_followed(internet: FakeInternet) -> None:
    meta = b'<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">'
    internet.pages["/"] = response(meta, "Refresh: 0; url=http://127.0.0.1/")
    assert (await fetch(internet, "http://public.test/")).content == meta
    assert internet.paths == ["/"]


@pytest.mark.parametrize(
    "status",
    [
        "101 Switching",
        "201 Created",
        "204 No Content",
        "206 Partial Content",
        "300 Choose",
        "304 Not Modified",
        "403 Forbidden",
        "404 Not Found",
        "410 Gone",
        "429 Too Many",
        "500 Error",
        "503 Unavailable",
        "999 Denied",
        "302 Found",
    ],  # without a Location
)
async def test_other_answers_than_a_page_are_errors_with_their_status(
    internet: FakeInternet, status: str
) -> None:
    internet.pages["/"] = response(b"", status=status)
    error = await refusal(internet, "http://public.test/")
    assert (error.code, error.details) == (
        "http_error",
        {"host": "public.test", "status": int(status[:3])},
    )


PLAIN = response(b"x" * 40_000)
PACKED = gzip.compress(b"<p>Guten Tag</p>")
BOMB = gzip.compress(bytes(20_000_000))


@pytest.mark.parametrize(
    ("page", "code"),
    [
        # size
        (response(b"", length=99_999_999_999), "too_large"),
        (response(b"x" * 50_001), "too_large"),
        (endless(CHUNKED, b"3e8\r\n" + b"x" * 1000 + b"\r\n"), "too_large"),
        (endless(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x" * 999), "too_large"),
        (response(BOMB, "Content-Encoding: gzip"), "too_large"),
        # encodings
        (response(PACKED, "Content-Encoding: gzip, gzip"), "bad_encoding"),
        (response(PACKED, "Content-Encoding: gzip", "Content-Encoding: gzip"), "bad_encoding"),
        (response(PACKED, "Content-Encoding: br"), "bad_encoding"),
        (response(PACKED, "Content-Encoding: zstd"), "bad_encoding"),
        (response(PACKED, "Content-Encoding: deflate"), "bad_encoding"),
        (response(PACKED, "Content-Encoding: compress"), "bad_encoding"),
        (response(PACKED, "Content-Encoding: identity, gzip"), "bad_encoding"),
        (response(b"<p>plain</p>", "Content-Encoding: gzip"), "bad_encoding"),
        (response(PACKED[:-3], "Content-Encoding: gzip"), "bad_encoding"),
        (response(PACKED + b"more", "Content-Encoding: gzip"), "bad_encoding"),
        (CHUNKED.replace(b"chunked", b"gzip, chunked") + b"1\r\nx\r\n0\r\n\r\n", "bad_encoding"),
        (half(CHUNKED.replace(b"chunked", b"gzip") + PACKED), "bad_encoding"),
        # heads
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "http_error"),
        (b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"y" * 8000 + b"\r\n") * 4000, "http_error"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 20_000_000 + b"\r\n\r\n", "http_error"),
        (b"HTTP/1.1 200 " + b"O" * 1_000_000 + b"K\r\n\r\n", "http_error"),
        (b"HTTP/1.1 200 OK\r\n" + b"X" * 1_000_000 + b": y\r\n\r\n", "http_error"),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"), "http_error"),
        (b"<p>no head at all</p>\r\n\r\n", "http_error"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 10, "http_error"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "http_error"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy", "http_error"),
        (
            CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\n") + b"0\r\n\r\n",
            "http_error",
        ),
        # ends
        (half(response(b"123456789", length=1000)), "http_error"),
        (half(response(b"123456789", length=1000), abort=True), "http_error"),
        (half(CHUNKED + b"5\r\nabcde\r\n"), "http_error"),
        (half(CHUNKED + b"5\r\nab"), "http_error"),
        (CHUNKED + b"zz\r\nabcde\r\n0\r\n\r\n", "http_error"),
        (CHUNKED + b"3\r\nabc\r\n0\r\n" + b"X: y\r\n" * 10_000 + b"\r\n", "http_error"),
        (half(b"HTTP/1.1 200 OK\r\nContent-"), "http_error"),
        (half(b""), "http_error"),
        (reset, "http_error"),
        # types
        (response(content_type="video/mp4"), "bad_content_type"),
        (response(content_type="application/octet-stream"), "bad_content_type"),
        (response(content_type="image/svg+xml"), "bad_content_type"),
        (response(content_type="application/pdf"), "bad_content_type"),
        (response(content_type="text/htmlx"), "bad_content_type"),
        (response(content_type="html"), "bad_content_type"),
        (response(content_type=""), "bad_content_type"),
        (response(content_type=None), "bad_content_type"),
        (response(b"", "Content-Type: video/mp4"), "bad_content_type"),
        (response(content_type="text/html, video/mp4"), "bad_content_type"),
    ],
)
async def test_hostile_and_broken_answers_end_in_a_code(
    internet: FakeInternet, page: bytes | Script, code: str
) -> None:
    internet.pages["/"] = page
    error = await refusal(internet, "http://public.test/")
    assert str(error) == f"{code} host='public.test'"


@pytest.mark.parametrize(
    "page",
    [
        silent,
        endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", pause=0.03),  # one header line at a time
        endless(response(b"", length=1000), b"x", pause=0.01),  # one byte at a time
        endless(CHUNKED, b"1\r\nx\r\n", pause=0.01),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.005),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", pause=0.005),
    ],
)
async def test_slow_answers_end_when_all_time_is_used(internet: FakeInternet, page: Script) -> None:
    internet.pages["/"] = page
    assert str(await refusal(internet, "http://public.test/", PRESSED)) == (
        "timeout host='public.test'"
    )


@pytest.mark.parametrize("page", [silent, endless(response(b"", length=9), b"x", pause=60)])
async def test_silence_ends_before_all_time_is_used(internet: FakeInternet, page: Script) -> None:
    internet.pages["/"] = page
    limits = FetchLimits(total=20, idle=0.02)
    assert (await refusal(internet, "http://public.test/", limits)).code == "timeout"


async def test_a_machine_that_does_not_answer_the_dial_is_given_up(
    internet: FakeInternet, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(asyncio.get_running_loop(), "sock_connect", never)
    limits = FetchLimits(total=20, connect=0.02)
    assert (await refusal(internet, "http://public.test/", limits)).code == "timeout"


@pytest.mark.parametrize(
    ("content_type", "media_type", "charset"),
    [
        ("text/html", "text/html", None),
        ("text/plain; charset=utf-8", "text/plain", "utf-8"),
        ('application/xhtml+xml; charset="UTF-16LE"', "application/xhtml+xml", "UTF-16LE"),
        ("text/html; charset=x-no-such-thing", "text/html", "x-no-such-thing"),
        ("text/html; charset=", "text/html", None),
        ("text/html; charset*=utf-8''x", "text/html", None),
        ("text/html; charset=\x1b]0;title", "text/html", None),
        ("text/html; Charset = 'utf-7'; x=y", "text/html", "utf-7"),
    ],
)
async def test_the_charset_is_handed_on_as_declared(
    internet: FakeInternet, content_type: str, media_type: str, charset: str | None
) -> None:
    internet.pages["/"] = response(b"\xff\xfe", content_type=content_type)
    page = await fetch(internet, "http://public.test/")
    assert (page.content, page.media_type, page.charset) == (b"\xff\xfe", media_type, charset)


@pytest.mark.parametrize(
    "page",
    [
        response(PACKED, "Content-Encoding: gzip"),
        response(PACKED, "Content-Encoding: X-GZIP"),
        response(b"<p>Guten Tag</p>", "Content-Encoding: identity"),
        response(b"<p>Guten Tag</p>", "Content-Type: text/html; charset=utf-8"),
        CHUNKED + b"10\r\n<p>Guten Tag</p>\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + response(b"<p>Guten Tag</p>"),
        half(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Guten Tag</p>"),
    ],
)
async def test_the_usual_ways_to_send_a_page_are_read(
    internet: FakeInternet, page: bytes | Script
) -> None:
    internet.pages["/"] = page
    assert (await fetch(internet, "http://public.test/")).content == b"<p>Guten Tag</p>"


async def test_a_page_may_be_exactly_as_large_as_the_limit(internet: FakeInternet) -> None:
    internet.pages["/"] = PLAIN
    limits = FetchLimits(page_size=40_000)
    assert len((await fetch(internet, "http://public.test/", limits)).content) == 40_000


async def test_other_media_types_and_sizes_can_be_asked_for(internet: FakeInternet) -> None:
    internet.pages["/robots.txt"] = response(b"User-agent: *", content_type="text/plain")
    async with fetcher(internet) as guarded:
        robots = await guarded.get(
            "http://public.test/robots.txt", accept=frozenset({"text/plain"}), limit=13
        )
        assert robots.content == b"User-agent: *"
        for accept, limit, code in (
            ("text/plain", 12, "too_large"),
            ("application/rss+xml", 13, "bad_content_type"),
        ):
            with pytest.raises(FetchError, match=code):
                await guarded.get(
                    "http://public.test/robots.txt", accept=frozenset({accept}), limit=limit
                )
    assert "Accept: application/rss+xml\r\n" in internet.requests[-1]


class Crowd:
    """A page that holds every visitor until told, and counts them."""

    def __init__(self, expected: int) -> None:
        self.here = 0
        self.most = 0
        self._expected = expected
        self._complete = asyncio.Event()

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        self.here += 1
        self.most = max(self.most, self.here)
        if self.here == self._expected:
            self._complete.set()
        await self._complete.wait()
        for _ in range(20):  # anybody who could come now would
            await asyncio.sleep(0)
        self.here -= 1
        writer.write(response())


async def test_at_most_four_pages_are_fetched_at_once(internet: FakeInternet) -> None:
    crowd = Crowd(expected=4)
    internet.pages["/"] = crowd
    names = [f"site{number}.test" for number in range(12)]
    internet.resolver.names.update(dict.fromkeys(names, PUBLIC))
    async with fetcher(internet) as guarded:
        await asyncio.gather(*(guarded.fetch(f"http://{name}/") for name in names))
    assert crowd.most == 4
    assert len(internet.requests) == 12


async def test_a_host_is_asked_for_one_page_at_a_time_and_holds_up_no_other(
    internet: FakeInternet,
) -> None:
    crowd = Crowd(expected=2)
    internet.pages["/"] = crowd
    async with fetcher(internet) as guarded:
        urls = ["http://public.test/"] * 6 + ["http://other.test/", "http://public.test/other"]
        await asyncio.gather(*(guarded.fetch(url) for url in urls))
    assert crowd.most == 2
    assert sorted(internet.hosts) == ["other.test"] + ["public.test"] * 7


async def test_waiting_for_a_turn_uses_up_no_time(
    internet: FakeInternet, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    clock = loop.time
    async with fetcher(internet) as guarded:
        async with guarded._turn("public.test"):
            waiting = asyncio.create_task(guarded.fetch("http://public.test/"))
            await asyncio.sleep(0)
            monkeypatch.setattr(loop, "time", lambda: clock() + 1000)
            await asyncio.sleep(0)
        await waiting


async def test_a_fetch_that_is_cancelled_frees_its_turn(internet: FakeInternet) -> None:
    visited = asyncio.Event()

    async def silent_page(writer: asyncio.StreamWriter) -> None:
        visited.set()
        await silent(writer)

    internet.pages["/silent"] = silent_page
    async with fetcher(internet, FetchLimits(at_once=1)) as guarded:
        waiting = asyncio.create_task(guarded.fetch("http://public.test/silent"))
        await visited.wait()
        waiting.cancel()
        await guarded.fetch("http://public.test/")
        with pytest.raises(asyncio.CancelledError):
            await waiting


@pytest.mark.parametrize(
    "limits", [{"total": 0}, {"page_size": 0}, {"redirects": 0}, {"at_once": -1}]
)
def test_limits_that_let_nothing_through_are_refused(limits: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        FetchLimits(**limits)


# From here on: a real web server on loopback, as in an operator's own network.


@pytest.fixture
async def intranet() -> AsyncIterator[str]:
    async def article(request: web.Request) -> web.Response:
        answer = web.Response(text="<p>Guten Tag</p>" * 99, content_type="text/html")
        answer.enable_compression()
        return answer

    async def away(request: web.Request) -> web.Response:
        raise web.HTTPFound(request.query["to"])

    application = web.Application()
    application.add_routes([web.get("/article", article), web.get("/away", away)])
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_host_that_the_operator_allows_is_fetched(intranet: str) -> None:
    allowed = frozenset({intranet})
    async with GuardedFetcher(user_agent="Beleg/test", allowed_hosts=allowed) as guarded:
        page = await guarded.fetch(f"http://{intranet}/away?to=/article")
    assert page.content == b"<p>Guten Tag</p>" * 99
    assert page.url == f"http://{intranet}/article"


async def test_an_allowed_host_opens_no_door_to_others(intranet: str) -> None:
    port = intranet.partition(":")[2]
    allowed = frozenset({intranet})
    async with GuardedFetcher(user_agent="Beleg/test", allowed_hosts=allowed) as guarded:
        for to in ("http://127.0.0.1/", f"http://127.0.0.2:{port}/", f"http://localhost:{port}/"):
            with pytest.raises(FetchError) as caught:
                await guarded.fetch(f"http://{intranet}/away?to={to}")
            assert caught.value.code in {"redirect_blocked", "port_not_allowed"}


async def test_the_same_server_is_out_of_reach_without_the_operators_word(intranet: str) -> None:
    port = intranet.partition(":")[2]
    resolver = FakeInternet({"rebound.test": "127.0.0.1"}).resolver
    async with GuardedFetcher(user_agent="Beleg/test", resolver=resolver) as guarded:
        for url, code in (
            (f"http://{intranet}/article", "port_not_allowed"),
            ("http://127.0.0.1/article", "ip_literal_refused"),
            (f"http://localhost:{port}/article", "port_not_allowed"),
            ("http://rebound.test/article", "address_blocked"),
        ):
            with pytest.raises(FetchError, match=code):
                await guarded.fetch(url)


async def test_names_go_through_the_systems_resolver_by_default(intranet: str) -> None:
    allowed = frozenset({f"localhost:{intranet.partition(':')[2]}"})
    async with GuardedFetcher(user_agent="Beleg/test", allowed_hosts=allowed) as guarded:
        page = await guarded.fetch(f"http://{next(iter(allowed))}/article")
    assert page.media_type == "text/html"


def test_a_synchronous_program_fetches_with_asyncio_run() -> None:
    async def refused(guarded: Fetcher) -> str:
        with pytest.raises(FetchError) as caught:
            await guarded.fetch("http://127.0.0.1/")
        return caught.value.code

    async def main() -> str:
        async with GuardedFetcher(user_agent="Beleg/test") as guarded:
            return await refused(guarded)

    assert asyncio.run(main()) == "ip_literal_refused"


@pytest.fixture
async def secure() -> AsyncIterator[tuple[int, ssl.SSLContext]]:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.test").configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)

    async def article(request: web.Request) -> web.Response:
        return web.Response(text="<p>Guten Tag</p>", content_type="text/html")

    application = web.Application()
    application.add_routes([web.get("/", article)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=server).start()
    yield runner.addresses[0][1], client
    await runner.cleanup()


@pytest.mark.parametrize(
    ("host", "trusted", "outcome"),
    [
        ("news.test", True, "allowed"),
        ("news.test", False, "tls_failed"),  # unknown authority
        ("other.test", True, "tls_failed"),  # certificate of another name
    ],
)
async def test_certificates_are_checked_against_the_name(
    secure: tuple[int, ssl.SSLContext], host: str, trusted: bool, outcome: str
) -> None:
    port, client = secure
    resolver = FakeInternet({"news.test": "127.0.0.1", "other.test": "127.0.0.1"}).resolver
    async with GuardedFetcher(
        user_agent="Beleg/test",
        allowed_hosts=frozenset({f"{host}:{port}"}),
        resolver=resolver,
        tls=client if trusted else None,
    ) as guarded:
        try:
            page = await guarded.fetch(f"https://{host}:{port}/")
        except FetchError as error:
            assert str(error) == f"{outcome} host='{host}'"  # noqa: PT017  one of two outcomes
        else:
            assert (outcome, page.content) == ("allowed", b"<p>Guten Tag</p>")
