"""Take out of a page what is visible but no part of the article, before its text is extracted."""

from __future__ import annotations

import re

from lxml import html

from index.clean import clean_line
from index.elements import paragraph_sizes, text_of
from index.furniture import is_teaser_heading

_TAGS = ("nav", "button", "select", "textarea", "input", "label", "figcaption", "audio", "video",
         "picture", "img", "figure", "footer", "menu")  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Whole words of a class or an id, however they are joined: "article__related-links".
_WORDS = _words(
    """
    gallery galerie bildergalerie fotostrecke bildstrecke slideshow slider carousel swiper lightbox
    caption bildunterschrift bildtext copyright credit credits
    consent cookie cookies gdpr cmp privacy datenschutz optin embed-consent
    newsletter abo-box subscribe subscription signup
    related recommended recommendations recommendation recirculation readmore weiterlesen moreon
    linkbox linkliste linklist outbrain taboola plista teaserlist teasers mostread meistgelesen
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
    """
)
_PAIRS = re.compile(
    r"(?<![a-z])(?:inline-?teaser|read-?(?:more|also|next)|more-?(?:articles|stories|on)|also-?read|"
    r"author-?(?:box|info|bio)|share-?(?:bar|buttons?)|social-?(?:bar|media|links)|abo-?(?:box|teaser)|"
    r"external-?(?:content|embed)|embed-?(?:consent|privacy|placeholder)|pull-?quote|app-?promo|"
    r"affiliate|topic-?(?:list|box)|article-?(?:tags|footer|actions|tools)|"
    r"image-?(?:caption|credit|copyright)|photo-?credit|opt-?in|paywall-?(?:teaser|box)|"
    r"right-?(?:col(?:umn)?|box|bx|rail|wrap|bar))(?![a-z])",
    re.IGNORECASE,
)
# What others wrote somewhere else, shown in the article by their platform.
_PLATFORMS = r"twitter|tweet|instagram|tiktok|bluesky|mastodon|facebook|fb|threads|reddit|telegram"
_EMBED = re.compile(
    rf"(?<![a-z])(?:{_PLATFORMS}|imgur|linkedin|pinterest)-?(?:tweet|media|embed|post|video|widget)s?"
    r"(?![a-z])|(?<![a-z])(?:text-post-media|embedly-card|social-?embed|tweet)(?![a-z])",
    re.IGNORECASE,
)
_POST = re.compile(
    r"https?://(?:[\w-]+\.)*(?:twitter|x|instagram|tiktok|facebook|threads|reddit|bsky|t)"
    r"\.(?:com|net|app|me)/\S*(?:status|/p/|/reel/|/video/|posts?/|/comments/|/\d+$)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[^a-zA-Z0-9]+|_+|(?<=[a-z])(?=[A-Z])")
_SPACING = _words("margin padding border spacing space gap m p mb pb top line sticky rounded")
_TELLS = _words("has is no with without js show hide")
_LARGE = 0.3  # what holds so much of the page's text is not beside the article
_LINKED = 0.8
_LINKED_ITEMS = 0.3  # of a list in which every item has a link
_MAIN = 0.5
_NEW_WINDOW = re.compile(
    r"\W*(?:link |externer link|öffnet|wird|opens?)\b.{0,30}\b(?:fenster|tab|window)\b.{0,20}",
    re.IGNORECASE,
)


def remove_furniture(tree: html.HtmlElement) -> None:
    """Drop navigation, pictures with captions, teasers, consent and newsletter boxes."""
    for element in [e for e in tree.iter(*_TAGS) if e.getparent() is not None]:
        if element.tag == "footer" and element.xpath("ancestor::blockquote"):
            continue
        _drop(element)
    for element in list(tree.iter("span", "small", "i", "em")):
        if len(element) == 0 and _NEW_WINDOW.fullmatch(element.text or ""):
            _drop(element)
    _remove_posts(tree)
    sizes = paragraph_sizes(tree)
    large = sizes[tree] * _LARGE
    _remove_other_articles(tree, sizes)
    for element in list(tree.iterdescendants()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in {"html", "body", "main", "article", "h1"}:
            continue
        beside = _is_named_furniture(element) or element.tag in {"aside", "form"}
        beside = beside or (element.tag in {"div", "section"} and _is_at_bottom(element))
        if beside and sizes[element] <= large:
            _drop(element)
    _remove_links(tree)


def _remove_posts(tree: html.HtmlElement) -> None:
    for quotation in list(tree.iter("blockquote")):
        if _is_post(quotation):
            _drop(quotation)


def _remove_other_articles(tree: html.HtmlElement, sizes: dict[html.HtmlElement, int]) -> None:
    """Where one article is most of the page, others beside it are boxes; a ticker has many."""
    articles = list(tree.iter("article"))
    main = max(articles, key=lambda article: sizes[article], default=None)
    if main is None or sizes[main] < sizes[tree] * _MAIN:
        return
    kept = {main, *main.iterancestors()}
    for article in articles:
        if article not in kept and sizes[article] < sizes[tree] * _LARGE:
            _drop(article)


def _drop(element: html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_named_furniture(element: html.HtmlElement) -> bool:
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not named.strip():
        return False
    if _PAIRS.search(named) or _EMBED.search(named):
        return True
    for name in named.split():
        words = [word.lower() for word in _SPLIT.split(name) if word]
        # "article-comments" names comments; in "has-comments-open" or "no-ads" it only tells.
        if words and words[0] not in _TELLS and _WORDS & set(words):
            return True
    return False


def _is_post(quotation: html.HtmlElement) -> bool:
    """Say whether a quotation is a post of a platform: by its name, or by where its end leads."""
    named = f"{quotation.get('class') or ''} {' '.join(map(str, quotation.attrib))}"
    if _EMBED.search(named) or "data-instgrm" in named:
        return True
    links = [link.get("href") or "" for link in quotation.iter("a")]
    return bool(links) and _POST.match(links[-1]) is not None


def _is_at_bottom(element: html.HtmlElement) -> bool:
    """Say whether a box is named for standing below the article, not for its margins."""
    for name in (element.get("class") or "").split():
        words = {word.lower() for word in _SPLIT.split(name) if word}
        if "bottom" in words and not words & _SPACING:
            return True
    return False


def _remove_links(tree: html.HtmlElement) -> None:
    """Drop lists and paragraphs that are links and nothing else, with the heading above them."""
    sizes = paragraph_sizes(tree)
    for element in list(tree.iter("ul", "ol", "p", "h2", "h3", "h4", "div", "section")):
        if element.getparent() is None:
            continue
        if element.tag in {"div", "section"}:
            first = next((clean_line(line) for line in element.itertext() if line.strip()), "")
            small = sizes[element] < sizes[tree] * _LARGE
            if is_teaser_heading(first) and small and _linked(element) > _LINKED / 2:
                _drop(element)
            continue
        items = list(element.iter("li"))
        every = bool(items) and all(item.find(".//a") is not None for item in items)
        if _linked(element) >= (_LINKED_ITEMS if every else _LINKED):
            _drop(element)


def _linked(element: html.HtmlElement) -> float:
    links = sum(len(text_of(a)) for a in element.iter("a") if a.get("href"))
    return links / max(1, len(text_of(element)))
