"""One watch compared with what came in: a quick search, the whole account where it matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answer import PASSAGES, Answering
from bot.news.asked import asked_of
from bot.news.claim import Claim
from bot.news.relations import Relation, relates, share_a_name
from bot.question import understand
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

    So who watches is told what they would be told if they asked.
    """
    answer = answering.answer(opened, text, only=only, now=now)
    return answer.account.current if answer.answered and answer.account is not None else ()


def is_touched(opened: Corpus, watch: Watch, now: datetime) -> bool:
    """Whether the articles that came in since may answer the question of a watch.

    An account is made of what a search finds: where it finds nothing new, nothing has changed.
    """
    new = WatchTable(opened.database).new_articles(watch.seen)
    asked = asked_of(understand(watch.question), now)
    if asked.period is not None:
        return bool(new)  # it is searched in other ways, too
    question = asked.question
    found = opened.search(question.text, PASSAGES, question.language, only=only_for(watch))
    return any(hit.stored.id in new for hit in found.hits)


def compare(opened: Corpus, watch: Watch, current: Sequence[Claim]) -> Compared:
    """Compare what was told last with what holds now."""
    before = claims_at(opened, watch.known)
    new = WatchTable(opened.database).new_articles(watch.seen)
    new = _of_the_matter(before, current, new)
    change = change_between(before, current, new, _corrects)
    if change is not None:
        return Compared(change, change.after)
    return Compared(None, still_known(before, current))


def _of_the_matter(
    before: Sequence[Claim], current: Sequence[Claim], new: frozenset[int]
) -> frozenset[int]:
    """Return the new articles that may be on the matter of what was told last.

    A figure of another accident is no change of this one.
    """
    apart = {
        claim.stored.id
        for claim in current
        if before and not any(share_a_name(claim.stored, one.stored) for one in before)
    }
    return new - apart


def _corrects(newer: StoredArticle, older: StoredArticle) -> bool:
    return relates(newer, older) in (Relation.CORRECTS, Relation.SUPERSEDES)
