"""Any words are understood as a question or refused; what is read out of them stands in them."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from bot.claims import claims_of
from bot.conversation import Turn, follow
from bot.language import say_error
from bot.news.agreement import agree
from bot.news.asked import asked_of
from bot.news.claimants import claimants_in
from bot.news.fates import fates_in
from bot.news.figures import figures_in
from bot.news.reading import read_claim
from bot.news.times import days_in
from bot.period import filtered, read_first_day, read_last_day, read_period
from bot.question import LONGEST, understand
from bot.question_phrases import contents, phrases
from bot.types import Language, Question, Quote
from index.clean import clean_line, clean_text
from index.errors import BelegError, NotFoundError, QuestionError, SettingError
from index.lexical_index import LexicalIndex
from index.split import split_sentences
from index.terms import content_terms
from index.types import Article, DateOrigin, Published, Span, StoredArticle
from tests.fuzz.parts import joined, parted, words
from tests.hostile_texts import HOSTILE

FOLDER = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
FETCHED = datetime(2026, 11, 22, 12, tzinfo=UTC)
KNOWN = ("ORF", "Der Standard", "Zeitung ß")


def check(data: bytes) -> None:
    asked, last, period, outlet, said = map(words, parted(data, 5))
    _period(period, outlet)
    claims, more = claims_of(last)
    assert more >= 0
    assert all(len(claim) <= LONGEST for claim in claims)
    question = _understood(asked)
    if question is None:
        return
    _looked_for(question)
    _news(clean_text(said), question)
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


def _news(text: str, question: Question) -> None:
    """What is read out of a sentence stands in it."""
    if not text.strip():
        return
    for language in (None, *Language):
        for figure in figures_in(text, language):
            assert 0 <= figure.start < figure.end <= len(text)
            assert figure.figure.least <= figure.figure.most
        for days in days_in(text, TODAY, language):
            assert 0 <= days.start < days.end <= len(text)
        for claimant in claimants_in(text, language):
            assert 0 <= claimant.start < claimant.end <= len(text)
    article = Article("", text, FETCHED, published=Published(TODAY, DateOrigin.GIVEN))
    stored = StoredArticle(1, article)
    for start, end in split_sentences(text)[:3]:
        span = Span(article, start, end)
        claim = read_claim(Quote(stored, span, 0.9, None, (span,)), question)
        if claim is not None:  # its parts lie in the article, or it could not be built
            assert claim.value.text in text
            assert agree(claim, claim)
    asked_of(question, FETCHED)
    fates_in(text)


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
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("bot/samples/*.txt"))]
    said = [text[start:end] for text in texts for start, end in split_sentences(text)]
    conversations = [
        joined(new, old, period, "orf", sentence)
        for (old, new), period, sentence in zip(pairs, periods * 40, said, strict=False)
    ]
    told = [joined(asked[i % len(asked)], "", "", "", one) for i, one in enumerate(said)]
    return [*conversations, *told, *(joined(text, text, text, text, text) for text in HOSTILE)]


DICTIONARY = (
    "wie viele", "Und ", "was ist mit ", "dort", "davon", "wer ", "seit ", "bis ", "zwischen ",
    "2024-11-01", "31.2.2024", "0000", "9999 Jahre", "November 2024", '" OR NEAR( *', "AND",
    "title:", "who ", "there", "?", "…", "ẞ", "ﬁ", "İ", "ſ", "²", "Ⅷ", "٣", "\u0307",
)  # fmt: skip
