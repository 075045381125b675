"""What a site lists as new: RSS, Atom, JSON Feed and sitemaps, read without a word of network.

The entries are where a feed has them, in one form for all kinds. What a feed says about an article
is a reason to fetch it, and at most its date; the article itself is read from its page.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin

from index.clean import clean_line
from index.dates import stated_date
from index.types import DateOrigin, Published
from index.web_address import is_web_address

MOST_ENTRIES = 200
MOST_PARTS = 50  # sitemaps that a sitemap index may name
LONGEST_ID = 500
LONGEST_ADDRESS = 2000
_LONGEST_TITLE = 300
_LONGEST_SUMMARY = 500
_LONGEST_DATE = 100
_TAG = re.compile(r"<[^<>]{0,2000}>")


class FeedKind(StrEnum):
    """How a feed is written."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap-index"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article as a feed states it; `digest` is the same as long as its words are."""

    id: str | None  # as unique as the feed has made it, which may be not at all
    url: str
    title: str
    published: Published | None
    updated: Published | None
    summary: str
    digest: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it came: at most `MOST_ENTRIES`, of sitemaps the newest, else the first."""

    kind: FeedKind
    title: str
    entries: tuple[FeedEntry, ...]
    parts: tuple[str, ...] = ()  # of a sitemap index: the sitemaps, the newest first
    minutes: int | None = None  # how long the feed wants to be left alone (RSS ttl)


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a web page names."""

    url: str
    title: str


def make_entry(
    base: str,
    *,
    id_: str | None,
    url: str | None,
    title: str | None,
    words: str,
    published: str | None,
    updated: str | None,
) -> FeedEntry | None:
    """Return an entry of the strings that a feed states, None where it leads to no page.

    `base` is what a relative address is relative to, `words` all that the feed says of the article,
    as text or HTML.
    """
    address = web_address(base, url)
    if address is None or address == base:
        return None
    headline = plain(title or "")
    said = plain(words)
    # Without the markup: counters, advertisements and the sizes of pictures change every minute.
    digest = hashlib.sha256(f"{headline}\n{said}".encode()).hexdigest()
    return FeedEntry(
        id=(id_ or "").strip()[:LONGEST_ID] or None,
        url=address,
        title=headline[:_LONGEST_TITLE].rstrip(),
        published=_date(published),
        updated=_date(updated),
        summary=said[:_LONGEST_SUMMARY].rstrip(),
        digest=digest,
    )


def web_address(base: str, url: str | None) -> str | None:
    """Return an address, resolved where it is relative; None where it is none of a web page."""
    try:
        joined = urljoin(base, (url or "").strip()) if (url or "").strip() else ""
    except ValueError:
        return None
    address = joined.partition("#")[0].replace(" ", "%20")
    return address if len(address) <= LONGEST_ADDRESS and is_web_address(address) else None


def plain(text: str) -> str:
    """Return the words of a text or a piece of HTML, on one line."""
    return clean_line(html.unescape(_TAG.sub(" ", text)))


def _date(stated: str | None) -> Published | None:
    if not stated or len(stated) > _LONGEST_DATE:
        return None
    return stated_date(stated, DateOrigin.FEED)
