"""What there is in all corpora at a moment: sizes, feeds, damage. Made where nobody waits."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from index.corpus import Corpus
from index.errors import BelegError
from index.feed_table import FeedTable, StoredFeed
from index.library import Library

_OVERDUE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Survey:
    """Sums over all corpora; ages in seconds, room in bytes."""

    corpora: int = 0
    articles: int = 0
    passages: int = 0
    sentences: int = 0
    damaged: int = 0
    withheld: int = 0
    feeds_well: int = 0
    feeds_failing: int = 0
    feeds_paused: int = 0
    feeds_overdue: int = 0
    feed_age: float = 0.0
    disk_free: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    articles: int
    passages: int
    sentences: int
    withheld: int
    feeds: Sequence[StoredFeed]


def survey(library: Library, directory: Path, now: datetime) -> Survey:
    """Look at every corpus; one that cannot be used counts as damaged and keeps no other."""
    names, parts, damaged = library.names(), list[_Part](), 0
    for name in names:
        try:
            opened = library.existing(name)
            if opened.database.damage is not None:
                damaged += 1
            parts.append(_part(opened))
        except BelegError:
            damaged += 1
    feeds = [feed for part in parts for feed in part.feeds]
    running = [feed for feed in feeds if feed.paused is None]
    failing = sum(feed.failures > 0 for feed in running)
    return Survey(
        corpora=len(names),
        articles=sum(part.articles for part in parts),
        passages=sum(part.passages for part in parts),
        sentences=sum(part.sentences for part in parts),
        damaged=min(damaged, len(names)),
        withheld=sum(part.withheld for part in parts),
        feeds_well=len(running) - failing,
        feeds_failing=failing,
        feeds_paused=len(feeds) - len(running),
        feeds_overdue=sum(is_overdue(feed, now) for feed in running),
        feed_age=max((_age(feed, now) for feed in running), default=0.0),
        disk_free=_free(directory),
    )


def is_overdue(feed: StoredFeed, now: datetime) -> bool:
    """Whether a feed should have been asked more than an hour ago."""
    return feed.paused is None and feed.next_run + _OVERDUE < now


def _part(opened: Corpus) -> _Part:
    size, withheld = opened.size(), len(opened.withheld())
    feeds = FeedTable(opened.database).all()
    return _Part(size.articles, size.passages, size.sentences, withheld, feeds)


def _age(feed: StoredFeed, now: datetime) -> float:
    return max(0.0, (now - (feed.last_success or feed.added)).total_seconds())


def _free(directory: Path) -> int:
    try:
        return shutil.disk_usage(directory).free
    except OSError:
        return 0
