"""How a server's archive fares, as a Discord message."""

from __future__ import annotations

from collections.abc import Mapping

from bot.archive_status import ArchiveStatus
from bot.discord_time import time_tag
from bot.escape import escape
from bot.excerpt import cut
from bot.feed_desk import next_run_of
from bot.language import say
from bot.language.days import day_text
from bot.render import first_that_fits
from bot.render_feeds import WARNING, shown_name, trouble_line
from bot.types import Language
from index.corpus import CorpusSize
from index.feedback_table import Votes

_WITHHELD = 20
_FAILING = 3  # shown one by one; the others are counted


def render_status(status: ArchiveStatus, versions: Mapping[str, str], language: Language) -> str:
    """Return the message; feeds that fail come first, below their number, as many as have room."""
    return first_that_fits(
        [_message(status, versions, language, shown) for shown in range(_FAILING, -1, -1)]
    )


def _message(
    status: ArchiveStatus, versions: Mapping[str, str], language: Language, failing: int
) -> str:
    rows = [
        ("status.articles", _extent(status.size, language)),
        ("status.passages", f"{status.size.passages} / {status.size.sentences}"),
        ("status.feeds", _feeds(status, language)),
    ]
    lines = [f"**{say(language, key)}**: {text}" for key, text in rows]
    lines += [f"{WARNING} {escape(line)}" for line in damage_lines(status, language)]
    lines += _troubles(status, language, failing)
    last = status.last_refresh
    rows = [
        ("status.last_refresh", time_tag(last) if last else say(language, "feed.never")),
        ("status.overrides", str(status.overrides)),
        ("status.votes", _votes(status.votes, language)),
        ("status.model", escape(cut(status.model, 100))),
        ("status.versions", escape(", ".join(f"{name} {versions[name]}" for name in versions))),
    ]
    return "\n".join([*lines, *(f"**{say(language, key)}**: {text}" for key, text in rows)])


def damage_lines(status: ArchiveStatus, language: Language) -> list[str]:
    """Say what is damaged on the disk, if anything is."""
    lines = []
    if status.damage is not None:
        lines.append(say(language, "status.damaged_file", reason=cut(status.damage, 100)))
    if status.withheld:
        shown = ", ".join(map(str, status.withheld[:_WITHHELD]))
        more = ", …" if len(status.withheld) > _WITHHELD else ""
        count = len(status.withheld)
        lines.append(say(language, "status.damaged_articles", count=count, ids=shown + more))
    if not status.settings_whole:
        lines.append(say(language, "status.damaged_settings"))
    if status.closed:
        lines.append(say(language, "status.lost_askers"))
    if status.nowhere:
        lines.append(say(language, "status.lost_channels"))
    return lines


def _extent(size: CorpusSize, language: Language) -> str:
    days = [day_text(language, day) for day in (size.first, size.last) if day is not None]
    period = " – ".join(dict.fromkeys(days))
    return f"{size.articles} ({period})" if period else str(size.articles)


def _votes(votes: Votes, language: Language) -> str:
    return say(language, "status.votes_count", helpful=votes.helpful, wrong=votes.wrong)


def _feeds(status: ArchiveStatus, language: Language) -> str:
    failing = sum(state.feed.is_failing for state in status.feeds)
    text = say(language, "feed.summary", count=len(status.feeds), failing=failing)
    soonest = next_run_of(status.feeds)
    if soonest is None:
        return text
    return f"{text} · {say(language, 'feed.next', moment=time_tag(soonest))}"


def _troubles(status: ArchiveStatus, language: Language, shown: int) -> list[str]:
    failing = [state.feed for state in status.feeds if state.feed.is_failing]
    lines = [
        f"{WARNING} **{feed.id}** · {shown_name(feed)}: {trouble_line(feed, language)}"
        for feed in failing[:shown]
    ]
    if len(failing) > shown:
        lines.append(say(language, "status.more_failing", count=len(failing) - shown))
    return lines
