from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question import LONGEST, understand
from bot.types import AnswerKind, Language
from index.errors import QuestionError


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wie viele Soldaten sind in Kursk?", AnswerKind.NUMBER),
        ("Wieviel kostet das Essen?", AnswerKind.NUMBER),
        ("Wie hoch ist die Strafe?", AnswerKind.NUMBER),
        ("How many soldiers are in Kursk?", AnswerKind.NUMBER),
        ("Wann war das Finale?", AnswerKind.DATE),
        ("Seit wann regnet es?", AnswerKind.DATE),
        ("In welchem Jahr war das?", AnswerKind.DATE),
        ("Wer ist der US-Verteidigungsminister?", AnswerKind.PERSON),
        ("Wie heißt der stellvertretende Botschafter der USA bei der UNO?", AnswerKind.PERSON),
        ("Who said it?", AnswerKind.PERSON),
        ("Wo sind die Soldaten?", AnswerKind.PLACE),
        ("In welcher Stadt war das Finale?", AnswerKind.PLACE),
        ("In welcher slowakischen Ortschaft liegt das Lager?", AnswerKind.PLACE),
        ("Warum streiken sie?", AnswerKind.REASON),
        ("Weshalb wurde die Brücke gesperrt?", AnswerKind.REASON),
        ("Ist die Brücke gesperrt?", AnswerKind.YES_NO),
        ("Did it rain?", AnswerKind.YES_NO),
        ("Was sagte Lawrow?", AnswerKind.OTHER),
        ("Kursk", AnswerKind.OTHER),
        ("Wovon handelt das Wort Wolke?", AnswerKind.OTHER),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question_word(text: str, kind: AnswerKind) -> None:
    assert understand(text).kind is kind
    assert understand(text.upper()).kind is kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie viele Soldaten sind in Kursk?", Language.GERMAN),
        ("Was war der Grund?", Language.GERMAN),
        ("How many soldiers are in Kursk?", Language.ENGLISH),
        ("What was the reason for it?", Language.ENGLISH),
        ("Kursk", Language.GERMAN),
        ("Müller?", Language.GERMAN),
        ("2024", Language.GERMAN),
    ],
)
def test_the_language_is_read_from_the_small_words(text: str, language: Language) -> None:
    assert understand(text).language is language


def test_the_text_stays_as_it_was_written_but_for_white_space() -> None:
    text = understand("  Wie  viele\nSoldaten,\t„8.000“ [3] **fett**? ").text
    assert text == "Wie viele Soldaten, „8.000“ [3] **fett**?"


def test_what_nobody_can_see_is_left_out() -> None:
    assert understand("Wer ist Pra\u0308sident\u200b\u00ad\ud800?").text == "Wer ist Präsident?"


@pytest.mark.parametrize("text", ["", "  \n ", "?!", "😀😀", "\u200b", "\ud800", "…"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(QuestionError) as caught:
        understand(text)
    assert caught.value.code == "question_empty"


@pytest.mark.fault(18)
def test_an_endless_text_is_refused_with_the_limit() -> None:
    assert understand("x" * LONGEST).text
    with pytest.raises(QuestionError) as caught:
        understand("x" * (LONGEST + 1))
    assert caught.value.code == "question_too_long"
    assert caught.value.details == {"limit": LONGEST}


@pytest.mark.fault(18)
@given(st.text(max_size=2 * LONGEST))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        question = understand(text)
    except QuestionError:
        return
    assert 0 < len(question.text) <= LONGEST
    assert understand(question.text) == question
