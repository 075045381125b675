"""Papers with feeds, on a real web server of this machine, over days that pass when they are told.

Names resolve to loopback by a table; every request is written down with the simulated moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Self

from aiohttp import web

from index.fetch import GuardedFetcher
from index.rights import PermittedFetcher, SiteRights
from tests.fake_internet import FakeResolver

BEGIN = datetime(2024, 11, 4, 6, 0, tzinfo=UTC)
RSS, ATOM, JSON = "application/rss+xml", "application/atom+xml", "application/feed+json"
_SUBJECTS = [
    "Brücke",
    "Theater",
    "Hafen",
    "Schule",
    "Rathaus",
    "Bahnhof",
    "Klinik",
    "Stadion",
    "Museum",
    "Markt",
]
_RIGHTS = {"/robots.txt", "/.well-known/tdmrep.json"}


class SimulatedTime:
    """A clock that stands still unless somebody sleeps."""

    def __init__(self, now: datetime = BEGIN) -> None:
        self.now = now

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    @property
    def day(self) -> float:
        """Days since the beginning."""
        return (self.now - BEGIN) / timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """A request as the server has seen it."""

    at: datetime
    host: str
    path: str
    conditional: bool
    status: int


@dataclass
class Story:
    """An article of a paper; `edition` goes up when it is edited."""

    host: str
    name: str
    published: datetime
    edition: int = 1
    updated: datetime | None = None
    path: str = ""
    dated: bool = True

    def __post_init__(self) -> None:
        self.path = self.path or f"/artikel/{self.name}.html"

    @property
    def title(self) -> str:
        number = sum(map(ord, f"{self.host}{self.name}"))
        subject = _SUBJECTS[number % len(_SUBJECTS)]
        return f"{subject} {self.name} in {self.host.partition('.')[0]} wird saniert"

    @property
    def summary(self) -> str:
        return f"Die Stadt beginnt mit der Sanierung, Fassung {self.edition}."

    @property
    def sentence(self) -> str:
        """Words that only this edition of this article has."""
        return (
            f"Das Vorhaben {self.name} von {self.host} kostet nach Angaben der Verwaltung"
            f" {1000 * self.edition + len(self.name)} Euro."
        )

    def page(self) -> str:
        meta = (
            f'<meta property="article:published_time" content="{self.published.isoformat()}">'
            if self.dated
            else ""
        )
        filler = " ".join(
            f"Für {subject} Nummer {number} von {self.name} {self.host} plant der Rat"
            f" bis zum Jahr {2030 + number} einen Umbau in {number + 2} Abschnitten."
            for number, subject in enumerate(_SUBJECTS)
        )
        return (
            f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{self.title}'
            f"</title>{meta}</head><body><article><h1>{self.title}</h1><p>{self.sentence}</p>"
            f"<p>{filler}</p></article></body></html>"
        )


@dataclass
class Site:
    """What a host serves: `files` by path; it does not answer while `is_down`."""

    files: dict[str, Callable[[web.Request], web.StreamResponse]] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    is_down: bool = False


class NewsServer:
    """All hosts end here."""

    def __init__(self, time: SimulatedTime) -> None:
        self.time = time
        self.sites: dict[str, Site] = {}
        self.asked: list[Asked] = []

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(application)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def site(self, host: str) -> Site:
        return self.sites.setdefault(host, Site())

    def url(self, host: str, path: str) -> str:
        return f"http://{host}:{self.port}{path}"

    def write(self, host: str, name: str, **more: object) -> Story:
        """Publish an article now."""
        story = Story(host, name, self.time.now, **more)  # type: ignore[arg-type] # as the caller says
        self.site(host).stories[story.path] = story
        return story

    def edit(self, story: Story) -> None:
        story.edition += 1
        story.updated = self.time.now

    def newest(self, host: str, most: int = 10) -> list[Story]:
        """Return what still stands in the window of a feed."""
        stories = self.site(host).stories.values()
        return sorted(stories, key=lambda story: story.published, reverse=True)[:most]

    def fetcher(self) -> PermittedFetcher:
        guarded = GuardedFetcher(
            user_agent="Beleg/test",
            allowed_hosts=frozenset(f"{host}:{self.port}" for host in self.sites),
            resolver=FakeResolver(dict.fromkeys(self.sites, "127.0.0.1")),
            clock=self.time.clock,
        )
        return PermittedFetcher(guarded, SiteRights(guarded, self.time.clock))

    def of(self, host: str, path: str | None = None) -> list[Asked]:
        """Return the requests to a host, without those for its permission."""
        return [
            asked
            for asked in self.asked
            if asked.host == host and asked.path not in _RIGHTS and path in {None, asked.path}
        ]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        host = request.host.partition(":")[0]
        site = self.site(host)
        answer: web.StreamResponse
        if site.is_down:
            answer = web.Response(status=599)
        elif request.path in site.files:
            answer = site.files[request.path](request)
        elif request.path in site.stories:
            story = site.stories[request.path]
            answer = conditional(request, story.page(), "text/html", f'"{story.edition}"')
        else:
            answer = web.Response(status=404)
        headers = request.headers
        self.asked.append(
            Asked(
                self.time.now,
                host,
                request.path,
                "If-None-Match" in headers or "If-Modified-Since" in headers,
                answer.status,
            )
        )
        if site.is_down and request.transport is not None:
            request.transport.abort()
        return answer


def conditional(
    request: web.Request, text: str, kind: str, etag: str | None = None, modified: str | None = None
) -> web.Response:
    """Answer with a text, or that it has not changed."""
    headers = {}
    if etag:
        headers["ETag"] = etag
    if modified:
        headers["Last-Modified"] = modified
    same = (etag and request.headers.get("If-None-Match") == etag) or (
        modified and request.headers.get("If-Modified-Since") == modified
    )
    if same:
        return web.Response(status=304, headers=headers)
    return web.Response(text=text, content_type=kind, charset="utf-8", headers=headers)


def sent_on(status: int, url: str) -> web.Response:
    return web.Response(status=status, headers={"Location": url})


def rss(
    server: NewsServer,
    stories: list[Story],
    *,
    title: str = "Nachrichten",
    guid: Callable[[Story], str] | None = None,
    dated: Callable[[Story], datetime] | None = None,
) -> str:
    items = "".join(
        f"<item><title>{escape(story.title)}</title>"
        f"<link>{escape(server.url(story.host, story.path))}</link>"
        f'<guid isPermaLink="false">{guid(story) if guid else f"{story.host}-{story.name}"}</guid>'
        f"<pubDate>{format_datetime(dated(story) if dated else story.published)}</pubDate>"
        f"<description>{escape(f'<p>{story.summary}</p>')}</description></item>"
        for story in stories
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


def atom(server: NewsServer, stories: list[Story], title: str = "Atome") -> str:
    entries = "".join(
        f"<entry><id>urn:{story.host}:{story.name}</id><title>{escape(story.title)}</title>"
        f'<link href="{story.path}"/><published>{story.published.isoformat()}</published>'
        f"<updated>{(story.updated or story.published).isoformat()}</updated>"
        "<summary>Ein Satz, der bleibt.</summary></entry>"
        for story in stories
    )
    base = server.url(stories[0].host, "/") if stories else ""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{base}"><title>{title}</title>'
        f"{entries}</feed>"
    )


def sitemap(server: NewsServer, stories: list[Story]) -> str:
    urls = "".join(
        f"<url><loc>{server.url(story.host, story.path)}</loc>"
        f"<lastmod>{(story.updated or story.published).isoformat()}</lastmod>"
        f"<news:news><news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>"
        for story in stories
    )
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )
