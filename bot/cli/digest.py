"""`beleg digest`: what is new, story by story."""

from __future__ import annotations

import argparse
from typing import Any

from bot.cli import exits
from bot.cli.parts import Parts
from bot.console import article_record, headline
from bot.language import say
from bot.language.archive import count_text
from bot.language.periods import days_text
from bot.news.digest import Digest, Story, digest_of
from bot.period import (
    Period,
    days_of,
    in_order,
    outlets_named,
    read_first_day,
    read_last_day,
    this_day,
)
from bot.quotation_marks import marks_around
from bot.render_digest import stories_text
from bot.terminal_text import Style, embolden, printable, wrap
from bot.types import Language
from index.filter import Filter

_SOURCE = ("article_id", "title", "url", "outlet", "published")


def digest(parts: Parts, arguments: argparse.Namespace) -> int:
    """Tell what is new."""
    terminal, today = parts.terminal, this_day()
    days = (
        read_first_day(arguments.first, today) if arguments.first else None,
        read_last_day(arguments.last, today) if arguments.last else None,
    )
    if days == (None, None):
        days = days_of(Period.WEEK, today)
    with parts.library() as library:
        corpus = parts.corpus_to_read(library)
        outlets = outlets_named(arguments.outlet, corpus.filters.outlets())
        only = Filter(*in_order(days), outlets)
        found = digest_of(corpus, only, parts.excerpt_limits())
    if terminal.machine_readable:
        terminal.write_json(digest_record(found))
    else:
        terminal.write(render_digest(found, terminal.language, terminal.style))
    return exits.DONE if found.stories else exits.NOT_ANSWERED


def render_digest(found: Digest, language: Language, style: Style) -> str:
    """Return the stories, each with its sentence, its source and how many more there are."""
    period = printable(days_text(language, found.only, this_day()))
    if not found.stories:
        return wrap(say(language, "digest.empty", period=period), style)
    count = count_text(language, found.articles)
    stories = stories_text(language, len(found.stories))
    head = say(language, "digest.head", period=period, stories=stories, articles=count)
    blocks = [wrap(head.replace("**", ""), style)]
    blocks += [_block(story, language, style) for story in found.stories]
    if found.left:
        left = count_text(language, found.left)
        blocks.append(wrap(say(language, "digest.left", articles=left), style))
    return "\n\n".join(blocks)


def _block(story: Story, language: Language, style: Style) -> str:
    lines = [wrap(embolden(headline(story.lead, language), style), style)]
    if story.quote is not None:
        text = story.quote.text
        opening, closing = marks_around(text, say(language, "cli.quotation_marks").split())
        lines.append(wrap(f"{opening}{printable(text)}{closing}", style, "  "))
    if story.lead.article.url:
        lines.append(f"    {printable(story.lead.article.url)}")
    lines += [wrap(f"+ {headline(one, language)}", style, "    ") for one in story.others]
    return "\n".join(lines)


def digest_record(found: Digest) -> dict[str, Any]:
    """Return what `beleg digest --json` prints; offsets count characters of the stored text."""
    only = found.only
    return {
        "from": only.first_day.isoformat() if only.first_day else None,
        "to": only.last_day.isoformat() if only.last_day else None,
        "articles": found.articles,
        "left": found.left,
        "stories": [
            {
                **{name: article_record(story.lead)[name] for name in _SOURCE},
                "text": story.quote.text if story.quote else None,
                "start": story.quote.span.start if story.quote else None,
                "end": story.quote.span.end if story.quote else None,
                "origins": story.origins,
                "others": [
                    {name: article_record(one)[name] for name in _SOURCE} for one in story.others
                ],
            }
            for story in found.stories
        ],
    }
