"""Questions without an answer, those about the same thing together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from index.question_table import LoggedQuestion
from index.terms import content_terms


@dataclass(frozen=True, slots=True)
class Gap:
    """A question as it was asked last, how often its like was asked, and when last."""

    text: str
    count: int
    last: datetime


def gaps_of(unanswered: Sequence[LoggedQuestion]) -> list[Gap]:
    """Group questions by their content words, whatever their order; the most frequent first.

    `unanswered` comes the latest first, and so do groups of equal size.
    """
    groups: defaultdict[frozenset[str], list[LoggedQuestion]] = defaultdict(list)
    for question in unanswered:
        terms = frozenset(content_terms(question.text)) or frozenset({question.text.casefold()})
        groups[terms].append(question)
    gaps = [Gap(some[0].text, len(some), some[0].at) for some in groups.values()]
    return sorted(gaps, key=lambda gap: -gap.count)
