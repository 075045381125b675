"""By which addresses an article is known again: its own and those of its earlier versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from index.article_rows import COLUMNS, salvaged
from index.canonical import canonical_url, same_site
from index.database import Database
from index.types import Article, StoredArticle


def addresses_of(article: Article, declared: str | None = None) -> tuple[str, ...]:
    """Return the canonical forms of an article's address, what its page declares first."""
    if article.url is None:
        return ()
    return tuple(dict.fromkeys((canonical_url(article.url, declared), canonical_url(article.url))))


class Identity:
    """The addresses of one corpus."""

    def __init__(self, database: Database) -> None:
        """Take the file of the corpus."""
        self._database = database

    def write(
        self, connection: sqlite3.Connection, article_id: int, addresses: Sequence[str]
    ) -> None:
        """Note by which addresses an article is known, in the caller's transaction."""
        connection.executemany(
            "INSERT OR IGNORE INTO address (address, article_id) VALUES (?, ?)",
            [(address, article_id) for address in addresses],
        )

    def addresses(self, article_id: int) -> frozenset[str]:
        """Return all addresses by which a current article and its earlier versions are known."""
        rows = self._database.all(
            "SELECT address FROM address WHERE article_id IN"
            " (SELECT id FROM article WHERE id = ?1 OR superseded_by = ?1)",
            (article_id,),
        )
        return frozenset(row[0] for row in rows)

    def find_known(self, article: Article, addresses: Sequence[str]) -> StoredArticle | None:
        """Return the current article that this one is, or is a version of.

        By address or by the id where it came from; an article with neither, or one that has been
        here with neither, is known by its text. A damaged one is found as well, so that adding it
        again repairs it.
        """
        for address in addresses:
            found = self._newest(
                "id IN (SELECT coalesce(superseded_by, id) FROM address JOIN article"
                " ON article.id = article_id WHERE address = ?)",
                address,
            )
            if found is not None:
                return found
        if article.source_id is not None:
            found = self._newest("source_id = ?", article.source_id)
            # Ids are short, and two sources may number alike.
            if found is not None and _may_be_one(article.url, found.article.url):
                return found
        nameless = ""
        if article.url is not None or article.source_id is not None:
            nameless = " AND url IS NULL AND source_id IS NULL"
        return self._newest(f"text_sha256 = ?{nameless}", article.text_sha256)

    def _newest(self, condition: str, value: str) -> StoredArticle | None:
        row = self._database.one(
            f"SELECT {COLUMNS} FROM article"  # noqa: S608 - constants
            f" WHERE superseded_by IS NULL AND {condition} ORDER BY id DESC",
            (value,),
        )
        return None if row is None else salvaged(row)


def _may_be_one(url: str | None, other: str | None) -> bool:
    return url is None or other is None or same_site(url, other)
