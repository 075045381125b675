from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Turn, follow, turn_of
from bot.question import LONGEST, understand
from bot.types import Answer, AnswerKind, ArchiveExtent, Language, Quote, Statement
from index.errors import QuestionError
from index.types import Span, StoredArticle
from tests.making import make_article

KURSK = Turn("Wie viele Soldaten sind in Kursk?")


@pytest.mark.parametrize(
    ("text", "searched", "shown"),
    [
        (
            "Und wer hat das bestätigt?",
            "wer hat das bestätigt? Soldaten, in Kursk",
            "wer hat das bestätigt? · zu: Soldaten, Kursk",
        ),
        ("Seit wann?", "Seit wann? Soldaten, in Kursk", "Seit wann? · zu: Soldaten, Kursk"),
        ("Warum?", "Warum? Soldaten, in Kursk", "Warum? · zu: Soldaten, Kursk"),
        ("Wo genau?", "Wo genau? Soldaten, in Kursk", "Wo genau? · zu: Soldaten, Kursk"),
        ("seit wann", "seit wann? Soldaten, in Kursk", "seit wann · zu: Soldaten, Kursk"),
        (
            "Wer sagt das?",
            "Wer sagt das? Soldaten, in Kursk",
            "Wer sagt das? · zu: Soldaten, Kursk",
        ),
        ("Stimmt das?", "Stimmt das? Soldaten, in Kursk", "Stimmt das? · zu: Soldaten, Kursk"),
        (
            "wer hat das bestätigt?",
            "wer hat das bestätigt? Soldaten, in Kursk",
            "wer hat das bestätigt? · zu: Soldaten, Kursk",
        ),
        (
            "Was sagte Austin dazu?",
            "Was sagte Austin dazu? Soldaten, in Kursk",
            "Was sagte Austin dazu? · zu: Soldaten, Kursk",
        ),
        (
            "Welche Folgen hat das für Russland?",
            "Welche Folgen hat das für Russland? Soldaten, in Kursk",
            "Welche Folgen hat das für Russland? · zu: Soldaten, Kursk",
        ),
        (
            "Woher kommen diese Soldaten?",
            "Woher kommen diese Soldaten? in Kursk",
            "Woher kommen diese Soldaten? · zu: Kursk",
        ),
        ("Wer regiert dort?", "Wer regiert dort? in Kursk", "Wer regiert dort? · zu: Kursk"),
        (
            "Und wie viele Tote?",
            "wie viele Tote? Soldaten, in Kursk",
            "wie viele Tote? · zu: Soldaten, Kursk",
        ),
        (
            "Von welcher Partei?",
            "Von welcher Partei? Soldaten, in Kursk",
            "Von welcher Partei? · zu: Soldaten, Kursk",
        ),
        (
            "And who confirmed that?",
            "who confirmed that? Soldaten, in Kursk",
            "who confirmed that? · about: Soldaten, Kursk",
        ),
    ],
)
def test_a_question_takes_over_what_it_lacks(text: str, searched: str, shown: str) -> None:
    question = follow(text, KURSK)
    assert question.text == searched
    assert question.interpretation == shown
    assert question.asked == text


@pytest.mark.parametrize(
    ("last", "text", "searched"),
    [
        (KURSK.text, "Und in Cherson?", "Wie viele Soldaten sind in Cherson?"),
        (KURSK.text, "und in cherson?", "Wie viele Soldaten sind in cherson?"),
        (KURSK.text, "In Cherson?", "Wie viele Soldaten sind in Cherson?"),
        (KURSK.text, "Was ist mit der Ukraine?", "Wie viele Soldaten sind in der Ukraine?"),
        (KURSK.text, "Wie sieht es in Cherson aus?", "Wie viele Soldaten sind in Cherson?"),
        (KURSK.text, "Und Zivilisten?", "Wie viele Zivilisten sind in Kursk?"),
        (KURSK.text, "Und im Oktober?", "Wie viele Soldaten sind in Kursk im Oktober?"),
        ("Wie alt ist Merz?", "Und Scholz?", "Wie alt ist Scholz?"),
        ("Wann wurde die FPÖ gegründet?", "Und die ÖVP?", "Wann wurde die ÖVP gegründet?"),
        ("Wie viele Einwohner hat Berlin?", "Und Hamburg?", "Wie viele Einwohner hat Hamburg?"),
        ("Wie hoch war die Inflation 2023?", "Und 2024?", "Wie hoch war die Inflation 2024?"),
        (
            "Wie heißt der Bürgermeister von Bonn?",
            "Und von Wien?",
            "Wie heißt der Bürgermeister von Wien?",
        ),
        (
            "How many soldiers are in Kursk?",
            "And in Kherson?",
            "How many soldiers are in Kherson?",
        ),
        (
            "How many soldiers are in Kursk?",
            "What about Kherson?",
            "How many soldiers are in Kherson?",
        ),
    ],
)
def test_what_alone_is_new_takes_the_place_of_its_like(last: str, text: str, searched: str) -> None:
    question = follow(text, Turn(last))
    assert question.text == question.interpretation == searched
    assert question.asked == text


def test_also_in_what_the_last_question_took_over() -> None:
    question = follow("Und in Cherson?", Turn("Seit wann? Soldaten, in Kursk"))
    assert question.text == "Seit wann? Soldaten, in Cherson"
    assert question.interpretation == "Seit wann? · zu: Soldaten, in Cherson"


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Menschen leben in Bonn?",
        "Und wie viele Menschen leben in Bonn?",
        "Wie hoch ist die Inflation?",
        "Wie heißt das Buch, das in Berlin erschien?",
        "Wer beschloss das neue Gesetz?",
        "wer hat das gesetz beschlossen?",
        "Können Sie mir sagen, wie alt Merz ist?",
        "Was sagte Merkel, bevor sie ging?",
        "Was geschah in diesem Jahr in Wien?",
        "Was bedeutet das Urteil für Wien?",
        "How many people live in Bonn?",
        "Nordkorea?",
        "Danke!",
    ],
)
def test_a_question_that_says_what_it_is_about_takes_over_nothing(text: str) -> None:
    assert follow(text, KURSK) == understand(text)


def chain(*texts: str) -> list[str]:
    last, searched = None, []
    for text in texts:
        last = Turn(follow(text, last).text)
        searched.append(last.text)
    return searched


def test_a_question_that_goes_on_with_one_that_went_on_still_knows_the_topic() -> None:
    assert chain(KURSK.text, "Und wer hat das bestätigt?", "Seit wann?", "Und in Cherson?") == [
        "Wie viele Soldaten sind in Kursk?",
        "wer hat das bestätigt? Soldaten, in Kursk",
        "Seit wann? bestätigt, Soldaten, in Kursk",
        "Seit wann? bestätigt, Soldaten, in Cherson",
    ]
    assert chain("Wie alt ist Merz?", "Und seine Frau?", "Wo lebt sie?")[-1] == (
        "Wo lebt sie? Frau, Merz"
    )


def test_a_person_is_looked_for_in_the_last_question_first() -> None:
    assert follow("Wie alt ist er?", Turn("Was sagte Austin dazu? Soldaten, in Kursk")).text == (
        "Wie alt ist er? Austin"
    )


def test_a_person_may_be_the_one_whom_the_answer_named() -> None:
    question = understand("Wer ist der US-Verteidigungsminister?")
    turn = turn_of(
        answer(question.text, "Am Montag war US-Verteidigungsminister Lloyd Austin in Wien.")
    )
    assert turn == Turn(question.text, ("US-Verteidigungsminister Lloyd Austin",))
    assert follow("Wie alt ist er?", turn).interpretation == (
        "Wie alt ist er? · zu: US-Verteidigungsminister Lloyd Austin"
    )


def test_of_two_people_in_an_answer_none_is_guessed() -> None:
    said = "Lloyd Austin traf Robert Wood in Wien."
    assert turn_of(answer("Wer war in Wien?", said)).people == ()


def test_whom_an_answer_names_says_nothing_where_nobody_was_asked_for() -> None:
    assert turn_of(answer(KURSK.text, "In Kursk war Lloyd Austin.")) == KURSK


def test_of_silence_the_question_is_remembered() -> None:
    silent = dataclasses.replace(answer("Wer war in Wien?", "Niemand."), statements=())
    assert turn_of(silent) == Turn("Wer war in Wien?")


def answer(asked: str, said: str) -> Answer:
    stored = StoredArticle(1, make_article(said))
    quote = Quote(stored, Span(stored.article, 0, len(said)), 0.9)
    return Answer(understand(asked), (Statement((quote,)),), 0.9, (), ArchiveExtent(1, None, None))


def test_how_it_is_asked_decides_language_and_kind() -> None:
    question = follow("Since when?", KURSK)
    assert (question.language, question.kind) == (Language.ENGLISH, AnswerKind.DATE)
    assert follow("Und wer?", KURSK).kind is AnswerKind.PERSON


@pytest.mark.parametrize("text", ["Seit wann?", "Warum?", "Und wie viele?", "Since when?"])
def test_a_question_about_nothing_is_asked_for_its_topic(text: str) -> None:
    with pytest.raises(QuestionError) as refusal:
        follow(text, None)
    assert refusal.value.code == "question_without_topic"


@pytest.mark.parametrize("text", ["der die das", "Wer hat das bestätigt?", "Und in Cherson?", "?x"])
def test_without_a_question_before_it_one_is_taken_as_it_is(text: str) -> None:
    assert follow(text, None) == understand(text)


def test_what_would_grow_too_long_takes_over_nothing() -> None:
    long = Turn("Soldaten " * 50 + "in Kursk?")
    text = "Und wer hat das in " + "sehr " * 50 + "langen Worten bestätigt?"
    assert follow(text, long) == understand(text)


def test_what_is_no_question_is_none_after_a_question_either() -> None:
    for text in ("", "😀", "x" * (LONGEST + 1)):
        with pytest.raises(QuestionError):
            follow(text, KURSK)


LINES = st.text(alphabet="Und das er?in Kursk 20.dort „", max_size=60)


@given(LINES, LINES)
def test_whatever_is_said_a_question_comes_of_it_or_a_refusal(last: str, text: str) -> None:
    try:
        before = follow(last, None)
        question = follow(text, Turn(before.text))
    except QuestionError:
        return
    assert len(question.text) <= LONGEST
    assert (question.interpretation is None) == (question.asked is None)
    assert (question.asked or question.text) == understand(text).text
