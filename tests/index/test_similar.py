from __future__ import annotations

from random import Random

import pytest

from index.similar import Wording, is_copy, origins, words
from tests.look_alikes import templated

AGENCY = (
    "Falkenried (dna) - Bei der Entgleisung eines Regionalzuges sind am Freitagmorgen mindestens "
    "zwölf Menschen verletzt worden. Der Zug war gegen 7.15 Uhr auf dem Weg von Hallingen nach "
    "Obersee, als zwei Wagen aus den Schienen sprangen. An Bord waren rund 1.400 Fahrgäste, "
    "darunter viele Schülerinnen und Schüler. Feuerwehr und Rettungsdienst seien mit einem "
    "Großaufgebot im Einsatz, sagte eine Sprecherin der Polizei. Die Ursache des Unglücks war "
    "zunächst unklar. Die Strecke wurde in beide Richtungen gesperrt. Reisende müssten mit "
    "Verspätungen von bis zu 90 Minuten rechnen, hieß es."
)
PAPER = (
    "Schreck im Pendlerzug: Nahe Falkenried ist am Freitag ein Zug verunglückt. Der Zug war gegen "
    "7:15 Uhr auf dem Weg von Hallingen nach Obersee, als 2 Wagen aus den Schienen sprangen. An "
    "Bord waren rund 1400 Fahrgäste, darunter viele Schüler. Feuerwehr und Rettungsdienst sind mit "
    "einem Großaufgebot im Einsatz, so eine Sprecherin der Polizei."
)
LATER = (
    "Nach dem Zugunglück von Falkenried ermittelt die Staatsanwaltschaft gegen den Betreiber. Ein "
    "Gutachter fand Risse in mehreren Schwellen, die schon im Sommer gemeldet worden waren. Der "
    "Betreiber wies die Vorwürfe zurück und kündigte eine eigene Untersuchung an. Bei der "
    "Entgleisung eines Regionalzuges waren am Freitagmorgen mindestens zwölf Menschen verletzt "
    "worden."
)


def copies(one: str, other: str) -> bool:
    forwards = is_copy(Wording.of(one), Wording.of(other))
    assert forwards == is_copy(Wording.of(other), Wording.of(one))
    return forwards


def test_what_a_paper_makes_of_an_agency_text_is_a_copy() -> None:
    assert copies(AGENCY, PAPER)


def test_a_report_that_repeats_what_had_happened_is_none() -> None:
    assert not copies(AGENCY, LATER)
    assert not copies(PAPER, LATER)


def test_the_same_words_about_another_day_are_none() -> None:
    other = (
        AGENCY.replace("zwölf", "drei")
        .replace("7.15", "17.40")
        .replace("1.400", "90")
        .replace("Freitagmorgen", "Montagabend")
        .replace("90 Minuten", "20 Minuten")
    )
    assert not copies(AGENCY, other)


@pytest.mark.parametrize("seed", range(3))
def test_weather_and_stock_exchange_are_new_every_day(seed: int) -> None:
    told = templated(Random(seed), 2)
    pairs = list(zip(told[::2], told[1::2], strict=True))
    wrong = [one.text for one, other in pairs if copies(one.text, other.text)]
    assert len(wrong) <= 1, "hardly any of them have facts in common"


def test_numbers_count_however_they_are_written() -> None:
    ways = ["8.000 Soldaten", "8 000 Soldaten", "8000 Soldaten", "8 Tausend Soldaten"]
    assert {tuple(words(way)) for way in ways} == {("8000", "soldat")}
    assert words("3,5 Mio. Euro") == words("3.500.000 Euro") == words("3,5 Millionen €")
    assert words("am 7.11. um 7.15 Uhr") == words("am 7. November um 07:15 Uhr")
    assert words("zwölf") == words("12")


def test_one_sentence_is_a_copy_of_the_same_sentence_only() -> None:
    sentence = "Der Stadtrat von Linden beschließt nach langer Debatte den Neubau des Hallenbads."
    assert copies(sentence, f"({sentence})")
    other = "Der Stadtrat von Linden beschließt nach langer Debatte den Abriss der Sporthalle."
    assert not copies(sentence, other)
    assert not copies("", "")
    assert not copies(sentence, "")


def test_a_part_is_found_by_what_it_has_of_the_whole() -> None:
    text = " ".join(f"Wort{i}a Wort{i}b Wort{i}c." for i in range(2_000))
    whole, part = Wording.of(text).sketch, Wording.of(text[: len(text) // 3]).sketch
    assert len(whole) > 400
    assert len(part & whole) > len(whole) / 4


def test_copies_of_copies_are_one_origin_but_a_bridge_joins_no_two() -> None:
    assert origins({}) == {}
    assert origins({1: set(), 2: set()}) == {1: 1, 2: 2}
    chain = {1: {2}, 2: {1, 3}, 3: {2}}
    assert set(origins(chain).values()) == {1}
    one, other = {1, 2, 3}, {5, 6, 7}
    heaps = {i: group - {i} for group in (one, other) for i in group}
    heaps[3] |= {5}
    heaps[5] |= {3}
    assert origins(heaps) == {1: 1, 2: 1, 3: 1, 5: 5, 6: 5, 7: 5}
