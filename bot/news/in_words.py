"""Answers in words: one sentence of each article, and what a story opens with, step by step."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.news.asked import Asked
from bot.news.claim import Claim
from bot.news.fates import Fate, fates_in
from bot.news.found import Found, with_sayer
from bot.news.reading import read_claim
from bot.news.settles import is_whether, settles
from bot.rank import Choice
from bot.types import Quote
from index.reading import Reading
from index.terms import content_terms, is_name_like, tokens
from index.types import Sentence, Span

# How far behind the best one a sentence may lie: the newest of these leads.
_NEAR = 2.0
_NEAR_SETTLING = 4.0
_NEAR_WHETHER = 3.0  # what is so now is told by whatever is newest
_SETTLES = 2.0  # what it is worth that a sentence settles the question by its verb
_WEIGHED = 60  # sentences
_OPENING = 2
_TOLD_FIRST = 400  # characters in which an article says what it is about
_STATEMENT = 4  # words
_FOUND = re.compile(
    r"\b(?:gefunden|entdeckt|geborgen|aufgetaucht|found|located|discovered|recovered)\b",
    re.IGNORECASE,
)


def in_words(asked: Asked, choices: Sequence[Choice]) -> list[Found]:
    """Return one sentence of each article: the one that answers best, if it does nearly as well.

    Where it is asked how something went, the one that each article opens with says it in short.
    """
    best: dict[int, Choice] = {}
    for choice in choices:
        if not asked.develops or _opens(choice):
            best.setdefault(choice.candidate.hit.stored.id, choice)
    if not asked.develops:
        choices = _weighed(asked, choices)
        best = {}
        for choice in choices:
            best.setdefault(choice.candidate.hit.stored.id, choice)
    ordered = sorted(best.values(), key=lambda choice: -choice.score)
    if asked.fates and not asked.develops:
        ordered = _of_fate(asked, choices) or ordered
    if asked.develops:
        return [
            Found(_opening_claim(choice), choice.score) for choice in _of_the_story(asked, ordered)
        ]
    behind = _NEAR_WHETHER if is_whether(asked.question.text) else _NEAR
    near = _of_the_found(asked, choices) or [
        one for one in ordered if one.score >= ordered[0].score - _behind(asked, one, behind)
    ]
    return [
        Found(_words_claim(asked, choice, choice.candidate.reading), choice.score)
        for choice in near
    ]


def _weighed(asked: Asked, choices: Sequence[Choice]) -> list[Choice]:
    """Return choices with what it is worth that they settle the question, best first."""
    text = asked.question.text
    some = [
        replace(
            choice, score=choice.score + _SETTLES * settles(text, choice.candidate.sentence.text)
        )
        for choice in choices[:_WEIGHED]
    ]
    return sorted([*some, *choices[_WEIGHED:]], key=lambda choice: -choice.score)


def _behind(asked: Asked, choice: Choice, behind: float) -> float:
    """Return how far behind the best one a choice may lie: farther where it settles something."""
    settled = settles(asked.question.text, choice.candidate.sentence.text) > 0.0
    return max(behind, _NEAR_SETTLING) if settled else behind


def _opening_claim(choice: Choice) -> Claim:
    """Return what an article opens with: of a story each step is told in short there."""
    opening = _opening(choice)
    article = choice.candidate.sentence.article
    span = Span(article, opening[0].start, opening[-1].end)
    quote = Quote(choice.candidate.hit.stored, span, choice.confidence, None, tuple(opening))
    first = opening[0]
    return with_sayer(Claim(quote, Span(article, first.start, first.end)), choice.candidate)


def _of_the_story(asked: Asked, ordered: Sequence[Choice]) -> list[Choice]:
    """Return those of articles that have the rarest name of a question that several have."""
    text = asked.question.text
    names = {
        token.term
        for token in tokens(text)
        if not token.stop and is_name_like(text[token.start : token.end])
    }
    # An article that names it only far below is on another story.
    having = [
        names & terms_of(f"{article.title}. {article.text[:_TOLD_FIRST]}")
        for article in (choice.candidate.hit.stored.article for choice in ordered)
    ]
    counts = Counter(name for some in having for name in some)
    shared = [name for name, count in counts.items() if count > 1]
    if not shared:
        return list(ordered[:1])
    rarest = min(shared, key=lambda name: (counts[name], name))
    return [one for one, some in zip(ordered, having, strict=True) if rarest in some]


@lru_cache(maxsize=500)
def terms_of(text: str) -> frozenset[str]:
    """Return the terms of an article."""
    return frozenset(content_terms(text))


def _of_fate(asked: Asked, choices: Sequence[Choice]) -> list[Choice]:
    """Return the best sentence of each article that says what became of somebody, as asked."""
    best: dict[int, Choice] = {}
    for choice in choices:
        if asked.fates & fates_in(choice.candidate.sentence.text):
            best.setdefault(choice.candidate.hit.stored.id, choice)
    return sorted(best.values(), key=lambda choice: -choice.score)


def _of_the_found(asked: Asked, choices: Sequence[Choice]) -> list[Choice]:
    """Return the sentences that say that the missing were found, where one asks whether they were.

    One of each article that has most of the question's names: the newest of them leads, however
    it says so.
    """
    if Fate.MISSING not in asked.fates or not _FOUND.search(asked.question.text):
        return []
    fewest = min((choice.candidate.figures["missing_proper"] for choice in choices), default=0.0)
    best: dict[int, Choice] = {}
    for choice in choices:
        text = choice.candidate.sentence.text
        named = choice.candidate.figures["missing_proper"] <= fewest
        if named and Fate.MISSING in fates_in(text) and _FOUND.search(text):
            best.setdefault(choice.candidate.hit.stored.id, choice)
    return list(best.values())


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
    return with_sayer(claim, choice.candidate)
