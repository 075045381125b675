"""What others say beside the claims that answer: next to them, or in another article at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.news.asked import Asked, Wanted
from bot.news.claim import Claim
from bot.news.dispute import is_contested
from bot.news.found import Found
from bot.news.places import NAMED, SAME, UNIT, Place, places_in
from bot.news.rivals import rivals_of
from bot.news.storyline import is_of_one_story, is_vouched_for, retells
from bot.rank import Choice

_TOLD = 2  # claims that tell a story by their figures
_BESIDE = 2.0  # how much worse it answers than what it stands beside


def with_rivals(
    found: Sequence[Found],
    accepted: Sequence[tuple[Found, Place]],
    read: Callable[[Place], Claim | None],
) -> list[Found]:
    """Add what others say right beside what was found, nearly as good as that."""
    known = {_where(one.claim): one for one in found}
    for one, place in accepted:
        for own, claim in rivals_of(one.claim, place, read):
            other = known.get(_where(claim)) or Found(claim, one.score - _BESIDE)
            known[_where(one.claim)] = replace(known[_where(one.claim)], claim=own)
            known[_where(claim)] = replace(other, claim=claim)
    return list(known.values())


def of_one_story(
    asked: Asked,
    choices: Sequence[Choice],
    found: Sequence[Found],
    *,
    every: Sequence[Choice],
    alike: frozenset[str],
    read: Callable[[Place], Claim | None],
) -> list[Found]:
    """Return what is said at about the same time in articles that only share the story's names.

    Papers do not name again what everybody knows. What they count must be said by its very words,
    and by whom. `every` are the sentences of all articles, `choices` those on the question.
    """
    if asked.wanted is not Wanted.FIGURE or asked.develops or not choices:
        return []
    lead = found[0].claim.stored if found else choices[0].candidate.hit.stored
    told = {lead.id, *(one.claim.stored.id for one in found)}
    linked: dict[int, bool] = {}
    new: list[tuple[Found, Place]] = []
    best = found[0].score - _BESIDE if found else 0.0
    for choice in every:
        stored = choice.candidate.hit.stored
        if stored.id in told:
            continue
        if stored.id not in linked:
            linked[stored.id] = is_of_one_story(stored, lead) or any(
                retells(stored, one.claim) for one in found[:_TOLD]
            )
        if not linked[stored.id]:
            continue
        for place in places_in(asked, choice, alike):
            claim = read(place) if _is_named(asked, place) else None
            if claim is None or claim.figure is None:
                continue
            if _is_plain(asked, place) or is_contested(claim):
                new.append((Found(claim, best), place))
    said = with_rivals([one for one, _ in new], new, read)
    return [one for one in said if is_vouched_for(one.claim)]


def _is_named(asked: Asked, place: Place) -> bool:
    """Whether a figure is of what is asked for by the words of its sentence or the one before."""
    named = bool(asked.quantity) and place.fit > UNIT
    return not place.retold and (place.fit >= SAME or named)


def _is_plain(asked: Asked, place: Place) -> bool:
    """Whether a figure is of what is asked for by its very words."""
    named = bool(asked.quantity) and place.fit >= UNIT + NAMED
    return place.fit >= SAME or named


def _where(claim: Claim) -> tuple[int, int]:
    return claim.stored.id, claim.value.start
