"""What new articles claim beside what was told before: each is read by itself.

Among all that the articles say on a question, a new sentence is one of many and often one of the
weaker ones: in other words, in another language, without the names that everybody knows by now.
Beside what was told before it is known what is looked for: another value of the very quantity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.features import Candidate
from bot.news.account import Choose, Read, counted_alike
from bot.news.asked import Asked
from bot.news.claim import Claim
from bot.news.collect import claim_of
from bot.news.fates import Fate, fates_in
from bot.news.figures import figures_in
from bot.news.found import Found
from bot.news.matter import going_on
from bot.news.places import FIT, PEOPLE, UNIT, Place, is_one_thing, places_in
from bot.news.quantities_asked import names_another, names_the_same
from bot.news.retold import is_retold
from bot.news.standing import same_source
from bot.news.tongue import tongue_of
from bot.news.units import MONEY
from bot.rank import Choice
from bot.types import Language
from index.corpus import Corpus
from index.filter import Filter
from index.reading import Reading

_MOST_READ = 6  # sentences of an article
_READ = 0.7  # what a reader's log-odds are worth beside the fit of a figure
_NEAR = 4.0  # how far behind the best figure of an article that of another source may lie
_FITS, _FITS_FATES = 1.0, 2.0  # how well a figure must fit; more where a fate must be said
_NOT_DENIED = -8.5
# Money is of everything: it must be named, said by the same, or a reader must not doubt it.
_NAMED, _DOUBTED, _DOUBTED_ALONE = 0.75, -2.0, -6.0
_SAME_VOICE = 2.0  # what it is worth that somebody says it whose claim was told
_TELLING = 10  # smaller numbers are in every article
_ELSE = 0.0  # how well a figure of another thing fits
_SURE = 2.0  # how sure a reader must be where it is
_TIMES = 8  # a value is not soon another by so many times
_APART = 4.0  # what it costs that it is
_ALIKE = 1.5  # sums that are about as large
_SAME_SIZE = 2.5  # what that is worth of money, of which there is much in an article


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
    found, near = going_on(
        corpus, told, question, articles, passages=passages, choose=choose, only=only
    )
    alike = counted_alike(asked, found)
    every = choose(question, found, as_read=False, loose=True) if near else []
    claims: list[Found] = []
    for article in near:
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
    fit: float
    known: bool  # said by whose claim was told
    reading: Reading | None = None

    @property
    def worth(self) -> float:
        return self.place.worth + FIT * (self.fit - self.place.fit) + self.like

    def score(self, unread: float) -> float:
        return self.worth + _READ * (self.reading.score if self.reading else unread)


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
                fit = _fit(told, asked, place, claim)
                known = _is_said_by_known(claim, told)
                fresh.append(_Fresh(place, claim, _likeness(claim, told, known=known), fit, known))
    return sorted(fresh, key=lambda one: -one.worth)


def _fit(told: Sequence[Claim], asked: Asked, place: Place, claim: Claim) -> float:
    """Return how well a figure fits, also by what was counted before: "Patienten", "Menschen"."""
    counted = claim.figure.counted if claim.figure is not None else None
    if asked.fates or asked.units or not counted or place.fit >= UNIT:
        return place.fit
    before = [one.figure.counted or "" for one in told if one.figure is not None]
    same = any(is_one_thing(one, counted) for one in before)
    return max(place.fit, PEOPLE) if same else min(place.fit, _ELSE)


def _is_said_by_known(claim: Claim, told: Sequence[Claim]) -> bool:
    return claim.claimant is not None and any(
        one.claimant is not None and same_source(claim, one) for one in told
    )


def _likeness(claim: Claim, told: Sequence[Claim], *, known: bool) -> float:
    like = (_SAME_VOICE if known else 0.0) - (0.0 if _is_near(claim, told, _TIMES) else _APART)
    money = claim.figure is not None and claim.figure.unit in MONEY
    return like + (_SAME_SIZE if money and _is_near(claim, told, _ALIKE) else 0.0)


def _is_near(claim: Claim, told: Sequence[Claim], times: float) -> bool:
    """Whether a value is not so many times any that was told, nor so small a part of it."""
    sizes = [float(abs(one.figure.most)) for one in told if one.figure is not None]
    own = float(abs(claim.figure.most)) if claim.figure is not None else 0.0
    return any(own * times >= size and own <= size * times for size in sizes)


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
    near = [one for one in fresh if _is_near(one.claim, told, _ALIKE)]
    telling = [one for one in fresh if _is_telling(told, asked, one, alone=near == [one])]
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
# What something costs is not what was demanded or lost, unless that was told in these words.
_COSTS = re.compile(
    r"kosten\b|\bkostet|\bcosts?\b|\bausgegeben|\bausgeben|\bspent\b|\bspend\b", re.IGNORECASE
)
_COSTLY = re.compile(
    r"kost|\bcosts?\b|teuer|preis|\bprice|expensive|ausgaben|ausgeben|spen[dt]|zahl", re.IGNORECASE
)
# Who takes part is not all who are there: "Beteiligt hätten sich 1.250 Mitarbeiter".
_JOINED = re.compile(
    r"\b(?:beteilig(?:t|ten)|teilgenommen|nahmen?\b.{0,80}\bteil|nehmen\b.{0,80}\bteil|teilnehm\w*"
    r"|streik\w*|\w*arbeit nieder\w*|demonstrier\w*|protestier\w*|t(?:ook|ake|aken|aking) part"
    r"|participat\w+|walk(?:ed)? out|on strike|joined|protest\w*)\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"(?:Dort|Da|Hier|There)\b")
_ALSO_AT = re.compile(
    r"(?:Auch|Ebenfalls|Weitere\w*|Anderswo|Another|Elsewhere|Also|A (?:second|third)"
    r"|Ein(?:e[nrm]?)? weitere\w*"
    r"|Ein(?:e[nrm]?)? (?:zweite|dritte)\w*)\b"
)
_BELONG = re.compile(
    r"\b(?:arbeite(?:t|n)\b|besch[aä]ftig\w*|mitarbeiter\w*|angestellte\w*|belegschaft\w*"
    r"|mitglieder\w*"
    r"|einwohner\w*|leben|employ\w*|staff|workers?|works?|members?|residents?|live)\b",
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


def _is_of_another_fate(told: Sequence[Claim], asked: Asked, one: _Fresh) -> bool:
    """Whether people are counted by what became of them where that was not asked, nor told."""
    if asked.fates or _retells(told, one):
        return False
    known = frozenset[Fate]().union(*(fates_in(claim.quote.sentence.text) for claim in told))
    other = fates_in(one.claim.quote.sentence.text) - known
    # What has been found again is not what is gone, whatever it is.
    return bool(other & {Fate.RESCUED} if one.fit >= UNIT else other)


def _retells(told: Sequence[Claim], one: _Fresh) -> bool:
    """Whether what was told is told right beside a figure as what was said before: it is of it."""
    had = {(claim.figure.least, claim.figure.most) for claim in told if claim.figure is not None}
    candidate = one.place.choice.candidate
    sentences = candidate.hit.passage.sentences
    at = sentences.index(candidate.sentence)
    return any(
        (written.figure.least, written.figure.most) in had
        and written.figure.least >= _TELLING
        and is_retold(sentence.text, written.start, written.end)
        for sentence in sentences[max(0, at - 1) : at + 2]
        for written in figures_in(sentence.text, tongue_of(sentence.text) or Language.GERMAN)
    )


def _is_elsewhere(one: _Fresh) -> bool:
    """Whether a figure is of another place: "Auch auf einem Hof in Ahlen … Dort leben 90 Tiere"."""
    candidate = one.place.choice.candidate
    if not _THERE.match(candidate.sentence.text):
        return False
    sentences = candidate.hit.passage.sentences
    at = sentences.index(candidate.sentence)
    return at > 0 and _ALSO_AT.match(sentences[at - 1].text) is not None


def _only_join(told: Sequence[Claim], asked: Asked, claim: Claim) -> bool:
    """Whether those are counted who take part, where all who belong there are asked for."""
    texts = (asked.question.text, *(claim.quote.sentence.text for claim in told))
    return (
        bool(_JOINED.search(claim.quote.sentence.text))
        and bool(_BELONG.search(asked.question.text))
        and not any(map(_JOINED.search, texts))
    )


def _is_telling(told: Sequence[Claim], asked: Asked, one: _Fresh, *, alone: bool) -> bool:
    """Whether a figure is of the quantity that was told, as far as its words and a reader say.

    `alone` says that no other one of its article is about as large as what was told.
    """
    sure = one.reading.score if one.reading else _NOT_DENIED
    if sure < _NOT_DENIED or (not _is_near(one.claim, told, _TIMES) and sure < _SURE):
        return False
    if _is_elsewhere(one) or _only_join(told, asked, one.claim):
        return False
    if _is_within(told, asked, one.claim) or _is_of_another_fate(told, asked, one):
        return False
    figure = one.claim.figure
    if figure is not None and figure.unit in MONEY:
        question, sentence = asked.question.text, one.claim.quote.sentence.text
        texts = (question, *(claim.quote.sentence.text for claim in told))
        if names_another(question, sentence) or (
            _COSTS.search(sentence) and not any(map(_COSTLY.search, texts))
        ):
            return False
        named = one.fit >= UNIT + _NAMED or names_the_same(question, sentence)
        if not named and not one.known and sure < (_DOUBTED_ALONE if alone else _DOUBTED):
            return False
    return one.fit >= (_FITS_FATES if asked.fates else _FITS)
