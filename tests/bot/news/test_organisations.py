from __future__ import annotations

import pytest

from bot.news.organisations import firm_asked, may_name_one


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Welche Baufirma hat die Halle gebaut?", "Gebaut hat sie die Firma Ahlsen und Söhne."),
        ("Welche Firma liefert die Schiffe?", "Die Schiffe liefert Nordhafen."),
        ("Welches Unternehmen hat das Werk gekauft?", "Das Werk geht an BMW, wie es heißt."),
        ("Welche Bank finanziert den Bau?", "Die Kredite gibt die Sparkasse Auental."),
        ("Welcher Konzern steckt dahinter?", "Dahinter steht der Mischkonzern Tervolt."),
        ("Which company built the hall?", "The hall was built by Kelldorff, the mayor said."),
        ("Which contractor repaired the bridge?", "Repairs were carried out by Brandel Group."),
        ("Which firm wrote the report?", "It was written by the consultancy Mobilis."),
    ],
)
def test_a_sentence_may_name_the_firm(question: str, sentence: str) -> None:
    assert firm_asked(question)
    assert may_name_one(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "Welche Baufirma hat die Halle gebaut?",
            "Bürgermeisterin Ruth Ahlsen hat die Halle eröffnet.",
        ),
        (
            "Welche Firma hat das Gutachten geschrieben?",
            "Das Gutachten hat nach Angaben des Ministeriums 1,9 Millionen Euro gekostet.",
        ),
        (
            "Welche Firma hat die Brücke in Auental gebaut?",
            "Die Brücke in Auental wurde 1971 gebaut.",
        ),
        (
            "Which company repaired the bridge?",
            "The bridge in Auental will reopen in July, Ruth Ahlsen said.",
        ),
        ("Which company repaired the bridge?", "Repairs will cost nine million euros."),
    ],
)
def test_neither_people_nor_places_are_firms(question: str, sentence: str) -> None:
    assert firm_asked(question)
    assert not may_name_one(question, sentence)


@pytest.mark.parametrize(
    "question",
    ["Wie viele Firmen sind betroffen?", "Was macht die Firma?", "Who built the hall?"],
)
def test_who_asks_otherwise_asks_for_no_firm(question: str) -> None:
    assert not firm_asked(question)
