"""Who differs in the very next sentence: figures that say only by whom, and not again of what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.news.agreement import agree
from bot.news.asked import is_like
from bot.news.claim import Claim
from bot.news.noun_phrases import noun_phrase_at, subject_at
from bot.news.places import PEOPLE, Place
from bot.news.standing import same_source
from index.terms import content_terms
from index.types import Span

_AFTER = 2  # sentences behind a figure in which others differ
# Of two figures for one thing neither is so many times the other.
_TIMES = 8
_HOLDS = re.compile(
    r"\b(?:dagegen|hingegen|demgegen[uü]ber|jedoch|allerdings|widersp\w+|kontert\w*|beharrt\w*"
    r"|h[aä]lt|hielt|bleib\w*|blieb\w*|geht\b.*\baus|ging\w*\b.*\baus|sprach\w*|spricht|nannte\w*"
    r"|nennt|kommt|kam|rechnet\w*|sch[aä]tzt\w*|z[aä]hlte?\w*|beziffer\w*|meldete?\w*|die rede"
    r"|setzt"
    r"|gesetzt|says?|said|puts?|estimates?|estimated|counts?|counted|insists?|maintains?"
    r"|by contrast|however|speaks?|spoke)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:Im|In (?:der|dem|den)|Beim|Bei (?:der|dem)|Aus (?:der|dem))(?= )")
# Names another quantity than the sentence beside which it stands.
_QUANTITY = re.compile(
    r"\w*(?:forderung|angebot|umsatz|gewinn|verlust|budget|strafe|preis|kosten|schaden|sch[aä]den"
    r"|lohn|miete|anteil|beteiligung|demand|offer|revenue|profit|loss|budget|fine|price|cost|damage"
    r"|share)(?:e?n|s)?\b",
    re.IGNORECASE,
)


def rivals_of(
    claim: Claim,
    place: Place,
    places: Sequence[Place],
    read: Callable[[Place], Claim | None],
) -> Iterator[Claim]:
    """Yield what others are said to say beside a claim, by sentences of its article around it.

    `places` are all figures that may be meant, `read` reads what is claimed by one.
    """
    if claim.figure is None or claim.claimant is None:
        return
    for other in places:
        if other.key == place.key or other.retold or not _is_beside(place, other):
            continue
        text = other.choice.candidate.sentence.text
        found = read(other) if _HOLDS.search(text) else None
        found = _with_subject(found) if found is not None else None
        if found is not None and _is_rival(claim, found):
            yield found


def _is_beside(place: Place, other: Place) -> bool:
    """Whether two sentences of one article stand near each other."""
    if place.key[0] != other.key[0]:
        return False
    sentences = place.choice.candidate.hit.passage.sentences
    starts = [sentence.start for sentence in sentences]
    if place.key[1] not in starts or other.key[1] not in starts:
        return False
    distance = starts.index(other.key[1]) - starts.index(place.key[1])
    # What stands before is told of the matter in its own words.
    return 0 < distance <= _AFTER or (distance == -1 and other.fit >= PEOPLE)


def _with_subject(claim: Claim) -> Claim:
    """Return a claim with the subject of its sentence, where nobody else is said to say it."""
    if claim.claimant is not None:
        return claim
    sentence = claim.quote.sentence
    text = sentence.text
    at = _FROM.match(text)
    span = noun_phrase_at(text, at.end()) if at else subject_at(text, 0, len(text))
    if span is None or sentence.start + span[1] > claim.value.start:
        return claim
    article = sentence.article
    return replace(
        claim, claimant=Span(article, sentence.start + span[0], sentence.start + span[1])
    )


def _is_rival(claim: Claim, other: Claim) -> bool:
    ours, theirs = claim.figure, other.figure
    if ours is None or theirs is None or other.claimant is None or ours.unit != theirs.unit:
        return False
    if theirs.counted is not None and not _counts_alike(ours.counted, theirs.counted):
        return False
    if _quantities(other) - _quantities(claim):
        return False
    if not ours.most / _TIMES <= theirs.most <= ours.most * _TIMES:
        return False
    return not same_source(claim, other) and not agree(claim, other)


def _quantities(claim: Claim) -> set[str]:
    return {match[0].lower() for match in _QUANTITY.finditer(claim.quote.sentence.text)}


def _counts_alike(one: str | None, other: str) -> bool:
    return any(is_like(a, b) for a in content_terms(one or "") for b in content_terms(other))
