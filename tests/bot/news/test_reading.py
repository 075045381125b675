from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.news.claim import Claim, Days, Hedge
from bot.news.reading import read_claim
from bot.question import understand
from bot.types import Quote
from index.types import Article, DateOrigin, Published, Span, StoredArticle

HOW_MANY = "Wie viele Verletzte gibt es?"


def read(
    text: str, sentence: str, question: str = HOW_MANY, value: str | None = None
) -> Claim | None:
    """Read a sentence of an article of Friday, 7 November 2025."""
    published = Published(date(2025, 11, 7), DateOrigin.GIVEN)
    article = Article("Unglück", text, datetime(2025, 11, 7, tzinfo=UTC), published=published)
    start = text.index(sentence)
    span = Span(article, start, start + len(sentence))
    highlight = None
    if value is not None:
        begins = text.index(value, start)
        highlight = Span(article, begins, begins + len(value))
    quote = Quote(StoredArticle(1, article), span, 0.9, highlight, (span,))
    return read_claim(quote, understand(question))


def alone(sentence: str, question: str = HOW_MANY, value: str | None = None) -> Claim:
    claim = read(sentence, sentence, question, value)
    assert claim is not None
    return claim


def test_value_hedge_claimant_and_time_of_a_sentence() -> None:
    claim = alone(
        "Nach Angaben der Polizei wurden am Donnerstag mindestens zwölf Menschen verletzt."
    )
    assert claim.value.text == "zwölf"
    assert claim.figure is not None
    assert (claim.figure.least, claim.figure.hedge) == (Decimal(12), Hedge.AT_LEAST)
    assert claim.hedge is not None
    assert claim.hedge.text == "mindestens"
    assert claim.claimant is not None
    assert claim.claimant.text == "Polizei"
    assert claim.speaks_of == Days(date(2025, 11, 6), date(2025, 11, 6))


def test_the_highlight_says_which_of_several_figures_is_the_value() -> None:
    sentence = "Es gab 23 Verletzte, drei Tote und 40 Gerettete."
    claim = alone(sentence, value="drei Tote")
    assert claim.figure is not None
    assert claim.figure.least == 3
    assert claim.value.text == "drei Tote"


def test_what_the_question_counts_says_which_figure_is_the_value() -> None:
    claim = alone("Es gab 23 Verletzte und drei Tote.")
    assert claim.value.text == "23"


def test_the_unit_that_is_asked_for_says_which_figure_is_the_value() -> None:
    claim = alone("Das Haus mit 1.900 Plätzen kostet 412 Millionen Euro.", "Was kostet das Haus?")
    assert claim.value.text == "412 Millionen Euro"


def test_of_a_change_the_new_figure_is_the_value() -> None:
    sentence = "Das Gericht hat den Abzug von drei auf einen Punkt verringert."
    claim = alone(sentence, value="von drei auf einen Punkt")
    assert claim.figure is not None
    assert claim.figure.least == 1


def test_a_sentence_without_a_figure_claims_none() -> None:
    sentence = "Es gab mehrere Hundert Verletzte."
    assert read(sentence, sentence) is None


def test_two_figures_that_may_both_answer_leave_it_open() -> None:
    sentence = "Es gab 23 Verletzte im Zug und 31 Verletzte am Bahnhof."
    assert read(sentence, sentence) is None


def test_a_date_that_is_asked_for_is_read_as_its_days() -> None:
    claim = alone("Die Frist endet am 31. Mai 2026.", "Wann endet die Frist?")
    assert claim.value.text == "am 31. Mai 2026"
    assert claim.days == Days(date(2026, 5, 31), date(2026, 5, 31))


def test_the_day_until_which_something_lasts_is_the_value_and_the_time_is_open() -> None:
    claim = alone("Er hat bis zum 31. Mai 2026 Zeit.", "Bis wann hat er Zeit?")
    assert claim.days == Days(date(2026, 5, 31), date(2026, 5, 31))
    assert claim.speaks_of == Days(None, date(2026, 5, 31))


def test_the_earliest_day_is_a_hedge() -> None:
    claim = alone("Züge fahren frühestens am Mittwoch wieder.", "Wann fahren die Züge wieder?")
    assert claim.hedge is not None
    assert claim.hedge.text == "frühestens"
    assert claim.days == Days(date(2025, 11, 12), date(2025, 11, 12))


def test_words_that_answer_are_the_value_and_say_how_sure_they_are() -> None:
    claim = alone("Ursache war vermutlich ein Auto.", "Was war die Ursache?", "ein Auto")
    assert claim.value.text == "ein Auto"
    assert claim.hedge is not None
    assert claim.hedge.text == "vermutlich"
    assert claim.figure is None
    assert claim.claimant is None


def test_words_that_hold_a_figure_are_no_figure_where_words_are_asked_for() -> None:
    sentence = "Ein 61-jähriger Mann aus Kassel ist am Freitag gestorben."
    claim = alone(sentence, "Wer ist gestorben?", "Ein 61-jähriger Mann aus Kassel")
    assert claim.figure is None
    assert claim.days is None


def test_a_figure_that_is_the_words_is_one_whatever_is_asked() -> None:
    claim = alone("Gemeldet wurden 27 Verletzte.", "Was wurde gemeldet?", "27 Verletzte")
    assert claim.figure is not None
    assert claim.figure.least == 27


def test_without_highlight_the_whole_sentence_answers_in_words() -> None:
    sentence = "Ursache war ein Auto."
    assert alone(sentence, "Was war die Ursache?").value.text == sentence


@pytest.mark.parametrize(
    ("before", "sentence", "claimant"),
    [
        ("Bürgermeister Hannes Brandner sprach.", "Es seien 40 Verletzte, sagte er.",
         "Bürgermeister Hannes Brandner"),
        ("Die Polizei hat ihre Angaben korrigiert.", "Es gebe 27 Verletzte.", "Polizei"),
        ("Der Verband geht von mehr aus.", "Auf 200 schätzt er die Verletzten.", "Verband"),
        ("Das Landesgesundheitsamt warnt.", "Es gebe 27 Verletzte, teilte die Behörde mit.",
         "Landesgesundheitsamt"),
        ("Die Firma Tarvex schließt.", "Es gebe 27 Verletzte, teilte das Unternehmen mit.",
         "Tarvex"),
        ("Zur Lage äußerte sich Anna Kruse.", "Sie sprach von 27 Verletzten.", "Anna Kruse"),
        ("Mayor John Miller spoke.", "There were 27 injured, he said.", "Mayor John Miller"),
    ],
)  # fmt: skip
def test_who_speaks_on_is_found_in_the_sentence_before(
    before: str, sentence: str, claimant: str
) -> None:
    claim = read(f"{before} {sentence}", sentence)
    assert claim is not None
    assert claim.claimant is not None
    assert claim.claimant.text == claimant


def test_who_says_so_may_stand_in_the_sentence_behind() -> None:
    sentence = "Es gibt 27 Verletzte."
    claim = read(f"{sentence} Das teilte die Polizei am Freitag mit.", sentence)
    assert claim is not None
    assert claim.claimant is not None
    assert claim.claimant.text == "Polizei"


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("Die Polizei sprach von einem Unglück.", "27 Verletzte liegen im Krankenhaus."),
        ("Die Polizei sperrte die Straße.", "Es gibt 27 Verletzte."),
        ("Laut Landesgesundheitsamt und Ordnungsamt ist es so.", "Es gibt 27 Verletzte."),
    ],
)
def test_nobody_is_said_to_have_said_what_is_told_plainly(before: str, sentence: str) -> None:
    claim = read(f"{before} {sentence}", sentence)
    assert claim is not None
    assert claim.claimant is None


def test_an_office_that_may_be_one_of_two_keeps_its_short_name() -> None:
    sentence = "Es gebe 27 Verletzte, teilte die Behörde mit."
    claim = read(f"Das Ordnungsamt und das Gesundheitsamt warnen. {sentence}", sentence)
    assert claim is not None
    assert claim.claimant is not None
    assert claim.claimant.text == "Behörde"


def test_of_several_speakers_the_one_of_the_clause_is_the_claimant() -> None:
    sentence = "Die Stadt sprach von 1.200, der Landkreis von rund 900 Verletzten."
    first = alone(sentence, value="1.200").claimant
    second = alone(sentence, value="900").claimant
    assert first is not None
    assert first.text == "Stadt"
    assert second is not None
    assert second.text == "Landkreis"


def test_a_claim_without_a_date_of_its_article_has_no_days() -> None:
    text = "Am Freitag gab es 27 Verletzte."
    article = Article("Unglück", text, datetime(2025, 11, 7, tzinfo=UTC))
    span = Span(article, 0, len(text))
    claim = read_claim(Quote(StoredArticle(1, article), span, 0.9), understand(HOW_MANY))
    assert claim is not None
    assert claim.speaks_of is None
    assert claim.figure is not None
    assert claim.figure.least == Decimal(27)
