"""Collections that are damaged, models that do not fit them, and feeds that fail."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.errors import FetchError
from index.feed_table import FeedTable
from index.feeds import FeedKind
from index.protocols import Vectors
from tests.bot.cli.doctor.conftest import Doctor, findings
from tests.bot.cli.running import Beleg
from tests.fakes import HashingEmbedder
from tests.making import make_corpus


class Dull(HashingEmbedder):
    """A model whose files were mixed up: all texts are alike to it."""

    def embed_sentences(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        vectors[:, 0] = 1.0
        return vectors


async def test_a_model_that_tells_nothing_apart(doctor: Doctor) -> None:
    result = await doctor("--offline", "--json", embedder=Dull())
    assert (result.code, findings(result)["model"]) == (1, ("broken", "model_senseless"))


def test_a_model_that_is_not_there(environment: dict[str, str], beleg: Beleg) -> None:
    from bot.cli.parts import embedder_for  # noqa: PLC0415 - the real one is meant

    missing = embedder_for("/nowhere/model")
    result = beleg("doctor", "--offline", "--json", embedder=missing)
    assert findings(result)["model"] == ("broken", "model_unusable")


async def test_vectors_of_another_model(doctor: Doctor) -> None:
    other = HashingEmbedder()
    other.name = "other"
    result = await doctor("--offline", "--json", embedder=other)
    assert (result.code, findings(result)["vectors"][1]) == (1, "vectors_other")


def _zero_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:8192] = bytes(4096)
    path.write_bytes(content)


def _change_a_word(path: Path) -> None:
    content = path.read_bytes()
    assert b"8.000 Soldaten" in content
    path.write_bytes(content.replace(b"8.000 Soldaten", b"9.000 Soldaten"))


def _change_a_vector(path: Path) -> None:
    _execute(path, "UPDATE sentence SET vector = zeroblob(length(vector)) WHERE id = 1")


def _orphan(path: Path) -> None:
    _execute(path, "INSERT INTO passage (article_id) VALUES (999)")


def _a_feed_of_no_kind(path: Path) -> None:
    _execute(
        path,
        "INSERT INTO feed (url, title, kind, added, added_by, interval_s, next_run)"
        " VALUES ('https://x.test', 'X', 'rsf', '2026-11-22', 'ada', 60, '2026-11-22')",
    )


def _change_who_may_ask(path: Path) -> None:
    _execute(path, "INSERT INTO setting VALUES ('ask_role', '7', NULL)")


def _lose_the_channels(path: Path) -> None:
    _execute(path, "DELETE FROM meta WHERE name = 'settings'")


def _from_the_future(path: Path) -> None:
    _execute(path, "PRAGMA user_version = 9999")


def _no_database(path: Path) -> None:
    path.write_bytes(b"This was a photograph once." * 500)


def _execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    ("damage", "keys"),
    [
        (_zero_a_page, {"integrity_integrity", "integrity_unusable"}),
        (_change_a_word, {"integrity_damaged"}),
        (_change_a_vector, {"integrity_damaged"}),
        (_change_who_may_ask, {"integrity_settings"}),
        (_lose_the_channels, {"integrity_lost_channels"}),
        (_a_feed_of_no_kind, {"integrity_feeds"}),
        (_orphan, {"integrity_references"}),
        (_from_the_future, {"integrity_too_new"}),
        (_no_database, {"integrity_unusable"}),
        (lambda path: path.write_bytes(b""), {"integrity_empty"}),
    ],
    ids=[
        "page",
        "word",
        "vector",
        "setting",
        "channels",
        "feed",
        "reference",
        "future",
        "no database",
        "empty",
    ],
)
async def test_a_damaged_collection(
    doctor: Doctor, data: Path, damage: Callable[[Path], Any], keys: set[str]
) -> None:
    path = data / "corpora" / "42.sqlite3"
    damage(path)
    before = path.read_bytes()
    result = await doctor("--offline", "--json")
    assert result.code == 1
    named = [one for one in result.json() if one["check"] == "integrity"]
    assert keys & {one["finding"] for one in named}, result.out
    assert all("42" in one["message"] for one in named)
    assert path.read_bytes() == before


async def test_feeds_that_fail_or_were_forgotten(doctor: Doctor, data: Path) -> None:
    now = datetime.now(UTC)
    corpus = make_corpus(data / "corpora", name="42")
    table = FeedTable(corpus.database)
    feed = table.add(
        "https://nachrichten.example/rss", title="Nachrichten", kind=FeedKind.RSS, by="ada",
        now=now, interval=timedelta(hours=1),
    )  # fmt: skip
    assert findings(await doctor("--json"))["feeds"][0] == "ok"
    later = await doctor("--offline", "--json", now=now + timedelta(days=2))
    assert findings(later)["feeds"] == ("warning", "feeds_overdue")
    error = FetchError("http_error", host="nachrichten.example", status=503)
    table.failed(feed.id, now, error, next_run=now + timedelta(hours=1))
    corpus.close()
    result = await doctor("--json")
    (finding,) = (one for one in result.json() if one["check"] == "feeds")
    assert finding["finding"] == "feeds_failing"
    assert "Nachrichten" in finding["message"]
