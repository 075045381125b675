"""How a corpus fares: its size, its feeds, its exceptions and what works in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.feed_desk import FeedState, feed_states
from bot.guild_settings import SETTING_NAMES, settings_of
from index.corpus import Corpus, CorpusSize
from index.feedback_table import FeedbackTable, Votes
from index.settings_table import SettingsTable

_NO_VOTES = Votes(0, 0)


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """What those who look after a corpus want to know at a glance."""

    size: CorpusSize
    feeds: tuple[FeedState, ...]
    overrides: int  # hosts whose reservations are set aside
    model: str
    withheld: tuple[int, ...] = ()  # articles that are damaged on the disk
    settings_whole: bool = True  # whether all that was chosen can still be read
    closed: bool = False  # whether nobody knows any more who may ask
    nowhere: bool = False  # whether nobody knows any more in which channels
    votes: Votes = _NO_VOTES  # on the answers of a year
    damage: str | None = None  # what SQLite says of a file that it cannot read to its end

    @property
    def last_refresh(self) -> datetime | None:
        """When a feed was asked last, None where none ever was."""
        return max(
            (state.feed.last_run for state in self.feeds if state.feed.last_run is not None),
            default=None,
        )


def status_of(corpus: Corpus) -> ArchiveStatus:
    """Look at a corpus."""
    chosen = SettingsTable(corpus.database).read()
    settings = settings_of(chosen.values, corpus.database.path.stem, chosen.lost(SETTING_NAMES))
    return ArchiveStatus(
        size=corpus.size(),
        feeds=tuple(feed_states(corpus)),
        overrides=len(corpus.overrides.hosts()),
        model=corpus.model,
        withheld=tuple(sorted(corpus.withheld())),
        settings_whole=chosen.is_whole,
        closed=settings.closed,
        nowhere=settings.nowhere,
        votes=FeedbackTable(corpus.database).totals(),
        damage=corpus.database.damage,
    )
