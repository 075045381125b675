"""How much there is, as people say it."""

from __future__ import annotations

from bot.language import say
from bot.language.days import day_text
from bot.types import ArchiveExtent, Language


def count_text(language: Language, articles: int) -> str:
    """Write a number of articles."""
    return say(language, "answer.articles", count=articles)


def sources_text(language: Language, count: int) -> str:
    """Write from how many sources that know nothing of each other something is."""
    return say(language, "answer.sources", count=count)


def archive_text(language: Language, extent: ArchiveExtent) -> str:
    """Write how many articles were searched, and from which days where any is known."""
    if extent.articles == 0:
        return say(language, "answer.archive_empty")
    count = count_text(language, extent.articles)
    if extent.first is None or extent.last is None:
        return say(language, "answer.archive", count=count)
    first, last = day_text(language, extent.first), day_text(language, extent.last)
    if first == last:
        return say(language, "answer.archive_day", count=count, day=first)
    return say(language, "answer.archive_range", count=count, first=first, last=last)
