"""Hostile addresses and answers of every group of the reference list, three and more of our own.

Each goes to a bare fetcher and to one that asks for permission: both must say the same.
"""

import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest

from index.errors import FetchError
from index.fetch import FEED_TYPES, FetchLimits
from index.rights import PermittedFetcher, SiteRights
from tests.fake_internet import (
    CHUNKED,
    FakeInternet,
    Script,
    endless,
    half,
    redirect,
    response,
    silent,
)

Ask = Callable[[str], Awaitable[str]]
LIMITS = FetchLimits(total=3, dns=0.05, idle=0.3, page_size=50_000)
NAMES = {
    "router.test": "192.168.178.1",
    "cgnat.test": "100.64.0.1",
    "link.test": "169.254.1.1",
    "sixtofour.test": "2002:a00:1::1",
    "teredo.test": "2001:0:5ef5:79fd::1",
    "nat.test": "64:ff9b::a00:1",
    "ula.test": "fd12:3456::1 fc00::1",
    "zone.test": "fe80::1",
    "oracle.test": "192.0.0.192",
    "all-inside.test": "10.0.0.1 127.0.0.1 ::1",
    "edge.test": "11.0.0.0",
    "late.test": None,
    "fails.test": OSError("no route to the resolver"),
}

ADDRESSES = {
    "IPv4 notations": [
        ("http://127.1/", "ip_literal_refused"),
        ("http://2130706433/", "ip_literal_refused"),
        ("http://0x7f000001/", "ip_literal_refused"),
        ("http://0177.0.0.01/", "ip_literal_refused"),
        ("http://127.0.0.1./", "ip_literal_refused"),
        ("http://１２７.０.０.１/", "ip_literal_refused"),
        ("http://127%2e0.0.1/", "ip_literal_refused"),
        ("http://256.256.256.256/", "ip_literal_refused"),
    ],
    "names": [
        ("http://localhost./", "address_blocked"),
        ("http://ip6-localhost/", "address_blocked"),
        ("http://router.test/", "address_blocked"),
        ("http://nas.home.arpa/", "address_blocked"),
        ("http://printer.LAN/", "address_blocked"),
        ("http://fritz。box。internal/", "address_blocked"),
        ("http://a.b.onion./", "address_blocked"),
    ],
    "IPv6": [
        ("http://[::]/", "ip_literal_refused"),
        ("http://[::127.0.0.1]/", "ip_literal_refused"),
        ("http://[fe80::1%eth0]/", "ip_literal_refused"),
        ("http://[2001:4860:4860::8888]/", "ip_literal_refused"),
        ("http://[ff02::1]/", "ip_literal_refused"),
        ("http://[::1/", "ip_literal_refused"),
        ("http://sixtofour.test/", "address_blocked"),
        ("http://teredo.test/", "address_blocked"),
        ("http://nat.test/", "address_blocked"),
        ("http://ula.test/", "address_blocked"),
        ("http://zone.test/", "address_blocked"),
    ],
    "cloud metadata": [
        ("http://0xa9fea9fe/", "ip_literal_refused"),
        ("http://169.254.170.2/v2/credentials", "ip_literal_refused"),
        ("http://100.100.100.200/latest/", "ip_literal_refused"),
        ("http://metadata.goog.internal/", "address_blocked"),
        ("http://instance-data/latest/", "address_blocked"),
        ("http://oracle.test/", "address_blocked"),
        ("http://wire.test/", "address_blocked"),
    ],
    "address ranges": [
        ("http://100.127.255.255/", "ip_literal_refused"),
        ("http://cgnat.test/", "address_blocked"),
        ("http://link.test/", "address_blocked"),
        ("http://edge.test/", "allowed"),
    ],
    "DNS": [
        ("http://all-inside.test/", "address_blocked"),
        ("http://mixed.test/", "allowed"),
        ("http://late.test/", "timeout"),
        ("http://fails.test/", "dns_failed"),
        ("http://nowhere.test/", "dns_failed"),
        (f"http://{'a' * 250}.test/", "url_invalid"),
        (f"http://public.test/{'a' * 2048}", "url_invalid"),
    ],
    "URL syntax": [
        ("http://me:secret@public.test/", "userinfo_not_allowed"),
        ("http://public.test@127.0.0.1:80/", "userinfo_not_allowed"),
        ("http://public.test\\.127.0.0.1/", "url_invalid"),
        ("http://public.test /", "url_invalid"),
        ("http://pub\nlic.test/", "url_invalid"),
        ("https:/public.test/", "url_invalid"),
        ("http://", "url_invalid"),
        ("", "url_invalid"),
        ("http://public.test/%0d%0aX:%20y", "url_invalid"),
        ("http://public..test/", "url_invalid"),
        ("http://pub%6cic.test/", "url_invalid"),
        ("http://public.test?x=http://127.0.0.1/", "allowed"),
        ("http://public.test/#@10.0.0.1", "allowed"),
        ("HTTP://Public.TEST:80/", "allowed"),
    ],
    "schemes, ports": [
        ("ldap://127.0.0.1/", "scheme_not_allowed"),
        ("wss://public.test/", "scheme_not_allowed"),
        ("view-source:http://public.test/", "scheme_not_allowed"),
        ("blob:http://public.test/x", "scheme_not_allowed"),
        ("http://public.test:6379/", "port_not_allowed"),
        ("http://public.test:65536/", "port_not_allowed"),
        ("http://public.test:080/", "allowed"),
        ("http://public.test:-1/", "url_invalid"),
        ("http://public.test:8o/", "url_invalid"),
    ],
}

LOCATIONS = [
    ("http://2852039166/", "redirect_blocked"),
    ("http://router.test/", "redirect_blocked"),
    ("http://nas.lan/", "redirect_blocked"),
    ("//[::1]/", "redirect_blocked"),
    ("gopher://public.test/", "scheme_not_allowed"),
    ("javascript:alert(1)", "scheme_not_allowed"),
    ("http://public.test:22/", "port_not_allowed"),
    ("http://me@other.test/", "userinfo_not_allowed"),
    ("http://nowhere.test/", "dns_failed"),
    ("../other?x=1#y", "allowed"),
    ("/\x7f", "url_invalid"),
    ("/" + "a" * 3000, "url_invalid"),
]

PACKED = gzip.compress(b"<p>Guten Tag</p>")
ANSWERS: dict[str, list[tuple[bytes | Script, str]]] = {
    "transport, size, time": [
        (response(gzip.compress(bytes(9_000_000)), "Content-Encoding: gzip"), "too_large"),
        (response(PACKED, "Content-Encoding: gzip", "Content-Encoding: br"), "bad_encoding"),
        (response(zlib.compress(b"x"), "Content-Encoding: deflate"), "bad_encoding"),
        (response(PACKED[:-4], "Content-Encoding: gzip"), "bad_encoding"),
        (response(b"x" * 99, "Content-Encoding: zstd"), "too_large"),
        (endless(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x" * 999), "too_large"),
        (silent, "timeout"),
        (half(CHUNKED + b"5\r\nab"), "http_error"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n", "http_error"),
        (b"ICY 200 OK\r\n\r\n", "http_error"),
        (response(b"", status="451 Unavailable For Legal Reasons"), "http_error"),
    ],
    "content": [
        (response(content_type="application/pdf"), "bad_content_type"),
        (response(content_type="audio/mpeg"), "bad_content_type"),
        (response(content_type="image/svg+xml"), "bad_content_type"),
        (response(content_type="application/zip"), "bad_content_type"),
        (response(content_type="multipart/mixed; boundary=x"), "bad_content_type"),
        (response(content_type=None), "bad_content_type"),
    ],
}


@pytest.fixture(params=["bare", "permitted"])
async def ask(internet: FakeInternet, request: pytest.FixtureRequest) -> AsyncIterator[Ask]:
    """Fetch an address, return the code, or "allowed"."""
    internet.resolver.names.update(NAMES)
    async with internet.fetcher(LIMITS) as guarded:
        rights = SiteRights(guarded, lambda: datetime.now(UTC))
        fetcher = PermittedFetcher(guarded, rights) if request.param == "permitted" else guarded

        async def code(url: str) -> str:
            try:
                await fetcher.fetch(url)
            except FetchError as error:
                return error.code
            return "allowed"

        yield code
    internet.dialled = [address for address in internet.dialled if address != "11.0.0.0"]


CASES = [(*case, group) for group, cases in ADDRESSES.items() for case in cases]


@pytest.mark.parametrize(("url", "expected", "group"), CASES)
async def test_an_address_has_its_outcome(ask: Ask, url: str, expected: str, group: str) -> None:
    assert await ask(url) == expected, group


@pytest.mark.parametrize(("location", "expected"), LOCATIONS)
@pytest.mark.parametrize("status", ["301 Moved", "307 Temporary"])
async def test_a_redirect_has_its_outcome(
    internet: FakeInternet, ask: Ask, location: str, expected: str, status: str
) -> None:
    internet.pages["/start"] = redirect(location, status)
    assert await ask("http://public.test/start") == expected


@pytest.mark.parametrize(
    ("answer", "expected"), [case for cases in ANSWERS.values() for case in cases]
)
async def test_an_answer_has_its_outcome(
    internet: FakeInternet, ask: Ask, answer: bytes | Script, expected: str
) -> None:
    internet.pages["/page"] = answer
    assert await ask("http://public.test/page") == expected


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("text/html", "bad_content_type"),
        ("image/png", "bad_content_type"),
        ("application/octet-stream", "bad_content_type"),
        ("application/rss+xml", "allowed"),
        ("text/xml; charset=utf-8", "allowed"),
        ("application/feed+json", "allowed"),
    ],
)
async def test_a_feed_is_of_its_types(
    internet: FakeInternet, content_type: str, expected: str
) -> None:
    internet.pages["/feed"] = response(b"<rss/>", content_type=content_type)
    async with internet.fetcher(LIMITS) as guarded:
        try:
            await guarded.get("http://public.test/feed", accept=FEED_TYPES, limit=100)
            found = "allowed"
        except FetchError as error:
            found = error.code
    assert found == expected
