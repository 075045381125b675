"""All that the articles claim on a question: which sentences, and which words of them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from bot.features import Candidate
from bot.news.agreement import agree
from bot.news.asked import Asked, Wanted, is_like
from bot.news.claim import Claim
from bot.news.found import Found, with_sayer
from bot.news.in_words import in_words, terms_of
from bot.news.others import of_one_story, with_rivals
from bot.news.places import PEOPLE, SAME, UNIT, Place, places_in
from bot.news.reading import read_claim
from bot.news.standing import SAME_TIME, moment_of, same_source
from bot.news.storyline import is_vouched_for
from bot.news.synonyms import alike_things
from bot.news.tongue import tongue_of
from bot.news.units import MONEY
from bot.rank import Choice
from bot.types import Language, Quote
from index.reading import Reading
from index.terms import is_name_like, tokens
from index.types import Article, Span, StoredArticle

Read = Callable[[Sequence[Candidate]], Sequence[Reading | None]]

_READ = 0.7  # what a reader's log-odds are worth, which is surer of itself than it is right
_BESIDE = 2.0  # what it costs that the reader would mark other words
_UNREAD = -3.0  # as what a sentence counts that was not read
_ELSEWHERE = 5.0  # what it costs that an article has less of what is asked about
_SLACK = 0.2
_ENOUGH = 600  # characters tell the language of an article
_TOLERANCE = 0.05
_NAMED = 0.5  # how much better one fits whose quantity is named
_LONG = 4  # letters of a name that tells
_FIRST_PART = 5  # and of the first part of one
_CAPITAL = re.compile(r"(?<!\w)[A-ZÄÖÜ][a-zäöüß]+(?!\w)")
# A price or a cost is not soon another by so many times.
_TIMES = 8
# How well the best figure must fit, or how sure a reader must be of its sentence.
_FITS = 1.0
_SURE = 2.0
_LIKELY = -2.0
_NOT_DENIED = -8.5
# Sentences that are read beside those that were: more where all values are asked for.
_MOST_READ, _MOST_READ_ALL = 4, 12
_PER_ARTICLE = 3
# How far behind the best one a claim may lie: farther where all are asked for.
_NEAR, _NEAR_ALL = 8.0, 11.0
_LESS = 1.4  # and how much worse it may fit
_RETOLD = 1.0  # and that less where it is told of before


def collect(
    asked: Asked,
    choices: Sequence[Choice],
    read: Read,
    *,
    every: Sequence[Choice] = (),
    alike: frozenset[str] = frozenset(),
    origins: Mapping[int, int] | None = None,
) -> list[Found]:
    """Return the claims that answer, best first; of copies of one text only one has any.

    `choices` are sentences in the order of the ranking, `read` lets a reader judge some of them,
    `every` are those of all articles that were found, also where few words of the question are:
    others of the same story may say there who differs. `alike` are terms of the corpus that are
    like those that are counted.
    """
    choices = _once(choices, origins or {})
    if asked.wanted is Wanted.WORDS:
        return in_words(asked, choices)
    places = sorted(_on_the_same(asked, choices, alike), key=lambda place: -place.worth)
    readings = _readings(places, read, *_worth_reading(asked, places))
    scored = _scored(asked, places, readings, alike)
    read_at = partial(claim_of, asked)
    others = partial(
        of_one_story,
        asked,
        choices,
        every=_once(every, origins or {}),
        alike=alike,
        read=read_at,
    )
    if not scored:
        return others([])
    found, accepted = _accepted(asked, scored, readings)
    if asked.wanted is Wanted.FIGURE:
        found = with_rivals(found, accepted, read_at)
        found += others(found)
        if found and _is_contested(found, scored[0][1]):
            found[0] = replace(found[0], plain=True)
    return found


def _is_contested(found: Sequence[Found], first: Place) -> bool:
    """Whether two who are named differ of what fits: then it is what is asked for."""
    if first.fit < UNIT or _missing(first.choice) > _TOLERANCE:
        return False
    said = [one.claim for one in found if not one.retold]
    if not said:
        return False
    best, *others = said
    return is_vouched_for(best) and any(
        is_vouched_for(other) and not same_source(best, other) and not agree(best, other)
        for other in others
        if abs(moment_of(best.made) - moment_of(other.made)) <= SAME_TIME
    )


def _accepted(
    asked: Asked,
    scored: Sequence[tuple[float, Place]],
    readings: Mapping[tuple[int, int], Reading],
) -> tuple[list[Found], list[tuple[Found, Place]]]:
    """Return the claims that answer nearly as well as the best, and where those of now stand."""
    best = scored[0][0]
    first = next((place for _, place in scored if not place.retold), scored[0][1])
    several = len({place.key[0] for _, place in scored}) > 1
    # Of several values of one kind the one that is named leads; where all are asked for, all may.
    most_fit = SAME if asked.develops else SAME + _NAMED
    found: list[Found] = []
    taken: set[tuple[int, int]] = set()
    accepted: list[tuple[Found, Place]] = []
    for score, place in scored:
        near = _NEAR_ALL if asked.develops else _NEAR
        if score < best - near or place.fit < min(first.fit, most_fit) - _LESS:
            continue
        # Of several figures in a sentence one answers; beside it what was so before may stand, and
        # what somebody else says.
        key, retold = place.key, place.retold
        if retold and place.fit < first.fit - _RETOLD:
            continue
        claim = claim_of(asked, place)
        if claim is None or (key in taken and not retold and not _is_by_another(claim, found)):
            continue
        if not retold:
            taken.add(key)
        plain = not found and (
            asked.wanted is Wanted.DAY or _is_plain(asked, place, readings, several)
        )
        found.append(Found(claim, score, retold, plain))
        if not retold:
            accepted.append((found[-1], place))
    return found, accepted


def _scored(
    asked: Asked,
    places: Sequence[Place],
    readings: Mapping[tuple[int, int], Reading],
    alike: frozenset[str],
) -> list[tuple[float, Place]]:
    """Return what may be the value with how likely it is, best first."""
    most = max((_about(place.choice) for place in places), default=0.0)
    if asked.objects:
        places = [place for place in places if _has_object(asked, place, alike)]
    scored = sorted(
        ((_score(p, readings, most, asked.question.language), p) for p in places),
        key=lambda pair: -pair[0],
    )
    return _telling(asked, scored, readings) if scored else []


def _is_by_another(claim: Claim, found: Sequence[Found]) -> bool:
    """Whether a claim is by somebody else than the others of its sentence, all of them named."""
    others = [
        one.claim
        for one in found
        if one.claim.quote.sentence == claim.quote.sentence and not one.retold
    ]
    if claim.figure is None or claim.claimant is None:
        return False
    return all(other.claimant is not None and not same_source(other, claim) for other in others)


def _on_the_same(asked: Asked, choices: Sequence[Choice], alike: frozenset[str]) -> list[Place]:
    """Return what may be the value in articles that have the question's names, as far as any has.

    Those that have most of them come first, so that the figures of the others are never read.
    """
    found: dict[int, list[Place]] = {}
    fewest = math.inf
    names = _known_names(asked, choices)
    for at in sorted(range(len(choices)), key=lambda at: _missing(choices[at])):
        missing = _missing(choices[at])
        article = choices[at].candidate.hit.stored.article
        if missing > fewest + _TOLERANCE and not _names_it(asked, article, names):
            continue
        places = places_in(asked, choices[at], alike)
        if places:
            fewest = min(fewest, missing)
            found[at] = places
    return [place for at in sorted(found) for place in found[at]]


def _missing(choice: Choice) -> float:
    """Return how much of the question is a name that the article never has."""
    return choice.candidate.figures["missing_proper"]


def _names_of(text: str) -> list[str]:
    """Return the words of a question that are names for certain, as they are written."""
    words = [text[token.start : token.end] for token in tokens(text)]
    if text.islower():
        words = [word.capitalize() for word in words]  # as one writes in a hurry
    return [
        word for word in words if word[0].isupper() and len(word) >= _LONG and is_name_like(word)
    ]


def _names_it(asked: Asked, article: Article, names: Sequence[str]) -> bool:
    """Whether an article in another language has most of a question's names letter for letter.

    Of a name in a compound it has the first part: "Elbe" of "Elbebrücke".
    """
    if tongue_of(article.text[:_ENOUGH]) is asked.question.language:
        return False
    return 2 * sum(_has_name(article.text, name) for name in names) > len(names)


def _known_names(asked: Asked, choices: Sequence[Choice]) -> list[str]:
    """Return the names of a question that any of the articles has."""
    texts = {one.candidate.hit.stored.id: one.candidate.hit.stored.article.text for one in choices}
    names = _names_of(asked.question.text)
    return [name for name in names if any(_has_name(text, name) for text in texts.values())]


def _has_name(text: str, name: str) -> bool:
    return name in text or _begins(name, text)


def _begins(name: str, text: str) -> bool:
    """Whether a name of a text is the first part of a longer one."""
    return any(
        len(word) >= _FIRST_PART and name.startswith(word) and is_name_like(word)
        for word in _capitals(text)
    )


@lru_cache(maxsize=100)
def _capitals(text: str) -> frozenset[str]:
    return frozenset(_CAPITAL.findall(text))


def _has_object(asked: Asked, place: Place, alike: frozenset[str]) -> bool:
    """Whether an article names the thing whose price is asked for; in another language it may."""
    article = place.choice.candidate.hit.stored.article
    if tongue_of(article.text) is not asked.question.language:
        return any(_has_name(article.text, name) for name in _names_of(asked.question.text))
    terms = terms_of(f"{article.title}. {article.text}")
    return (
        bool(alike & terms)
        or any(is_like(a, b) for a in asked.objects for b in terms)
        or alike_things(asked.objects, terms)
    )


def _is_plain(
    asked: Asked, best: Place, readings: Mapping[tuple[int, int], Reading], several: bool
) -> bool:
    """Whether a figure is of what is asked for by its very words."""
    reading = readings.get(best.key)
    read = reading is None or reading.score >= _NOT_DENIED
    named = not asked.quantity or best.fit >= UNIT + _NAMED
    known = bool(asked.counted or asked.fates) or (bool(asked.units) and several and named)
    fits = best.fit >= (UNIT if known else PEOPLE)
    return (
        (known or asked.period is not None)
        and fits
        and read
        and _missing(best.choice) <= _TOLERANCE
    )


def _telling(
    asked: Asked,
    scored: Sequence[tuple[float, Place]],
    readings: Mapping[tuple[int, int], Reading],
) -> list[tuple[float, Place]]:
    """Leave the figures that are of what is asked for, by their words or as a reader is sure."""
    if asked.wanted is Wanted.DAY:
        return list(scored)
    least = _FITS * (2.0 if asked.fates else 1.0)
    telling = [(score, place) for score, place in scored if place.fit >= least]
    if not telling and asked.fates:
        return []  # what became of them must be said
    if not telling:
        reading = readings.get(scored[0][1].key)
        return list(scored) if reading is not None and reading.score >= _SURE else []
    if readings and _MONEY_ALONE.search(asked.question.text):
        # Nothing but what is read tells which sum it is.
        telling = [one for one in telling if _is_likely(readings.get(one[1].key))]
        if not telling:
            return []
    first = _size(asked, telling[0][1])
    return [
        (score, place)
        for score, place in telling
        if not asked.units <= MONEY or first / _TIMES <= _size(asked, place) <= first * _TIMES
    ]


_MONEY_ALONE = re.compile(
    r"\b(?:wie ?viel (?:mehr )?geld|how much money|wie ?viele (?:millionen|milliarden)"
    r"|how many (?:millions?|billions?))\b",
    re.IGNORECASE,
)


def _is_likely(reading: Reading | None) -> bool:
    return reading is not None and reading.score >= _LIKELY


def _size(asked: Asked, place: Place) -> float:
    return place.size if asked.units else 1.0


def _once(choices: Sequence[Choice], origins: Mapping[int, int]) -> list[Choice]:
    """Leave of each text one article: the one that had it first, as far as the dates tell."""
    first: dict[int, StoredArticle] = {}
    for choice in choices:
        stored = choice.candidate.hit.stored
        origin = origins.get(stored.id, stored.id)
        known = first.get(origin)
        if known is None or (_since(stored), stored.id) < (_since(known), known.id):
            first[origin] = stored
    kept = {stored.id for stored in first.values()}
    return [choice for choice in choices if choice.candidate.hit.stored.id in kept]


def _since(stored: StoredArticle) -> str:
    published = stored.article.published
    return published.isoformat() if published else "9999"


def _worth_reading(asked: Asked, places: Sequence[Place]) -> tuple[Sequence[Place], int]:
    """Return the places between which a reader decides, and how many sentences it may read."""
    if not places:
        return places, 0
    least = min(max(place.fit for place in places), SAME) - _LESS
    near = [
        place
        for place in places
        if place.fit >= least and place.worth >= places[0].worth - _NEAR_ALL
    ]
    if asked.develops or asked.period is not None:
        return near, _MOST_READ_ALL
    # Of figures of one article the best is weighed alone: whether it is denied.
    return near, _MOST_READ if len({place.key[0] for place in near}) > 1 else 1


def _readings(
    places: Sequence[Place], read: Read, near: Sequence[Place], most: int
) -> dict[tuple[int, int], Reading]:
    """Return readings by article and sentence: those that there are, and of the best others."""
    known = {
        place.key: place.choice.candidate.reading
        for place in places
        if place.choice.candidate.reading is not None
    }
    wanted: dict[tuple[int, int], Candidate] = {}
    per_article: dict[int, int] = {}
    for place in near:
        key = place.key
        if key in known or key in wanted or len(wanted) >= most:
            continue
        if per_article.get(key[0], 0) < _PER_ARTICLE:
            per_article[key[0]] = per_article.get(key[0], 0) + 1
            wanted[key] = place.choice.candidate
    new = zip(wanted, read(list(wanted.values())), strict=True)
    return known | {key: reading for key, reading in new if reading is not None}


def _about(choice: Choice) -> float:
    return choice.candidate.figures["article_coverage"]


def _score(
    place: Place,
    readings: Mapping[tuple[int, int], Reading],
    most_about: float,
    tongue: Language,
) -> float:
    reading = readings.get(place.key)
    article = place.choice.candidate.hit.stored.article
    score = place.worth
    if tongue_of(article.text[:_ENOUGH]) is tongue:  # else the words differ anyway
        score -= _ELSEWHERE * max(0.0, most_about - _about(place.choice) - _SLACK)
    if reading is None:
        return score + _READ * _UNREAD
    score += _READ * reading.score
    if reading.start is not None and reading.end is not None:
        beside = reading.end <= place.start or place.end <= reading.start
        score -= _BESIDE if beside else 0.0
    return score


def claim_of(asked: Asked, place: Place) -> Claim | None:
    """Return what the sentence of a place claims with these words, None where they are no value."""
    candidate, choice = place.choice.candidate, place.choice
    sentence = candidate.sentence
    value = Span(sentence.article, sentence.start + place.start, sentence.start + place.end)
    quote = Quote(
        candidate.hit.stored,
        Span(sentence.article, sentence.start, sentence.end),
        choice.confidence,
        value,
        (sentence,),
    )
    claim = read_claim(
        quote, replace(asked.question, language=tongue_of(sentence.text) or asked.question.language)
    )
    return None if claim is None else with_sayer(claim, candidate)
