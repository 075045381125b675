"""Permission: what a site lets Beleg do, asked before anything is fetched, and kept for a day.

robots.txt is read before each address, also of a redirect. What it forbids is not asked for. What
tdmrep.json, headers and HTML reserve is known for certain only when all three were seen, since each
outranks the one before: such a page is dropped unread. An operator's override is part of the
fetcher that a corpus is handed, so that it is never good for another corpus.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from index import robots
from index.errors import FetchError, ReservedError
from index.fetch import GuardedFetcher
from index.media_types import ANY_TYPE, is_feed_type, types_at
from index.protocols import Fetcher
from index.reservations import LONGEST_FILE, Stated, TdmFile, TdmRule, read_stated, read_tdm_file
from index.response import Wanted
from index.robots import RobotsRules, read_robots
from index.types import NotModified, Page, Validators
from index.urls import parse_target

_KEPT = timedelta(hours=24)
_FAILURE_KEPT = timedelta(minutes=10)  # sites come back
_MOST_SITES = 2000
_SERVER_ERRORS = 500

T = TypeVar("T")


class SiteRights:
    """What sites state in robots.txt and tdmrep.json; shared by all corpora."""

    def __init__(self, fetcher: GuardedFetcher, clock: Callable[[], datetime]) -> None:
        """Take the way to the network, and what says when now is."""
        self._fetcher = fetcher
        self._robots = _Kept(self._read_robots, clock)
        self._tdm = _Kept(self._read_tdm, clock)

    async def judge(self, url: str) -> None:
        """Return where robots.txt lets Beleg ask; ReservedError, or FetchError if unreachable."""
        found = await self._robots.of(_site(url))
        if isinstance(found, FetchError):
            raise type(found)(found.code, **found.details) from found
        rule = await asyncio.to_thread(found.refusing, url)
        if rule is not None:
            raise ReservedError("robots_disallowed", host=host_of(url), rule=rule)

    async def tdm_rule(self, url: str) -> TdmRule | None:
        """Return what the site's tdmrep.json says about an address."""
        found = await self._tdm.of(_site(url))
        return await asyncio.to_thread(found.rule_for, url)

    async def stated_by(self, site: str) -> str:
        """Return the words that speak to Beleg, for the record; `site` is "https://host"."""
        found = await self._robots.of(site)
        lines = [found.code] if isinstance(found, FetchError) else list(found.rules)
        rule = await self.tdm_rule(f"{site}/")
        return "\n".join([*lines, *([rule.text] if rule else [])])

    async def _read_robots(self, site: str) -> _Reading[RobotsRules | FetchError]:
        try:
            content = await self._file(f"{site}/robots.txt", robots.LONGEST_FILE, beginning=True)
        except FetchError as error:
            return _without_robots(error)
        return _Reading(await asyncio.to_thread(read_robots, content), _KEPT)

    async def _read_tdm(self, site: str) -> _Reading[TdmFile]:
        try:
            content = await self._file(f"{site}/.well-known/tdmrep.json", LONGEST_FILE)
        except FetchError as error:
            return _Reading(TdmFile(), _KEPT if _answered(error) else _FAILURE_KEPT)
        return _Reading(await asyncio.to_thread(read_tdm_file, content), _KEPT)

    async def _file(self, url: str, limit: int, *, beginning: bool = False) -> bytes:
        page = await self._fetcher.ask(url, Wanted(ANY_TYPE, limit, beginning=beginning))
        assert isinstance(page, Page)  # nothing else comes without validators
        return page.content


class PermittedFetcher:
    """A `Fetcher` that takes only what the site permits, or what the operator has overridden."""

    def __init__(
        self, fetcher: GuardedFetcher, rights: SiteRights, overridden: frozenset[str] = frozenset()
    ) -> None:
        """Take the way to the network, and the hosts whose reservations do not count."""
        self._fetcher = fetcher
        self._rights = rights
        self._overridden = overridden

    @property
    def rights(self) -> SiteRights:
        """What sites state."""
        return self._rights

    def overriding(self, hosts: frozenset[str]) -> PermittedFetcher:
        """Return the fetcher for a corpus with these overrides and no others."""
        return PermittedFetcher(self._fetcher, self._rights, frozenset(map(host_key, hosts)))

    async def site(self, named: str) -> tuple[str, str]:
        """Return the `host_key` of a host or an address, and what its site states.

        FetchError for what names no host that Beleg would ask.
        """
        address = named if "://" in named else f"https://{named}/"
        target = parse_target(address.strip(), self._fetcher.allowed_hosts)
        stated = await self._rights.stated_by(f"{target.url.scheme}://{target.url.authority}")
        return host_key(target.host), stated

    async def fetch(self, url: str) -> Page:
        """Return an article's page; ReservedError where the site does not permit it."""
        page = await self.get(url, accept=types_at(url), limit=self._fetcher.page_size)
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
        """Return what lies at an address as `Fetcher` says, if the site permits it."""
        answer = await self._fetcher.ask(url, Wanted(accept, limit, validators), self._judge)
        if isinstance(answer, NotModified):
            return answer
        stated = await asyncio.to_thread(
            read_stated, answer.headers, answer.content, answer.media_type
        )
        address = answer.url or url
        if not self._is_overridden(address):
            tdm = stated.tdm or await self._rights.tdm_rule(address)
            # Feeds are read, not quoted: that one is not to be found itself says nothing about
            # the articles it names.
            is_feed = is_feed_type(answer.media_type)
            _refuse_reserved(host_of(address), stated, tdm, is_feed=is_feed)
        return replace(answer, max_snippet=stated.max_snippet)

    async def _judge(self, url: str) -> None:
        if not self._is_overridden(url):
            await self._rights.judge(url)
            await self._rights.tdm_rule(url)  # to be read before anything else of the site is

    def _is_overridden(self, url: str) -> bool:
        return host_key(host_of(url)) in self._overridden


def for_corpus(fetcher: Fetcher, overridden: frozenset[str]) -> Fetcher:
    """Return the fetcher under the overrides of one corpus; one that asks nobody stays as it is."""
    return fetcher.overriding(overridden) if isinstance(fetcher, PermittedFetcher) else fetcher


async def site_of(fetcher: Fetcher, named: str) -> tuple[str, str]:
    """Return what `PermittedFetcher.site` does; of one that asks nobody nothing is known."""
    if isinstance(fetcher, PermittedFetcher):
        return await fetcher.site(named)
    return host_key(named), ""


def host_of(url: str) -> str:
    """Return the host of a checked address."""
    return urlsplit(url).hostname or ""


def host_key(host: str) -> str:
    """Return the form in which hosts are compared for an override: "www." makes no other site."""
    return host.lower().removesuffix(".").removeprefix("www.")


@dataclass(frozen=True, slots=True)
class _Reading(Generic[T]):
    value: T
    good_for: timedelta


class _Kept(Generic[T]):
    """Readings by site, each made once for as long as it is good, however many ask at once."""

    def __init__(
        self, read: Callable[[str], Awaitable[_Reading[T]]], clock: Callable[[], datetime]
    ) -> None:
        self._read = read
        self._clock = clock
        self._kept: OrderedDict[str, tuple[datetime, T]] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def of(self, site: str) -> T:
        lock = self._locks.setdefault(site, asyncio.Lock())
        async with lock:
            kept = self._kept.get(site)
            if kept is not None and self._clock() < kept[0]:
                return kept[1]
            reading = await self._read(site)
            self._kept[site] = (self._clock() + reading.good_for, reading.value)
            self._kept.move_to_end(site)
            if len(self._kept) > _MOST_SITES:
                self._kept.popitem(last=False)
            return reading.value


def _without_robots(error: FetchError) -> _Reading[RobotsRules | FetchError]:
    """Decide for a robots.txt that could not be had, as RFC 9309 does."""
    if _answered(error):
        return _Reading(RobotsRules(), _KEPT)
    status = error.details.get("status")
    if isinstance(status, int):
        error = FetchError("robots_unreachable", **error.details)
    # Anything else would befall the page, too, and is the better reason.
    return _Reading(error, _FAILURE_KEPT)


def _answered(error: FetchError) -> bool:
    """Whether a site has said that there is no such file."""
    status = error.details.get("status")
    missing = isinstance(status, int) and status < _SERVER_ERRORS
    return missing or error.code == "too_many_redirects"


def _refuse_reserved(host: str, stated: Stated, tdm: TdmRule | None, *, is_feed: bool) -> None:
    if tdm is not None and tdm.reserved:
        raise ReservedError("tdm_reserved", host=host, rule=tdm.text)
    if stated.no_ai is not None:
        raise ReservedError("ai_refused", host=host, rule=stated.no_ai)
    if stated.no_index is not None and not is_feed:
        raise ReservedError("search_refused", host=host, rule=stated.no_index)


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
