"""The feeds that a web page names in its head."""

from __future__ import annotations

import re

from lxml import etree, html

from index.feeds import FeedLink, plain, web_address

MOST_LINKS = 10
_LOOKED_AT = 1_000_000  # characters; links to feeds stand in the head
_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
    }
)
_OF_READERS = re.compile(r"comment|kommentar", re.IGNORECASE)


def find_feed_links(text: str, url: str) -> tuple[FeedLink, ...]:
    """Return the feeds of a page in its order; those of comments only where it has no others."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        source = text[:_LOOKED_AT].replace("\0", "").encode(errors="replace")
        tree = html.document_fromstring(source, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ()
    base = next((web_address(url, e.get("href")) for e in tree.iter("base") if e.get("href")), None)
    found: dict[str, FeedLink] = {}
    for link in tree.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" not in (link.get("rel") or "").lower().split() or kind not in _TYPES:
            continue
        address = web_address(base or url, link.get("href"))
        if address is not None and len(found) < MOST_LINKS:
            found.setdefault(address, FeedLink(address, plain(link.get("title") or "")[:200]))
    news = [link for link in found.values() if not _OF_READERS.search(f"{link.title} {link.url}")]
    return tuple(news or found.values())
