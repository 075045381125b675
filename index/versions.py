"""When what comes in again is a new version, and what it takes over from the one before."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from index.article_rows import UNBELIEVED
from index.canonical import canonical_url
from index.types import Article, DateOrigin, Published

_QUOTES = dict.fromkeys(map(ord, "„“”‟«»‹›‚‘’‛`´'\"″′"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−-"), "-")
_SPACES = re.compile(r"\s+")
_PLAIN_FRONT = re.compile(r"https?://(?:www\.)?")


def same_wording(one: str, other: str) -> bool:
    """Whether two texts differ in white space, quotation marks and dashes at most."""
    return one == other or wording(one) == wording(other)


def wording(text: str) -> str:
    """Return a text without white space and in one typography."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES | _DASHES)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return _SPACES.sub("", text).replace('""', '"')


def is_new_version(article: Article, known: Article) -> bool:
    """Whether a text or its headline says something else than the one that is known.

    One that the disk has damaged is always to be replaced.
    """
    if known.fetched == UNBELIEVED:
        return True
    return not (same_wording(article.text, known.text) and same_wording(article.title, known.title))


def merged(article: Article, known: Article, *, moved: bool = False) -> Article:
    """Return an article with what the known one states and this one does not.

    The first publication date stays, unless a person states another one; a later date is the day of
    the change. What a person calls the outlet stays until a person calls it something else.
    Where the page has not moved, the plainer of its two addresses stays.
    """
    published, updated = _dates(article, known)
    named = known if known.outlet_given and not article.outlet_given else article
    return replace(
        article,
        title=article.title or known.title,
        url=_address(article.url, known.url, moved=moved),
        outlet=named.outlet or article.outlet or known.outlet,
        outlet_given=named.outlet_given,
        published=published,
        updated=updated,
        authors=article.authors or known.authors,
        source_id=article.source_id or known.source_id,
    )


def restated(article: Article, known: Article) -> Article:
    """Return the known text with what is stated about it now."""
    return replace(article, title=known.title, text=known.text, fetched=known.fetched)


def reads_differently(one: Article, other: Article) -> bool:
    """Whether a reader would see a difference in what is stated about a text."""
    return any(
        getattr(one, name) != getattr(other, name)
        for name in ("url", "outlet", "published", "authors")
    )


def _dates(article: Article, known: Article) -> tuple[Published | None, Published | None]:
    new, first = article.published, known.published
    updated = article.updated or known.updated
    if new is None or first is None or new.origin is DateOrigin.GIVEN:
        return new or first, updated
    if new.day == first.day:
        return (new if first.moment is None else first), updated
    if article.updated is None and new.day > first.day:
        updated = new
    return first, updated


def _address(new: str | None, known: str | None, *, moved: bool) -> str | None:
    if new is None or known is None or moved:
        return new or known
    better = new.startswith("https:") and not known.startswith("https:")
    return new if _is_plain(new) and (better or not _is_plain(known)) else known


def _is_plain(url: str) -> bool:
    return _PLAIN_FRONT.sub("", url, count=1) == canonical_url(url).removeprefix("https://")
