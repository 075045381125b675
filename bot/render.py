"""Answers and articles as Discord messages: within its limits, and saying nothing of their own.

A message is plain content, not an embed: people can have embeds switched off, servers can forbid
them, and on a phone only content can be marked and copied, which is what a quotation is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bot.cite import Citation, cite, independent, other_outlets, scroll_link
from bot.escape import can_carry_link, escape, masked_link, safe_address
from bot.excerpt import ELLIPSIS, cut, shorten, units
from bot.language import say
from bot.language.archive import archive_text, count_text, sources_text
from bot.language.periods import aged_text, filter_text
from bot.language.standing import (
    claim_text,
    differing_text,
    earlier,
    standing_text,
    understood_text,
)
from bot.quotation_marks import marks_around
from bot.types import Answer, Language, Quote
from index.types import Headline, Receipt, Span, StoredArticle

MESSAGE_LIMIT = 2000
PAGE_SIZE = 8
_NEAREST = 3
_LINE = re.compile(r"[^\r\n]+")
_LINE_BREAK = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Room:
    """How much of everything is shown, counted in characters before escaping."""

    quotes: int
    quote: int
    title: int
    outlet: int
    address: int


# From generous to what fits under all circumstances. Context goes before quotations, these before
# they are shortened, and all before a link that no longer scrolls.
ROOMS = (
    Room(quotes=3, quote=600, title=120, outlet=60, address=700),
    Room(quotes=3, quote=500, title=120, outlet=60, address=600),
    Room(quotes=3, quote=400, title=120, outlet=60, address=600),
    Room(quotes=3, quote=300, title=100, outlet=60, address=500),
    Room(quotes=2, quote=400, title=100, outlet=60, address=600),
    Room(quotes=2, quote=300, title=100, outlet=60, address=500),
    Room(quotes=1, quote=400, title=100, outlet=60, address=700),
    Room(quotes=1, quote=300, title=80, outlet=40, address=300),
    Room(quotes=1, quote=120, title=60, outlet=30, address=0),
)

# For quotations with what stands around them: fewer of them before shorter ones.
_WIDE_ROOMS = tuple(
    Room(quotes=quotes, quote=quote, title=100, outlet=60, address=500)
    for quotes, quote in ((3, 1500), (2, 1500), (1, 1500), (1, 1000))
)


def render_answer(answer: Answer, language: Language, today: date | None = None) -> str:
    """Return the message for an answer, or for the silence of the articles.

    With the day that it is, articles have their age beside their date.
    """
    compose = _said if answer.answered else _unsaid
    return first_that_fits([compose(answer, language, room, today) for room in ROOMS])


def render_further(answer: Answer, language: Language, today: date | None = None) -> str:
    """Return the message for what else the articles say, or that this was all."""
    if not answer.answered:
        return say(language, "button.no_more")
    head = say(language, "button.more_head")
    return first_that_fits(
        [f"**{head}**\n{_said(answer, language, room, today)}" for room in ROOMS]
    )


def render_surroundings(answer: Answer, language: Language, today: date | None = None) -> str:
    """Return the message for quotations among their neighbours; the longest ones, then fewer."""
    if not answer.quotes:
        return say(language, "button.no_context")
    head = say(language, "button.context_head")
    return first_that_fits(
        [f"**{head}**\n{_said(answer, language, room, today)}" for room in (*_WIDE_ROOMS, *ROOMS)]
    )


def render_receipt(receipt: Receipt, language: Language) -> str:
    """Return what adding an article came to, with what was found out about it."""
    return _receipt(receipt, language, ROOMS[-2])


def render_several(outcomes: Sequence[Receipt | str], language: Language) -> str:
    """Return what adding several articles came to, a line each: a receipt, or why there is none."""
    return first_that_fits(
        [
            "\n".join(
                f"- {one if isinstance(one, str) else _receipt(one, language, room)}"
                for one in outcomes
            )
            for room in ROOMS[-2:]
        ]
    )


def _receipt(receipt: Receipt, language: Language, room: Room) -> str:
    article = _article(receipt.stored, language, room)
    key = f"discord.{receipt.outcome.value}"
    return say(language, key, article=article, id=receipt.stored.id)


def render_removed(stored: StoredArticle, language: Language) -> str:
    """Return the confirmation that an article is gone."""
    return say(language, "discord.removed", article=_article(stored, language, ROOMS[-2]))


def render_list(articles: Sequence[StoredArticle | Headline], page: int, language: Language) -> str:
    """Return one page of all articles, counted from 0; a page that is not there shows the last."""
    if not articles:
        return say(language, "discord.list_empty")
    page = min(page, page_count(articles) - 1)
    shown = articles[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    head = say(
        language,
        "discord.list_head",
        articles=count_text(language, len(articles)),
        page=page + 1,
        pages=page_count(articles),
    )
    return first_that_fits(
        [
            "\n".join([head, *(f"**{s.id}** · {_article(s, language, room)}" for s in shown)])
            for room in ROOMS
        ]
    )


def article_line(
    stored: StoredArticle | Headline,
    language: Language,
    *,
    title: int = 100,
    outlet: int = 60,
    address: int = 500,
    words: Span | None = None,
) -> str:
    """Return title, outlet and date on one line, of so many characters each before escaping.

    The title is the link where it can be and the address is short enough, to `words` if it can be.
    """
    known = safe_address(stored.headline.url)
    link = scroll_link(known, [words]) if known is not None and words is not None else None
    if link is not None and units(link) > address:
        link = None
    return _article(stored, language, Room(0, 0, title, outlet, address), link=link)


def page_count(articles: Sequence[object]) -> int:
    """Return how many pages a list has; an empty one has one."""
    return max(1, -(-len(articles) // PAGE_SIZE))


def first_that_fits(messages: Sequence[str]) -> str:
    """Return the first message within Discord's limit, else the last one."""
    return next((text for text in messages if units(text) <= MESSAGE_LIMIT), messages[-1])


def _said(answer: Answer, language: Language, room: Room, today: date | None) -> str:
    quotes = answer.quotes[: room.quotes]
    citations = cite(quotes)
    numbers = {citation.stored.id: citation.number for citation in citations}
    shown = [render_quote(quote, numbers[quote.stored.id], language, room) for quote in quotes]
    sources = [
        render_source(citation, answer.copies.get(citation.stored.id, ()), language, room, today)
        for citation in citations
    ]
    differing = differing_text(language, answer.account)
    lines = [f"**{differing}**"] if differing and shown else []
    lines += ["\n\n".join(_with_claims(answer, quotes, shown, language))] if shown else []
    lines += sources
    lines += _earlier(answer, language, room)
    if answer.unquoted:
        lines.append(say(language, "answer.unquoted"))
        lines += [f"- {_article(stored, language, room, today)}" for stored in answer.unquoted]
    if citations:
        count = sources_text(language, independent(citations))
        standing = standing_text(language, answer, today)
        lines.append(f"-# {' · '.join(part for part in (standing, count) if part)}")
    return "\n".join([*_interpretation(answer, language, today), *lines])


def _with_claims(
    answer: Answer, quotes: Sequence[Quote], shown: Sequence[str], language: Language
) -> list[str]:
    """Put above each quotation of a conflict what it claims, and who says so when.

    Above one of an older version it stands as well, so that nobody takes it for the newest.
    """
    account = answer.account
    if account is None:
        return list(shown)
    claims = {
        (claim.stored.id, claim.quote.sentence.start): claim
        for claim in account.claims
        if (account.differs and claim in account.current) or claim.stored.id in account.outdated
    }
    texts = []
    for quote, text in zip(quotes, shown, strict=True):
        claim = claims.get((quote.stored.id, quote.sentence.start))
        if claim is not None:
            outdated = claim.stored.id in account.outdated
            named = escape(cut(claim_text(language, claim, outdated=outdated), 200))
            text = f"{named}\n{text}"  # noqa: PLW2901 - what was shown, with its claim
        texts.append(text)
    return texts


def _earlier(answer: Answer, language: Language, room: Room) -> list[str]:
    """Tell in one small line what was said before, where there is room for three quotations."""
    claims = earlier(answer.account) if answer.answered and room.quotes >= _NEAREST else []
    if not claims or answer.account is None:
        return []
    texts = [
        claim_text(language, claim, outdated=claim.stored.id in answer.account.outdated)
        for claim in claims
    ]
    return [f"-# {escape(say(language, 'standing.earlier', claims='; '.join(texts)))}"]


def _unsaid(answer: Answer, language: Language, room: Room, today: date | None) -> str:
    lines = [*_interpretation(answer, language, today)]
    if answer.archive.articles == 0 and answer.only is not None:
        return "\n".join([*lines, f"**{say(language, 'period.empty')}**"])
    if answer.archive.articles == 0:
        lines += [archive_text(language, answer.archive), say(language, "discord.add_hint")]
        return "\n".join(lines)
    lines += [
        f"**{say(language, 'answer.not_said')}**",
        archive_text(language, answer.archive),
    ]
    if answer.nearest:
        lines += ["", say(language, "answer.nearest")]
        nearest = answer.nearest[:_NEAREST]
        lines += [f"- {_article(near, language, room, today)}" for near in nearest]
    return "\n".join(lines)


def _interpretation(answer: Answer, language: Language, today: date | None) -> list[str]:
    lines = []
    if answer.question.interpretation is not None:
        text = escape(cut(answer.question.interpretation, 200))
        lines.append(f"-# {say(language, 'answer.interpretation', interpretation=text)}")
    if answer.only is not None:
        lines.append(f"-# {escape(cut(filter_text(language, answer.only, today), 200))}")
    understood = understood_text(language, answer.account, today) if answer.account else None
    if understood is not None and answer.answered:
        lines.append(f"-# {escape(cut(understood, 200))}")
    return lines


def render_quote(quote: Quote, number: int | None, language: Language, room: Room) -> str:
    """Return a quotation: marks and number, if any, stand outside; between is the article's.

    Where there is no room for the context, the answering sentence stands without it.
    """
    whole = quote.span if len(quote.text) <= room.quote else quote.sentence
    span = shorten(whole, quote.highlight, room.quote)
    opening, closing = marks_around(span.text, say(language, "answer.quotation_marks").split())
    before = f"{ELLIPSIS} " if span.start > whole.start else ""
    after = f" {ELLIPSIS}" if span.end < whole.end else ""
    words = _emphasised(span, quote.highlight)
    reference = "" if number is None else f" {escape(f'[{number}]')}"
    text = f"{before}{opening}{words}{closing}{after}{reference}"
    return "\n".join(f"> {line}" for line in _LINE_BREAK.split(text))


def _emphasised(span: Span, mark: Span | None) -> str:
    if mark is None:
        return escape(span.text)
    text = span.article.text
    start, end = max(span.start, mark.start), min(span.end, mark.end)
    if start >= end:
        return escape(span.text)
    bold = _LINE.sub(_bold, text[start:end])
    return escape(text[span.start : start]) + bold + escape(text[end : span.end])


def _bold(match: re.Match[str]) -> str:
    """White space stays outside: Discord takes asterisks beside it for asterisks."""
    line, words = match[0], match[0].strip()
    if not words:
        return line
    at = line.index(words)
    return f"{line[:at]}**{escape(words)}**{line[at + len(words) :]}"


def render_source(
    citation: Citation,
    copies: Sequence[Headline],
    language: Language,
    room: Room,
    today: date | None,
) -> str:
    """Return the line of a cited article, with a link to the words and who else has them."""
    spans = [quote.sentence for quote in citation.quotes]
    address = safe_address(citation.stored.article.url)
    link = scroll_link(address, spans) if address else None
    if link is None or units(link) > room.address:
        link = address
    number = escape(f"[{citation.number}]")
    source = f"{number} {_article(citation.stored, language, room, today, link)}"
    others = other_outlets(citation.stored.article.outlet, copies)
    if not others:
        return source
    shown = escape(cut(", ".join(others), room.outlet))
    return f"{source} · {say(language, 'answer.also_in', outlets=shown)}"


def _article(
    stored: StoredArticle | Headline,
    language: Language,
    room: Room,
    today: date | None = None,
    link: str | None = None,
) -> str:
    """Return title, outlet and date on one line; the title is the link where it can be."""
    article = stored.headline
    address = safe_address(article.url)
    link = link or address
    if link is not None and units(link) > room.address:
        link = None
    title = cut(article.title, room.title) or say(language, "discord.untitled")
    if link is None:
        shown = escape(title)
    elif can_carry_link(title):
        shown = masked_link(title, link)
    else:
        shown = f"{escape(title)} ({masked_link(say(language, 'discord.open'), link)})"
    outlet = article.outlet or (urlsplit(address).hostname if address else None)
    parts = [shown, aged_text(language, article.published, today)]
    if outlet:
        parts.insert(1, escape(cut(outlet, room.outlet)))
    return " · ".join(parts)
