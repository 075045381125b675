"""How a figure went as Discord messages: page by page, each value with its quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.cite import scroll_link
from bot.escape import can_carry_link, escape, masked_link, safe_address
from bot.excerpt import cut, units
from bot.language import say
from bot.language.archive import sources_text
from bot.language.claimants import claimant_text
from bot.language.days import published_text
from bot.language.periods import filter_text
from bot.language.standing import made_text
from bot.news.history import History, Said, source_text, value_text
from bot.render import MESSAGE_LIMIT, Room, render_quote
from bot.types import Language
from index.filter import Filter
from index.types import Published

# What is around the values: period, number of sources, page. None of it is longer than this.
_AROUND = 420
_ROOMS = (
    Room(quotes=1, quote=400, title=90, outlet=50, address=450),
    Room(quotes=1, quote=240, title=80, outlet=40, address=300),
    Room(quotes=1, quote=120, title=60, outlet=30, address=0),
)
_VALUE, _CLAIMANT, _ALSO = 80, 80, 100
_MOST_ALSO = 3
_DESCRIPTION = 1024  # Discord's limit for what is told of a picture


def render_timeline(
    history: History,
    page: int,
    language: Language,
    *,
    only: Filter | None = None,
    today: date | None = None,
) -> str:
    """Return one page of the values in their order; one that is not there shows the last."""
    pages = timeline_pages(history, language)
    page = min(page, len(pages) - 1)
    lines = _understood(history, only, language, today)
    if len(history.said) == 1:
        lines.append(f"**{say(language, 'timeline.one')}**")
    lines.append("\n".join(pages[page]))
    lines.append(f"-# {sources_text(language, history.origins)}")
    return "\n".join(lines)


def timeline_pages(history: History, language: Language) -> list[list[str]]:
    """Return the values page by page, as many on each as there is room for."""
    pages: list[list[str]] = [[]]
    room = MESSAGE_LIMIT - _AROUND
    for said in history.said:
        shown = _fitting(history, said, language)
        if pages[-1] and units("\n".join([*pages[-1], shown])) > room:
            pages.append([])
        pages[-1].append(shown)
    return pages


def picture_description(history: History, language: Language) -> str:
    """Return what is told of the picture to people who do not see it."""
    values = "; ".join(
        f"{moment_of(said.claim.made, language)}: {value_text(said.claim, language)}"
        f" ({source_text(said.claim, language)})"
        for said in history.said
        if said.quote is not None
    )
    return cut(say(language, "timeline.picture_text", values=values), _DESCRIPTION)


def _understood(
    history: History, only: Filter | None, language: Language, today: date | None
) -> list[str]:
    days = history.days
    if days is not None and (only is None or not only.has_period):
        only = Filter(days.first, days.last, only.outlets if only else frozenset())
    if only is None:
        return []
    return [f"-# {escape(cut(filter_text(language, only, today), 200))}"]


def _fitting(history: History, said: Said, language: Language) -> str:
    shown = [_said(history, said, language, room) for room in _ROOMS]
    fits = (text for text in shown if units(text) <= MESSAGE_LIMIT - _AROUND)
    return next(fits, shown[-1])


def _said(history: History, said: Said, language: Language, room: Room) -> str:
    claim = said.claim
    head = [escape(moment_of(claim.made, language))]  # "7." would begin a list
    if said.quote is not None:
        if not said.is_sentence:
            head.append(f"**{escape(cut(value_text(claim, language), _VALUE))}**")
        claimant = claimant_text(claim)
        if claimant is not None:
            head.append(escape(cut(claimant, _CLAIMANT)))
    if said.holds and len(history.said) > 1:
        head.append(say(language, "timeline.current"))
    lines = [" · ".join(head)]
    if said.quote is not None:
        quote = replace(said.quote, highlight=None) if said.is_sentence else said.quote
        lines.append(render_quote(quote, None, language, room))
    lines.append(f"-# {_source(said, language, room)}")
    if said.quote is None:
        lines[-1] += f" · {say(language, 'timeline.unshown')}"
    return "\n".join(lines)


def _source(said: Said, language: Language, room: Room) -> str:
    claim, article = said.claim, said.claim.stored.article
    address = safe_address(article.url)
    link = address
    if address is not None and said.quote is not None:
        scrolling = scroll_link(address, [said.quote.sentence])
        link = scrolling if units(scrolling) <= room.address else address
    if link is not None and units(link) > max(room.address, _ROOMS[-2].address):
        link = None
    title = cut(article.title, room.title) or say(language, "discord.untitled")
    if link is None:
        shown = escape(title)
    elif can_carry_link(title):
        shown = masked_link(title, link)
    else:
        shown = f"{escape(title)} ({masked_link(say(language, 'discord.open'), link)})"
    parts = [shown, escape(cut(source_text(claim, language), room.outlet))]
    others = also_in(said, language)
    if others:
        outlets = escape(cut(", ".join(others), _ALSO))
        parts.append(say(language, "timeline.again", outlets=outlets))
    return " · ".join(parts)


def also_in(said: Said, language: Language) -> Sequence[str]:
    """Return who has repeated a value: some outlets, each once."""
    own = source_text(said.claim, language)
    names = dict.fromkeys(source_text(claim, language) for claim in said.again)
    return [name for name in names if name != own][:_MOST_ALSO]


def moment_of(made: Published | None, language: Language) -> str:
    """Write when something was said: the moment where it is known, else the day."""
    return published_text(language, None) if made is None else made_text(language, made)
