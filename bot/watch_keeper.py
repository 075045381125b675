"""Notices what new articles change for those who watch, and has it told: in the background."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.desk import Desk
from bot.excerpt_limits import ExcerptLimits
from bot.news.claim import Claim
from bot.render_watch import Told, told_of
from bot.watch_change import Change, ChangeKind, change_between
from bot.watch_places import claims_at, place_of
from index.corpus import Corpus
from index.departure import Departure
from index.errors import BelegError, QuestionError
from index.watch_table import Alert, Watch, WatchTable

_log = logging.getLogger(__name__)

_LOOK_S = 15.0  # from one look for new articles to the next


@dataclass(frozen=True, slots=True)
class Due:
    """An alert that is to be told now, with what may be shown."""

    alert: Alert
    told: Told


class Post(Protocol):
    """Tells people what has changed."""

    def is_open(self, corpus: str) -> bool:
        """Whether anybody of that corpus can be told anything now."""

    async def deliver(self, corpus: str, due: Sequence[Due]) -> None:
        """Tell it, each once, and note what was told; what cannot be now waits."""

    async def forget_gone(self, corpus: str, people: Sequence[int]) -> None:
        """Delete the watches of those who are no members any more."""


class WatchKeeper:
    """Looks after the watches of all corpora; what it knows stands in their files."""

    def __init__(
        self,
        desk: Desk,
        post: Post,
        limits: Callable[[str], ExcerptLimits],
        clock: Callable[[], datetime],
    ) -> None:
        """Take the desk that answers, the post that tells, and how much a corpus may show."""
        self._desk = desk
        self._post = post
        self._limits = limits
        self._clock = clock
        self._checked: dict[str, date] = {}  # when members were looked up last

    async def keep(self, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        """Look after all watches again and again, until cancelled."""
        while True:
            try:
                await self.look()
            except Exception:  # noqa: BLE001 - whatever it is: the bot goes on, and so does this
                _log.exception("watches could not be looked after")
            await sleep(_LOOK_S)

    async def look(self) -> None:
        """Compare the watches of all corpora with what came in, and have told what changed."""
        for corpus in await self._desk.corpora():
            try:
                await self.notice(corpus)
                if self._post.is_open(corpus):
                    await self._deliver(corpus)
                    await self._forget_gone(corpus)
            except BelegError as error:
                _log.warning("the watches of %s could not be looked after: %s", corpus, error)
            except Exception:  # noqa: BLE001 - whatever it is: not the end of all others' watches
                _log.exception("the watches of %s could not be looked after", corpus)

    async def notice(self, corpus: str) -> None:
        """Compare watches with what came in since, all of it at once, and keep what is to tell."""
        newest, due = await self._desk.look(corpus, _due)
        untouched = []
        try:
            for watch in due:
                try:
                    if not await self._compare(corpus, watch, newest):
                        untouched.append(watch.id)
                except QuestionError:
                    untouched.append(watch.id)
                except BelegError:
                    raise
                except Exception:  # noqa: BLE001 - one watch nobody thought of: not all of them
                    _log.exception("watch %s of %s could not be compared", watch.id, corpus)
                    untouched.append(watch.id)  # else the same would fail at every look
        finally:  # where many are asking, the others wait for the next look
            if untouched:
                await self._desk.change(
                    corpus, lambda opened: WatchTable(opened.database).seen(untouched, newest)
                )

    async def _compare(self, corpus: str, watch: Watch, newest: int) -> bool:
        """Compare one watch and write down what it came to; False where nothing touches it."""
        now = self._clock()
        compared = await self._desk.compared(corpus, watch, now)
        if compared is None:
            return False
        known = [place_of(claim) for claim in compared.known]
        change = compared.change
        alert = None
        if change is not None:
            alert = (change.kind.value, [place_of(claim) for claim in change.before])
        await self._desk.change(
            corpus,
            lambda opened: WatchTable(opened.database).compared(
                watch.id, newest, known, alert, now
            ),
        )
        return True

    async def _forget_gone(self, corpus: str) -> None:
        """Once a day, and at the start: Discord does not tell by itself who has left."""
        today = self._clock().date()
        if self._checked.get(corpus) == today:
            return
        watches = await self._desk.look(corpus, lambda opened: WatchTable(opened.database).all())
        await self._post.forget_gone(corpus, sorted({watch.person for watch in watches}))
        self._checked[corpus] = today

    async def _deliver(self, corpus: str) -> None:
        limits = self._limits(corpus)
        due, empty = await self._desk.look(corpus, lambda opened: _told(opened, limits))
        if empty:
            await self._desk.change(corpus, lambda opened: WatchTable(opened.database).told(empty))
        if due:
            await self._post.deliver(corpus, due)


def _due(opened: Corpus) -> tuple[int, list[Watch]]:
    if Departure(opened.database).since() is not None:
        return 0, []
    return WatchTable(opened.database).due()


def _told(opened: Corpus, limits: ExcerptLimits) -> tuple[list[Due], list[int]]:
    """Return what is to be told, and the ids of alerts of which nothing is left.

    What was removed meanwhile is told no more, nor what went back to what it was.
    """
    due, empty = [], []
    for alert in WatchTable(opened.database).alerts():
        before, after = claims_at(opened, alert.before), claims_at(opened, alert.after)
        change = _change(ChangeKind(alert.kind), before, after)
        if change is None:
            empty.append(alert.id)
            continue
        ids = list({claim.stored.id for claim in (*before, *after)})
        stated = opened.snippets.limits(ids)
        due.append(Due(alert, told_of(alert.watch.question, change, limits, stated)))
    return due, empty


def _change(kind: ChangeKind, before: Sequence[Claim], after: Sequence[Claim]) -> Change | None:
    now = change_between(before, after, {claim.stored.id for claim in after})
    if now is None or not before:
        return now
    return Change(ChangeKind.CHANGED if kind is ChangeKind.FIRST else kind, now.before, now.after)
