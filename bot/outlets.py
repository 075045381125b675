"""Where the articles of a corpus come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from index.corpus import Corpus
from index.outlet import host_name
from index.rights import host_key
from index.types import Headline


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published articles: a name, else the host of their addresses, else nobody knows."""

    name: str | None
    articles: int
    newest: date | None  # day of publication, where any is known
    fetched: datetime  # the last of them
    overridden: tuple[str, ...] = ()  # hosts of it whose reservations are set aside


def outlets_of(corpus: Corpus) -> list[Outlet]:
    """Return all outlets of a corpus, the one with the most articles first."""
    return outlets(corpus.headlines(), corpus.overrides.hosts())


def outlets(articles: Sequence[Headline], overridden: Collection[str]) -> list[Outlet]:
    """Return the outlets of articles; `overridden` are the hosts with reservations set aside."""
    groups: defaultdict[str | None, list[Headline]] = defaultdict(list)
    for article in articles:
        groups[article.outlet or _host(article)].append(article)
    found = [_outlet(name, group, overridden) for name, group in groups.items()]
    return sorted(found, key=lambda one: (-one.articles, one.name is None, one.name or ""))


def _outlet(name: str | None, group: Sequence[Headline], overridden: Collection[str]) -> Outlet:
    hosts = {host for host in map(_host, group) if host is not None and host in overridden}
    return Outlet(
        name=name,
        articles=len(group),
        newest=max((one.published.day for one in group if one.published), default=None),
        fetched=max(one.fetched for one in group),
        overridden=tuple(sorted(hosts)),
    )


def _host(article: Headline) -> str | None:
    host = host_name(article.url)
    return None if host is None else host_key(host)
