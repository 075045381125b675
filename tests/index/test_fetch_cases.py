"""The hostile cases of the reference list, by their ids, each with the outcome that it expects."""

import asyncio
import gzip
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from index.errors import FetchError
from index.fetch import FetchLimits, GuardedFetcher
from index.urls import canonical_hosts, parse_target
from tests.fake_internet import (
    CHUNKED,
    PUBLIC,
    FakeInternet,
    Script,
    endless,
    half,
    redirect,
    response,
    silent,
)

LIST = Path(__file__).parents[2].parent / "shared" / "reference" / "fetch_cases.json"
CASES: dict[str, dict[str, str]] = (
    {case["id"]: case for case in json.loads(LIST.read_text("utf-8"))} if LIST.exists() else {}
)
pytestmark = pytest.mark.skipif(not CASES, reason="the reference list is not part of the project")

OWN = "93.184.215.99"
EDGES = ("172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1")
NAMES: dict[str, Any] = {
    "public.test": PUBLIC,
    "other.test": PUBLIC,
    "archive.org": PUBLIC,
    "xn--fa-hia.de": PUBLIC,
    "fass.de": PUBLIC,
    "xn--tda.de": PUBLIC,
    "127.0.0.1.nip.io": "127.0.0.1",
    "localtest.me": "127.0.0.1",
    "private.test": "10.0.0.5",
    "zero.test": "0.0.0.0",
    "wire.test": "168.63.129.16",
    "mixed6.test": f"{PUBLIC} fd00::1",
    "sixtofour.test": "2002:7f00:1::1",
    "cname.test": "10.0.0.5",  # what the system's resolver makes of any chain
    "news.example.com.evil.test": "10.0.0.5",
    "own.test": OWN,
    "servfail.test": socket.gaierror(socket.EAI_AGAIN, "try again"),
    "empty.test": "",
    "never.test": None,
    **{f"edge{number}.test": address for number, address in enumerate(EDGES)},
}
REACHABLE = {PUBLIC, *EDGES}

# tests/test_reference_cases.py drives these through the parts that they belong to.
ELSEWHERE = {
    *("H20", "K05", "K06", "K07", "K08", "K11", "L01", "L02", "L04", "L05", "L07", "L08", "L10"),
    *("M01", "M03", "N02", "N04", "N05", "N06", "N08", "N09"),
}
# What the list says in prose comes to these codes; the scenario checks the rest.
OUTCOMES = {
    "allowed via public only": {"allowed"},
    "allowed (host public.test)": {"allowed"},
    "allowed or url_invalid, never an exception": {"allowed", "url_invalid"},
    "timeout or allowed": {"timeout", "allowed"},
    "not followed": {"allowed"},
    "two different hosts": {"allowed"},
    "not on the list": {"address_blocked"},
    "ignored, or refused at start unless a setting names the proxy": {"allowed"},
    "not sent": {"allowed"},
    "no connection re-use across hosts": {"allowed"},
    "queue, <= 4 at a time, <= 1 per host": {"allowed"},
    "no TCP connect before the decision": {"address_blocked"},
}
LIMITS = FetchLimits(total=10, dns=0.05, page_size=50_000)
SHORT = FetchLimits(total=0.12, page_size=50_000)


class World(FakeInternet):
    """The internet with the questions that the scenarios ask of it."""

    async def code(self, *urls: str, limits: FetchLimits = LIMITS) -> set[str]:
        """Fetch each address; the codes, with "allowed" for a page."""
        found = set()
        async with GuardedFetcher(
            user_agent="Beleg/test",
            limits=limits,
            resolver=self.resolver,
            own_addresses=frozenset({ip_address(OWN)}),
        ) as fetcher:
            for url in urls:
                try:
                    await fetcher.fetch(url)
                    found.add("allowed")
                except FetchError as error:
                    found.add(error.code)
        return found

    async def serve(self, *pages: bytes | Script, limits: FetchLimits = LIMITS) -> set[str]:
        """Fetch a page that answers so, for each of several answers."""
        found = set()
        for page in pages:
            self.pages["/"] = page
            found |= await self.code("http://public.test/", limits=limits)
        return found

    async def follow(self, *locations: str | bytes) -> set[str]:
        """Fetch an address that redirects, for each of several locations."""
        found = set()
        for location in locations:
            self.pages["/start"] = redirect(location)
            found |= await self.code("http://public.test/start")
        return found


Scenario = Callable[[World], Awaitable[set[str]]]


async def loop_of_redirects(world: World) -> set[str]:
    codes = await world.follow("/start")
    assert len(world.requests) == 6  # the first and five hops
    return codes


async def not_followed(world: World, page: bytes) -> set[str]:
    codes = await world.serve(page)
    assert len(world.requests) == 1
    return codes


async def dns_failures(world: World) -> set[str]:
    codes = await world.code("http://nx.test/", "http://servfail.test/", "http://empty.test/")
    with pytest.raises(FetchError) as caught:
        async with GuardedFetcher(user_agent="Beleg/test", resolver=world.resolver) as fetcher:
            await fetcher.fetch("http://servfail.test/")
    assert str(caught.value) == "dns_failed host='servfail.test'"
    return codes


async def mixed_addresses(world: World) -> set[str]:
    codes = await world.code("http://mixed6.test/")
    assert world.dialled == [PUBLIC]
    return codes


async def sharp_s(world: World) -> set[str]:
    assert parse_target("https://faß.de/") != parse_target("https://fass.de/")
    codes = await world.code("http://faß.de/", "http://fass.de/")  # no TLS on this internet
    assert world.resolver.asked == ["xn--fa-hia.de", "fass.de"]
    return codes


async def allow_list(world: World) -> set[str]:
    allowed = canonical_hosts(frozenset({"news.example.com"}))
    assert parse_target("https://NEWS.example.com./", allowed).exempt
    url = "https://news.example.com.evil.test/"
    assert not parse_target(url, allowed).exempt
    return await world.code(url)


async def url_in_a_path(world: World) -> set[str]:
    codes = await world.code("http://archive.org/web/https://private/")
    assert world.resolver.asked == ["archive.org"]
    return codes


async def fragment_dropped(world: World) -> set[str]:
    codes = await world.code("http://public.test:80#@127.0.0.1:22/")
    assert world.hosts == ["public.test"]
    return codes


async def proxies(world: World) -> set[str]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            patch.setenv(name, "http://127.0.0.1:9")
        codes = await world.code("http://public.test/")
    assert world.dialled == [PUBLIC]
    return codes


async def netrc(world: World) -> set[str]:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as directory:
        file = Path(directory) / "netrc"
        file.write_text("machine public.test login me password secret")
        patch.setenv("NETRC", str(file))
        codes = await world.code("http://public.test/")
    assert "authorization" not in world.requests[0].lower()
    return codes


async def two_hosts_on_one_address(world: World) -> set[str]:
    codes = await world.code("http://public.test/", "http://other.test/", "http://public.test/")
    assert world.connections == [1, 1, 1]
    return codes


async def a_thousand_at_once(world: World) -> set[str]:
    names = [f"site{number}.test" for number in range(50)]
    world.resolver.names.update(dict.fromkeys(names, PUBLIC))
    busy: list[str] = []

    async def page(writer: asyncio.StreamWriter) -> None:
        host = world.hosts[-1]
        busy.append(host)
        assert len(busy) <= 4
        assert len(set(busy)) == len(busy)
        await asyncio.sleep(0)
        busy.remove(host)
        writer.write(response())

    world.pages["/"] = page
    async with GuardedFetcher(user_agent="Beleg/test", resolver=world.resolver) as fetcher:
        urls = [f"http://{name}/" for name in names * 20]
        await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    assert len(world.requests) == 1000
    return {"allowed"}


async def no_connection_before_the_decision(world: World) -> set[str]:
    codes = await world.code("http://private.test/", "http://zero.test/", "http://wire.test/")
    assert world.dialled == []
    return codes


PACKED = gzip.compress(b"<p>Guten Tag</p>")
SUFFIXES = (".local", ".internal", ".lan", ".home.arpa", ".corp")
META = b"<meta http-equiv=refresh content='0;url=http://127.0.0.1/'>"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
BIG_HEADERS = b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"y" * 8000 + b"\r\n") * 4000 + b"\r\n"

SCENARIOS: dict[str, Scenario] = {
    "B11": lambda w: w.code(*(f"http://intranet{suffix}/" for suffix in SUFFIXES)),
    "B12": lambda w: w.code("http://xyz.onion/", "http://xyz.i2p/"),
    "D13": lambda w: w.code("http://wire.test/"),
    "E12": lambda w: w.code(*(f"http://edge{number}.test/" for number in range(len(EDGES)))),
    "E13": lambda w: w.code("http://own.test/"),
    "F02": mixed_addresses,
    "F08": lambda w: w.code("http://cname.test/"),
    "F09": dns_failures,
    "F10": lambda w: w.code("http://never.test/"),
    "F12": lambda w: w.code(
        f"http://{'a' * 64}.test/", f"http://{'a.' * 126}test/", "http://a.test/" + "a" * 100_000
    ),
    "G02": lambda w: w.follow("http://169.254.169.254/latest/meta-data/"),
    "G03": lambda w: w.follow("http://private.test/"),
    "G04": lambda w: w.follow("file:///etc/passwd"),
    "G08": lambda w: w.follow("//10.0.0.1/x"),
    "G09": lambda w: w.follow("/x", "x", "../x", "x?y=z#f"),
    "G11": loop_of_redirects,
    "G15": lambda w: w.follow("/%0d%0aX: y", "http://other.test/%00", "/a\tb", "/a\x01b"),
    "G16": lambda w: w.follow("/ü".encode(), b"/\xfc", b"http://\xfc.test/", b"//\xc3\xbc.de/"),
    "G17": lambda w: not_followed(w, response(META)),
    "G18": lambda w: not_followed(w, response(b"x", "Refresh: 0; url=http://127.0.0.1/")),
    "H08": fragment_dropped,
    "H17": sharp_s,
    "H18": allow_list,
    "H19": url_in_a_path,
    "J02": lambda w: w.serve(response(gzip.compress(PACKED), "Content-Encoding: gzip, gzip")),
    "J03": lambda w: w.serve(response(b"", length=99_999_999_999)),
    "J04": lambda w: w.serve(endless(CHUNKED, b"3e8\r\n" + b"x" * 1000 + b"\r\n")),
    "J05": lambda w: w.serve(endless(response(b"", length=99), b"x", 0.02), limits=SHORT),
    "J06": lambda w: w.serve(endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.02), limits=SHORT),
    "J07": lambda w: w.serve(silent, limits=SHORT),
    "J09": lambda w: w.serve(BIG_HEADERS),
    "J10": lambda w: w.serve(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 20_000_000 + b"\r\n\r\n"),
    "J11": lambda w: w.serve(CONTINUE * 100_000 + response()),
    "J12": lambda w: w.serve(half(response(b"123456789", length=1000))),
    "J13": lambda w: w.serve(response(b"<p>plain</p>", "Content-Encoding: gzip")),
    "J15": lambda w: w.serve(response(b"", "Upgrade: x", status="101 Switching Protocols")),
    "J16": lambda w: w.serve(
        response(b"x" * 99, "Content-Encoding: br"), response(b"x" * 99, "Content-Encoding: zstd")
    ),
    "K01": lambda w: w.serve(
        *(
            response(content_type=content_type)
            for content_type in ("video/mp4", "application/octet-stream", "image/png")
        )
    ),
    "M04": proxies,
    "M05": netrc,
    "M07": two_hosts_on_one_address,
    "M08": a_thousand_at_once,
    "M10": no_connection_before_the_decision,
}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World(NAMES) as world:
        yield world
        assert set(world.dialled) <= REACHABLE


def is_address(text: str) -> bool:
    return " , " not in text and (":" in text or text.startswith("//"))


def test_every_case_is_driven_here_or_belongs_to_another_stage() -> None:
    here = {name for name, case in CASES.items() if name in SCENARIOS or is_address(case["input"])}
    assert set(CASES) - here <= ELSEWHERE, sorted(set(CASES) - here - ELSEWHERE)


@pytest.mark.parametrize("name", sorted(set(CASES) - ELSEWHERE))
async def test_case(world: World, name: str) -> None:
    case = CASES[name]
    scenario = SCENARIOS.get(name)
    codes = await (scenario(world) if scenario else world.code(case["input"]))
    expected = OUTCOMES.get(case["expected"], {case["expected"]})
    assert codes
    assert codes <= expected, case
