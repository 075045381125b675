"""Articles of one story, by what names them: who reports on it does not say again where it was."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.news.claim import Claim
from bot.news.relations import share_names
from bot.news.standing import SAME_TIME, moment_of
from bot.news.tongue import tongue_of
from index.terms import content_terms
from index.types import StoredArticle

_NAMES = 2  # that articles on another matter share by chance once in a thousand times
# Of a figure that two articles have, and of words that both have beside it.
_DIGITS, _SHARED, _LONG = 3, 2, 9
_ENOUGH = 600  # characters tell the language of an article
_OWN_FINDING = re.compile(
    r"\b(?:unserer (?:redaktion|zeitung) (?:vorliegen|vorliegt)|nach (?:informationen|recherchen)"
    r" (?:dieser|unserer|von|der)|\w+-informationen|recherchen (?:dieser|unserer)"
    r"|(?:seen|obtained) by (?:this|the|our)|this newspaper has)\b",
    re.IGNORECASE,
)


def is_at_once(one: StoredArticle, other: StoredArticle) -> bool:
    """Whether two articles with dates are from about the same time."""
    ours = one.article.updated or one.article.published
    theirs = other.article.updated or other.article.published
    if ours is None or theirs is None:
        return False
    return abs(moment_of(ours) - moment_of(theirs)) <= SAME_TIME


def is_of_one_story(one: StoredArticle, lead: StoredArticle) -> bool:
    """Whether two articles of one language, from about the same time, share names enough."""
    if not is_at_once(one, lead):
        return False
    tongues = {tongue_of(stored.article.text[:_ENOUGH]) for stored in (one, lead)}
    return len(tongues) == 1 and share_names(one, lead, _NAMES)


def retells(one: StoredArticle, told: Claim) -> bool:
    """Whether an article has the very figure that was told, and rare words of its article."""
    figure = re.sub(r"\D", "", told.value.text)
    if len(figure) < _DIGITS or not is_at_once(one, told.stored):
        return False
    if not re.search(rf"(?<![\w.,]){re.escape(told.value.text)}(?![\w,]|\.\d)", one.article.text):
        return False
    return len(_long(one.article.text) & _long(told.stored.article.text)) >= _SHARED


@lru_cache(maxsize=200)
def _long(text: str) -> frozenset[str]:
    return frozenset(term for term in content_terms(text) if len(term) >= _LONG)


def is_vouched_for(claim: Claim) -> bool:
    """Whether somebody is named who claims it, or the paper says that it has found it out."""
    return claim.claimant is not None or bool(_OWN_FINDING.search(claim.quote.sentence.text))
