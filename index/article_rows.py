"""An article to a row of the store and back; what the disk has damaged is found here."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import TypeVar

from index.errors import StoreError
from index.seals import article_seal
from index.types import Article, DateOrigin, Headline, Published, StoredArticle

_log = logging.getLogger(__name__)

T = TypeVar("T")

# The seal, last, is over all the others but the text, which has a digest of its own: whoever adds a
# column lets a step of the schema seal all rows anew.
_VALUES = (
    "source_id, title, text, text_sha256, url, outlet, published, published_origin, fetched,"
    " updated, updated_origin, authors, outlet_given, seal"
)
COLUMNS = f"id, {_VALUES}"
INSERT = (
    f"INSERT INTO article ({_VALUES})"  # noqa: S608 - constant
    f" VALUES ({', '.join('?' for _ in _VALUES.split(','))})"
)
AMEND = (
    "UPDATE article SET source_id = ?, url = ?, outlet = ?, published = ?, published_origin = ?,"
    " fetched = ?, updated = ?, updated_origin = ?, authors = ?, outlet_given = ?, seal = ?"
    " WHERE id = ?"
)
HEADLINE_COLUMNS = COLUMNS.replace(" text,", " length(text),")
# The fetch time of an article that is damaged: it is not to be believed either.
UNBELIEVED = datetime.fromtimestamp(0, UTC)


def stated_values(article: Article) -> tuple[str | int | None, ...]:
    """Return the values for AMEND but the id: all that is stated about the text."""
    source_id, _, _, _, *stated = row_of(article)
    return (source_id, *stated)


def row_of(article: Article) -> tuple[str | int | None, ...]:
    """Return the values of all columns but the id."""
    published, updated = article.published, article.updated
    before = (article.source_id, article.title)
    after = (
        article.text_sha256,
        article.url,
        article.outlet,
        published.isoformat() if published else None,
        published.origin.value if published else None,
        article.fetched.isoformat(),
        updated.isoformat() if updated else None,
        updated.origin.value if updated else None,
        json.dumps(article.authors, ensure_ascii=False),
        int(article.outlet_given),
    )
    return (*before, article.text, *after, article_seal(*before, *after))


def article_of(row: tuple) -> StoredArticle:  # type: ignore[type-arg] # columns differ in type
    """Return the article of a row of COLUMNS; StoreError "article_damaged" if it is not intact."""
    article_id, source_id, title, text, sha256, url, outlet, *stated = row
    published, published_origin, fetched, updated, updated_origin, authors, given, seal = stated
    try:
        article = Article(
            title=title,
            text=text,
            fetched=datetime.fromisoformat(fetched),
            url=url,
            outlet=outlet,
            published=_date(published, published_origin),
            source_id=source_id,
            updated=_date(updated, updated_origin),
            authors=_names(authors),
            outlet_given=bool(given),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise StoreError("article_damaged", id=article_id) from error
    sealed = (*row[1:3], *row[4:-1])
    if article.text_sha256 != sha256 or article_seal(*sealed) != seal:
        # A quotation of damaged text, or with a damaged date, would be a lie.
        raise StoreError("article_damaged", id=article_id)
    return StoredArticle(article_id, article)


def salvaged(row: tuple) -> StoredArticle:  # type: ignore[type-arg] # same
    """Return an article even if it is damaged: enough to replace or to remove it, not to quote."""
    try:
        return article_of(row)
    except StoreError:
        article_id, source_id, title, text, _, url, outlet, *_ = row
        article = Article(
            title=title if isinstance(title, str) else "?",
            text=text if isinstance(text, str) and text.strip() else "?",
            fetched=UNBELIEVED,
            url=_text(url),
            outlet=_text(outlet),
            source_id=_text(source_id),
        )
        return StoredArticle(article_id, article)


def headline_of(row: tuple) -> Headline:  # type: ignore[type-arg] # same
    """Return the headline of a row of HEADLINE_COLUMNS; what is damaged in it is left out."""
    article_id, source_id, title, characters, sha256, url, outlet, *stated = row
    published, published_origin, fetched, updated, updated_origin, authors, *_ = stated
    return Headline(
        id=article_id,
        title=title if isinstance(title, str) else "?",
        url=_text(url),
        outlet=_text(outlet),
        published=_or_none(_date, published, published_origin),
        updated=_or_none(_date, updated, updated_origin),
        authors=_or_none(_names, authors) or (),
        fetched=_or_none(datetime.fromisoformat, fetched) or UNBELIEVED,
        source_id=_text(source_id),
        characters=characters if isinstance(characters, int) else 0,
        text_sha256=_text(sha256) or "",
    )


def _or_none(read: Callable[..., T], *values: str) -> T | None:
    try:
        return read(*values)
    except (ValueError, TypeError):
        return None


def _text(value: object) -> str | None:
    """Return a text; None for what a damaged record has in its place."""
    return value if isinstance(value, str) else None


def _date(text: str | None, origin: str) -> Published | None:
    return Published.parse(text, DateOrigin(origin)) if text else None


def _names(text: str) -> tuple[str, ...]:
    names = json.loads(text)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("no list of names")
    return tuple(names)


def day_of(text: str | None) -> date | None:
    """Return the day, None also where it is damaged."""
    try:
        return date.fromisoformat(text) if text else None
    except (ValueError, TypeError):
        return None  # damaged: the article is withheld, the others are searched


def intact(rows: Iterable[tuple]) -> Iterator[StoredArticle]:  # type: ignore[type-arg] # same
    """Pass over what is damaged: one bad article withholds itself, not the others."""
    for row in rows:
        try:
            yield article_of(row)
        except StoreError:
            _log.exception("article %s is damaged and withheld", row[0])
