"""An address to a page: the only way by which ingestion reaches the network.

Every hop of a redirect is treated like a first address: the rules of `index.urls`, a connection of
its own whose sockets come from `index.dial`, limits on time and size. Nothing is taken from the
environment, nothing is remembered between requests.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from importlib.metadata import version
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

import aiohttp
from aiohttp.abc import AbstractResolver

from index.dial import Address, Dialler, LimitedResolver, ThreadedResolver
from index.errors import FetchError
from index.media_types import ATTACHMENT_TYPES, FEED_TYPES, PAGE_TYPES, types_at
from index.response import Redirect, Wanted, read_response
from index.types import NotModified, Page, Validators
from index.urls import Target, canonical_hosts, parse_target, redirect_code, redirect_target

__all__ = [
    "ATTACHMENT_TYPES",
    "FEED_TYPES",
    "PAGE_TYPES",
    "FetchLimits",
    "GuardedFetcher",
    "user_agent",
]

# Raises FetchError for an address that must not be asked: the first one, or a redirect's.
JudgeAddress = Callable[[str], Awaitable[None]]


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
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Prepare, without touching the network.

        `allowed_hosts` are "host" (every port) or "host:port" that the operator exempts from the
        rules on addresses, literals and ports. `own_addresses` are public addresses that lead back
        to this machine and that it cannot see itself, behind NAT. A `resolver` that is passed in
        stays its owner's to close. `tls` replaces the system's certificate authorities.
        `clock` says when now is, for sites that name a moment at which to come again.
        """
        self._limits = limits or FetchLimits()
        self._user_agent = user_agent
        self._allowed_hosts = canonical_hosts(allowed_hosts)
        self._own_addresses = own_addresses
        self._own_resolver: ThreadedResolver | None = None
        if resolver is None:
            resolver = self._own_resolver = ThreadedResolver(self._limits.at_once)
        self._resolver = LimitedResolver(resolver, self._limits.dns)
        self._tls = tls
        self._clock = clock
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

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The hosts that the operator exempts, in canonical form."""
        return self._allowed_hosts

    @property
    def page_size(self) -> int:
        """The most bytes of an article's page, unpacked."""
        return self._limits.page_size

    async def fetch(self, url: str) -> Page:
        """Return an article's page or file; FetchError with a code where it is refused or fails."""
        page = await self.get(url, accept=types_at(url), limit=self.page_size)
        assert isinstance(page, Page)  # nothing else comes without validators
        return page

    async def get(
        self,
        url: str,
        *,
        accept: frozenset[str],
        limit: int,
        validators: Validators | None = None,
    ) -> Page | NotModified:
        """Return what lies at an address if it is of an accepted media type and within the limit.

        FetchError details: `host`, `status` where a site answered with another than 200, and
        `retry_after` (seconds) where it said when to come again.
        """
        return await self.ask(url, Wanted(accept, limit, validators))

    async def ask(
        self, url: str, wanted: Wanted, judge: JudgeAddress | None = None
    ) -> Page | NotModified:
        """Return what is wanted, where `judge` lets every address on the way to it be asked."""
        target = parse_target(url, self._allowed_hosts)
        came_from: Target | None = None
        permanent, moved_to = True, None
        seconds = self._limits.total
        clock = asyncio.get_running_loop().time
        for _ in range(self._limits.redirects + 1):
            if judge is not None:
                await _judged(judge, target, came_from)
            async with self._turn(target.host):
                started = clock()
                answer = await self._request(target, came_from, wanted, seconds)
                seconds -= clock() - started
            if not isinstance(answer, Redirect):
                return replace(answer, moved_permanently_to=moved_to)
            next_target = redirect_target(target, answer.location, self._allowed_hosts)
            came_from, target = target, next_target
            permanent = permanent and answer.permanent
            if permanent:
                moved_to = target.text
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
        wanted: Wanted,
        seconds: float,
    ) -> Page | NotModified | Redirect:
        """Do one hop: return the page, or where it redirects to."""
        dialler = Dialler(exempt=target.exempt, own_addresses=self._own_addresses)
        try:
            async with (
                asyncio.timeout(seconds),
                self._session(dialler, wanted) as session,
                session.get(target.url, allow_redirects=False) as response,
            ):
                return await read_response(response, target, wanted, self._clock())
        except (aiohttp.ClientError, OSError, ValueError) as error:
            code = _code_of(error, dialler)
            if came_from is not None and redirect_code(code) != code:
                raise FetchError(redirect_code(code), host=came_from.host) from error
            raise FetchError(code, host=target.host) from error

    def _session(self, dialler: Dialler, wanted: Wanted) -> aiohttp.ClientSession:
        """Open a session for a single request: no pool, so no connection serves two hosts."""
        limits = self._limits
        connector = aiohttp.TCPConnector(
            socket_factory=dialler,
            resolver=self._resolver,
            use_dns_cache=False,
            force_close=True,
            ssl=self._tls or True,
        )
        session = aiohttp.ClientSession(
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
            headers={"User-Agent": self._user_agent, **wanted.request_headers()},
        )
        # Where a site breaks off, aiohttp would ask once more at once; it has no public switch.
        session._retry_connection = False  # noqa: SLF001
        return session


async def _judged(judge: JudgeAddress, target: Target, came_from: Target | None) -> None:
    """Let an address be judged; what is wrong with a redirect's is told of who sent us there."""
    try:
        await judge(target.text)
    except FetchError as error:
        code = redirect_code(error.code)
        if came_from is None or code == error.code:
            raise
        raise FetchError(code, host=came_from.host) from error


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
