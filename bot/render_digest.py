"""What is new as Discord messages, page by page: a story, a quoted sentence, where it stands."""

from __future__ import annotations

from datetime import date

from bot.cite import other_outlets
from bot.escape import escape
from bot.excerpt import cut, units
from bot.language import say
from bot.language.archive import count_text
from bot.language.periods import days_text
from bot.news.digest import Digest, Story
from bot.render import MESSAGE_LIMIT, Room, article_line, render_quote
from bot.types import Language

_AROUND = 300  # the head, with the longest names of days
_ROOMS = (
    Room(quotes=1, quote=360, title=110, outlet=50, address=450),
    Room(quotes=1, quote=200, title=80, outlet=40, address=300),
    Room(quotes=1, quote=120, title=60, outlet=30, address=0),
)
_PAGE = 6  # stories


def render_digest(digest: Digest, page: int, language: Language, today: date | None = None) -> str:
    """Return one page of what is new; one that is not there shows the last."""
    period = days_text(language, digest.only, today)
    if not digest.stories:
        return f"**{say(language, 'digest.empty', period=escape(period))}**"
    pages = digest_pages(digest, language)
    page = min(page, len(pages) - 1)
    lines = [
        say(
            language,
            "digest.head",
            period=escape(period),
            stories=stories_text(language, len(digest.stories)),
            articles=count_text(language, digest.articles),
        ),
        *pages[page],
    ]
    if digest.left and page == len(pages) - 1:
        left = count_text(language, digest.left)
        lines.append(f"-# {say(language, 'digest.left', articles=left)}")
    return "\n".join(lines)


def stories_text(language: Language, count: int) -> str:
    """Write a number of stories."""
    return say(language, "digest.stories", count=count)


def digest_pages(digest: Digest, language: Language) -> list[list[str]]:
    """Return the stories page by page, as many on each as there is room for."""
    pages: list[list[str]] = [[]]
    for story in digest.stories:
        shown = _fitting(story, language)
        full = len(pages[-1]) >= _PAGE
        if pages[-1] and (full or units("\n".join([*pages[-1], shown])) > MESSAGE_LIMIT - _AROUND):
            pages.append([])
        pages[-1].append(shown)
    return pages


def _fitting(story: Story, language: Language) -> str:
    shown = [_story(story, language, room) for room in _ROOMS]
    return next((text for text in shown if units(text) <= MESSAGE_LIMIT - _AROUND), shown[-1])


def _story(story: Story, language: Language, room: Room) -> str:
    words = story.quote.sentence if story.quote is not None else None
    line = article_line(
        story.lead,
        language,
        title=room.title,
        outlet=room.outlet,
        address=max(room.address, _ROOMS[-2].address),
        words=words,
    )
    lines = [line]
    if story.quote is not None:
        lines.append(render_quote(story.quote, None, language, room))
    if story.others:
        lines.append(f"-# {more_text(story, language, 2 * room.outlet)}")
    return "\n".join(lines)


def more_text(story: Story, language: Language, room: int) -> str:
    """Write how many articles more there are on a story, and by whom else, if by anybody."""
    articles = count_text(language, len(story.others))
    outlets = other_outlets(story.lead.article.outlet, story.others)
    if not outlets:
        return say(language, "digest.more", articles=articles)
    names = escape(cut(", ".join(outlets), room))
    return say(language, "digest.more_by", articles=articles, outlets=names)
