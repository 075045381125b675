from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.outlets import Outlet, outlets
from index.types import Article, DateOrigin, Headline, Published, StoredArticle

FETCHED = datetime(2026, 11, 22, tzinfo=UTC)
DAY = Published(date(2026, 11, 20), DateOrigin.METADATA)


def headline(
    number: int, outlet: str | None, url: str | None = None, published: Published | None = None
) -> Headline:
    fetched = FETCHED + timedelta(days=number)
    article = Article("Titel", "Text.", fetched, url=url, outlet=outlet, published=published)
    return StoredArticle(number, article).headline


def test_articles_are_counted_by_outlet_the_largest_first() -> None:
    some = [headline(1, "Bote"), headline(2, "Ruf", published=DAY), headline(3, "Ruf")]
    assert outlets(some, ()) == [
        Outlet("Ruf", 2, date(2026, 11, 20), FETCHED + timedelta(days=3)),
        Outlet("Bote", 1, None, FETCHED + timedelta(days=1)),
    ]


def test_without_an_outlet_the_host_counts_and_without_that_nobody_knows() -> None:
    some = [
        headline(1, None),
        headline(2, None, "https://www.Bote.example/1"),
        headline(3, None, "https://bote.example/2"),
        headline(4, None, "https://[kaputt"),
    ]
    assert [(one.name, one.articles) for one in outlets(some, ())] == [
        ("bote.example", 2),
        (None, 2),
    ]


def test_sites_whose_reservation_is_set_aside_are_named() -> None:
    some = [
        headline(1, "Bote", "https://www.bote.example/1"),
        headline(2, "Ruf", "https://ruf.example/"),
    ]
    found = {one.name: one.overridden for one in outlets(some, {"bote.example", "x.example"})}
    assert found == {"Bote": ("bote.example",), "Ruf": ()}
