"""Which new articles go on with the matter of what was told before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.news.account import Choose
from bot.news.claim import Claim
from bot.news.relations import share_names
from bot.news.tongue import tongue_of
from bot.rank import Choice
from bot.types import Question
from index.corpus import Corpus
from index.filter import Filter
from index.terms import is_name_like, tokens
from index.types import Article, Retrieval

_MOST = 6  # of articles that came in at once, the best
_TOLERANCE = 0.05  # of a question, by rarity
# Names that two articles share by chance no more than once in a thousand times.
_NAMES = 2
_ENOUGH = 600  # characters tell the language of an article
_LONG = 4  # letters of a name that tells


def going_on(
    corpus: Corpus,
    told: Sequence[Claim],
    question: Question,
    articles: frozenset[int],
    *,
    passages: int,
    choose: Choose,
    only: Filter | None = None,
) -> tuple[Retrieval, list[int]]:
    """Return what is found in new articles, and which of them go on with what was told, best first.

    They have as many of the question's names as any article that is known; else they are of the
    story of what was told, or share names with one that answers: "the bridge" has been named by
    then. At most `passages` of each article are looked at.
    """
    told_by = {claim.stored.id: claim.stored for claim in told}
    own = replace(only, articles=articles) if only else Filter(articles=articles)
    count = passages * min(len(articles), _MOST)
    found = corpus.search(question.text, count, question.language, only=own)
    stored = {hit.stored.id: hit.stored for hit in found.hits}
    best = list(stored)[:_MOST]
    if not best:
        return found, []
    before = corpus.search(question.text, passages, question.language, only=only)
    known = _missing(choose(question, before, as_read=False, loose=False), articles)
    fewest = min(known.values(), default=0.0) + _TOLERANCE
    missing = _missing(choose(question, found, as_read=False, loose=False))
    near = {
        one
        for one in best
        if missing.get(one, 1.0) <= fewest and _is_named(question, stored[one].article)
    }
    if len(near) < len(best):
        matter = list(told_by.values())
        matter += [
            hit.stored
            for hit in before.hits
            if known.get(hit.stored.id, 1.0) <= fewest
            and any(share_names(hit.stored, one, 1) for one in told_by.values())
        ]
        current = {corpus.newest(one) for one in told_by}
        near |= {
            one
            for one in best
            if any(share_names(stored[one], other, _NAMES) for other in matter)
            or (
                tongue_of(stored[one].article.text[:_ENOUGH]) is question.language
                and _is_of_the_story(corpus, current, one)
            )
        }
    return found, [one for one in best if one in near]


def _is_named(question: Question, article: Article) -> bool:
    """Whether an article in another language than a question has a name of it as it is written."""
    if tongue_of(article.text[:_ENOUGH]) in (None, question.language):
        return True
    words = [question.text[token.start : token.end] for token in tokens(question.text)]
    return _has(article, {one for one in words if one[0].isupper()}) or has_name_of(
        question.text, article
    )


def has_name_of(question: str, article: Article) -> bool:
    """Whether an article has a name of a question as it is written, the first letter apart."""
    words = (question[token.start : token.end] for token in tokens(question))
    return _has(article, {one.capitalize() for one in words if is_name_like(one)})


def _has(article: Article, names: AbstractSet[str]) -> bool:
    there = set(re.findall(r"[^\W\d_]+", f"{article.title} {article.text}"))
    return any(len(one) >= _LONG and one in there for one in names)


def _missing(
    choices: Sequence[Choice], without: AbstractSet[int] = frozenset()
) -> dict[int, float]:
    """Return for each article, but some, how much of the question is a name that it never has."""
    missing = ((c.candidate.hit.stored.id, c.candidate.figures["missing_proper"]) for c in choices)
    return {article: share for article, share in missing if article not in without}


def _is_of_the_story(corpus: Corpus, told: AbstractSet[int], article: int) -> bool:
    """Whether an article is of the story of others; of two languages, names alone would tell."""
    groups = corpus.stories([*told, article])
    return any(article in group and not told.isdisjoint(group) for group in groups)
