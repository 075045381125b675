from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.corpus import Corpus
from index.departure import Departure
from tests.fakes import HashingEmbedder

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_first_departure_counts_until_the_bot_is_back(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "one.db", HashingEmbedder())
    departure = Departure(corpus.database)
    assert not departure.known_here()
    assert departure.since() is None
    departure.arrived()
    assert departure.known_here()
    departure.left(AT)
    departure.left(AT + timedelta(days=3))
    corpus.close()
    departure = Departure(Corpus(tmp_path / "one.db", HashingEmbedder()).database)
    assert departure.since() == AT
    assert not departure.known_here()
    departure.arrived()
    assert departure.since() is None
