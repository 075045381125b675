"""What new articles claim beside what was told before: each is read by itself.

Among all that the articles say on a question, a new sentence is one of many and often one of the
weaker ones: in other words, in another language, without the names that everybody knows by now.
Beside what was told before it is known what is looked for: another value of the very quantity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from bot.features import Candidate
from bot.news.account import Choose, Read, counted_alike
from bot.news.asked import Asked
from bot.news.claim import Claim
from bot.news.collect import claim_of
from bot.news.found import Found
from bot.news.places import UNIT, Place, places_in
from bot.news.standing import same_source
from bot.news.units import MONEY
from bot.rank import Choice
from index.corpus import Corpus
from index.filter import Filter
from index.reading import Reading

_MOST_ARTICLES = 6  # of those that came in at once, the best
_TOLERANCE = 0.05  # of a question, by rarity
_MOST_READ = 6  # sentences of an article
_READ = 0.7  # what a reader's log-odds are worth beside the fit of a figure
_NEAR = 4.0  # how far behind the best figure of an article that of another source may lie
_FITS, _FITS_FATES = 1.0, 2.0  # how well a figure must fit; more where a fate must be said
_NOT_DENIED = -8.5
# Money is of everything: it must be named, said by the same, or a reader must not doubt it.
_NAMED, _DOUBTED = 0.75, -2.0
_SAME_VOICE = 2.0  # what it is worth that somebody says it whose claim was told
_TIMES = 8  # a value is not soon another by so many times
_APART = 4.0  # what it costs that it is


def beside(
    corpus: Corpus,
    told: Sequence[Claim],
    asked: Asked,
    articles: frozenset[int],
    *,
    passages: int,
    choose: Choose,
    read: Read,
    only: Filter | None = None,
) -> list[Found]:
    """Return what some articles claim of the quantity that was told; `told` are figures.

    At most `passages` of each article are looked at. Of an article on another matter it is nothing.
    """
    if not articles or not told:
        return []
    question = asked.question
    known = {corpus.newest(claim.stored.id) for claim in told}
    both = articles | known
    own = replace(only, articles=both) if only else Filter(articles=both)
    count = passages * min(len(both), _MOST_ARTICLES + len(known))
    found = corpus.search(question.text, count, question.language, only=own)
    near = _naming(choose(question, found, as_read=False, loose=False), known)
    best = [one for one in dict.fromkeys(hit.stored.id for hit in found.hits) if one in articles][
        :_MOST_ARTICLES
    ]
    alike = counted_alike(asked, found)
    every = choose(question, found, as_read=False, loose=True)
    claims: list[Found] = []
    for article in best:
        if article in near or _is_of_the_story(corpus, known, article):
            choices = [one for one in every if one.candidate.hit.stored.id == article]
            fresh = _fresh(told, asked, choices, alike)
            claims += _best(told, asked, _as_read(asked, fresh, read))
    return [one for one in claims if corpus.holds(one.claim.stored)]


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A figure of a new article; `like` is what it is worth beside what was told."""

    place: Place
    claim: Claim
    like: float
    reading: Reading | None = None

    @property
    def worth(self) -> float:
        return self.place.worth + self.like

    def score(self, unread: float) -> float:
        return self.worth + _READ * (self.reading.score if self.reading else unread)


def _naming(choices: Sequence[Choice], known: AbstractSet[int]) -> set[int]:
    """Return the articles that have the question's names as far as those that are known do."""
    missing = {
        choice.candidate.hit.stored.id: choice.candidate.figures["missing_proper"]
        for choice in choices
    }
    most = max((missing[one] for one in known if one in missing), default=0.0) + _TOLERANCE
    return {one for one, share in missing.items() if share <= most}


def _is_of_the_story(corpus: Corpus, known: AbstractSet[int], article: int) -> bool:
    groups = corpus.stories([*known, article])
    return any(article in group and not known.isdisjoint(group) for group in groups)


def _fresh(
    told: Sequence[Claim], asked: Asked, choices: Sequence[Choice], alike: frozenset[str]
) -> list[_Fresh]:
    """Return the figures of the unit that was told, without those that are told of before."""
    units = {one.figure.unit for one in told if one.figure is not None}
    fresh = []
    for choice in choices:
        for place in places_in(asked, choice, alike):
            claim = None if place.retold else claim_of(asked, place)
            if claim is not None and claim.figure is not None and claim.figure.unit in units:
                fresh.append(_Fresh(place, claim, _likeness(claim, told)))
    return sorted(fresh, key=lambda one: -one.worth)


def _likeness(claim: Claim, told: Sequence[Claim]) -> float:
    known = claim.claimant and any(one.claimant and same_source(claim, one) for one in told)
    return (_SAME_VOICE if known else 0.0) - (_APART if _is_far(claim, told) else 0.0)


def _is_far(claim: Claim, told: Sequence[Claim]) -> bool:
    """Whether a value is many times any that was told, or a small part of it."""
    sizes = [abs(one.figure.most) for one in told if one.figure is not None]
    own = abs(claim.figure.most) if claim.figure is not None else 0
    return not any(own * _TIMES >= size and own <= size * _TIMES for size in sizes)


def _as_read(asked: Asked, fresh: Sequence[_Fresh], read: Read) -> list[_Fresh]:
    wanted: dict[tuple[int, int], Candidate] = {}
    for one in fresh:
        if len(wanted) < _MOST_READ:
            wanted.setdefault(one.place.key, one.place.choice.candidate)
    readings = dict(zip(wanted, read(asked.question, list(wanted.values())), strict=True))
    return [replace(one, reading=readings.get(one.place.key)) for one in fresh]


def _best(told: Sequence[Claim], asked: Asked, fresh: Sequence[_Fresh]) -> list[Found]:
    """Return the best figure of an article, and beside it those of other sources."""
    unread = min((one.reading.score for one in fresh if one.reading), default=0.0)
    telling = [one for one in fresh if _is_telling(told, asked, one)]
    kept: list[Found] = []
    for one in sorted(telling, key=lambda one: -one.score(unread)):
        score = one.score(unread)
        if not kept or (
            score >= kept[0].score - _NEAR
            and all(_are_two(one.claim, other.claim) for other in kept)
        ):
            kept.append(Found(one.claim, score))
    return kept


def _are_two(one: Claim, other: Claim) -> bool:
    return bool(one.claimant and other.claimant) and not same_source(one, other)


_HIGHEST = re.compile(
    r"\bh[oö]hepunkt\w*|\w*h[oö]chst(?:st[aä]nd|wert|zahl|e[nmrs]?\b)\w*|\brekord\w*|\bscheitel\w*"
    r"|\bmaxim\w+|\bpeak(?:ed|s)?\b|\bhighest\b|\brecord\b",
    re.IGNORECASE,
)
_LOWEST = re.compile(
    r"\w*(?:tiefst|niedrigst)(?:st[aä]nd|wert|e[nmrs]?\b)\w*|\bminim\w+|\blowest\b", re.IGNORECASE
)


def _is_within(told: Sequence[Claim], asked: Asked, claim: Claim) -> bool:
    """Whether the highest or the lowest is asked for, and a value does not go beyond those told."""
    figures = [one.figure for one in told if one.figure is not None]
    if claim.figure is None or not figures:
        return False
    if _HIGHEST.search(asked.question.text):
        return claim.figure.most <= max(figure.most for figure in figures)
    if _LOWEST.search(asked.question.text):
        return claim.figure.least >= min(figure.least for figure in figures)
    return False


def _is_telling(told: Sequence[Claim], asked: Asked, one: _Fresh) -> bool:
    """Whether a figure is of the quantity that was told, as far as its words and a reader say."""
    sure = one.reading.score if one.reading else _NOT_DENIED
    if sure < _NOT_DENIED or (_is_far(one.claim, told) and sure < 0.0):
        return False
    if _is_within(told, asked, one.claim):
        return False
    figure = one.claim.figure
    if figure is not None and figure.unit in MONEY:
        named = one.place.fit >= UNIT + _NAMED
        if not named and one.like < _SAME_VOICE and sure < _DOUBTED:
            return False
    return one.place.fit >= (_FITS_FATES if asked.fates else _FITS)
