from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.archive_status import ArchiveStatus
from bot.excerpt import units
from bot.feed_desk import FeedState
from bot.package_versions import package_versions
from bot.render import MESSAGE_LIMIT
from bot.render_status import render_status
from bot.types import Language
from index.corpus import CorpusSize
from index.feed_table import BY_HAND, Failure, StoredFeed
from index.feedback_table import Votes
from index.feeds import FeedKind
from tests.bot.discord_markdown import read

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TAG = f"<t:{int(NOW.timestamp())}:f>"


def feed(number: int, title: str = "Ticker", **values: object) -> StoredFeed:
    given: dict[str, object] = {
        "id": number,
        "url": f"https://bote.example/{number}",
        "title": title,
        "kind": FeedKind.RSS,
        "added": NOW,
        "added_by": "Anna",
        "paused": None,
        "validators": None,
        "interval": timedelta(hours=1),
        "next_run": NOW,
        "last_run": NOW,
        "last_success": NOW,
        "last_article": None,
        "not_before": None,
        "failures": 0,
        "failing_since": None,
        "failure": None,
        "failed_at": None,
    }
    return StoredFeed(**{**given, **values})  # type: ignore[arg-type]  # values are the test's


def failing(
    number: int, title: str = "Ticker", host: str = "bote.example", **values: object
) -> StoredFeed:
    failure = Failure("dns_failed", {"host": host})
    return feed(number, title, failures=3, failing_since=NOW, failure=failure, **values)


def status(*feeds: StoredFeed) -> ArchiveStatus:
    size = CorpusSize(3, 5, 17, date(2026, 11, 1), date(2026, 11, 20))
    states = tuple(FeedState(one, 2, 0, ()) for one in feeds)
    return ArchiveStatus(size, states, 1, "eigenes", votes=Votes(4, 2))


def test_all_that_matters_has_its_line() -> None:
    lines = render_status(status(feed(1)), {"beleg": "1.0", "python": "3.11"}, Language.GERMAN)
    assert lines.splitlines() == [
        "**Artikel**: 3 (1. November 2026 – 20. November 2026)",
        "**Textstellen / Sätze**: 5 / 17",
        f"**Feeds**: 1, davon gestört: 0 · nächster Abruf {TAG}",
        f"**Feeds zuletzt gelesen**: {TAG}",
        "**Websites, deren Vorbehalt nicht gilt**: 1",
        "**Bewertungen seit einem Jahr**: 4 hilfreich, 2 falsch",
        "**Modell**: eigenes",
        "**Versionen**: beleg 1.0, python 3.11",
    ]


def test_feeds_that_fail_catch_the_eye_and_the_rest_of_them_is_counted() -> None:
    shown = render_status(status(*(failing(i) for i in range(1, 6))), {}, Language.GERMAN)
    assert shown.count("⚠️") == 3
    assert f"⚠️ **1** · Ticker: Gestört seit {TAG}, Versuche seitdem: 3." in shown
    assert "Weitere gestörte Feeds: 2." in shown


def test_a_feed_that_is_gone_is_told_from_one_that_fails() -> None:
    gone = render_status(status(failing(1, paused="http_error")), {}, Language.GERMAN)
    assert "gibt es seit" in gone
    rests = render_status(status(failing(1, paused=BY_HAND)), {}, Language.GERMAN)
    assert "Gestört seit" in rests
    assert "nächster Abruf" not in rests


def test_an_empty_archive_has_a_status_too() -> None:
    empty = ArchiveStatus(CorpusSize(0, 0, 0, None, None), (), 0, "eigenes")
    shown = render_status(empty, {}, Language.ENGLISH)
    assert "**Articles**: 0\n" in shown


@pytest.mark.parametrize("sign", ["*", "@", "😀", "[", "\n> ", "<@1> "])
def test_whatever_feeds_are_called_it_fits_into_a_message_and_does_nothing(sign: str) -> None:
    some = status(*(failing(i, f"a{sign * 300}", f"b{sign * 300}") for i in range(1, 6)))
    for language in Language:
        shown = render_status(some, package_versions(), language)
        assert units(shown) <= MESSAGE_LIMIT
        assert {"mention", "spoiler", "url", "emoji"}.isdisjoint(read(shown).effects)
