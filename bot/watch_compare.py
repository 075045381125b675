"""One watch compared with what came in: a quick search, the whole account where it matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answer import PASSAGES
from bot.news.asked import asked_of
from bot.news.claim import Account, Claim
from bot.news.relations import Relation, relates
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


def compare(opened: Corpus, watch: Watch, account: Account) -> Compared:
    """Compare what was told last with the account of now."""
    before = claims_at(opened, watch.known)
    new = WatchTable(opened.database).new_articles(watch.seen)
    change = change_between(before, account.current, new, _corrects)
    if change is not None:
        return Compared(change, change.after)
    return Compared(None, still_known(before, account.current))


def _corrects(newer: StoredArticle, older: StoredArticle) -> bool:
    return relates(newer, older) in (Relation.CORRECTS, Relation.SUPERSEDES)
