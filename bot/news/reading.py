"""A quoted sentence, read as a claim: its value, how surely, by whom, of when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from bot.news.asked import Asked, Wanted, asked_of, is_like
from bot.news.claim import Claim, Days
from bot.news.figures import WrittenFigure, figures_in
from bot.news.hedges import sureness
from bot.news.retold import is_retold
from bot.news.speaker import speaker_of
from bot.news.times import WrittenDays, days_in
from bot.types import AnswerKind, Question, Quote
from index.terms import content_terms
from index.types import Published, Span


def read_claim(quote: Quote, question: Question) -> Claim | None:
    """Read what a quotation claims in answer to a question.

    The value is the highlight where there is one; else a figure or a day, as the question asks,
    where the sentence leaves no choice; else all of the sentence. None where a figure or a day is
    asked for and the sentence has none, or several of the kind.
    """
    sentence = quote.sentence
    text = sentence.text
    figures = figures_in(text, question.language)
    made = quote.stored.article.updated or quote.stored.article.published
    days = days_in(text, made.day, question.language) if made is not None else []
    value = quote.highlight
    figure: WrittenFigure | None = None
    day: WrittenDays | None = None
    if value is not None:
        start, end = value.start - sentence.start, value.end - sentence.start
        if question.kind is not AnswerKind.DATE:
            inside = [one for one in figures if one.start < end and start < one.end]
            figure = _holding_now(text, inside)
        if figure is None or question.kind is not AnswerKind.NUMBER:
            day = _first(days, start, end)
        if question.kind not in (AnswerKind.NUMBER, AnswerKind.DATE):
            figure = figure if figure and _is_most(figure, start, end) else None
            day = day if day and figure is None and _is_most(day, start, end) else None
    elif (asked := _taken_apart(question, made)).wanted is Wanted.FIGURE:
        figure = _asked(text, figures, asked)
        if figure is None:
            return None
        value = _part(sentence, figure.start, figure.end)
    elif asked.wanted is Wanted.DAY:
        day = days[0] if len(days) == 1 else None
        if day is None:
            return None
        value = _part(sentence, day.start, day.end)
    else:
        value = sentence
    start, end = value.start - sentence.start, value.end - sentence.start
    article = sentence.article
    claimant = speaker_of(article.text, (sentence.start, sentence.end), (value.start, value.end))
    return Claim(
        quote,
        value,
        figure.figure if figure else None,
        day.named if day else None,
        _hedge(sentence, figure, day, start, end),
        Span(article, *claimant) if claimant else None,
        _speaks_of(days, start, end),
    )


def _taken_apart(question: Question, made: Published | None) -> Asked:
    moment = made.moment if made is not None else None
    day = made.day if made is not None else date(1970, 1, 1)
    return asked_of(question, moment or datetime.combine(day, time(12), UTC))


def _holding_now(text: str, figures: Sequence[WrittenFigure]) -> WrittenFigure | None:
    """Return the first figure that is not one of before: of "von drei auf vier" the four."""
    current = [one for one in figures if not is_retold(text, one.start, one.end)]
    return next(iter(current or figures), None)


def _is_most(one: WrittenFigure | WrittenDays, start: int, end: int) -> bool:
    """Whether a figure or a day is most of the words that answer, and not only among them."""
    last = one.end if isinstance(one, WrittenDays) else one.counted_end or one.end
    return 2 * (min(last, end) - max(one.start, start)) >= end - start


def _first(days: Sequence[WrittenDays], start: int, end: int) -> WrittenDays | None:
    return next((one for one in days if one.start < end and start < one.end), None)


def _asked(text: str, figures: Sequence[WrittenFigure], asked: Asked) -> WrittenFigure | None:
    """Return the figure of what the question counts or measures, where there is no doubt."""
    terms = set(content_terms(asked.question.text))
    found = [
        one
        for one in figures
        if f"{one.figure.least:f}" not in terms and not is_retold(text, one.start, one.end)
    ]
    if asked.units:
        found = [one for one in found if one.figure.unit in asked.units]
    elif len(found) > 1:
        found = [one for one in found if _counts(one, asked)]
    return found[0] if len(found) == 1 else None


def _counts(one: WrittenFigure, asked: Asked) -> bool:
    return any(
        is_like(term, wanted)
        for term in content_terms(one.figure.counted or "")
        for wanted in asked.counted
    )


def _hedge(
    sentence: Span, figure: WrittenFigure | None, day: WrittenDays | None, start: int, end: int
) -> Span | None:
    if figure is not None and figure.hedge is not None:
        return _part(sentence, *figure.hedge)
    if day is not None and day.limited is not None:
        return _part(sentence, *day.limited)
    unsure = sureness(sentence.text, start, end)
    return _part(sentence, unsure.start, unsure.end) if unsure else None


def _speaks_of(days: Sequence[WrittenDays], start: int, end: int) -> Days | None:
    """Return the days of the sentence that stand nearest before the value, else behind it."""
    before = [one for one in days if one.end <= start]
    inside = [one for one in days if one.start < end and start < one.end]
    behind = [one for one in days if one.start >= end]
    nearest = (inside or before[-1:] or behind)[:1]
    return nearest[0].days if nearest else None


def _part(sentence: Span, start: int, end: int) -> Span:
    return Span(sentence.article, sentence.start + start, sentence.start + end)
