"""Page to Article: the readable text, its headline, day and outlet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

import trafilatura
from lxml import etree, html

from index.authors import choose_authors
from index.clean import clean_line, clean_text
from index.decode import decode, is_seven_bit_code
from index.elements import join_initials, leaves
from index.errors import ExtractionError
from index.furniture import is_summary_heading
from index.gaps import fill_gaps
from index.headline import headline_of
from index.lines import (
    Line,
    body_of,
    could_be_headline,
    is_fragment,
    without_bylines,
    without_furniture,
)
from index.metadata import Metadata, read_metadata
from index.outlet import claimed_outlet, host_name
from index.page_dates import lines_under_headline, publication, weigh_dates
from index.page_tree import parse_tree
from index.plain_text import read_plain_text
from index.prune import remove_furniture
from index.types import LONGEST_TEXT, Article, Extracted, Given, Page
from index.visible import remove_hidden
from index.walls import refuse_wall

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_MARKDOWN = frozenset({"text/markdown", "text/x-markdown"})
_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_INLINE = (
    "span",
    "font",
    "b",
    "i",
    "em",
    "strong",
    "u",
    "small",
    "mark",
    "abbr",
    "tt",
    "big",
    "ins",
)
# Such an ampersand is the escape of another escape: no reader was meant to see "&uuml;".
_ESCAPED_TWICE = re.compile(r"&amp;(?=(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);)", re.IGNORECASE)
_MOST_LINKS = 300  # in one paragraph; its own judgement on links is of use below that
# Characters that no text has: control characters but for white space, and undecodable bytes.
_CONTROLS = frozenset(map(chr, {*range(0x20), *range(0x7F, 0xA0)} - set(b"\t\n\v\f\r\x85"))) | {
    "\ufffd"
}
_STRANGE = 0.02
_LOOKED_AT = 100_000


def extract(page: Page, given: Given, fetched: datetime) -> Extracted:
    """Read a page as what it is: a web page, markdown or plain text.

    What is `given` outranks what the page says. Raise ExtractionError where nothing readable is
    found; its details name the source.
    """
    source = page.source or page.url or "?"
    kind = page.media_type.lower()
    if is_seven_bit_code(page.content, page.charset):
        raise ExtractionError("bad_encoding", source=source)
    text = decode(page.content, page.charset)
    if kind in _HTML or (kind in {"text/plain", ""} and _LOOKS_LIKE_HTML.match(text)):
        return _from_html(text, page, given, fetched, source)
    if kind and not kind.startswith("text/"):
        raise ExtractionError("unsupported_media_type", source=source, media_type=kind)
    return Extracted(_from_plain_text(text, page, given, fetched, source))


def _from_plain_text(
    text: str, page: Page, given: Given, fetched: datetime, source: str
) -> Article:
    if len(text) > LONGEST_TEXT:
        # Before it is read: what reads it was not made for books.
        raise ExtractionError("article_too_long", limit=LONGEST_TEXT)
    if _is_garbage(text):
        raise ExtractionError("no_readable_text", source=source)
    read = read_plain_text(text, markdown=page.media_type.lower() in _MARKDOWN)
    if not any(character.isalnum() for character in read.text):
        raise ExtractionError("no_readable_text", source=source)
    if is_fragment(read.text):
        raise ExtractionError("text_too_short", source=source)
    outlet = host_name(page.url) if page.url else read.outlet
    dates = weigh_dates(
        [read.published] if read.published else [],
        [read.updated] if read.updated else [],
        [],
        None,
        fetched,
    )
    return Article(
        title=clean_line(given.title or "") or read.title,
        text=read.text,
        fetched=fetched,
        url=given.url or page.url or read.url,
        outlet=clean_line(given.outlet or "") or outlet,
        outlet_given=bool(clean_line(given.outlet or "")),
        published=publication(given.published, dates.published, fetched),
        source_id=given.source_id,
        updated=dates.updated,
        authors=read.authors,
    )


def _is_garbage(text: str) -> bool:
    """Whether these are the bytes of an image, an archive or a PDF rather than words."""
    strange = sum(character in _CONTROLS for character in text[:_LOOKED_AT])
    return "\0" in text or strange > _STRANGE * min(len(text), _LOOKED_AT)


def _from_html(text: str, page: Page, given: Given, fetched: datetime, source: str) -> Extracted:
    tree = _parse(text, source)
    metadata = read_metadata(tree)
    remove_hidden(tree)
    seen = clean_line(tree.text_content())
    seen_lines = lines_under_headline(tree, metadata.title)
    join_initials(tree)
    remove_furniture(tree)
    body = _body(tree, metadata, _leads(tree, metadata))
    refuse_wall(body, seen, free=metadata.free, source=source)
    if len(body) > LONGEST_TEXT:
        raise ExtractionError("article_too_long", limit=LONGEST_TEXT)
    url = given.url or page.url or metadata.url
    claimed = claimed_outlet(metadata.site, url)
    dates = weigh_dates(metadata.published, metadata.updated, seen_lines, _path(url), fetched)
    places = (*metadata.authors, *(line.authors for line in seen_lines))
    article = Article(
        title=clean_line(given.title or "") or metadata.title or headline_of(body),
        text=body,
        fetched=fetched,
        url=url,
        # A page may claim any name; only where nothing was dialled is there nothing better.
        outlet=clean_line(given.outlet or "") or (host_name(page.url) if page.url else claimed),
        outlet_given=bool(clean_line(given.outlet or "")),
        published=publication(given.published, dates.published, fetched),
        source_id=given.source_id,
        updated=dates.updated,
        authors=choose_authors(places, metadata.site or claimed),
    )
    return Extracted(article, metadata.canonical)


def _parse(text: str, source: str) -> html.HtmlElement:
    try:
        return parse_tree(_ESCAPED_TWICE.sub("&", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ExtractionError("no_readable_text", source=source) from error


def _body(tree: html.HtmlElement, metadata: Metadata, leads: Sequence[str]) -> str:
    plain = _without_inline(tree)
    extracted = trafilatura.extract(
        plain, include_comments=False, include_tables=False, deduplicate=False
    )
    # Each line of what comes back is a block of the page.
    lines = []
    for number, raw in enumerate((extracted or "").split("\n")):
        words = clean_line(raw)
        bullet = words.startswith("- ")
        if words := words.removeprefix("- ").strip():
            lines.append(Line(words, number, bullet=bullet))
    lines = _without_headline(fill_gaps(tree, lines, metadata.title), metadata)
    lines = [line for line in without_furniture(lines) if not is_summary_heading(line.text)]
    lines, _ = without_bylines(lines)
    while len(lines) > 1 and could_be_headline(lines[0]) and not lines[0].prose:
        del lines[0]  # a topic, a second headline: what is said below is said by sentences
    missing = [lead for lead in leads if not _contains(lines, lead)]
    lines[:0] = [Line(lead, -1) for lead in missing]
    return clean_text("\n\n".join(line.text for line in body_of(lines, metadata.title)))


def _without_inline(tree: html.HtmlElement) -> html.HtmlElement:
    """Unwrap inline elements, which the extractor does not need.

    Thousands in one paragraph would cost it minutes. The page is written and read again, since the
    pieces of text that they leave behind cost the same until they are joined.
    """
    etree.strip_tags(tree, *_INLINE)
    for block in tree.iter("p", "div", "li", "td", "section", "article"):
        if sum(child.tag == "a" for child in block) > _MOST_LINKS:
            etree.strip_tags(block, "a")
    return _parse(html.tostring(tree, encoding="unicode"), "")


def _without_headline(lines: Sequence[Line], metadata: Metadata) -> list[Line]:
    """Drop the headline above the first paragraph, with the topic or date in front of it."""
    titles = [key for title in metadata.titles if (key := Line(title, 0).key)]
    last = -1
    for i, line in enumerate(lines):
        if line.key in titles:
            last = i
        elif line.prose:
            break
        elif any(line.key.endswith(title) for title in titles):
            last = i
    return list(lines[last + 1 :])


def _contains(lines: Sequence[Line], lead: str) -> bool:
    key = Line(lead, 0).key
    return any(key in line.key or (line.prose and line.key in key) for line in lines)


def _leads(tree: html.HtmlElement, metadata: Metadata) -> list[str]:
    """Find the paragraphs under the headline that the page also gives as its description."""
    found = (_like(tree, words) for words in metadata.descriptions)
    return list(dict.fromkeys(filter(None, found)))


def _like(tree: html.HtmlElement, description: str) -> str:
    wanted = _bag(description)
    if sum(wanted.values()) < 8:  # noqa: PLR2004 - too few words to know it by
        return ""
    best = ""
    for _, text in leaves(tree, "p", "div", "h2", "h3", "span", "section", "strong"):
        if len(text) > 3 * len(description) + 60 or len(text) < 40:  # noqa: PLR2004
            continue
        common = sum((wanted & _bag(text)).values())
        of_text = common / max(1, sum(_bag(text).values()))
        if common >= 0.8 * sum(wanted.values()) and of_text >= 0.5:  # noqa: PLR2004 - nearly all
            best = text if not best or len(text) < len(best) else best
    return best


def _bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _path(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").path
    except ValueError:
        return None
