"""Whether new articles say something else than what was told last: decided without a store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.news.agreement import agree
from bot.news.claim import Claim
from index.types import StoredArticle

# Whether an article corrects or replaces what an older one says.
Corrects = Callable[[StoredArticle, StoredArticle], bool]


class ChangeKind(StrEnum):
    """What a new article has brought."""

    FIRST = "first"  # nothing was known before
    CHANGED = "changed"
    CONTRADICTED = "contradicted"  # what was told last still holds for somebody
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Change:
    """What was told last, and all that holds now, the new claims first."""

    kind: ChangeKind
    before: tuple[Claim, ...]
    after: tuple[Claim, ...]

    def __post_init__(self) -> None:
        """Refuse a change to nothing, and a first value that is none."""
        if not self.after:
            raise ValueError("a change leads to something")
        if (self.kind is ChangeKind.FIRST) is bool(self.before):
            raise ValueError("what is first has nothing before it")


def change_between(
    before: Sequence[Claim],
    current: Sequence[Claim],
    new: Collection[int],
    corrects: Corrects = lambda _newer, _older: False,
) -> Change | None:
    """Return what new articles have changed, None where they say what was known.

    `before` is what was told last, `current` what holds now, `new` the ids of the articles that
    came in since. A copy, a rounding and another wording agree with what was told.
    """
    fresh = [claim for claim in current if claim.stored.id in new]
    different = [claim for claim in fresh if not _is_known(claim, before)]
    if not different:
        return None
    after = (*different, *(claim for claim in current if claim not in different))
    if not before:
        return Change(ChangeKind.FIRST, (), after)
    return Change(_kind(before, different, after, corrects), tuple(before), after)


def still_known(before: Sequence[Claim], current: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return what of the last told claims still holds where nothing new is told.

    What was told stays the measure, so that many small steps are noticed in the end.
    """
    kept = tuple(claim for claim in before if any(agree(claim, one) for one in current))
    return kept or tuple(before)


def _is_known(claim: Claim, before: Sequence[Claim]) -> bool:
    """Whether a claim says what was told: it agrees with what led, or has the value of another.

    "Up to 560" beside it leaves room for many a figure that nobody has heard of yet.
    """
    return any(
        agree(claim, one) if i == 0 else agree(_bare(claim), _bare(one))
        for i, one in enumerate(before)
    )


def _bare(claim: Claim) -> Claim:
    """Return a claim whose figure is the number alone, without what its hedge lets it be."""
    figure = claim.figure
    return claim if figure is None else replace(claim, figure=replace(figure, hedge=None))


def _kind(
    before: Sequence[Claim],
    different: Sequence[Claim],
    after: Sequence[Claim],
    corrects: Corrects,
) -> ChangeKind:
    others = [claim for claim in after if claim not in different]
    if any(corrects(claim.stored, one.stored) for claim in different for one in before):
        return ChangeKind.CORRECTED
    if any(agree(claim, one) for claim in others for one in before):
        return ChangeKind.CONTRADICTED
    return ChangeKind.CHANGED
