"""Take out of a page what is visible but no part of the article, before its text is extracted."""

from __future__ import annotations

import re

from lxml import html

from index.clean import clean_line
from index.furniture import is_teaser_heading

_TAGS = ("nav", "button", "select", "textarea", "input", "label", "figcaption", "audio", "video",
         "picture", "img", "figure", "footer", "menu")  # fmt: skip
# Whole words of a class or an id, however they are joined: "article__related-links".
_WORDS = frozenset(
    """
    gallery galerie bildergalerie fotostrecke bildstrecke slideshow slider carousel swiper lightbox
    caption bildunterschrift bildtext copyright credit credits
    consent cookie cookies gdpr cmp privacy datenschutz optin embed-consent
    newsletter abo-box subscribe subscription signup
    related recommended recommendations recommendation recirculation readmore readmores weiterlesen
    moreon linkbox linkliste linklist outbrain taboola plista teaserlist teasers mostread meistgelesen
    comment comments kommentare kommentar-box leserkommentare disqus forum community
    share sharing social socialmedia share-bar sharebar teilen bookmark
    breadcrumb breadcrumbs pagination pager toc
    advertisement advert ad ads adslot banner anzeige werbung sponsored promo promotion
    tags taglist keywords schlagworte topics
    authorbox author-bio bio autoreninfo author-box byline
    poll voting umfrage survey quiz rating
    toolbar actionbar tools player audioplayer tts
    cta donation donate spenden spende support supporter
    inlineteaser inline-teaser articleteaser storyteaser infobox-link
    sidebar footer navigation menu nav
    """.split()
)
_PAIRS = re.compile(
    r"(?<![a-z])(?:inline-?teaser|read-?(?:more|also|next)|more-?(?:articles|stories|on)|also-?read|"
    r"author-?(?:box|info|bio)|share-?(?:bar|buttons?)|social-?(?:bar|media|links)|abo-?(?:box|teaser)|"
    r"external-?(?:content|embed)|embed-?(?:consent|privacy|placeholder)|pull-?quote|app-?promo|"
    r"affiliate|topic-?(?:list|box)|article-?(?:tags|footer|bottom|end|actions|tools)|"
    r"image-?(?:caption|credit|copyright)|photo-?credit|opt-?in|paywall-?(?:teaser|box))(?![a-z])",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[^a-zA-Z0-9]+|_+|(?<=[a-z])(?=[A-Z])")
_LARGE = 0.3  # what holds so much of the page's text is not beside the article
_LINKED = 0.8
_SHORTEST = 2


def remove_furniture(tree: html.HtmlElement) -> None:
    """Drop navigation, pictures with captions, teasers, consent and newsletter boxes."""
    for element in [e for e in tree.iter(*_TAGS) if e.getparent() is not None]:
        if element.tag == "footer" and element.xpath("ancestor::blockquote"):
            continue
        _drop(element)
    whole = max(1, _paragraph_text(tree))
    for element in list(tree.iterdescendants()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in {"html", "body", "main", "article", "h1"}:
            continue
        beside = _is_named_furniture(element) or element.tag in {"aside", "form"}
        if beside and _paragraph_text(element) < whole * _LARGE:
            _drop(element)
    _remove_links(tree, whole)


def _drop(element: html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_named_furniture(element: html.HtmlElement) -> bool:
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not named.strip():
        return False
    if _PAIRS.search(named):
        return True
    for name in named.split():
        words = [word.lower() for word in _SPLIT.split(name) if word]
        # "article-comments" names comments; in "has-comments-open" or "no-ads" it only tells.
        if words and words[0] not in {"has", "is", "no", "with", "without", "js", "show", "hide"}:
            if _WORDS & set(words):
                return True
    return False


def _paragraph_text(element: html.HtmlElement) -> int:
    found = [element] if element.tag == "p" else element.iter("p")
    return sum(len(clean_line(p.text_content())) for p in found)


def _remove_links(tree: html.HtmlElement, whole: int) -> None:
    """Drop lists and paragraphs that are links and nothing else, with the heading above them."""
    for element in list(tree.iter("ul", "ol", "p", "h2", "h3", "h4", "div", "section")):
        if element.getparent() is None:
            continue
        text = clean_line(element.text_content())
        if element.tag in {"div", "section"}:
            first = next((clean_line(line) for line in element.itertext() if line.strip()), "")
            if is_teaser_heading(first) and _paragraph_text(element) < whole * _LARGE:
                if _linked(element, text) > _LINKED / 2:
                    _drop(element)
            continue
        items = len(element) if element.tag in {"ul", "ol"} else _SHORTEST
        if text and items >= _SHORTEST and _linked(element, text) >= _LINKED:
            _drop(element)


def _linked(element: html.HtmlElement, text: str) -> float:
    links = sum(len(clean_line(a.text_content())) for a in element.iter("a") if a.get("href"))
    return links / max(1, len(text))
