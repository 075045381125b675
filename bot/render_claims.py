"""What articles say about the sentences of a message: quotations or silence, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.cite import cite
from bot.claims import Examined
from bot.escape import escape
from bot.excerpt import cut
from bot.language import say
from bot.render import ROOMS, Room, first_that_fits, render_quote, render_source
from bot.types import Language

_CLAIM = 120  # characters that are repeated of a claim


def render_claims(
    examined: Sequence[Examined], more: int, language: Language, today: date | None = None
) -> str:
    """Return the message: under each claim the best quotation, or that no article says anything.

    `more` is how many sentences of the message were not looked at.
    """
    return first_that_fits(
        [
            _message(examined[:count], more + len(examined) - count, language, room, today)
            for count in range(len(examined), 0, -1)
            for room in ROOMS
        ]
    )


def _message(
    examined: Sequence[Examined], more: int, language: Language, room: Room, today: date | None
) -> str:
    best = [one.answer.quotes[:1] for one in examined]
    citations = cite([quote for quotes in best for quote in quotes])
    numbers = {citation.stored.id: citation.number for citation in citations}
    lines = [f"**{say(language, 'claims.head')}**"]
    for one, quotes in zip(examined, best, strict=True):
        lines += ["", f"-# {escape(cut(one.claim, _CLAIM))}"]
        lines += [render_quote(quote, numbers[quote.stored.id], language, room) for quote in quotes]
        if not quotes:
            key = "claims.unquoted" if one.answer.unquoted else "claims.silent"
            lines.append(say(language, key))
    lines.append("")
    for citation in citations:
        copies = next(
            one.answer.copies.get(citation.stored.id, ())
            for one in examined
            if citation.stored.id in {quote.stored.id for quote in one.answer.quotes}
        )
        lines.append(render_source(citation, copies, language, room, today))
    if more:
        lines.append(f"-# {say(language, 'claims.more', count=more)}")
    lines.append(f"-# {say(language, 'claims.no_verdict')}")
    return "\n".join(lines)
