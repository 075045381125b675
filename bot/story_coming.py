"""Articles of developing stories in the order in which they appeared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.scratch_corpus import read_records
from index.corpus import Corpus
from index.errors import SourceError
from index.records import article_from_record
from index.types import Article, StoredArticle


@dataclass(frozen=True, slots=True)
class Coming:
    """An article and the moment at which it is there; None: from the beginning."""

    moment: datetime | None
    article: Article

    def at(self, now: datetime) -> bool:
        """Whether it is there at a moment."""
        return self.moment is None or self.moment <= now

    def into(self, corpus: Corpus, known: dict[str, StoredArticle]) -> StoredArticle:
        """Add it, and note it by the id that the set has for it."""
        stored = corpus.add(self.article).stored
        known[str(self.article.source_id)] = stored
        return stored


def coming_in_time(files: Sequence[Path]) -> list[Coming]:
    """Read the articles of some files, the oldest first."""
    found = []
    for record in [record for path in files for record in read_records(path)]:
        stated = record.get("updated") or record.get("published")
        moment = datetime.fromisoformat(str(stated)) if stated else None
        moment = moment.astimezone() if moment else None
        fetched = moment or datetime.now().astimezone()
        try:
            found.append(Coming(moment, article_from_record(record, fetched)))
        except SourceError:
            continue  # a hole in the corpus, not the end of the measurement
    return sorted(found, key=lambda one: one.moment.timestamp() if one.moment else 0.0)
