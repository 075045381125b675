"""How a figure went, in a terminal and as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.console import article_record
from bot.language import say
from bot.language.archive import sources_text
from bot.language.claimants import claimant_text
from bot.news.claim import Claim, Days, Figure
from bot.news.history import History, Said, source_text, value_text
from bot.quotation_marks import marks_around
from bot.render_timeline import also_in, moment_of
from bot.terminal_text import Style, embolden, printable, wrap
from bot.types import Language, Quote

_SOURCE = ("article_id", "title", "url", "outlet", "published")


def render_history(history: History, language: Language, style: Style) -> str:
    """Return the values in their order, each with its quotation and where it stands."""
    blocks = [_block(history, said, language, style) for said in history.said]
    if len(blocks) == 1:
        blocks.insert(0, say(language, "timeline.one"))
    blocks.append(sources_text(language, history.origins))
    return "\n\n".join(blocks)


def _block(history: History, said: Said, language: Language, style: Style) -> str:
    claim, article = said.claim, said.claim.stored.article
    head = [moment_of(claim.made, language)]
    if said.quote is not None:
        if not said.is_sentence:
            head.append(embolden(printable(value_text(claim, language)), style))
        claimant = claimant_text(claim)
        if claimant is not None:
            head.append(printable(claimant))
    if said.holds and len(history.said) > 1:
        head.append(say(language, "timeline.current"))
    lines = [wrap(" · ".join(head), style)]
    if said.quote is not None:
        quote = replace(said.quote, highlight=None) if said.is_sentence else said.quote
        lines.append(wrap(_quoted(quote, language, style), style, "  "))
    else:
        lines.append(wrap(say(language, "timeline.unshown"), style, "  "))
    lines.append(
        wrap(printable(f"— {source_text(claim, language)} · {article.title}"), style, "  ")
    )
    if article.url:
        lines.append(f"    {printable(article.url)}")  # a broken address can be neither clicked
    others = also_in(said, language)
    if others:
        again = say(language, "timeline.again", outlets=printable(", ".join(others)))
        lines.append(wrap(again, style, "    "))
    return "\n".join(lines)


def _quoted(quote: Quote, language: Language, style: Style) -> str:
    text, start, mark = quote.text, quote.span.start, quote.highlight
    opening, closing = marks_around(text, say(language, "cli.quotation_marks").split())
    if mark is None:
        return f"{opening}{printable(text)}{closing}"
    before, after = text[: mark.start - start], text[mark.end - start :]
    words = printable(before) + embolden(printable(mark.text), style) + printable(after)
    return f"{opening}{words}{closing}"


def history_record(history: History) -> dict[str, Any]:
    """Return what `beleg timeline --json` prints; offsets count characters of the stored text."""
    return {
        "question": history.question,
        "answered": bool(history.said),
        "days": _days_record(history.days),
        "origins": history.origins,
        "values": [_said_record(said) for said in history.said],
    }


def _said_record(said: Said) -> dict[str, Any]:
    claim, shown = said.claim, said.quote is not None
    value = claim.value if shown else None
    return {
        "made": claim.made.isoformat() if claim.made else None,
        "value": [value.start, value.end] if value else None,
        "value_text": value.text if value else None,
        "figure": _figure_record(claim.figure) if shown else None,
        "days": _days_record(claim.days) if shown else None,
        "hedge": claim.hedge.text if shown and claim.hedge else None,
        "claimant": claim.claimant.text if shown and claim.claimant else None,
        "speaks_of": _days_record(claim.speaks_of),
        "current": said.holds,
        "text": said.quote.text if said.quote else None,
        "start": said.quote.span.start if said.quote else None,
        "end": said.quote.span.end if said.quote else None,
        **_source_record(claim),
        "repeated_by": [_source_record(one) for one in said.again],
    }


def _source_record(claim: Claim) -> dict[str, Any]:
    record = article_record(claim.stored)
    return {name: record[name] for name in _SOURCE}


def _figure_record(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "least": str(figure.least),
        "most": str(figure.most),
        "unit": figure.unit,
        "counted": figure.counted,
        "hedge": figure.hedge.value if figure.hedge else None,
    }


def _days_record(days: Days | None) -> dict[str, Any] | None:
    if days is None:
        return None
    return {
        "from": days.first.isoformat() if days.first else None,
        "to": days.last.isoformat() if days.last else None,
    }
