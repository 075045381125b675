"""What members want to be told of, and what they have not been told yet.

No word of an article is kept: only where the claims stand that somebody was told last.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from index.database import Database, Row, inserted
from index.seals import article_seal

_log = logging.getLogger(__name__)

# Where one claim stands, as whoever writes it reads it again: numbers and short names.
Place = Mapping[str, object]

_COLUMNS = "id, person, channel, question, outlets, language, at, paused, seen, known, seal"


@dataclass(frozen=True, slots=True)
class Watch:
    """A question that somebody wants to be told of: in a channel, or alone where there is none.

    `seen` is the last article that it was compared with, `known` where the claims stand that were
    told last. The table gives the id.
    """

    person: int
    channel: int | None
    question: str
    language: str
    at: datetime
    seen: int
    known: tuple[Place, ...] = ()
    outlets: frozenset[str] = frozenset()
    paused: str | None = None
    id: int = 0

    def __post_init__(self) -> None:
        """Refuse a watch of nothing, of nobody, or of no moment."""
        if not self.question.strip():
            raise ValueError("a watch has a question")
        if self.person <= 0 or (self.channel is not None and self.channel <= 0):
            raise ValueError("people and channels have numbers from 1")
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone")


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody is to be told: where the claims stand that held, and those that hold now."""

    id: int
    watch: Watch
    at: datetime
    kind: str
    before: tuple[Place, ...]
    after: tuple[Place, ...]


class WatchTable:
    """The watches of one corpus, the oldest first, and at most one alert of each."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def add(self, watch: Watch) -> Watch | None:
        """Keep a watch and return it with its id; None where the person has that very one."""
        with self._database.transaction() as connection:
            known = connection.execute(
                "SELECT 1 FROM watch WHERE person = ? AND ifnull(channel, 0) = ?"
                " AND question = ? AND outlets = ?",
                (watch.person, watch.channel or 0, watch.question, _names(watch.outlets)),
            ).fetchone()
            if known:
                return None
            cursor = connection.execute(
                "INSERT INTO watch (person, channel, question, outlets, language, at, paused,"
                " seen, known, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    watch.person,
                    watch.channel,
                    watch.question,
                    _names(watch.outlets),
                    watch.language,
                    _stamp(watch.at),
                    watch.paused,
                    watch.seen,
                    _text(watch.known),
                    _seal(watch),
                ),
            )
            return replace(watch, id=inserted(cursor))

    def all(self) -> list[Watch]:
        """Return all watches; a damaged one is logged and left out."""
        rows = self._database.all(f"SELECT {_COLUMNS} FROM watch ORDER BY id")  # noqa: S608 - constant
        return list(_intact(rows))

    def of(self, person: int) -> list[Watch]:
        """Return somebody's watches."""
        return [watch for watch in self.all() if watch.person == person]

    def find(self, watch_id: int) -> Watch | None:
        """Return a watch that is still there."""
        return next((watch for watch in self.all() if watch.id == watch_id), None)

    def newest_article(self) -> int:
        """Return the id of the last text that came in, 0 where there is none."""
        row = self._database.one("SELECT max(id) FROM article")
        return int(row[0]) if row and row[0] else 0

    def due(self) -> tuple[int, list[Watch]]:
        """Return the last text that came in, and the watches that were not compared with it."""
        newest = self.newest_article()
        watches = self.all()
        return newest, [one for one in watches if one.paused is None and one.seen < newest]

    def new_articles(self, since: int) -> frozenset[int]:
        """Return the ids of the texts that came in after one."""
        rows = self._database.all("SELECT id FROM article WHERE id > ?", (since,))
        return frozenset(int(row[0]) for row in rows)

    def seen(self, watch_ids: Sequence[int], newest: int) -> None:
        """Note that watches were compared with all texts up to one."""
        with self._database.transaction() as connection:
            for watch_id in watch_ids:
                connection.execute("UPDATE watch SET seen = ? WHERE id = ?", (newest, watch_id))

    def compared(
        self,
        watch_id: int,
        newest: int,
        known: Sequence[Place],
        alert: tuple[str, Sequence[Place]] | None,
        at: datetime,
    ) -> None:
        """Write what a comparison came to: what is known now and, with its kind, what is to tell.

        What was to be told before and was not yet is told with it, as one alert.
        """
        with self._database.transaction() as connection:
            row = connection.execute("SELECT known FROM watch WHERE id = ?", (watch_id,)).fetchone()
            if row is None:
                return  # removed meanwhile
            connection.execute(
                "UPDATE watch SET seen = ?, known = ? WHERE id = ?",
                (newest, _text(known), watch_id),
            )
            if alert is None:
                return
            kind, before = alert[0], _text(alert[1])
            untold = connection.execute(
                "DELETE FROM alert WHERE watch_id = ? RETURNING before", (watch_id,)
            ).fetchone()
            connection.execute(
                "INSERT INTO alert (watch_id, at, kind, before, after) VALUES (?, ?, ?, ?, ?)",
                (watch_id, _stamp(at), kind, untold[0] if untold else before, _text(known)),
            )

    def alerts(self) -> list[Alert]:
        """Return what is still to be told, the oldest first; nothing of watches that rest."""
        rows = self._database.all(
            "SELECT id, watch_id, at, kind, before, after FROM alert ORDER BY id"
        )
        watches = {watch.id: watch for watch in self.all() if watch.paused is None}
        read = [_alert(watches[row[1]], row) for row in rows if row[1] in watches]
        return [alert for alert in read if alert is not None]

    def told(self, alert_ids: Sequence[int]) -> None:
        """Forget alerts that were delivered, or have nothing left to tell."""
        with self._database.transaction() as connection:
            for alert_id in alert_ids:
                connection.execute("DELETE FROM alert WHERE id = ?", (alert_id,))

    def pause(self, watch_id: int, why: str) -> bool:
        """Let a watch rest; False where it is gone."""
        return self._set(watch_id, why)

    def resume(self, watch_id: int) -> bool:
        """Let a watch go on: what came in meanwhile is compared then."""
        return self._set(watch_id, None)

    def remove(self, watch_id: int) -> bool:
        """Delete a watch and what it was to tell; False where somebody else was quicker."""
        return bool(self._delete("DELETE FROM watch WHERE id = ?", (watch_id,)))

    def forget(self, person: int) -> int:
        """Delete all that somebody wanted to be told; return how many watches."""
        return self._delete("DELETE FROM watch WHERE person = ?", (person,))

    def clear(self) -> int:
        """Delete all watches; return how many."""
        return self._delete("DELETE FROM watch", ())

    def _set(self, watch_id: int, paused: str | None) -> bool:
        with self._database.transaction() as connection:
            done = connection.execute(
                "UPDATE watch SET paused = ? WHERE id = ?", (paused, watch_id)
            )
            return done.rowcount > 0

    def _delete(self, statement: str, values: Sequence[object]) -> int:
        with self._database.transaction() as connection:
            count = connection.execute(statement, values).rowcount
        if count:
            self._database.forget()
        return count


def _intact(rows: Sequence[Row]) -> Iterator[Watch]:
    """Read watches; with another number or question, somebody would be told what is not theirs."""
    for row in rows:
        try:
            watch = _watch(row)
            if _seal(watch) != row[-1]:
                raise ValueError("another watch than was stored")  # noqa: TRY301 - as any damage
        except (ValueError, TypeError):
            _log.exception("watch %s is damaged", row[0])
            continue
        yield watch


def _watch(row: Row) -> Watch:
    number, person, channel, question, outlets, language, at, paused, seen, known, _ = row
    return Watch(
        person=int(person),
        channel=None if channel is None else int(channel),
        question=str(question),
        language=str(language),
        at=datetime.fromisoformat(at),
        seen=int(seen),
        known=_places(known),
        outlets=frozenset(json.loads(outlets)),
        paused=paused,
        id=int(number),
    )


def _seal(watch: Watch) -> str:
    """Return the digest of what never changes of a watch, as it stands in its columns."""
    return article_seal(
        watch.person,
        watch.channel,
        watch.question,
        _names(watch.outlets),
        watch.language,
        _stamp(watch.at),
    )


def _alert(watch: Watch, row: Row) -> Alert | None:
    """Read what somebody is to be told; None where it is damaged."""
    number, _, at, kind, before, after = row
    try:
        moment = datetime.fromisoformat(at)
        return Alert(int(number), watch, moment, str(kind), _places(before), _places(after))
    except (ValueError, TypeError):
        _log.exception("what watch %s was to tell is damaged", watch.id)
        return None


def _places(text: str) -> tuple[Place, ...]:
    return tuple(json.loads(text))


def _text(places: Sequence[Place]) -> str:
    return json.dumps(list(places), separators=(",", ":"))


def _names(outlets: frozenset[str]) -> str:
    return json.dumps(sorted(outlets), ensure_ascii=False)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
