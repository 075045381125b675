"""In which order an answer quotes: what holds now first, and who differs beside it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.claim import Account, Claim
from bot.news.relations import on_one_matter
from bot.types import Quote

_MOST = 3


def leading(account: Account, quotes: Sequence[Quote], question: str) -> tuple[Quote, ...]:
    """Return quotations with those of the claims that hold first, the newest of them leading.

    They stay as they are where nothing is dated, as nothing is newer than anything then, where what
    holds leads already, and where it is on another matter than what answers best.
    """
    if not account.current or any(claim.made is None for claim in account.current):
        return tuple(quotes)
    if quotes and not account.differs and _is_in(account.current[0], quotes[0]):
        return tuple(quotes)
    lead = account.current[0]
    if quotes and not on_one_matter(lead.stored, quotes[0].stored, question):
        return tuple(quotes)
    several = len({claim.stored.id for claim in account.claims}) > 1
    if quotes and not several and not account.differs:
        return tuple(quotes)  # in one article nothing is newer than the rest of it
    front = [_as_quoted(claim, quotes) for claim in account.current]
    rest = [quote for quote in quotes if not any(_overlap(quote, one) for one in front)]
    return (*front, *rest)[: max(_MOST, len(front))]


def _as_quoted(claim: Claim, quotes: Sequence[Quote]) -> Quote:
    """Return the quotation of a claim as the answer has it, with its context, where it does."""
    return next((quote for quote in quotes if _is_same(claim.quote, quote)), claim.quote)


def _is_in(claim: Claim, quote: Quote) -> bool:
    return _is_same(claim.quote, quote)


def _is_same(one: Quote, other: Quote) -> bool:
    return one.stored.id == other.stored.id and one.sentence.start == other.sentence.start


def _overlap(one: Quote, other: Quote) -> bool:
    return (
        one.stored.id == other.stored.id
        and one.span.start < other.span.end
        and other.span.start < one.span.end
    )
