"""All that the articles claim on a question: which sentences, and which words of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.features import Candidate
from bot.news.asked import Asked, Wanted, is_like
from bot.news.claim import Claim
from bot.news.fates import Fate, fates_in
from bot.news.figures import WrittenFigure, figures_in
from bot.news.reading import read_claim
from bot.news.retold import is_part, is_retold
from bot.news.sayers import sayer_before, sayer_in
from bot.news.synonyms import alike_things
from bot.news.times import days_in
from bot.news.tongue import tongue_of
from bot.news.units import MONEY
from bot.rank import Choice
from bot.types import Language, Quote
from index.reading import Reading
from index.terms import content_terms, is_name_like, tokens
from index.types import Sentence, Span, StoredArticle

Read = Callable[[Sequence[Candidate]], Sequence[Reading | None]]

# How well a figure fits what is asked for.
_SAME, _LIKE, _UNIT, _PEOPLE, _OTHER = 3.0, 2.5, 2.0, 1.5, -1.0
_SAME_FATE, _OTHER_FATE = 1.5, -3.0
_HARM = frozenset({Fate.INJURED, Fate.DEAD, Fate.MISSING})
_NAMED, _NAMED_BEFORE = 1.5, 0.75  # where the sentence, or the one before, names the quantity
_FIT = 2.0  # what a step of fit is worth in the reader's log-odds
_RANK = 0.35  # and a step of the ranking
_READ = 0.7  # and the reader's own, which is surer of itself than it is right
_BESIDE = 2.0  # what it costs that the reader would mark other words
_UNREAD = -3.0  # as what a sentence counts that was not read
_ELSEWHERE = 5.0  # what it costs that an article has less of what is asked about
_SLACK = 0.2
_ENOUGH = 600  # characters tell the language of an article
_TOLERANCE = 0.05
_LONG = 4  # letters of a name that tells
# A price or a cost is not soon another by so many times.
_TIMES = 8
# How well the best figure must fit, or how sure a reader must be of its sentence.
_FITS = 1.0
_SURE = 2.0
_NOT_DENIED = -4.0
_MOST_READ = 12
_PER_ARTICLE = 3
# How far behind the best one a claim may lie, and what the best one must reach itself.
_NEAR, _NEAR_ALL = 8.0, 11.0
_LESS = 1.4  # and how much worse it may fit
_RETOLD = 1.0  # and that less where it is told of before
_NEAR_WORDS = 2.0
_OPENING = 2
_STATEMENT = 4  # words


@dataclass(frozen=True, slots=True)
class Found:
    """A claim with how well it answers, and whether its article tells it of an earlier time.

    `plain` is the best one where it is of what is asked for by its very words.
    """

    claim: Claim
    score: float
    retold: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of a sentence that may be the value."""

    choice: Choice
    start: int  # within the sentence
    end: int
    fit: float
    size: float = 1.0  # of a figure

    @property
    def worth(self) -> float:
        return _RANK * self.choice.score + _FIT * self.fit


def collect(
    asked: Asked,
    choices: Sequence[Choice],
    read: Read,
    *,
    alike: frozenset[str] = frozenset(),
    origins: Mapping[int, int] | None = None,
) -> list[Found]:
    """Return the claims that answer, best first; of copies of one text only one has any.

    `choices` are sentences in the order of the ranking, `read` lets a reader judge some of them,
    `alike` are terms of the corpus that are like those that are counted.
    """
    choices = _once(choices, origins or {})
    if asked.wanted is Wanted.WORDS:
        return _in_words(asked, choices)
    places = sorted(
        _on_the_same(
            asked, (place for choice in choices for place in _places(asked, choice, alike))
        ),
        key=lambda place: -place.worth,
    )
    readings = _readings(places, read, _MOST_READ * (2 if asked.develops else 1))
    most = max((_about(place.choice) for place in places), default=0.0)
    if asked.objects:
        places = [place for place in places if _has_object(asked, place, alike)]
    scored = sorted(
        ((_score(p, readings, most, asked.question.language), p) for p in places),
        key=lambda pair: -pair[0],
    )
    if not scored:
        return []
    scored = _telling(asked, scored, readings)
    if not scored:
        return []
    best, first = scored[0]
    found: list[Found] = []
    taken: set[tuple[int, int]] = set()
    for score, place in scored:
        if (
            score < best - (_NEAR_ALL if asked.develops else _NEAR)
            or place.fit < min(first.fit, _SAME) - _LESS
        ):
            continue
        # Of several figures in a sentence one answers; beside it what was so before may stand.
        key, retold = _key(place.choice.candidate), _is_retold(place)
        if (key in taken and not retold) or (retold and place.fit < first.fit - _RETOLD):
            continue
        claim = _claim(asked, place)
        if claim is None:
            continue
        if not retold:
            taken.add(key)
        plain = not found and (asked.wanted is Wanted.DAY or _is_plain(place, readings))
        found.append(Found(claim, score, retold, plain))
    return found


def _on_the_same(asked: Asked, places: Iterable[_Place]) -> list[_Place]:
    """Leave those of articles that have the proper names of the question, as far as any has."""
    found = list(places)
    fewest = min((_missing(place) for place in found), default=0.0)
    return [
        place
        for place in found
        if _missing(place) <= fewest + _TOLERANCE or _names_it(asked, place)
    ]


def _names_it(asked: Asked, place: _Place) -> bool:
    """Whether an article in another language has one of the question's names letter for letter."""
    article = place.choice.candidate.hit.stored.article
    if tongue_of(article.text[:_ENOUGH]) is asked.question.language:
        return False
    text = asked.question.text
    return any(
        text[token.start : token.end] in article.text
        for token in tokens(text)
        if text[token.start].isupper()
        and token.end - token.start >= _LONG
        and is_name_like(text[token.start : token.end])
    )


def _has_object(asked: Asked, place: _Place, alike: frozenset[str]) -> bool:
    """Whether an article names the thing whose price is asked for; in another language it may."""
    article = place.choice.candidate.hit.stored.article
    if tongue_of(article.text) is not asked.question.language:
        return True
    terms = _terms(f"{article.title}. {article.text}")
    return bool(alike & terms) or any(is_like(a, b) for a in asked.objects for b in terms)


@lru_cache(maxsize=500)
def _terms(text: str) -> frozenset[str]:
    return frozenset(content_terms(text))


def _missing(place: _Place) -> float:
    return place.choice.candidate.figures["missing_proper"]


def _is_plain(best: _Place, readings: Mapping[tuple[int, int], Reading]) -> bool:
    """Whether a figure is of what is asked for by its very words."""
    reading = readings.get(_key(best.choice.candidate))
    read = reading is None or reading.score >= _NOT_DENIED
    return best.fit >= _UNIT and read and _missing(best) <= _TOLERANCE


def _telling(
    asked: Asked,
    scored: Sequence[tuple[float, _Place]],
    readings: Mapping[tuple[int, int], Reading],
) -> list[tuple[float, _Place]]:
    """Leave the figures that are of what is asked for, by their words or as a reader is sure."""
    if asked.wanted is Wanted.DAY:
        return list(scored)
    least = _FITS * (2.0 if asked.fates else 1.0)
    telling = [(score, place) for score, place in scored if place.fit >= least]
    if not telling:
        reading = readings.get(_key(scored[0][1].choice.candidate))
        return list(scored) if reading is not None and reading.score >= _SURE else []
    first = _size(asked, telling[0][1])
    return [
        (score, place)
        for score, place in telling
        if not asked.units <= MONEY or first / _TIMES <= _size(asked, place) <= first * _TIMES
    ]


def _size(asked: Asked, place: _Place) -> float:
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


def _places(asked: Asked, choice: Choice, alike: frozenset[str]) -> list[_Place]:
    sentence = choice.candidate.sentence
    language = tongue_of(sentence.text)
    if asked.wanted is Wanted.DAY:
        made = choice.candidate.hit.stored.article
        published = made.updated or made.published
        if published is None:
            return []
        fit = _PEOPLE + _named(asked, choice.candidate)
        return [
            _Place(choice, one.start, one.end, fit)
            for one in days_in(sentence.text, published.day, language)
            if not _is_when_said(sentence.text, one.start, one.end)
        ]
    found = []
    fates = fates_in(sentence.text)
    for written in figures_in(sentence.text, language):
        fit = _fit(asked, written, alike)
        if fit is None or is_part(sentence.text, written.start, written.end):
            continue
        fit += _named(asked, choice.candidate) + _of_person(asked, sentence.text)
        if asked.fates:
            fit += _fate_fit(asked, fates, choice.candidate)
        elif fates & _HARM and asked.counted:
            fit += _OTHER_FATE
        found.append(_Place(choice, written.start, written.end, fit, float(written.figure.most)))
    return found


def _fate_fit(asked: Asked, fates: frozenset[Fate], candidate: Candidate) -> float:
    if fates:
        return _SAME_FATE if asked.fates & fates else _OTHER_FATE
    sentences = candidate.hit.passage.sentences
    at = sentences.index(candidate.sentence)
    before = fates_in(sentences[at - 1].text) if at else frozenset()
    return _SAME_FATE / 2 if asked.fates & before else 0.0


def _of_person(asked: Asked, text: str) -> float:
    """Return what it costs that a sentence is on somebody else than the person asked about."""
    if not asked.person or any(is_like(t, p) for t in content_terms(text) for p in asked.person):
        return 0.0
    others = [
        token
        for token in tokens(text)
        if text[token.start].isupper() and is_name_like(text[token.start : token.end])
    ]
    return _OTHER_FATE if others else 0.0


def _named(asked: Asked, candidate: Candidate) -> float:
    """Return what it is worth that a sentence names the quantity that is asked for."""
    if not asked.quantity:
        return 0.0
    sentences = candidate.hit.passage.sentences
    at = sentences.index(candidate.sentence)
    before = sentences[at - 1].text if at else candidate.hit.stored.article.title
    for text, worth in ((candidate.sentence.text, _NAMED), (before, _NAMED_BEFORE)):
        if any(is_like(a, b) for a in content_terms(text) for b in asked.quantity):
            return worth
    return 0.0


_SAID = (
    r"(?:mitteil\w*|mitgeteilt|teilte\w*|sagt\w*|erklärt\w*|bekannt|bestätigt\w*|berichtet\w*|beschlossen"
    r"|beschloss|erklärte|angekündigt|kündigte\w*|said|announced|confirmed|told|reported|voted)"
)
_SAID_BEHIND = re.compile(rf"^(?:[^,;.]{{0,40}}?)\b{_SAID}\b", re.IGNORECASE)
_SAID_BEFORE = re.compile(rf"\b{_SAID}\b[^,;.]{{0,40}}$", re.IGNORECASE)


def _is_when_said(text: str, start: int, end: int) -> bool:
    """Whether a day is the one on which something was said: "wie die Stadt am Dienstag mitteilte"."""
    return bool(_SAID_BEHIND.match(text[end:]) or _SAID_BEFORE.search(text[:start]))


def _fit(asked: Asked, written: WrittenFigure, alike: frozenset[str]) -> float | None:
    """Return how well a figure fits what is asked for, None where it is of something else."""
    figure = written.figure
    if asked.units:
        return _UNIT if figure.unit in asked.units else None
    if figure.unit is not None:
        return _SAME if any(is_like(figure.unit, term) for term in asked.counted) else None
    counted = content_terms(figure.counted or "")
    if asked.fates & fates_in(figure.counted or ""):
        return _SAME
    if any(is_like(term, wanted) for term in counted for wanted in asked.counted):
        return _SAME
    if alike.intersection(counted) or alike_things(counted, asked.counted):
        return _LIKE
    if not counted or _GENERAL.search(figure.counted or ""):
        people = not asked.counted or asked.fates or _PERSONS.search(asked.question.text)
        return _PEOPLE if people else _OTHER
    return _OTHER if not asked.fates else _OTHER - 1.0


_PERSONS = re.compile(
    r"\b(?:wie ?viele|how many) (?:\w+ )?\w*(?:leute|kräfte|arbeiter\w*|helfer\w*|beamte\w*|people"
    r"|fighters|workers|personen|menschen|gäste|teilnehmer\w*|besucher\w*|soldaten)\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:menschen|personen|leute|m[aä]nner|frauen|people|persons|men|women|bewohner\w*|einwohner\w*"
    r"|residents|betroffene\w*)\b",
    re.IGNORECASE,
)


def _readings(places: Sequence[_Place], read: Read, most: int) -> dict[tuple[int, int], Reading]:
    """Return readings by article and sentence: those that there are, and of the best others."""
    known: dict[tuple[int, int], Reading] = {}
    wanted: dict[tuple[int, int], Candidate] = {}
    per_article: dict[int, int] = {}
    for place in places:
        candidate = place.choice.candidate
        key = _key(candidate)
        if candidate.reading is not None:
            known[key] = candidate.reading
        if key in known or key in wanted:
            continue
        article = key[0]
        if per_article.get(article, 0) < _PER_ARTICLE and len(wanted) < most:
            per_article[article] = per_article.get(article, 0) + 1
            wanted[key] = candidate
    for key, reading in zip(wanted, read(list(wanted.values())), strict=True):
        if reading is not None:
            known[key] = reading
    return known


def _key(candidate: Candidate) -> tuple[int, int]:
    return candidate.hit.stored.id, candidate.sentence.start


def _about(choice: Choice) -> float:
    return choice.candidate.figures["article_coverage"]


def _score(
    place: _Place,
    readings: Mapping[tuple[int, int], Reading],
    most_about: float,
    tongue: Language,
) -> float:
    reading = readings.get(_key(place.choice.candidate))
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


def _is_retold(place: _Place) -> bool:
    return is_retold(place.choice.candidate.sentence.text, place.start, place.end)


def _claim(asked: Asked, place: _Place) -> Claim | None:
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
    claim = read_claim(quote, replace(asked.question, language=tongue_of(sentence.text)))
    return None if claim is None else _with_sayer(claim, candidate)


def _with_sayer(claim: Claim, candidate: Candidate) -> Claim:
    """Add who says so where no word beside the value tells."""
    if claim.claimant is not None:
        return claim
    sentence, sentences = candidate.sentence, candidate.hit.passage.sentences
    before = sentences[: sentences.index(sentence)]
    sayer = sayer_in(sentence) or sayer_before(sentence, before)
    return claim if sayer is None else replace(claim, claimant=sayer)


def _in_words(asked: Asked, choices: Sequence[Choice]) -> list[Found]:
    """Return one sentence of each article: the one that answers best, if it does nearly as well.

    Where it is asked how something went, the one that each article opens with says it in short.
    """
    best: dict[int, Choice] = {}
    for choice in choices:
        if not asked.develops or _opens(choice):
            best.setdefault(choice.candidate.hit.stored.id, choice)
    ordered = sorted(best.values(), key=lambda choice: -choice.score)
    if asked.fates and not asked.develops:
        ordered = _of_fate(asked, choices) or ordered
    if asked.develops:
        return [
            Found(_opening_claim(choice), choice.score) for choice in _of_the_story(asked, ordered)
        ]
    near = [one for one in ordered if one.score >= ordered[0].score - _NEAR_WORDS]
    return [
        Found(_words_claim(asked, choice, choice.candidate.reading), choice.score)
        for choice in near
    ]


def _opening_claim(choice: Choice) -> Claim:
    """Return what an article opens with: of a story each step is told in short there."""
    opening = _opening(choice)
    article = choice.candidate.sentence.article
    span = Span(article, opening[0].start, opening[-1].end)
    quote = Quote(choice.candidate.hit.stored, span, choice.confidence, None, tuple(opening))
    first = opening[0]
    return _with_sayer(Claim(quote, Span(article, first.start, first.end)), choice.candidate)


def _of_the_story(asked: Asked, ordered: Sequence[Choice]) -> list[Choice]:
    """Return those of articles that have the rarest name of a question that several have."""
    text = asked.question.text
    names = {
        token.term
        for token in tokens(text)
        if not token.stop and is_name_like(text[token.start : token.end])
    }
    having = [
        names & _terms(f"{article.title}. {article.text}")
        for article in (choice.candidate.hit.stored.article for choice in ordered)
    ]
    counts = Counter(name for some in having for name in some)
    shared = [name for name, count in counts.items() if count > 1]
    if not shared:
        return list(ordered[:1])
    rarest = min(shared, key=lambda name: (counts[name], name))
    return [one for one, some in zip(ordered, having, strict=True) if rarest in some]


def _of_fate(asked: Asked, choices: Sequence[Choice]) -> list[Choice]:
    """Return the best sentence of each article that says what became of somebody, as asked."""
    best: dict[int, Choice] = {}
    for choice in choices:
        if asked.fates & fates_in(choice.candidate.sentence.text):
            best.setdefault(choice.candidate.hit.stored.id, choice)
    return sorted(best.values(), key=lambda choice: -choice.score)


def _opens(choice: Choice) -> bool:
    """Whether a sentence is the first of its article that says something."""
    return choice.candidate.sentence in _opening(choice)[:1]


def _opening(choice: Choice) -> Sequence[Sentence]:
    """Return the first sentences of an article, without a place name alone."""
    passage = choice.candidate.hit.passage
    if passage.start != 0:
        return ()
    said = [one for one in passage.sentences if len(one.text.split()) >= _STATEMENT]
    return said[:_OPENING]


def _words_claim(asked: Asked, choice: Choice, reading: Reading | None) -> Claim:
    sentence = choice.candidate.sentence
    span = Span(sentence.article, sentence.start, sentence.end)
    value = span
    if reading is not None and reading.start is not None and reading.end is not None:
        value = Span(sentence.article, span.start + reading.start, span.start + reading.end)
    quote = Quote(choice.candidate.hit.stored, span, choice.confidence, None, (sentence,))
    claim = read_claim(replace(quote, highlight=value), asked.question)
    claim = replace(claim, quote=quote) if claim is not None else Claim(quote, value)
    return _with_sayer(claim, choice.candidate)
