"""The headline that a reader sees, among those that a page states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from itertools import islice

from lxml import html

from index.clean import clean_line
from index.elements import leaves, text_of

_SUFFIX = re.compile(r"\s+[|–—·»-]\s+(?=\S)")
_MOST_WORDS_OF_SITE = 5
_SHORTEST_PART = 15
_LONGEST = 250
_NEAR = 6  # ancestors in which a path of links shows itself
_KICKER = re.compile(
    r"kicker|over-?line|top-?line|dach-?zeile|spitz-?marke|eyebrow|roof-?line|super-?title|pre-?title"
    r"|pre-?head|topic|ober-?zeile",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(r"bread|seo-?title|sr-only|visually-?hidden|logo|masthead", re.IGNORECASE)


def choose_title(tree: html.HtmlElement, stated: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the headline that a reader sees, "" if there is none, and all that name the article.

    `stated` are those of the page's head, the most trustworthy first. Sites put another one, made
    for search engines, into the path of links above the article, often as the first heading.
    """
    headings = [heading for heading in tree.iter("h1") if text_of(heading)]
    seen = [heading for heading in headings if not _in_breadcrumb(heading)]
    titles = tuple(dict.fromkeys([*stated, *map(text_of, headings)]))
    if seen:
        return _of_heading(seen, stated), titles
    crumbs = {text_of(heading) for heading in headings}
    return _elsewhere(tree, stated, crumbs) or next(iter([*stated, *crumbs]), ""), titles


def _of_heading(seen: Sequence[html.HtmlElement], stated: Sequence[str]) -> str:
    """Choose the whole heading or a part of it, where the head agrees with it."""
    # They may differ in the mark between topic and headline: "Streit / Rat tagt", "StreitRat tagt".
    keys = {_letters(title): title for title in reversed(stated)}
    whole = [keys[_letters(text_of(h))] for h in seen if _letters(text_of(h)) in keys]
    parts = [part for heading in seen for part in _parts(heading)]
    agreed = [part for part in parts if part in stated]
    one_voice = list(stated[:1]) if len(stated) > 1 and len(set(stated)) == 1 else []
    ends = [part for part in parts if any(title.endswith(part) for title in stated)]
    return next(iter([*whole, *agreed, *one_voice, *ends, _without_kicker(seen[0])]))


def _without_kicker(heading: html.HtmlElement) -> str:
    """Return the text of a heading but for the topic in it, if an element is named for that."""
    rest = deepcopy(heading)
    for element in list(rest.iterdescendants("span", "small", "em", "strong", "p", "div", "a")):
        if element.getparent() is not None and _KICKER.search(element.get("class") or ""):
            element.drop_tree()
    left = text_of(rest).strip(" :|/–—-")
    return left if len(left) >= _SHORTEST_PART else text_of(heading)


def _elsewhere(tree: html.HtmlElement, stated: Sequence[str], crumbs: set[str]) -> str:
    """Look for a stated headline on the page: as it is, after its topic, or in two elements."""
    visible = _visible_lines(tree)
    others = [title for title in stated if title not in crumbs]
    exact = [title for title in others if title in visible]
    after_topic = [
        title.split(": ", topics)[-1]
        for title in others
        for topics in range(1, title.count(": ") + 1)
        if title.split(": ", topics)[-1] in visible
    ]
    keys = {_letters(line) for line in visible}
    split = [title for title in stated if _letters(title) in keys]
    return next(iter([*exact, *after_topic, *split]), "")


def _visible_lines(tree: html.HtmlElement) -> set[str]:
    found = set()
    for element, line in leaves(tree, "h1", "h2", "h3", "span", "div", "p"):
        if _SHORTEST_PART < len(line) <= _LONGEST and not _in_breadcrumb(element):
            found.add(line)
    return found


def _parts(heading: html.HtmlElement) -> list[str]:
    """Split a heading into what its elements hold: a topic above, the headline, hidden marks."""
    texts = [clean_line(text) for text in heading.itertext()]
    parts = [text for text in texts if len(text) > _SHORTEST_PART]
    parts += [text_of(child) for child in heading.iterdescendants() if isinstance(child.tag, str)]
    return [part for part in parts if len(part) > _SHORTEST_PART]


def _in_breadcrumb(element: html.HtmlElement) -> bool:
    for ancestor in (element, *islice(element.iterancestors(), _NEAR)):
        named = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        if ancestor.tag in {"nav", "li", "a"} or _BREADCRUMB.search(named):
            return True
        if any(
            "breadcrumb" in f"{name} {value}".lower() for name, value in ancestor.attrib.items()
        ):
            return True
    return False


def without_site(title: str, site: str | None) -> str:
    """Cut " | Neue Zeitung" and the like from the end of a title."""
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
