"""Any words are understood as a question or refused; what is read out of them stands in them."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from bot.claims import claims_of
from bot.conversation import Turn, follow
from bot.language import say_error
from bot.period import filtered, read_first_day, read_last_day, read_period
from bot.question import LONGEST, understand
from bot.question_phrases import contents, phrases
from bot.types import Language, Question
from index.clean import clean_line
from index.errors import BelegError, NotFoundError, QuestionError, SettingError
from index.lexical_index import LexicalIndex
from index.terms import content_terms
from tests.fuzz.parts import joined, parted, words
from tests.hostile_texts import HOSTILE

FOLDER = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
KNOWN = ("ORF", "Der Standard", "Zeitung ß")


def check(data: bytes) -> None:
    asked, last, period, outlet = map(words, parted(data, 4))
    _period(period, outlet)
    claims, more = claims_of(last)
    assert more >= 0
    assert all(len(claim) <= LONGEST for claim in claims)
    question = _understood(asked)
    if question is None:
        return
    _looked_for(question)
    before = _understood(last)
    people = tuple(clean_line(outlet).split()[:2])
    for turn in (None, *([Turn(before.text), Turn(before.text, people)] if before else [])):
        with suppress(QuestionError):
            _sound(follow(asked, turn))


def _understood(text: str) -> Question | None:
    try:
        question = understand(text)
    except QuestionError as error:
        _has_sentences(error)
        return None
    _sound(question)
    for found in (phrases(question.text), contents(question.text)):
        for one in found:
            assert one.name
            assert 0 <= one.start <= one.end <= len(question.text)
    return question


def _sound(question: Question) -> None:
    assert len(question.text) <= LONGEST
    assert question.text == clean_line(question.text)
    assert all(term == term.strip() and term for term in content_terms(question.text))


def _looked_for(question: Question) -> None:
    lexical = _lexical()
    terms = lexical.question_terms(question.text, question.language.value)
    assert all(term.idf >= 0.0 for term in terms)
    found = lexical.search(terms, 5)
    assert all(score >= 0.0 for _, score in found)


def _period(text: str, outlet: str) -> None:
    for read in (read_first_day, read_last_day):
        try:
            read(text, TODAY)
        except SettingError as error:
            _has_sentences(error)
    try:
        first, last = read_period(text, TODAY)
    except SettingError as error:
        _has_sentences(error)
        return
    assert first or last
    assert not (first and last and first > last)
    try:
        assert filtered((first, last), outlet, KNOWN) is not None
    except NotFoundError as error:
        _has_sentences(error)


def _has_sentences(error: BelegError) -> None:
    for language in Language:
        assert say_error(language, error).strip()


@cache
def _lexical() -> LexicalIndex:
    index = LexicalIndex()
    texts = sorted((FOLDER / "bot/samples").glob("*.txt"))
    index.add((i, path.stem, path.read_text(encoding="utf-8")) for i, path in enumerate(texts))
    return index


def seeds() -> list[bytes]:
    file = FOLDER / "bot/samples/questions.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines if line.strip()]
    goes_on = ("Und in Cherson?", "Und wer hat das bestätigt?", "Seit wann?", "Und er?", "there?")
    periods = ("letzte Woche", "1.11.2024 bis 3.11.2024", "seit März 2024", "2024-11", "7 Tage")
    pairs = zip(asked, (*goes_on, *HOSTILE), strict=False)
    conversations = [
        joined(new, old, period, "orf")
        for (old, new), period in zip(pairs, periods * 40, strict=False)
    ]
    return [*conversations, *(joined(text, text, text, text) for text in HOSTILE)]


DICTIONARY = (
    "wie viele", "Und ", "was ist mit ", "dort", "davon", "wer ", "seit ", "bis ", "zwischen ",
    "2024-11-01", "31.2.2024", "0000", "9999 Jahre", "November 2024", '" OR NEAR( *', "AND",
    "title:", "who ", "there", "?", "…", "ẞ", "ﬁ", "İ", "ſ", "²", "Ⅷ", "٣", "\u0307",
)  # fmt: skip
