"""Folds of a question set that share no article: what is learned is judged on unseen ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet


def folds(articles: Sequence[AbstractSet[str]], count: int) -> list[list[int]]:
    """Deal questions, each with its articles, into folds of about one size; return positions.

    Questions that have an article in common, if only by way of a third, stay together.
    """
    groups = connected(articles)
    dealt: list[list[int]] = [[] for _ in range(count)]
    for group in sorted(groups, key=lambda group: (-len(group), group[0])):
        min(dealt, key=len).extend(group)
    return [sorted(fold) for fold in dealt]


def connected(articles: Sequence[AbstractSet[str]]) -> list[list[int]]:
    """Group the positions of questions that have an article in common."""
    leaders: dict[str, str] = {}

    def leader(article: str) -> str:
        while leaders.setdefault(article, article) != article:
            article = leaders[article]
        return article

    for some in articles:
        for article in sorted(some):
            leaders[leader(article)] = leader(min(some))
    groups: defaultdict[str, list[int]] = defaultdict(list)
    alone = []
    for position, some in enumerate(articles):
        if some:
            groups[leader(min(some))].append(position)
        else:
            alone.append([position])
    return [*groups.values(), *alone]
