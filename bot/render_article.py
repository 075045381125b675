"""One article as a Discord message: what is known of it, and what changed between versions."""

from __future__ import annotations

import re

from bot.article_view import ArticleView
from bot.change_excerpts import ChangeExcerpt, change_excerpts
from bot.cite import other_outlets
from bot.discord_time import time_tag
from bot.escape import escape
from bot.excerpt import ELLIPSIS, cut, shorten
from bot.language import say
from bot.language.days import day_text
from bot.quotation_marks import marks_around
from bot.render import article_line, first_that_fits
from bot.types import Language
from index.types import Outcome, Receipt, Span

_LINE_BREAK = re.compile(r"\r\n?|\n")
_EXCERPTS = (600, 400, 300)  # characters before escaping, as those below
_CHANGES = (1500, 1200, 900, 600, 400)
_NAMES = 200


def render_view(view: ArticleView, language: Language) -> str:
    """Return what is known of an article, with as much of its beginning as may be shown."""
    return first_that_fits([_view(view, language, room) for room in _EXCERPTS])


def render_changes(view: ArticleView, number: int, language: Language) -> str:
    """Return what a version, counted from 1, has that the one before it had not."""
    return first_that_fits(
        [_changes(view, number, language, min(view.room, most)) for most in _CHANGES]
    )


def render_refreshed(receipt: Receipt, before: int, language: Language) -> str:
    """Return what fetching an article again came to; `before` is the number it had."""
    key = "article.unchanged"
    if receipt.outcome is Outcome.ADDED:
        key = "article.another"
    elif receipt.stored.id != before:
        key = "article.new_version"
    elif receipt.outcome is Outcome.UPDATED:
        key = "article.restated"
    line = article_line(receipt.stored, language, address=300)
    return say(language, key, article=line, id=receipt.stored.id)


def _view(view: ArticleView, language: Language, most: int) -> str:
    stored = view.newest
    article = stored.article
    lines = [f"**{stored.id}** · {article_line(stored, language, address=300)}"]
    if article.authors:
        names = escape(cut(", ".join(article.authors), _NAMES))
        lines.append(say(language, "article.authors", names=names))
    if article.updated is not None:
        day = day_text(language, article.updated.day)
        lines.append(say(language, "article.updated", day=day))
    lines.append(say(language, "article.fetched", moment=time_tag(article.fetched)))
    if len(view.versions) > 1:
        lines.append(say(language, "article.versions", count=len(view.versions)))
    others = other_outlets(article.outlet, view.copies)
    if others:
        shown = escape(cut(", ".join(others), _NAMES))
        lines.append(say(language, "article.also_in", outlets=shown))
    lines.append(_permitted(view, language))
    excerpt = view.excerpt
    if excerpt is not None:
        lines.append(_quoted(excerpt, language, most))
    return "\n".join(lines)


def _permitted(view: ArticleView, language: Language) -> str:
    """Say how much may be shown, and who wants it so."""
    if view.stated is not None and view.stated <= view.room:
        key = "article.site_permits" if view.stated else "article.site_permits_nothing"
        return say(language, key, count=view.stated)
    key = "article.permits" if view.room else "article.permits_nothing"
    return say(language, key, count=view.room)


def _quoted(excerpt: Span, language: Language, most: int) -> str:
    span = shorten(excerpt, None, most)
    opening, closing = marks_around(span.text, say(language, "answer.quotation_marks").split())
    more = f" {ELLIPSIS}" if span.end < len(span.article.text.rstrip()) else ""
    text = f"{opening}{escape(span.text)}{closing}{more}"
    return "\n".join(f"> {line}" for line in _LINE_BREAK.split(text))


def _changes(view: ArticleView, number: int, language: Language, room: int) -> str:
    stored, old = view.versions[number - 1], view.versions[number - 2]
    head = say(language, "article.version_head", number=number, count=len(view.versions))
    fetched = say(language, "article.fetched", moment=time_tag(stored.article.fetched))
    lines = [
        f"**{head}** · {article_line(stored, language, title=80, address=300)}",
        f"-# {fetched}",
    ]
    if old.article.title != stored.article.title:
        # What a list shows anyway counts for no limit.
        titles, _ = change_excerpts(
            cut(old.article.title, 100), cut(stored.article.title, 100), 400
        )
        lines += [_line(one) for one in titles]
    shown, left = change_excerpts(old.article.text, stored.article.text, room)
    lines += [_line(one) for one in shown]
    if left:
        key = "article.more_changes" if shown else "article.changes_not_shown"
        lines.append(say(language, key, count=left))
    elif len(lines) == 2:  # noqa: PLR2004 - the two of the head
        lines.append(say(language, "article.no_changes"))
    return "\n".join(lines)


def _line(one: ChangeExcerpt) -> str:
    """Return a place on one line: ~~what is gone~~ **what has come**."""
    before, gone, come, after = (
        escape(" ".join(text.split())) for text in (one.before, one.gone, one.come, one.after)
    )
    marked = " ".join([*([f"~~{gone}~~"] if gone else []), *([f"**{come}**"] if come else [])])
    # What is gone has taken the space beside it along.
    ahead = " " if before and (one.before[-1].isspace() or not come) else ""
    behind = (
        " " if after and (one.after[0].isspace() or (not come and one.after[0].isalnum())) else ""
    )
    opening = "" if one.begins else f"{ELLIPSIS} "
    closing = "" if one.ends else f" {ELLIPSIS}"
    return f"- {opening}{before}{ahead}{marked}{behind}{after}{closing}"
