"""One watch compared with what came in: the new articles by themselves, or the whole account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answer import PASSAGES, Answering
from bot.news.asked import Asked, Wanted, asked_of
from bot.news.claim import Claim
from bot.news.found import Found
from bot.news.matter import has_name_of
from bot.news.reading import read_claim
from bot.news.relations import Relation, relates, share_a_name
from bot.news.standing import by_whom, holding, in_order
from bot.question import understand
from bot.types import Quote
from bot.watch_change import Change, change_between, still_known
from bot.watch_places import claims_at
from index.corpus import Corpus
from index.filter import Filter
from index.types import StoredArticle
from index.watch_table import Watch, WatchTable


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison came to: the change, if there is one, and what is known from then on."""

    change: Change | None
    known: Sequence[Claim]


def only_for(watch: Watch) -> Filter | None:
    """Return what may answer the question of a watch, None for everything."""
    return Filter(outlets=watch.outlets) if watch.outlets else None


def holding_now(
    answering: Answering,
    opened: Corpus,
    text: str,
    now: datetime | None = None,
    only: Filter | None = None,
) -> tuple[Claim, ...]:
    """Return what an answer says that holds, nothing where there is no answer.

    So who watches is told what they would be told if they asked; where a question asks for a figure
    by its very words, for how it went, or for the dead or injured, who are named as such, that
    figure without regard to how sure the answer is.
    """
    answer = answering.answer(opened, text, only=only, now=now)
    account = answer.account
    if account is None or not account.current:
        return ()
    figures = all(claim.figure is not None for claim in account.current)
    asked = asked_of(understand(text), now or answering.now())
    certain = figures and (account.plain or account.develops or bool(asked.fates))
    if not (answer.answered or certain):
        return ()
    shown = [one for one in account.current if any(_has(q, one) for q in answer.quotes)]
    if not figures or account.develops or not answer.quotes or shown:
        return account.current
    claim = read_claim(answer.quotes[0], answer.question)  # the answer says something else
    unit = claim.figure.unit if claim is not None and claim.figure is not None else None
    return (claim,) if claim is not None and (not asked.units or unit in asked.units) else ()


def _has(quote: Quote, claim: Claim) -> bool:
    inside = quote.span.start <= claim.value.start and claim.value.end <= quote.span.end
    return quote.stored.id == claim.stored.id and inside


def compare(answering: Answering, opened: Corpus, watch: Watch, now: datetime) -> Compared | None:
    """Compare what was told last with what came in since, None where nothing of it touches that."""
    asked = asked_of(understand(watch.question), now)
    before = claims_at(opened, watch.known)
    new = WatchTable(opened.database).new_articles(watch.seen)
    figures = bool(before) and all(claim.figure is not None for claim in before)
    if figures and asked.wanted is Wanted.FIGURE and asked.period is None:
        fresh = answering.beside(
            opened,
            watch.question,
            before,
            _own(opened, new),
            now=now,
            only=only_for(watch),
        )
        if not fresh:
            return None
        current: Sequence[Claim] = _current(opened, asked, before, fresh)
    else:
        if not _is_touched(opened, watch, asked, new):
            return None
        current = holding_now(answering, opened, watch.question, now, only_for(watch))
    return _compared(watch.question, before, current, new)


def _own(opened: Corpus, new: frozenset[int]) -> frozenset[int]:
    """Leave out the new articles that only copy an older one."""
    origins = opened.origin_of(list(new))
    return frozenset(one for one in new if origins.get(one, one) in new)


def _current(
    opened: Corpus, asked: Asked, before: Sequence[Claim], fresh: Sequence[Found]
) -> list[Claim]:
    """Return what holds of what was told last and what is claimed now."""
    every = [*(Found(claim, 0.0) for claim in before), *fresh]
    ordered = in_order(by_whom(every, asked.question.text, official=asked.official))
    newest = {claim.stored.id: opened.newest(claim.stored.id) for claim in before}
    return holding(
        ordered, ordered, asked, newest, lambda one, other: relates(one, other) is not None
    )


def _is_touched(opened: Corpus, watch: Watch, asked: Asked, new: frozenset[int]) -> bool:
    """Whether the articles that came in since may answer the question of a watch.

    An account is made of what a search finds: where it finds nothing new, nothing has changed.
    """
    if asked.period is not None:
        return bool(new)  # it is searched in other ways, too
    question = asked.question
    found = opened.search(question.text, PASSAGES, question.language, only=only_for(watch))
    return any(hit.stored.id in new for hit in found.hits)


def _compared(
    question: str, before: Sequence[Claim], current: Sequence[Claim], new: frozenset[int]
) -> Compared:
    new = _of_the_matter(question, before, current, new)
    change = change_between(before, current, new, _corrects)
    if change is not None:
        return Compared(change, change.after)
    return Compared(None, still_known(before, current))


def _of_the_matter(
    question: str, before: Sequence[Claim], current: Sequence[Claim], new: frozenset[int]
) -> frozenset[int]:
    """Return the new articles that may be on the matter of what was told last.

    A figure of another accident is no change of this one: it has a name of the question, or shares
    one with what was told.
    """
    apart = {
        claim.stored.id
        for claim in current
        if before
        and not any(share_a_name(claim.stored, one.stored) for one in before)
        and not has_name_of(question, claim.stored.article)
    }
    return new - apart


def _corrects(newer: StoredArticle, older: StoredArticle) -> bool:
    return relates(newer, older) in (Relation.CORRECTS, Relation.SUPERSEDES)
