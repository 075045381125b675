from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article_rows import COLUMNS, article_of, day_of, intact, row_of, salvaged
from index.errors import StoreError
from index.types import Article, DateOrigin, Published, StoredArticle
from tests.making import make_article

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PUBLISHED = st.one_of(
    st.builds(Published, st.dates(), st.sampled_from(DateOrigin)),
    st.datetimes(timezones=st.just(UTC)).map(lambda m: Published(m.date(), DateOrigin.FEED, m)),
)
ARTICLES = st.builds(
    Article,
    title=TEXT,
    text=TEXT.filter(str.strip),
    fetched=st.datetimes(timezones=st.just(UTC)),
    url=st.none() | TEXT,
    outlet=st.none() | TEXT,
    published=st.none() | PUBLISHED,
    source_id=st.none() | TEXT,
    updated=st.none() | PUBLISHED,
    authors=st.lists(TEXT.filter(str.strip), max_size=3).map(tuple),
)


@given(ARTICLES)
def test_an_article_survives_the_way_to_a_row_and_back(article: Article) -> None:
    row = (7, *row_of(article))
    assert len(row) == len(COLUMNS.split(","))
    assert article_of(row) == salvaged(row) == StoredArticle(7, article)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", "Anderer Text."),
        ("text", ""),
        ("text_sha256", "0" * 64),
        ("published", "2024-13-01"),
        ("published_origin", "x"),
        ("fetched", "gestern"),
        ("fetched", "2024-11-01T00:00:00"),
        ("updated", "2024-13-01"),
        ("updated_origin", "x"),
        ("authors", "Anna"),
        ("authors", '"Anna"'),
        ("authors", "[1]"),
        ("authors", '[" "]'),
    ],
)
def test_a_damaged_row_is_withheld_but_can_be_salvaged(column: str, value: str) -> None:
    article = replace(
        make_article(published="2024-11-01", title="Name", url="u"),
        updated=Published(date(2024, 11, 2), DateOrigin.TEXT),
    )
    names = [name.strip() for name in COLUMNS.split(",")]
    damaged = [7, *row_of(article)]
    damaged[names.index(column)] = value
    row = tuple(damaged)
    with pytest.raises(StoreError) as caught:
        article_of(row)
    assert caught.value.code == "article_damaged"
    left = salvaged(row)
    assert (left.id, left.article.title, left.article.url) == (7, "Name", "u")
    good = (8, *row_of(article))
    assert [stored.id for stored in intact([row, good, row])] == [8]


def test_a_day_that_is_none_is_unknown() -> None:
    assert day_of("2024-11-01") == date(2024, 11, 1)
    assert day_of(None) is day_of("2024-99-01") is None
