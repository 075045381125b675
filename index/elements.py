"""Elements of a page as a reader meets them: blocks, and the text in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from index.clean import clean_line

_BLOCKS = (
    *("p", "div", "section", "article", "ul", "ol", "li", "table", "blockquote", "dl", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "main", "aside", "figure", "nav"),
)


_INITIAL = re.compile(
    r"(?<![a-z])(?:initial|drop-?cap|first-?letter|versalie?)(?![a-z])", re.IGNORECASE
)


def text_of(element: html.HtmlElement) -> str:
    """Return the text of an element, cleaned, on one line."""
    return clean_line(element.text_content())


def leaves(tree: html.HtmlElement, *tags: str) -> Iterator[tuple[html.HtmlElement, str]]:
    """Yield elements of these tags that hold no block right inside, with their text.

    Others repeat the text of what they hold, level by level.
    """
    for element in tree.iter(*tags):
        if not any(child.tag in _BLOCKS for child in element):
            yield element, text_of(element)


def paragraph_sizes(tree: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """Return for every element how many characters of paragraphs it holds, itself included."""
    sizes: dict[html.HtmlElement, int] = {}
    for element in reversed(list(tree.iter())):
        size = sizes.get(element, 0)
        if element.tag == "p":
            size = max(size, len(text_of(element)))
        sizes[element] = size
        parent = element.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + size
    return sizes


def join_initials(tree: html.HtmlElement) -> None:
    """Close the gap between a large first letter, set as a box of its own, and its word."""
    for element in tree.iter("span", "b", "strong", "big", "div"):
        letter = (element.text or "").strip()
        if len(letter) != 1 or not letter.isupper() or not _INITIAL.search(_classes(element)):
            continue
        element.text = letter
        while not (element.tail or "").strip() and element.getnext() is None:
            element.tail = None
            above = element.getparent()
            if above is None or above.tag in _BLOCKS:
                break
            element = above  # noqa: PLW2901 - the outermost box of the letter
        element.tail = (element.tail or "").lstrip()
        word = element.getnext()
        if not element.tail and word is not None and word.text:
            word.text = word.text.lstrip()


def _classes(element: html.HtmlElement) -> str:
    above = element.getparent()
    return f"{element.get('class') or ''} {(above.get('class') or '') if above is not None else ''}"
