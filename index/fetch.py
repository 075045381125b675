"""An address to a page: the only way by which ingestion reaches the network.

Every hop of a redirect is treated like a first address: the rules of `index.urls`, a connection of
its own whose sockets come from `index.dial`, limits on time and size. Nothing is taken from the
environment, nothing is remembered between requests.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from importlib.metadata import version
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

import aiohttp
from aiohttp.abc import AbstractResolver

from index.body import BadEncodingError, Body, TooLargeError
from index.dial import Address, Dialler, LimitedResolver, ThreadedResolver
from index.errors import FetchError
from index.types import Page
from index.urls import Target, canonical_hosts, parse_target, redirect_code, redirect_target

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})

_OK = 200
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much a site may ask of us; times in seconds, sizes in bytes."""

    total: float = 30.0  # for all hops together, without waiting for a turn
    dns: float = 5.0
    connect: float = 5.0
    idle: float = 10.0
    page_size: int = 5 * 1024 * 1024  # unpacked
    redirects: int = 5
    headers: int = 128
    header_size: int = 16 * 1024  # of one header; content security policies are long
    at_once: int = 4  # and never more than one to the same host

    def __post_init__(self) -> None:
        """Refuse a limit that lets nothing through."""
        for field in fields(self):
            if getattr(self, field.name) <= 0:
                raise ValueError(f"{field.name} must be positive")


def user_agent(contact: str | None) -> str:
    """Return the honest name under which sites see Beleg, with an address or page to turn to."""
    name = f"Beleg/{version('beleg')}"
    return f"{name} (+{contact})" if contact else name


class GuardedFetcher:
    """A `Fetcher` that dials public addresses only; use it with `async with`, or close it."""

    def __init__(
        self,
        *,
        user_agent: str,
        limits: FetchLimits | None = None,
        allowed_hosts: frozenset[str] = frozenset(),
        own_addresses: frozenset[Address] = frozenset(),
        resolver: AbstractResolver | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Prepare, without touching the network.

        `allowed_hosts` are "host" (every port) or "host:port" that the operator exempts from the
        rules on addresses, literals and ports. `own_addresses` are public addresses that lead back
        to this machine and that it cannot see itself, behind NAT. A `resolver` that is passed in
        stays its owner's to close. `tls` replaces the system's certificate authorities.
        """
        self._limits = limits or FetchLimits()
        self._user_agent = user_agent
        self._allowed_hosts = canonical_hosts(allowed_hosts)
        self._own_addresses = own_addresses
        self._own_resolver = None if resolver else ThreadedResolver(self._limits.at_once)
        inner = resolver or self._own_resolver
        assert inner is not None
        self._resolver = LimitedResolver(inner, self._limits.dns)
        self._tls = tls
        self._turns = asyncio.Semaphore(self._limits.at_once)
        self._hosts: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the resolver's threads; connections do not outlive their request."""
        if self._own_resolver is not None:
            await self._own_resolver.close()

    async def fetch(self, url: str) -> Page:
        """Return an article's page; FetchError with a code where it is refused or fails."""
        return await self.get(url, accept=PAGE_TYPES, limit=self._limits.page_size)

    async def get(self, url: str, *, accept: frozenset[str], limit: int) -> Page:
        """Return what lies at an address if it is of an accepted media type and within the limit.

        FetchError details: `host`, and `status` where a site answered with another than 200.
        """
        target = parse_target(url, self._allowed_hosts)
        came_from: Target | None = None
        seconds = self._limits.total
        clock = asyncio.get_running_loop().time
        for _ in range(self._limits.redirects + 1):
            async with self._turn(target.host):
                started = clock()
                answer = await self._request(target, came_from, accept, limit, seconds)
                seconds -= clock() - started
            if isinstance(answer, Page):
                return answer
            came_from, target = target, redirect_target(target, answer, self._allowed_hosts)
        raise FetchError("too_many_redirects", host=target.host)

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Wait until the host is free and then for one of the few turns, in this order.

        The other way round a host with many addresses in the queue would hold all turns.
        """
        lock = self._hosts.setdefault(host, asyncio.Lock())
        async with lock, self._turns:
            yield

    async def _request(
        self,
        target: Target,
        came_from: Target | None,
        accept: frozenset[str],
        limit: int,
        seconds: float,
    ) -> Page | str:
        """Do one hop: return the page, or where it redirects to."""
        dialler = Dialler(exempt=target.exempt, own_addresses=self._own_addresses)
        try:
            async with (
                asyncio.timeout(seconds),
                self._session(dialler, accept) as session,
                session.get(target.url, allow_redirects=False) as response,
            ):
                return await _read(response, target, accept, limit)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            code = _code_of(error, dialler)
            if came_from is not None and redirect_code(code) != code:
                raise FetchError(redirect_code(code), host=came_from.host) from error
            raise FetchError(code, host=target.host) from error

    def _session(self, dialler: Dialler, accept: frozenset[str]) -> aiohttp.ClientSession:
        """Open a session for a single request: no pool, so no connection serves two hosts."""
        limits = self._limits
        connector = aiohttp.TCPConnector(
            socket_factory=dialler,
            resolver=self._resolver,
            use_dns_cache=False,
            force_close=True,
            ssl=self._tls or True,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,  # a proxy would dial for us, .netrc would hand out passwords
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(
                total=None,  # kept by the caller, over all hops; DNS by its resolver
                sock_connect=limits.connect,
                sock_read=limits.idle,
            ),
            max_line_size=limits.header_size,
            max_field_size=limits.header_size,
            max_headers=limits.headers,
            headers={
                "User-Agent": self._user_agent,
                "Accept": ", ".join(sorted(accept)),
                "Accept-Encoding": "gzip",
            },
        )


async def _read(
    response: aiohttp.ClientResponse, target: Target, accept: frozenset[str], limit: int
) -> Page | str:
    """Judge the head of a response, then read its body, or return its redirect."""
    host = target.host
    location = response.headers.get("Location", "")
    if response.status in _REDIRECTS and location:
        return location
    if response.status != _OK:
        raise FetchError("http_error", host=host, status=response.status)
    gzipped = _is_gzipped(response, host)
    # Not `response.content_type`: it takes a value that it cannot read for plain text.
    declared = {value.partition(";")[0].strip() for value in _values(response, "Content-Type")}
    if len(declared) != 1 or not declared <= accept:
        raise FetchError("bad_content_type", host=host)
    if (response.content_length or 0) > limit:
        raise FetchError("too_large", host=host)
    body = Body(limit, gzipped=gzipped)
    try:
        async for chunk in response.content.iter_any():
            body.feed(chunk)
        content = body.finish()
    except TooLargeError as error:
        raise FetchError("too_large", host=host) from error
    except BadEncodingError as error:
        raise FetchError("bad_encoding", host=host) from error
    return Page(
        content=content,
        media_type=declared.pop(),
        charset=_charset(response.headers["Content-Type"]),
        url=target.text,
        source=target.text,
    )


def _is_gzipped(response: aiohttp.ClientResponse, host: str) -> bool:
    """Say whether the body is packed; FetchError for encodings that nobody asked for."""
    encodings = _values(response, "Content-Encoding")
    if encodings not in ([], ["identity"], ["gzip"], ["x-gzip"]):
        raise FetchError("bad_encoding", host=host)
    # aiohttp undoes "chunked" and hands on whatever else was done to the body.
    if _values(response, "Transfer-Encoding") not in ([], ["chunked"]):
        raise FetchError("bad_encoding", host=host)
    return encodings in (["gzip"], ["x-gzip"])


def _values(response: aiohttp.ClientResponse, name: str) -> list[str]:
    """Return the values of a header in lower case, whether in one line or in several."""
    lines = ",".join(response.headers.getall(name, []))
    return [value for value in map(str.strip, lines.lower().split(",")) if value]


def _charset(content_type: str) -> str | None:
    """Read the declared charset; `aiohttp` hands odd ones on as other things than text."""
    match = _CHARSET.search(content_type)
    return match[1] if match else None


def _code_of(error: Exception, dialler: Dialler) -> str:
    """Choose the code for what aiohttp or the system has raised."""
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "dns_failed"
    if isinstance(error, aiohttp.ClientSSLError):
        return "tls_failed"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "address_blocked" if dialler.refused_all else "connection_failed"
    if isinstance(error, aiohttp.InvalidURL):
        return "url_invalid"
    return "http_error"
