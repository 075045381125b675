"""What can be seen of a sentence as an answer to a question: figures without judgement."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.types import AnswerKind, Question
from index.terms import Token, content_terms, tokens
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
_LEAD = 3  # sentences of an article in which journalists say what it is about


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted, with its figures by name."""

    hit: Hit
    sentence: Sentence
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Context:
    """What is the same for all candidates of a question."""

    question: Question
    terms: tuple[QuestionTerm, ...]
    names: frozenset[str]
    total: float
    best_score: float
    best_cosine: float


def candidates(question: Question, retrieval: Retrieval) -> list[Candidate]:
    """Return every sentence of the retrieved passages with its figures."""
    if not retrieval.hits:
        return []
    terms = retrieval.terms
    context = _Context(
        question=question,
        terms=terms,
        names=_names(question.text),
        total=sum(term.idf for term in terms) or 1.0,
        best_score=max(hit.score for hit in retrieval.hits) or 1.0,
        best_cosine=max(max(hit.cosines) for hit in retrieval.hits),
    )
    found = []
    for rank, hit in enumerate(retrieval.hits):
        found += _of_hit(context, hit, rank)
    return found


def _of_hit(context: _Context, hit: Hit, rank: int) -> list[Candidate]:
    sentences = hit.passage.sentences
    analysed = [tokens(sentence.text) for sentence in sentences]
    matches = [_matches(context.terms, found) for found in analysed]
    title = _likeness(context.terms, set(content_terms(hit.stored.article.title)))
    passage = [max(column) for column in zip(*matches, title, strict=True)] if matches else []
    shared = {
        "lexical": hit.lexical,
        "relative_score": hit.score / context.best_score,
        "rank": math.log1p(rank),
        "passage_coverage": _covered(context, passage),
        "passage_missing_name": _missing_names(context, passage),
        "title_coverage": _covered(context, title),
    }
    first = hit.passage.start == 0
    found = []
    for i, sentence in enumerate(sentences):
        around = [max(column) for column in zip(*matches[max(0, i - 1) : i + 2], strict=True)]
        exact = [1.0 if match >= 1.0 else 0.0 for match in matches[i]]
        figures = {
            **shared,
            "coverage": _covered(context, matches[i]),
            "exact_coverage": _covered(context, exact),
            "around_coverage": _covered(context, around),
            "missing_name": _missing_names(context, matches[i]),
            "rarest_term": _rarest(context, matches[i]),
            "cosine": hit.cosines[i],
            "relative_cosine": hit.cosines[i] - context.best_cosine,
            "cosine_around": max(hit.cosines[max(0, i - 1) : i + 2]),
            "lead": 1.0 if first and i < _LEAD else 0.0,
            **_form(context.question, sentence.text, analysed[i]),
        }
        found.append(Candidate(hit, sentence, figures))
    return found


def _form(question: Question, text: str, found: Sequence[Token]) -> dict[str, float]:
    """Say whether a sentence has the sort of thing that is asked for, and how it is built."""
    asked = set(content_terms(question.text))
    new = [token for token in found if token.term not in asked]
    new_text = " ".join(text[token.start : token.end] for token in new)
    words = len(found)
    kind = question.kind
    has = {
        AnswerKind.NUMBER: bool(_NUMBER.search(new_text)),
        AnswerKind.DATE: bool(_DATE.search(text)),
        AnswerKind.PERSON: bool(_NAME.search(new_text)),
        AnswerKind.PLACE: bool(_PLACE.search(text)),
        AnswerKind.REASON: bool(_REASON.search(text)),
    }
    figures = {f"has_{kind}": 1.0 if has[kind] else 0.0} if kind in has else {}
    return {
        **figures,
        "new_words": math.log1p(len({t.term for t in new if not t.stop})),
        "length": math.log1p(words),
        "short": 1.0 if words < 6 else 0.0,  # noqa: PLR2004 - a fragment, not a statement
        "asks": 1.0 if text.rstrip("\"“»' ").endswith("?") else 0.0,
        "dependent": 1.0 if _DEPENDENT.match(text) else 0.0,
        "statement": 1.0 if text.rstrip("\"“”»«' ").endswith((".", "!")) else 0.0,
    }


def _matches(terms: Sequence[QuestionTerm], found: Sequence[Token]) -> list[float]:
    return _likeness(terms, {token.term for token in found})


def _likeness(terms: Sequence[QuestionTerm], present: set[str]) -> list[float]:
    """Return for each term of the question its best match among those present."""
    return [
        max((like for other, like in term.similar.items() if other in present), default=0.0)
        for term in terms
    ]


def _covered(context: _Context, matches: Sequence[float]) -> float:
    weighted = sum(t.idf * m for t, m in zip(context.terms, matches, strict=True))
    return weighted / context.total


def _missing_names(context: _Context, matches: Sequence[float]) -> float:
    """Return how much of the question, by rarity, is a name or number that is not there."""
    missing = sum(
        term.idf * (1.0 - match)
        for term, match in zip(context.terms, matches, strict=True)
        if term.term in context.names
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
