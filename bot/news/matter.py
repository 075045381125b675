"""Which new articles go on with the matter of what was told before."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.news.account import Choose
from bot.news.claim import Claim
from bot.news.relations import share_names
from bot.rank import Choice
from bot.types import Question
from index.corpus import Corpus
from index.filter import Filter
from index.types import Retrieval

_MOST = 6  # of articles that came in at once, the best
_TOLERANCE = 0.05  # of a question, by rarity
# Names that two articles share by chance no more than once in a thousand times.
_NAMES = 2


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
    near = {one for one in best if missing.get(one, 1.0) <= fewest}
    if len(near) < len(best):
        answering = {
            hit.stored.id: hit.stored
            for hit in before.hits
            if known.get(hit.stored.id, 1.0) <= fewest
        }
        matter = list((answering | told_by).values())
        current = {corpus.newest(one) for one in told_by}
        near |= {
            one
            for one in best
            if any(share_names(stored[one], other, _NAMES) for other in matter)
            or _is_of_the_story(corpus, current, one)
        }
    return found, [one for one in best if one in near]


def _missing(
    choices: Sequence[Choice], without: AbstractSet[int] = frozenset()
) -> dict[int, float]:
    """Return for each article, but some, how much of the question is a name that it never has."""
    missing = ((c.candidate.hit.stored.id, c.candidate.figures["missing_proper"]) for c in choices)
    return {article: share for article, share in missing if article not in without}


def _is_of_the_story(corpus: Corpus, told: AbstractSet[int], article: int) -> bool:
    groups = corpus.stories([*told, article])
    return any(article in group and not told.isdisjoint(group) for group in groups)
