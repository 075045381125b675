"""What a page says about its article in its head: headline, date, outlet, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from lxml import html

from index.authors import stated_authors
from index.clean import clean_line
from index.page_dates import dates_of
from index.title import choose_title, without_site
from index.types import DateOrigin, Published
from index.web_address import is_web_address

_ARTICLE_TYPE = re.compile(r"article|posting|report|review|liveblog", re.IGNORECASE)
_TICKER = re.compile(r"\b[\w-]*(?:ticker|live-?blog|news-?blog)\b", re.IGNORECASE)
_DEEPEST = 40
_DATE_NAMES = (
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "DC.date.issued",
    "dc.date",
    "DC.date",
    "dcterms.created",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "cXenseParse:recs:publishtime",
    "publication_date",
)
# Where a publication date stands, the most exact first.
_DATE_PATHS = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='article:published_time']/@content",
    "//meta[@property='og:published_time' or @property='og:article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//time[@pubdate]/@datetime",
    *(f"//meta[@name='{name}']/@content" for name in _DATE_NAMES),
)
_CHANGE_PATHS = (
    "//meta[@property='article:modified_time' or @name='article:modified_time']/@content",
    "//meta[@property='og:updated_time' or @property='og:article:modified_time']/@content",
    "//meta[@itemprop='dateModified']/@content",
    "//*[@itemprop='dateModified']/@datetime",
    "//meta[@name='last-modified' or @name='dcterms.modified']/@content",
    "//meta[@name='DC.date.modified' or @name='dc.date.modified']/@content",
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was stated; the title is the one a reader sees as far as the page tells."""

    title: str
    titles: tuple[str, ...]  # all that name the article, to know them again in its text
    descriptions: tuple[str, ...]  # in one of them the first paragraph is often repeated
    published: tuple[Published, ...]  # the most trustworthy first
    updated: tuple[Published, ...]
    authors: tuple[tuple[str, ...], ...]  # by the places that state them
    site: str | None
    url: str | None
    canonical: str | None  # the address that the page declares as its own, as it stands there
    free: bool  # False where the page says that it must be paid for


def read_metadata(tree: html.HtmlElement) -> Metadata:
    """Read the head, JSON-LD and headings of a page from which nothing was removed yet."""
    articles = [item for item in _linked_data(tree) if _is_article(item)]
    site = _site(tree, articles)
    url = _address(tree)
    linked = next((line for item in articles for line in _strings(item.get("headline"))), "")
    social = _first(
        tree, "//meta[@property='og:title']/@content", "//meta[@name='twitter:title']/@content"
    )
    window = _first(tree, "//head/title//text()", "//title//text()")
    stated = [without_site(name, site) for name in (linked, social, window) if name]
    title, titles = choose_title(tree, stated)
    if _TICKER.search(linked):
        # Its visible headline is that of its latest post and changes with every one; this stays.
        title = without_site(linked, site)
    return Metadata(
        title=title,
        titles=titles,
        descriptions=_descriptions(tree, articles),
        published=_published(tree, articles),
        updated=_updated(tree, articles),
        authors=stated_authors(tree, articles),
        site=site,
        url=url,
        canonical=_canonical(tree),
        free=_is_free(tree, articles),
    )


def _is_free(tree: html.HtmlElement, articles: Sequence[Mapping[str, object]]) -> bool:
    locked = tree.xpath("//meta[@property='article:content_tier'][@content='locked']")
    paid = any(str(item.get("isAccessibleForFree")).lower() == "false" for item in articles)
    return not locked and not paid


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
            if name not in {
                "isPartOf",
                "mentions",
                "citation",
                "hasPart",
                "itemListElement",
                "relatedLink",
                "liveBlogUpdate",
                "comment",
                "review",
            }:
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
    # JSON in a page is escaped as JSON, and by many once more as HTML.
    texts = (unescape(value) for value in found if isinstance(value, str))
    return [line for text in texts if (line := clean_line(text))]


def _first(tree: html.HtmlElement, *paths: str) -> str:
    return next((line for path in paths for line in _strings(tree.xpath(path))), "")


def _site(tree: html.HtmlElement, articles: Sequence[dict[str, object]]) -> str | None:
    named = _first(
        tree,
        "//meta[@property='og:site_name']/@content",
        "//meta[@name='application-name']/@content",
    )
    for item in articles:
        publisher = item.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        if isinstance(publisher, dict):
            named = named or next(iter(_strings(publisher.get("name"))), "")
    return named or None


def _address(tree: html.HtmlElement) -> str | None:
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for url in _strings(tree.xpath(path)):
            if is_web_address(url):
                return url
    return None


def _canonical(tree: html.HtmlElement) -> str | None:
    return next(iter(_strings(tree.xpath("//link[@rel='canonical']/@href"))), None)


def _descriptions(tree: html.HtmlElement, articles: Sequence[dict[str, object]]) -> tuple[str, ...]:
    stated = [line for item in articles for line in _strings(item.get("description"))]
    stated += _strings(
        tree.xpath(
            "//meta[@property='og:description' or @name='description' or "
            "@itemprop='description']/@content"
        )
    )
    return tuple(dict.fromkeys(stated))


def _published(
    tree: html.HtmlElement, articles: Sequence[dict[str, object]]
) -> tuple[Published, ...]:
    linked = [line for item in articles for line in _strings(item.get("datePublished"))]
    # A live blog may say only since when it covers its event.
    linked += [line for item in articles for line in _strings(item.get("coverageStartTime"))]
    others = [line for path in _DATE_PATHS for line in _strings(tree.xpath(path))]
    return (
        *dates_of(linked, DateOrigin.LINKED_DATA),
        *dates_of(others, DateOrigin.METADATA),
    )


def _updated(
    tree: html.HtmlElement, articles: Sequence[dict[str, object]]
) -> tuple[Published, ...]:
    linked = [line for item in articles for line in _strings(item.get("dateModified"))]
    others = [line for path in _CHANGE_PATHS for line in _strings(tree.xpath(path))]
    return (
        *dates_of(linked, DateOrigin.LINKED_DATA),
        *dates_of(others, DateOrigin.METADATA),
    )
