from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.context import MOST_WORDS, context, stands_alone
from index.split import split_passages, split_sentences
from index.types import Sentence
from tests.making import make_article


def sentences(text: str) -> tuple[Sentence, ...]:
    article = make_article(text)
    return tuple(Sentence(article, start, end) for start, end in split_sentences(text))


def before_last(text: str) -> str | None:
    found = sentences(text)
    before = context(found[-1], found)
    return None if before is None else before.text


@pytest.mark.parametrize(
    "text",
    [
        "Er sprach am Donnerstag in New York.",
        "Sie wird im Mai eröffnet.",
        "Auch er stimmte dafür.",
        "Das teilte die Polizei mit.",
        "Das war der höchste Wert seit 2010.",
        "Die sollte eigentlich verkauft werden.",
        "Dies sei ein Fehler.",
        "Diese Zahl nannte Austin.",
        "In dieser Region leben 300 Menschen.",
        "Mit ihm reiste Robert Wood.",
        "Dort leben 300 Menschen.",
        "Damit steigt die Zahl auf 8.000.",
        "Dabei starben drei Menschen.",
        "Zuvor hatte Lawrow in Moskau gesprochen.",
        "Kurz darauf brannte das Haus.",
        "Zwei Tage später kam Wood nach Wien.",
        "Im selben Jahr zog Anna Berger nach Graz.",
        "Seine Frau lebt in Graz.",
        "Ihren Rücktritt gab Berger am Montag bekannt.",
        "Deren Vertreter schwiegen.",
        "Beide Länder bestritten die Angaben.",
        "Damals war er noch Minister.",
        "Gestern sagte sie in Wien ab.",
        "„Wir werden nicht weichen“, sagte er in Kiew.",
        "„Er hat gelogen“, sagte Wood.",
        "Es handelt sich um Soldaten aus Nordkorea.",
        "He spoke in New York on Thursday.",
        "They arrived in October.",
        "This was confirmed by Austin.",
        "These soldiers are in Kursk.",
        "There, 300 people live.",
        "His wife lives in Graz.",
        "It also has a library.",
        "Two days later Wood left Vienna.",
        "“We will not yield,” he said in Kyiv.",
        "In October he left Vienna.",
    ],
)
def test_a_sentence_that_points_back_does_not_stand_alone(text: str) -> None:
    assert not stands_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "Austin sprach am Donnerstag in New York.",
        "Es gibt 8.000 Soldaten in Kursk.",
        "Es ist der dritte Fall in Graz.",
        "Das Gericht in Graz entschied am Montag.",
        "Das neue Gesetz gilt ab Mai.",
        "Das letzte Mal gewann Salzburg 2010.",
        "Die Soldaten sind in Kursk.",
        "Dieses Jahr kamen 300 Menschen nach Graz.",
        "In dieser Woche tagt der Rat in New York.",
        "Damit die Schule öffnen kann, fehlen Graz noch drei Lehrer.",
        "Auch Österreich stimmte dafür.",
        "Damals war Austin noch Minister.",
        "Nach Informationen der USA sind rund 8.000 Soldaten in Kursk.",
        "Der Minister sagte, er werde nach Wien reisen.",
        "Wood sagte: „Wir werden nicht weichen“, sagte er in Kiew.",
        "„Sie müssen sich das so vorstellen“, sagte Wood.",
        "„Wir werden nicht weichen“, sagte Wood in Kiew.",
        "There are 8,000 soldiers in Kursk.",
        "It is the third case in Graz.",
        "This year 300 people came to Graz.",
        "The minister said he would travel to Vienna.",
        "8.000",
        "…",
    ],
)
def test_a_sentence_that_says_of_whom_it_speaks_stands_alone(text: str) -> None:
    assert stands_alone(text)


def test_the_sentence_before_is_the_context_of_one_that_points_back() -> None:
    assert (
        before_last("Es regnet. Lloyd Austin sprach in New York. Er nannte 8.000 Soldaten.")
        == "Lloyd Austin sprach in New York."
    )


def test_a_sentence_that_stands_alone_gets_no_context() -> None:
    assert before_last("Lloyd Austin sprach in New York. In Kursk sind 8.000 Soldaten.") is None


def test_the_first_sentence_has_no_context() -> None:
    assert before_last("Er nannte 8.000 Soldaten.") is None


def test_the_paragraph_before_may_be_the_context() -> None:
    text = "Lloyd Austin sprach am Donnerstag in New York.\n\nEr nannte 8.000 Soldaten."
    assert before_last(text) == "Lloyd Austin sprach am Donnerstag in New York."


@pytest.mark.parametrize("heading", ["Austin in New York", "Was sagt Austin?", "Austin:"])
def test_a_headline_is_no_context(heading: str) -> None:
    assert before_last(f"Es regnet.\n\n{heading}\n\nEr nannte 8.000 Soldaten.") is None


def test_a_sentence_that_points_back_itself_is_context_only_where_it_names_somebody() -> None:
    assert before_last("Austin sprach. Er zögerte. Dann nannte er 8.000 Soldaten.") is None
    assert (
        before_last("Der Rat tagt. Dort sprach Lloyd Austin. Er nannte 8.000 Soldaten.")
        == "Dort sprach Lloyd Austin."
    )


def test_context_that_makes_a_quotation_too_long_is_left_out() -> None:
    last = "Er nannte 8.000 Soldaten."
    fits = "Austin " + "sehr " * (MOST_WORDS - 6) + "lange."
    assert before_last(f"{fits} {last}") == fits
    assert before_last(f"Lloyd {fits} {last}") is None


@given(st.text(alphabet="Er Sie dort. \n„“Das?war", max_size=80).filter(str.strip))
def test_whatever_is_written_context_is_a_sentence_of_the_passage_that_comes_before(
    text: str,
) -> None:
    for passage in split_passages(make_article(text)):
        for sentence in passage.sentences:
            before = context(sentence, passage.sentences)
            assert before is None or before in passage.sentences
            assert before is None or before.end <= sentence.start
