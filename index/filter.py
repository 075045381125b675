"""Which articles may answer a question: a condition of the search, not a sieve after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.article_rows import day_of
from index.database import Database


@dataclass(frozen=True, slots=True)
class Filter:
    """Days of publication, both included, and outlets as they are stored; what is empty is open.

    An article whose date nobody knows lies in no period.
    """

    first_day: date | None = None
    last_day: date | None = None
    outlets: frozenset[str] = frozenset()
    articles: frozenset[int] = frozenset()  # ids

    def __post_init__(self) -> None:
        """Refuse what admits everything, and a period that ends before it begins."""
        if not (self.first_day or self.last_day or self.outlets or self.articles):
            raise ValueError("a filter filters something")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError("a period ends after it begins")

    @property
    def has_period(self) -> bool:
        """Whether it asks for days of publication."""
        return self.first_day is not None or self.last_day is not None


class FilterTable:
    """What a filter admits of a corpus."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def passages(self, only: Filter) -> list[int]:
        """Return the ids of all passages of the articles that are admitted."""
        condition, values = _condition(only)
        rows = self._database.all(
            "SELECT passage.id FROM article JOIN passage ON passage.article_id = article.id"  # noqa: S608 - a condition of constants
            f" WHERE {condition} ORDER BY passage.id",
            values,
        )
        return [int(passage_id) for (passage_id,) in rows]

    def extent(self, only: Filter) -> tuple[int, date | None, date | None]:
        """Return the number of articles that are admitted, the first and the last known day."""
        condition, values = _condition(only)
        row = self._database.one(
            "SELECT count(*), min(substr(published, 1, 10)), max(substr(published, 1, 10))"  # noqa: S608 - same
            f" FROM article WHERE {condition}",
            values,
        )
        count, first, last = row if row is not None else (0, None, None)
        return int(count), day_of(first), day_of(last)

    def outlets(self) -> list[str]:
        """Return the outlets of all current articles, the one with the most articles first."""
        rows = self._database.all(
            "SELECT outlet FROM article WHERE superseded_by IS NULL AND outlet IS NOT NULL"
            " GROUP BY outlet ORDER BY count(*) DESC, outlet"
        )
        return [str(row[0]) for row in rows]


def _condition(only: Filter) -> tuple[str, Sequence[str]]:
    parts, values = ["superseded_by IS NULL"], []
    for day, sign in ((only.first_day, ">="), (only.last_day, "<=")):
        if day is not None:
            parts.append(f"substr(published, 1, 10) {sign} ?")
            values.append(day.isoformat())
    if only.outlets:
        parts.append(f"outlet IN ({', '.join('?' for _ in only.outlets)})")
        values += sorted(only.outlets)
    if only.articles:
        parts.append(f"article.id IN ({', '.join(map(str, sorted(only.articles)))})")
    return " AND ".join(parts), values
