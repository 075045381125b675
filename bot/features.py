"""What can be seen of a sentence as an answer to a question: figures without judgement."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.types import AnswerKind, Question
from index.reading import Reading
from index.retrieve import Coverage
from index.terms import Token, analysed, is_name_like, term_set, tokens
from index.types import Hit, QuestionTerm, Retrieval, Sentence

_NUMBER = re.compile(
    r"\d|\b(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\w+zehn|\w+zig|hundert\w*"
    r"|tausend\w*|dutzend\w*|hälfte|drittel|viertel|million\w*|milliarde\w*|doppelt|dreimal|zweimal"
    r"|einmal|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|hundred|thousand|half)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(1[5-9]\d\d|20\d\d|\d{1,2}\. ?(januar|jänner|februar|märz|april|mai|juni|juli|august"
    r"|september|oktober|november|dezember|\d{1,2}\.)|montag|dienstag|mittwoch|donnerstag|freitag"
    r"|samstag|sonnabend|sonntag|januar|jänner|februar|märz|april|juni|juli|august|september"
    r"|oktober|november|dezember|heute|gestern|morgen|vorjahr|jahrhundert|\d{1,2}[.:]\d\d uhr"
    r"|\d{1,2} uhr|ende des|anfang des|mitte|seit|woche|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|january|february|march|june|july|october|december|yesterday|century)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(in|aus|bei|nach|im|nahe|from|at|near|bis)\s+(der |dem |den |the )?[A-ZÄÖÜ]\w+"
)
_REASON = re.compile(
    r"\b(weil|denn|da|wegen|aufgrund|grund|gründe|deshalb|daher|darum|damit|um|infolge|dadurch"
    r"|nachdem|wodurch|schuld|ursache|führte|dank|because|since|due|reason|so that)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-ZÄÖÜ][\w'-]+(?: (?:von|van|de|al|bin|der) | )[A-ZÄÖÜ][\w'-]+")
_DEPENDENT = re.compile(
    r"[„\"»]?(er|sie|es|ihr|ihm|dies\w*|dort|da|dabei|damit|daraufhin|dagegen|dazu|deshalb|daher|"
    r"zuvor|danach|auch|aber|doch|he|she|it|they|this|these|there)\b",
    re.IGNORECASE,
)
# What a number must be of, by what is asked: (in the question, in the sentence).
_UNITS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(given, re.IGNORECASE))
    for asked, given in (
        (
            (
                r"kost|teuer|preis|euro|dollar|geld|verdien|umsatz|gewinn|betrag|summe|verlust|strafe"
                r"|price|cost|paid|pay|revenue|profit|fine|zahl(t|en|te)\b|budget|gehalt|schulden"
            ),
            r"euro|dollar|franken|pfund|€|\$|£|cent|prozent|mio|mrd",
        ),
        (r"prozent|anteil|percent|share|quote|rate", r"prozent|%|percent|hälfte|drittel|viertel"),
        (r"wie alt|how old|alter\b", r"jahre|jährig|years|year-old|geboren|born"),
        (
            r"wie lange?|how long|dauer",
            (
                r"stunde|minute|sekunde|jahr|monat|tag|woche|hour|minute|year|month|day|week|kilometer"
                r"|meter|km"
            ),
        ),
        (
            r"wie (weit|hoch|tief|gro[sß]+|breit)|how (far|high|deep)",
            r"meter|\bkm\b|hektar|feet|mile",
        ),
        (r"wie oft|how often", r"mal\b|male\b|mals\b|times|twice|jede|täglich"),
    )
)
_HOW_MANY = re.compile(r"\b(wie ?viele?[nmrs]?|how (many|much))\b", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|aus|bei|nach|from|near|at) (?P<name>[A-ZÄÖÜ]\w+)")
_CAPITAL = re.compile(r"[A-ZÄÖÜ][\w'-]+")
_ALIKE = 0.7
_EVERYWHERE = 0.2  # what a term still counts that every sentence of a passage has
_NEAR = 5  # words between what is asked and the number or name that may answer it
_LEAD = 3  # sentences of an article in which journalists say what it is about


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted, with its figures by name, and what a reader said of it."""

    hit: Hit
    sentence: Sentence
    figures: dict[str, float]
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    """What is the same for all candidates of a question."""

    question: Question
    terms: tuple[QuestionTerm, ...]
    coverage: Coverage
    names: frozenset[str]
    asked: frozenset[str]  # the question's terms, stop words too
    alike: frozenset[str]  # terms of the corpus that are like the question's
    counted: frozenset[str]  # likewise, of the thing that "how many" counts
    units: tuple[re.Pattern[str], ...]
    proper: frozenset[str]  # terms of proper names
    places: frozenset[str]  # those of them that are places for certain
    numbers: frozenset[str]  # terms that are numbers, years above all
    total: float
    best_score: float
    best_cosine: float


def candidates(question: Question, retrieval: Retrieval) -> list[Candidate]:
    """Return every sentence of the retrieved passages with its figures."""
    if not retrieval.hits:
        return []
    context = _context(question, retrieval)
    found = []
    for rank, hit in enumerate(retrieval.hits):
        found += _of_hit(context, hit, rank)
    return found


def _context(question: Question, retrieval: Retrieval) -> _Context:
    terms = retrieval.terms
    total = sum(term.idf for term in terms) or 1.0
    names = _names(question.text)
    counted = _counted(question.text)
    return _Context(
        question=question,
        terms=terms,
        coverage=Coverage(terms),
        names=names,
        asked=frozenset(token.term for token in tokens(question.text)),
        alike=_alike(terms),
        counted=_alike([term for term in terms if term.term == counted]),
        units=tuple(given for asked, given in _UNITS if asked.search(question.text)),
        proper=_names_of(question.text, _is_name),
        places=_names_of(question.text, _is_place),
        numbers=frozenset(term.term for term in terms if term.term[0].isdigit()),
        total=total,
        best_score=max(hit.score for hit in retrieval.hits) or 1.0,
        best_cosine=max(max(hit.cosines) for hit in retrieval.hits),
    )


def _alike(terms: Sequence[QuestionTerm]) -> frozenset[str]:
    return frozenset(
        other for term in terms for other, like in term.similar.items() if like >= _ALIKE
    )


def _counted(text: str) -> str | None:
    """Return the term that follows "how many", if any."""
    match = _HOW_MANY.search(text)
    following = [t.term for t in tokens(text[match.end() :]) if not t.stop] if match else []
    return following[0] if following else None


def _of_hit(context: _Context, hit: Hit, rank: int) -> list[Candidate]:
    sentences = hit.passage.sentences
    found_in = [analysed(sentence.text) for sentence in sentences]
    matches = [context.coverage.matches({token.term for token in found}) for found in found_in]
    title = context.coverage.matches(term_set(hit.stored.article.title))
    passage = _union([*matches, title])
    article = _union([context.coverage.matches(_vocabulary(hit.stored.article.text)), passage])
    coverages = [context.coverage.share_of(match) for match in matches]
    best_coverage = max(coverages)
    local = _local_weights(context, matches)
    shared = {
        "lexical": hit.lexical,
        "relative_score": hit.score / context.best_score,
        "rank": math.log1p(rank),
        "passage_coverage": context.coverage.share_of(passage),
        "passage_missing_name": _missing_names(context, passage),
        "title_coverage": context.coverage.share_of(title),
        "article_coverage": context.coverage.share_of(article),
        "missing_proper": _missing(context, article, context.proper),
        "missing_place": _flag(_missing(context, article, context.places)),
        "missing_number": _missing(context, passage, context.numbers),
    }
    first = hit.passage.start == 0
    found = []
    for i, sentence in enumerate(sentences):
        around = _union(matches[max(0, i - 1) : i + 2])
        before = matches[i - 1] if i else title
        exact = [1.0 if match >= 1.0 else 0.0 for match in matches[i]]
        figures = {
            **shared,
            "coverage": coverages[i],
            "relative_coverage": coverages[i] - best_coverage,
            "local_coverage": sum(w * match for w, match in zip(local, matches[i], strict=True)),
            "before_coverage": context.coverage.share_of(before),
            "topic_coverage": context.coverage.share_of(_union([before, matches[i], title])),
            "exact_coverage": context.coverage.share_of(exact),
            "around_coverage": context.coverage.share_of(around),
            "missing_name": _missing_names(context, matches[i]),
            "rarest_term": _rarest(context, matches[i]),
            "cosine": hit.cosines[i],
            "relative_cosine": hit.cosines[i] - context.best_cosine,
            "cosine_around": max(hit.cosines[max(0, i - 1) : i + 2]),
            "lead": 1.0 if first and i < _LEAD else 0.0,
            **_form(context, sentence.text, found_in[i]),
        }
        found.append(Candidate(hit, sentence, figures))
    return found


def _local_weights(context: _Context, matches: Sequence[Sequence[float]]) -> list[float]:
    """Weigh the question's terms by how few of these sentences have them; together they weigh 1.

    What a passage is about stands all over it and tells no sentence from the next.
    """
    weights = []
    for term, column in zip(context.terms, zip(*matches, strict=True), strict=True):
        had = sum(column)
        weights.append(term.idf * math.log1p(len(column) / had - 1 + _EVERYWHERE) if had else 0.0)
    total = sum(weights) or 1.0
    return [weight / total for weight in weights]


def _form(context: _Context, text: str, found: Sequence[Token]) -> dict[str, float]:
    """Say whether a sentence has the sort of thing that is asked for, and how it is built."""
    new = [token for token in found if token.term not in context.asked]
    words_of_new = [text[token.start : token.end] for token in new]
    new_text = " ".join(words_of_new)
    words = len(found)
    bare = text.rstrip("\"“”»«' ")
    capitals = [word for word in words_of_new if word[0].isupper()]
    names = math.log1p(sum(map(is_name_like, capitals)))
    return {
        **_kind_figures(context, text, new_text, found),
        "new_names": names,
        "new_names_asked": names if context.question.kind is AnswerKind.PERSON else 0.0,
        "new_words": math.log1p(len({t.term for t in new if not t.stop})),
        "length": math.log1p(words),
        "short": 1.0 if words < 6 else 0.0,  # noqa: PLR2004 - a fragment, not a statement
        "asks": 1.0 if bare.endswith("?") else 0.0,
        "dependent": 1.0 if _DEPENDENT.match(text) else 0.0,
        "statement": 1.0 if bare.endswith((".", "!")) else 0.0,
    }


def _kind_figures(
    context: _Context, text: str, new_text: str, found: Sequence[Token]
) -> dict[str, float]:
    """Say whether the sort of thing that is asked for is there, and near what it is asked of."""
    kind = context.question.kind
    if kind is AnswerKind.NUMBER:
        figures = {
            "has_number": _flag(_NUMBER.search(new_text)),
            "near_number": _nearness(context, text, found, _NUMBER),
            "counted": _nearness(context, text, found, _NUMBER, context.counted),
        }
        if context.units:
            figures["unit"] = _flag(any(unit.search(text) for unit in context.units))
        return figures
    if kind is AnswerKind.DATE:
        return {
            "has_date": _flag(_DATE.search(text)),
            "near_date": _nearness(context, text, found, _DATE),
        }
    if kind is AnswerKind.PERSON:
        return {
            "has_person": _flag(_NAME.search(new_text)),
            "near_person": _nearness(context, text, found, _CAPITAL),
        }
    if kind is AnswerKind.PLACE:
        return {"has_place": _flag(_PLACE.search(text))}
    if kind is AnswerKind.REASON:
        return {"has_reason": _flag(_REASON.search(text))}
    return {}


def _flag(value: object) -> float:
    return 1.0 if value else 0.0


def _nearness(
    context: _Context,
    text: str,
    found: Sequence[Token],
    pattern: re.Pattern[str],
    terms: frozenset[str] | None = None,
) -> float:
    """Return 1 where a new word of the pattern stands beside a word of the question, else less."""
    wanted = context.alike if terms is None else terms
    anchors = [i for i, token in enumerate(found) if token.term in wanted]
    if not anchors:
        return 0.0
    best = _NEAR + 1
    for i, token in enumerate(found):
        if token.term not in context.asked and pattern.match(text[token.start : token.end]):
            best = min(best, *(abs(i - anchor) for anchor in anchors))
    return max(0.0, 1.0 - (best - 1) / _NEAR)


def _union(matches: Sequence[Sequence[float]]) -> list[float]:
    return [max(column) for column in zip(*matches, strict=True)]


def _missing_names(context: _Context, matches: Sequence[float]) -> float:
    """Return how much of the question, by rarity, is a name or number that is not there."""
    missing = sum(
        term.idf * (1.0 - match)
        for term, match in zip(context.terms, matches, strict=True)
        if term.term in context.names
    )
    return missing / context.total


def _missing(context: _Context, matches: Sequence[float], wanted: frozenset[str]) -> float:
    """Return how much of the question, by rarity, is wanted and has nothing like it."""
    missing = sum(
        term.idf
        for term, match in zip(context.terms, matches, strict=True)
        if term.term in wanted and match < _ALIKE
    )
    return missing / context.total


def _rarest(context: _Context, matches: Sequence[float]) -> float:
    pairs = [(term.idf, match) for term, match in zip(context.terms, matches, strict=True)]
    return max(pairs)[1] if pairs else 0.0


def _names(text: str) -> frozenset[str]:
    """Return the terms of a question that are written with a capital or a digit.

    German nouns are among them: a question's nouns and names are what an answer must be about.
    """
    return frozenset(
        token.term
        for token in tokens(text)
        if not token.stop and (text[token.start].isupper() or text[token.start].isdigit())
    )


def _names_of(text: str, test: Callable[[str, bool], bool]) -> frozenset[str]:
    """Return the terms of a question that are names, as far as its form shows."""
    placed = {match.start("name") for match in _PLACED.finditer(text)}
    return frozenset(
        token.term
        for token in tokens(text)
        if not token.stop and test(text[token.start : token.end], token.start in placed)
    )


def _is_name(word: str, placed: bool) -> bool:
    """Whether a word stands where a place stands ("in Berlin"), or is in no dictionary."""
    return placed or (len(word) > 2 and is_name_like(word))  # noqa: PLR2004 - initials tell nothing


def _is_place(word: str, placed: bool) -> bool:
    """Whether a word stands where a place stands and is no common noun ("in Haft")."""
    return placed and is_name_like(word)


_vocabulary = lru_cache(maxsize=500)(term_set)
