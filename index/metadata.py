"""What a page says about its article in its head: headline, date, outlet, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html

from index.clean import clean_line
from index.dates import date_in_address, stated_date
from index.types import DateOrigin, Published

_ARTICLE_TYPE = re.compile(r"article|posting|report|review|liveblog", re.IGNORECASE)
_DEEPEST = 40
_SUFFIX = re.compile(r"\s+[|–—·»-]\s+(?=\S)")
_MOST_WORDS_OF_SITE = 5
# Where a publication date stands, the most exact first. Dates of changes are left out on purpose.
_DATE_PATHS = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='article:published_time' or @property='og:published_time' or "
    "@property='og:article:published_time' or @itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//time[@pubdate]/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='publishdate' or @name='publish-date' or "
    "@name='DC.date.issued' or @name='dc.date' or @name='DC.date' or @name='dcterms.created' or "
    "@name='dcterms.date' or @name='parsely-pub-date' or @name='sailthru.date' or "
    "@name='cXenseParse:recs:publishtime' or @name='publication_date']/@content",
)
_BREADCRUMB = re.compile(r"bread|seo-?title|sr-only|visually-?hidden|logo|masthead", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was stated; the title is the one a reader sees as far as the page tells."""

    title: str
    titles: tuple[str, ...]  # all that name the article, to know them again in its text
    description: str
    published: Published | None
    site: str | None
    url: str | None
    free: bool  # False where the page says that it must be paid for


def read_metadata(tree: html.HtmlElement) -> Metadata:
    """Read the head, JSON-LD and headings of a page from which nothing was removed yet."""
    articles = [item for item in _linked_data(tree) if _is_article(item)]
    site = _site(tree, articles)
    url = _address(tree)
    title, titles = _titles(tree, articles, site)
    return Metadata(
        title=title,
        titles=titles,
        description=_description(tree, articles),
        published=_published(tree, articles, url),
        site=site,
        url=url,
        free=not any(str(item.get("isAccessibleForFree")).lower() == "false" for item in articles),
    )


def _linked_data(tree: html.HtmlElement) -> Iterator[dict[str, object]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads((script.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(data, 0)


def _objects(data: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        yield data
        for name, value in data.items():
            # What an article is part of, or mentions, has a date and a name of its own.
            if name not in {"isPartOf", "mentions", "citation", "hasPart", "itemListElement",
                            "relatedLink", "liveBlogUpdate", "comment", "review"}:
                yield from _objects(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value, depth + 1)


def _is_article(item: dict[str, object]) -> bool:
    kinds = item.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE_TYPE.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _strings(values: object) -> list[str]:
    found = values if isinstance(values, list) else [values]
    return [line for value in found if isinstance(value, str) and (line := clean_line(value))]


def _first(tree: html.HtmlElement, *paths: str) -> str:
    return next((line for path in paths for line in _strings(tree.xpath(path))), "")


def _site(tree: html.HtmlElement, articles: Sequence[dict[str, object]]) -> str | None:
    named = _first(tree, "//meta[@property='og:site_name']/@content",
                   "//meta[@name='application-name']/@content")
    for item in articles:
        publisher = item.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        if isinstance(publisher, dict):
            named = named or next(iter(_strings(publisher.get("name"))), "")
    return named or None


def _address(tree: html.HtmlElement) -> str | None:
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for url in _strings(tree.xpath(path)):
            try:
                parts = urlsplit(url)
                if parts.scheme in {"http", "https"} and parts.hostname and " " not in url:
                    return url
            except ValueError:
                continue
    return None


def _description(tree: html.HtmlElement, articles: Sequence[dict[str, object]]) -> str:
    stated = [line for item in articles for line in _strings(item.get("description"))]
    stated += _strings(tree.xpath("//meta[@property='og:description' or @name='description' or "
                                  "@itemprop='description']/@content"))
    return max(stated, key=len, default="")


def _published(
    tree: html.HtmlElement, articles: Sequence[dict[str, object]], url: str | None
) -> Published | None:
    stated = [line for item in articles for line in _strings(item.get("datePublished"))]
    for path in _DATE_PATHS:
        stated += _strings(tree.xpath(path))
    found = [date for value in stated if (date := stated_date(value, DateOrigin.METADATA))]
    if found:
        # The first place counts, but another may know the time of that very day.
        exact = (date for date in found if date.day == found[0].day and date.moment)
        return found[0] if found[0].moment else next(exact, found[0])
    day = date_in_address(url or "")
    return Published(day, DateOrigin.URL) if day else None


def _titles(
    tree: html.HtmlElement, articles: Sequence[dict[str, object]], site: str | None
) -> tuple[str, tuple[str, ...]]:
    """Choose the headline that a reader sees, and list all that were stated.

    Sites put another one, made for search engines, into the path of links above the article.
    """
    linked = _without_site(next((t for i in articles for t in _strings(i.get("headline"))), ""), site)
    social = _without_site(_first(tree, "//meta[@property='og:title']/@content",
                                  "//meta[@name='twitter:title']/@content"), site)
    window = _without_site(_first(tree, "//head/title//text()", "//title//text()"), site)
    headings = [h for h in tree.iter("h1") if _line(h)]
    seen = [h for h in headings if not _in_breadcrumb(h)]
    crumbs = {_line(h) for h in headings if _in_breadcrumb(h)}
    stated = [title for title in (linked, social, window) if title]
    titles = tuple(dict.fromkeys([*stated, *map(_line, headings)]))
    visible = _visible_headings(tree)
    # The visible heading, or a part of it, where the head agrees with it but for the punctuation
    # between its parts.
    keys = {_letters(title): title for title in reversed(stated)}
    for heading in seen:
        if _letters(_line(heading)) in keys:
            return keys[_letters(_line(heading))], titles
    for heading in seen:
        for part in _parts(heading):
            if part in stated:
                return part, titles
    if seen:
        if len(stated) > 1 and len(set(stated)) == 1:
            return stated[0], titles
        parts = [part for heading in seen for part in _parts(heading)]
        ends = (part for part in parts if any(title.endswith(part) for title in stated))
        return next(ends, _line(seen[0])), titles
    # No such heading: the one that stands elsewhere on the page, as it is or after its topic.
    for title in stated:
        if title in visible and title not in crumbs:
            return title, titles
    for title in stated:
        for heading in visible:
            if title not in crumbs and title.endswith(f": {heading}"):
                return heading, titles
    elsewhere = {_letters(heading) for heading in visible}
    for title in stated:
        if _letters(title) in elsewhere:
            return title, titles
    return next(iter([*stated, *sorted(crumbs)]), ""), titles


_SHORTEST_PART = 15


def _visible_headings(tree: html.HtmlElement) -> set[str]:
    found = set()
    for element in tree.iter("h1", "h2", "h3", "span", "div", "p"):
        if len(element) < 4 and not _in_breadcrumb(element):  # noqa: PLR2004 - a line, not a page
            line = _line(element)
            if _SHORTEST_PART < len(line) < 250:  # noqa: PLR2004 - no headline is longer
                found.add(line)
    return found


def _line(element: html.HtmlElement) -> str:
    return clean_line(element.text_content())


def _parts(heading: html.HtmlElement) -> list[str]:
    """Split a heading into what its elements hold: a topic above, the headline, hidden marks."""
    texts = [clean_line(text) for text in heading.itertext()]
    parts = [text for text in texts if len(text) > _SHORTEST_PART]
    parts += [_line(child) for child in heading.iterdescendants() if isinstance(child.tag, str)]
    return [part for part in parts if len(part) > _SHORTEST_PART]


def _in_breadcrumb(element: html.HtmlElement) -> bool:
    for ancestor in (element, *list(element.iterancestors())[:6]):
        named = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        if ancestor.tag in {"nav", "li", "a"} or _BREADCRUMB.search(named):
            return True
        if any("breadcrumb" in f"{name} {value}".lower() for name, value in ancestor.attrib.items()):
            return True
    return False


def _without_site(title: str, site: str | None) -> str:
    """Cut " | Neue Zeitung" and the like from the end."""
    names = [_letters(site)] if site else []
    while True:
        cuts = list(_SUFFIX.finditer(title))
        if not cuts:
            return title
        last = title[cuts[-1].end() :]
        mark = cuts[-1].group().strip()
        key = _letters(last)
        known = any(key and (key in name or name in key) for name in names)
        short = len(last.split()) <= _MOST_WORDS_OF_SITE
        domain = re.fullmatch(r"[\w-]+\.[a-z]{2,6}", last, re.IGNORECASE) is not None
        if not (short and (known or domain or mark in "|»" or last.isupper())):
            return title
        title = title[: cuts[-1].start()].strip()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
