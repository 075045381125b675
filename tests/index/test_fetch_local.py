"""Fetching from a real web server on loopback, as in an operator's own network."""

import asyncio
import ssl
from collections.abc import AsyncIterator

import pytest
import trustme
from aiohttp import web

from index.errors import FetchError
from index.fetch import GuardedFetcher
from index.protocols import Fetcher
from tests.fake_internet import FakeInternet


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


async def test_a_closed_fetcher_looks_up_no_names(intranet: str) -> None:
    allowed = frozenset({f"localhost:{intranet.partition(':')[2]}"})
    guarded = GuardedFetcher(user_agent="Beleg/test", allowed_hosts=allowed)
    await guarded.close()
    with pytest.raises(RuntimeError, match="shutdown"):
        await guarded.fetch(f"http://{next(iter(allowed))}/article")


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
