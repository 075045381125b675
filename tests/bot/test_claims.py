from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.claims import Examined, claims_of
from bot.excerpt import units
from bot.render_claims import render_claims
from bot.types import Answer, AnswerKind, ArchiveExtent, Language, Question, Quote, Statement
from index.types import Article, DateOrigin, Published, Span, StoredArticle
from tests.bot.discord_markdown import read

DE, EN = Language.GERMAN, Language.ENGLISH
SENTENCE = "Rund 8.000 Soldaten sind laut Austin in Kursk."


def answer(number: int | None, text: str = SENTENCE, **values: object) -> Answer:
    """An answer by one quotation of an article of that number; None is silent."""
    statements: tuple[Statement, ...] = ()
    if number is not None:
        given_values: dict[str, object] = {
            "title": f"Meldung {number}",
            "url": f"https://orf.at/{number}",
            "outlet": "ORF",
            "published": Published(date(2024, 11, number % 28 + 1), DateOrigin.GIVEN),
        }
        merged = {"text": text, "fetched": datetime.now(UTC), **given_values, **values}
        stored = StoredArticle(number, Article(**merged))  # type: ignore[arg-type] # the test's
        statements = (Statement((Quote(stored, Span(stored.article, 0, len(text)), 0.9),)),)
    question = Question("Frage", DE, AnswerKind.OTHER)
    return Answer(question, statements, 0.9, (), ArchiveExtent(3, None, None))


@pytest.mark.parametrize(
    ("content", "claims", "more"),
    [
        ("In Kursk sind 8.000 Soldaten. Echt?", ["In Kursk sind 8.000 Soldaten."], 0),
        ("Ach so! Na dann.", [], 0),
        ("", [], 0),
        ("https://orf.at/stories/8000-soldaten-in-kursk", [], 0),
        (
            "> **Die Donau** steigt in ||Wien||.\n- Der Minister besucht Kursk",
            ["Die Donau steigt in Wien.", "Der Minister besucht Kursk"],
            0,
        ),
        ("Die Donau steigt in Wien. " * 7, ["Die Donau steigt in Wien."] * 5, 2),
        ("Donau Wien " * 60, [], 0),
    ],
)
def test_the_sentences_of_a_message_that_say_something_are_its_claims(
    content: str, claims: list[str], more: int
) -> None:
    assert claims_of(content) == (claims, more)


@given(st.text(max_size=2000))
def test_whatever_somebody_writes_has_few_claims_of_bearable_length(content: str) -> None:
    claims, more = claims_of(content)
    assert len(claims) <= 5
    assert more >= 0
    assert all(0 < len(claim) <= 500 for claim in claims)


def test_under_each_claim_stands_the_best_quotation_or_silence_and_no_verdict() -> None:
    examined = [
        Examined("In Kursk sind Soldaten.", answer(1)),
        Examined("Es regnet.", answer(None)),
    ]
    assert read(render_claims(examined, 2, DE, date(2024, 11, 5))).text == (
        "Was die Artikel dazu sagen\n\n"
        "In Kursk sind Soldaten.\n"
        f"»{SENTENCE}« [1]\n\n"
        "Es regnet.\n"
        "Dazu sagen die Artikel nichts.\n\n"
        "[1] Meldung 1 · ORF · 2. November 2024 (vor 3 Tagen)\n"
        "Weitere Sätze, die ich nicht nachgesehen habe: 2\n"
        "Ob es stimmt, entscheide ich nicht."
    )
    assert "not for me to decide" in render_claims(examined, 0, EN)


def test_what_may_not_be_quoted_is_no_silence() -> None:
    silent = replace(answer(None), unquoted=(answer(1).quotes[0].stored,))
    text = read(render_claims([Examined("In Kursk sind Soldaten.", silent)], 0, DE)).text
    assert "nicht zitieren darf" in text
    assert "sagen die Artikel nichts" not in text


NASTY = st.text(alphabet="aä 😀*_[]\\<@:/\n\r`|>#-.1", min_size=1, max_size=1500)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(NASTY, NASTY, NASTY), min_size=1, max_size=5))
def test_no_message_is_longer_than_discord_takes(parts: list[tuple[str, str, str]]) -> None:
    examined = [
        Examined(claim, answer(number, f"x{text}", title=title, outlet=title))
        for number, (claim, text, title) in enumerate(parts, start=1)
    ]
    for language in Language:
        assert units(render_claims(examined, 9, language, date(2024, 11, 5))) <= 2000
