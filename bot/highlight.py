"""The answering words inside a quoted sentence: only where the sentence leaves no choice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.types import AnswerKind, Question
from index.terms import content_terms, tokens
from index.types import Span

_NUMBER_WORDS = (
    r"zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|(?:drei|vier|fünf|sech|sieb|acht"
    r"|neun)zehn|\w*(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)"
    r"|(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)?hundert|(?:ein|zwei|drei|vier|fünf|sechs"
    r"|sieben|acht|neun|zehn)?tausend|zwei dutzend|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SCALE = (
    r"(?: (?:Millionen?|Milliarden?|Billionen?|Mio\.?|Mrd\.?|Tausend|million|billion|thousand))?"
)
_UNIT = (
    r"(?: ?(?:%|€|\$|£|Prozent(?:punkten?)?|percent|Euro|Dollar|Franken|Pfund|Cent|Kilometern?|km"
    r"|Metern?|Hektar|Tonnen?|Kilo(?:gramm)?|Grad|Stunden?|Minuten?|Sekunden?|Tagen?|Wochen?"
    r"|Monaten?|Jahren?|Mal|years?|months?|weeks?|days?|hours?|minutes?|miles?|times)\b)?"
)
_NUMBER = re.compile(
    rf"(?<![\w.,:/-])(?:\d{{1,3}}(?:[. ]\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d+)?"
    rf"|(?:{_NUMBER_WORDS})(?!\w))"
    rf"(?![\w:/]|[.,]\d){_SCALE}{_UNIT}",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|January|February|March|May|June|July|October|December)"
)
_WEEKDAY = (
    r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
_DATE = re.compile(
    rf"(?<!\w)(?:(?:{_WEEKDAY},? (?:den |dem )?)?\d{{1,2}}\. ?(?:{_MONTH}|\d{{1,2}}\.)"
    rf"(?: ?\d{{4}})?"
    rf"|{_MONTH} \d{{1,2}},? \d{{4}}|{_MONTH} \d{{4}}|{_MONTH}(?= )|{_WEEKDAY}(?!\w)"
    rf"|(?:1[5-9]|20)\d\d(?!\w|[.,]\d))"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def highlight(question: Question, sentence: Span) -> Span | None:
    """Return the words that answer, or None where the question or the sentence leaves it open.

    Numbers and dates only: names cannot be told from other nouns by rules well enough.
    """
    find = _FINDERS.get(question.kind)
    return find(question, sentence) if find else None


def _number(question: Question, sentence: Span) -> Span | None:
    asked = set(content_terms(question.text))
    dates = [match.span() for match in _DATE.finditer(sentence.text)]
    found = [
        match
        for match in _NUMBER.finditer(sentence.text)
        if not any(start < match.end() and match.start() < end for start, end in dates)
        and not _YEAR.fullmatch(match.group())
        and not set(content_terms(match.group())) <= asked
    ]
    if len(found) > 1:
        beside = [match for match in found if _counts(question.text, sentence.text, match.end())]
        found = beside if len(beside) == 1 else []
    return _part(sentence, found[0]) if len(found) == 1 else None


def _counts(question: str, text: str, end: int) -> bool:
    """Whether one of the two words behind a number is what the question counts."""
    counted = _COUNTED.search(question)
    if counted is None:
        return False
    wanted = next(iter(content_terms(question[counted.end() :])), None)
    behind = [token.term for token in tokens(text[end : end + 60])][:3]
    return wanted in behind


def _date(question: Question, sentence: Span) -> Span | None:
    asked = set(content_terms(question.text))
    found = [
        match
        for match in _DATE.finditer(sentence.text)
        if not set(content_terms(match.group())) <= asked
    ]
    return _part(sentence, found[0]) if len(found) == 1 else None


def _part(sentence: Span, match: re.Match[str]) -> Span:
    return Span(sentence.article, sentence.start + match.start(), sentence.start + match.end())


_COUNTED = re.compile(r"\b(?:wie ?viele?[nmrs]?|how many)\b", re.IGNORECASE)
_FINDERS: Mapping[AnswerKind, Callable[[Question, Span], Span | None]] = MappingProxyType(
    {AnswerKind.NUMBER: _number, AnswerKind.DATE: _date}
)
