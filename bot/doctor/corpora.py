"""The collections: whole, searchable, of the right model, and how their feeds fare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.doctor.finding import Finding, Level, broken, ok, warning
from bot.guild_settings import SETTING_NAMES, settings_of
from index.feed_table import StoredFeed
from index.inspection import Inspection, inspect

_OVERDUE = timedelta(hours=24)
_MOST_NAMED = 3
_LEVELS = {"outdated": Level.OK}


def inspections(directory: Path) -> list[Inspection]:
    """Look through the files of all collections."""
    return [inspect(path) for path in sorted((directory / "corpora").glob("*.sqlite3"))]


def check_integrity(found: Sequence[Inspection]) -> Iterator[Finding]:
    """Tell what is damaged, and what restores it."""
    flawed = False
    for one in found:
        for flaw in one.flaws:
            if flaw.code == "index":
                continue
            level = _LEVELS.get(flaw.code, Level.BROKEN)
            flawed = flawed or level is Level.BROKEN
            values = {"name": one.name, "reason": flaw.reason[:200]}
            yield Finding("integrity", level, f"integrity_{flaw.code}", values)
        for lost in _lost(one):
            flawed = True
            yield broken("integrity", f"integrity_{lost}", name=one.name)
    if not flawed:
        articles = sum(one.articles for one in found)
        yield ok("integrity", "integrity_ok", corpora=len(found), articles=articles)


def _lost(one: Inspection) -> Iterator[str]:
    """Name what was chosen, can no longer be read and keeps people out until it is chosen anew."""
    if one.chosen is None:
        return
    settings = settings_of(one.chosen.values, one.name, one.chosen.lost(SETTING_NAMES))
    if settings.closed:
        yield "lost_askers"
    if settings.nowhere:
        yield "lost_channels"


def check_index(found: Sequence[Inspection]) -> Iterator[Finding]:
    """Tell whether what is searched is what is stored."""
    differing = [(one, flaw) for one in found for flaw in one.flaws if flaw.code == "index"]
    for one, flaw in differing:
        yield broken("index", "index_differs", name=one.name, reason=flaw.reason)
    if not differing:
        yield ok("index", "index_ok", sentences=sum(one.sentences for one in found))


def check_models(found: Sequence[Inspection], model: str | None) -> Iterator[Finding]:
    """Tell which collections have the vectors of another model than the one that is set."""
    for one in found:
        if model is not None and one.model is not None and one.model != model:
            yield broken("vectors", "vectors_other", name=one.name, stored=one.model, model=model)


def check_feeds(found: Sequence[Inspection], now: datetime, *, kept: bool) -> Finding:
    """Tell which feeds fail, and which were not asked for a day; `kept` says that a bot asks."""
    feeds = [(one.name, feed) for one in found for feed in one.feeds if feed.paused is None]
    failing = [(name, feed) for name, feed in feeds if feed.failures]
    if failing:
        names = _named(failing)
        return warning("feeds", "feeds_failing", count=len(failing), all=len(feeds), names=names)
    overdue = [(name, feed) for name, feed in feeds if feed.next_run + _OVERDUE < now]
    if overdue:
        key = "feeds_overdue" if kept else "feeds_overdue_off"
        return warning("feeds", key, count=len(overdue), all=len(feeds), names=_named(overdue))
    return ok("feeds", "feeds_ok", count=len(feeds)) if feeds else ok("feeds", "feeds_none")


def _named(feeds: Sequence[tuple[str, StoredFeed]]) -> str:
    shown = [f"{feed.title or feed.url} ({corpus})" for corpus, feed in feeds[:_MOST_NAMED]]
    return ", ".join(shown) + (" …" if len(feeds) > _MOST_NAMED else "")
