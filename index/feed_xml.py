"""RSS 0.9x, 1.0 and 2.0, Atom, sitemaps and their index, by lxml within libxml2's limits.

Feeds are often not well-formed, and hostile ones are made of entities. So none reaches the parser:
everything in front of the root element is cut off, and references are resolved before, by a table
that no document can add to. What is nested deeper than libxml2 allows ends the reading.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from dataclasses import replace
from html.entities import html5
from io import BytesIO

from lxml import etree

from index.feeds import (
    MOST_ENTRIES,
    MOST_PARTS,
    Feed,
    FeedEntry,
    FeedKind,
    make_entry,
    plain,
    web_address,
)

_ROOT = re.compile(r"<(?:[\w-]+:)?(rss|RDF|feed|urlset|sitemapindex|channel)(?=[\s>])")
_KINDS = {
    "rss": FeedKind.RSS,
    "RDF": FeedKind.RSS,
    "channel": FeedKind.RSS,
    "feed": FeedKind.ATOM,
    "urlset": FeedKind.SITEMAP,
    "sitemapindex": FeedKind.SITEMAP_INDEX,
}
_ITEMS = {
    FeedKind.RSS: "item",
    FeedKind.ATOM: "entry",
    FeedKind.SITEMAP: "url",
    FeedKind.SITEMAP_INDEX: "sitemap",
}
# How the namespaces that matter are called below; that of the feed's own elements is "".
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
}
_RSS = frozenset(
    {
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
        "http://blogs.law.harvard.edu/tech/rss",
    }
)
_SITEMAPS = ("/schemas/sitemap/0.9", "/schemas/sitemap/0.84", "/schemas/sitemap/0.90")
_MOST_ADDRESSES = 50_000  # of a sitemap, as its protocol allows
_MOST_MINUTES = 7 * 24 * 60

_ITEM = re.compile(r"<item[\s>].*?</item\s*>", re.DOTALL)
_LOOKED_AT = 2_000_000  # characters
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{1,40}));")
_STRAY = re.compile(r"&|<(?![A-Za-z_/!?])")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\uf8f0-\uf8f4]")
# What means something to the parser travels through it as characters that mean nothing.
_HIDE = {ord(c): chr(0xF8F0 + i) for i, c in enumerate("&<>\"'")}
_SHOW = {ord(hidden): chr(code) for code, hidden in _HIDE.items()}


def read_xml(text: str, url: str) -> Feed | None:
    """Return the feed in a document, None where there is none."""
    root = _ROOT.search(text)
    if root is None:
        return None
    kind = _KINDS[root[1]]
    clean = _without_references(text[root.start() :])
    feed = _read(kind, url, clean)
    if kind is FeedKind.RSS:
        # Up to the last one that ends: beyond, a search for an end would begin again and again.
        items = _ITEM.findall(clean, 0, clean.rfind("</item", 0, _LOOKED_AT) + len("</item  >"))
        if len(feed.entries) < min(len(items), MOST_ENTRIES):
            pieced = _read_pieces(clean, url, items[:MOST_ENTRIES])
            feed = pieced if len(pieced.entries) > len(feed.entries) else feed
    return feed


def _read(kind: FeedKind, url: str, text: str) -> Feed:
    reading = _Reading(kind, url)
    for element in _elements(text):
        if not reading.take(element):
            break
    return reading.feed()


def _read_pieces(text: str, url: str, items: list[str]) -> Feed:
    """Read item by item where HTML that nobody has escaped has upset what comes after it."""
    begin = text[: text.find("<item")]
    whole = _read(FeedKind.RSS, url, begin)
    root = begin[: begin.find(">") + 1]
    # The parser closes what is open by the first tag that closes anything: some more than needed.
    found = (_read(FeedKind.RSS, url, f"{root}<channel>{item}{'</item>' * 9}") for item in items)
    return replace(whole, entries=tuple(entry for one in found for entry in one.entries[:1]))


class _Reading:
    """What has been read of a feed so far."""

    def __init__(self, kind: FeedKind, url: str) -> None:
        self._kind = kind
        self._is_map = kind in {FeedKind.SITEMAP, FeedKind.SITEMAP_INDEX}
        self._url = url
        self._title = ""
        self._minutes: int | None = None
        self._entries: list[FeedEntry] = []
        self._parts: list[tuple[str, str]] = []
        self._seen = 0

    def take(self, element: etree._Element) -> bool:
        """Read an element that has just ended; False where it is enough."""
        name = self._name(element)
        if name == _ITEMS[self._kind]:
            self._seen += 1
            self._item(element)
            _drop(element)
        elif name in {"title", "ttl"} and self._is_of_feed(element):
            text = _text(element).strip()
            if name == "title":
                self._title = self._title or plain(text)
            elif text.isdecimal():
                self._minutes = min(int(text[:6]), _MOST_MINUTES) or None
        full = not self._is_map and len(self._entries) >= MOST_ENTRIES
        return not full and self._seen < _MOST_ADDRESSES

    def feed(self) -> Feed:
        entries = self._entries
        if self._kind is FeedKind.SITEMAP:
            # Sitemaps begin with the oldest as often as with the newest.
            entries = heapq.nlargest(MOST_ENTRIES, entries, key=_newness)
        newest = heapq.nlargest(MOST_PARTS, self._parts, key=lambda part: part[1])
        parts = tuple(url for url, _ in newest)
        return Feed(self._kind, self._title, tuple(entries), parts, self._minutes)

    def _item(self, element: etree._Element) -> None:
        base = _base(element, self._url)
        found: _Found = {}
        below: _Found = {}
        for child in element.iter(etree.Element):
            name = self._name(child)
            # Below the first level there is only what news sitemaps keep there.
            first = child.getparent() is element or name.startswith("news:")
            (found if first else below).setdefault(name, []).append(child)
        if self._kind is FeedKind.RSS and "link" not in found:
            found |= {**below, **found}  # HTML that nobody has escaped has taken up the rest
        read = {FeedKind.RSS: _rss, FeedKind.ATOM: _atom}.get(self._kind, _sitemap)
        stated = read(found, base)
        if self._kind is FeedKind.SITEMAP_INDEX:
            address = web_address(base, stated["url"])
            if address is not None:
                self._parts.append((address, stated["updated"] or ""))
            return
        entry = make_entry(
            base,
            id_=stated["id"],
            url=stated["url"],
            title=stated["title"],
            words=stated["words"] or "",
            published=stated["published"],
            updated=stated["updated"],
        )
        if entry is not None:
            self._entries.append(entry)

    def _name(self, element: etree._Element) -> str:
        """Return "title", "dc:date" and so on, also where a prefix was never declared."""
        tag = element.tag
        if not isinstance(tag, str):
            return ""
        namespace, _, local = tag.rpartition("}")
        namespace = namespace.removeprefix("{")
        prefix = _PREFIXES.get(namespace)
        own = prefix == "atom" if self._kind is FeedKind.ATOM else namespace in _RSS
        # The namespace of sitemaps is spelled in many ways.
        if own or not namespace or (self._is_map and namespace.endswith(_SITEMAPS)):
            return local
        return f"{prefix or '?'}:{local}"

    def _is_of_feed(self, element: etree._Element) -> bool:
        parent = element.getparent()
        return parent is not None and self._name(parent) in {"channel", "feed"}


_Found = dict[str, list[etree._Element]]  # noqa: SLF001 - the type has no other name
_Stated = dict[str, str | None]


def _rss(found: _Found, base: str) -> _Stated:
    guid = _first(found, "guid")
    link = _first(found, "feedburner:origLink") or _first(found, "link")
    if not link:
        links = [e.get("href") for e in found.get("atom:link", []) if e.get("rel") != "self"]
        link = next(filter(None, links), None)
    if not link and guid and found["guid"][0].get("isPermaLink", "true").lower() != "false":
        link = guid if web_address("", guid) else None
    del base
    return {
        "id": guid or _first(found, "dc:identifier") or _first(found, "atom:id"),
        "url": link,
        "title": _first(found, "title") or _first(found, "dc:title"),
        "words": _words(found, "description", "content:encoded", "atom:summary"),
        "published": _first(found, "pubDate", "dc:date", "dcterms:created", "atom:published"),
        "updated": _first(found, "dcterms:modified", "atom:updated"),
    }


def _atom(found: _Found, base: str) -> _Stated:
    del base
    links = [e for e in found.get("link", []) if (e.get("rel") or "alternate") == "alternate"]
    pages = [e for e in links if (e.get("type") or "text/html").startswith(("text/html", "appl"))]
    chosen = next(iter(pages or links), None)
    id_ = _first(found, "id")
    link = _shown(chosen.get("href") or "") if chosen is not None else None
    return {
        "id": id_,
        "url": link or (id_ if id_ and web_address("", id_) else None),
        "title": _first(found, "title"),
        "words": _words(found, "summary", "content"),
        "published": _first(found, "published", "issued", "created"),
        "updated": _first(found, "updated", "modified"),
    }


def _sitemap(found: _Found, base: str) -> _Stated:
    del base
    return {
        "id": None,
        "url": _first(found, "loc"),
        "title": _first(found, "news:title"),
        "words": None,
        "published": _first(found, "news:publication_date"),
        "updated": _first(found, "lastmod"),
    }


def _first(found: _Found, *names: str) -> str | None:
    texts = (_text(element).strip() for name in names for element in found.get(name, []))
    return next(filter(None, texts), None)


def _words(found: _Found, *names: str) -> str:
    return " ".join(_text(element) for name in names for element in found.get(name, []))


def _text(element: etree._Element) -> str:
    return _shown("".join(element.itertext(etree.Element)))


def _shown(text: str) -> str:
    return text.translate(_SHOW)


def _base(element: etree._Element, url: str) -> str:
    """Return what addresses in an element are relative to, by the xml:base around it."""
    stated = _shown(element.base or "")
    return web_address(url, stated) or url if stated else url


def _newness(entry: FeedEntry) -> str:
    date = entry.updated or entry.published
    return date.isoformat() if date else ""


def _drop(element: etree._Element) -> None:
    """Forget an element that was read, and all before it: a feed has no end."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while (before := element.getprevious()) is not None:
            parent.remove(before)


def _elements(text: str) -> Iterator[etree._Element]:
    try:
        reading = etree.iterparse(
            BytesIO(text.encode()),
            events=("end",),
            recover=True,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in reading:
            yield element
    except etree.XMLSyntaxError:
        return  # as far as it could be read


def _without_references(text: str) -> str:
    text = _FORBIDDEN.sub("", text)
    parts = _CDATA.split(text)
    return "".join(
        part if part.startswith("<![CDATA[") else _STRAY.sub(_hidden, _REFERENCE.sub(_meant, part))
        for part in parts
    )


def _meant(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        character = html5.get(f"{name};", match[0])
    else:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        character = chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004 - the last of Unicode
    return _FORBIDDEN.sub("", character).translate(_HIDE)


def _hidden(match: re.Match[str]) -> str:
    return match[0].translate(_HIDE)
