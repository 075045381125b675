from __future__ import annotations

import pytest

from bot.news.retold import is_denied, is_part, is_retold


def place(sentence: str, figure: str) -> tuple[str, int, int]:
    start = sentence.index(figure)
    return sentence, start, start + len(figure)


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("Statt der bisher veranschlagten 340 Euro rechnet die Stadt nun mit 412 Euro.", "340"),
        ("An Bord seien nicht 140, sondern 118 Fahrgäste gewesen.", "140"),
        ("Die Stadt hatte zuvor von 1.200 Betroffenen gesprochen.", "1.200"),
        ("Der Abzug wurde von drei auf einen Punkt verringert.", "drei"),
        ("Damit fällt der Club mit nun 58 statt 61 Punkten zurück.", "61"),
        ("In einer früheren Fassung war von 23 Verletzten die Rede.", "23"),
        ("The fire service had spoken of 180 hectares.", "180"),
        ("Die Werke hatten bisher rund 22.000 genannt, das Amt 31.000.", "31.000"),
        ("Sie hatten von zwölf gesprochen und die Stadt von 15.", "15"),
        ("The figure replaces the initial police estimate of four million.", "four million"),
        ("Vor einer Woche war er noch von höchstens 60 Euro ausgegangen.", "60"),
        ("Die Werke hatten bisher 22.000 genannt, das Amt 31.000.", "31.000"),
        ("Die Stadt hatte von 40 Fällen gesprochen, der Kreis sogar von 90.", "90"),
        ("The figure replaces the police estimate of four and the insurer's of seven.", "four"),
        ("The figure replaces the police estimate of four and the insurer's of seven.", "seven"),
        ("Die neue Zahl ersetzt die Schätzung der Polizei von vier Millionen.", "vier"),
        ("The previous offer was 40 euros.", "40"),
    ],
)
def test_what_was_said_before_is_retold(sentence: str, figure: str) -> None:
    assert is_retold(*place(sentence, figure))


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("Statt der bisher veranschlagten 340 Euro rechnet die Stadt nun mit 412 Euro.", "412"),
        ("An Bord seien nicht 140, sondern 118 Fahrgäste gewesen.", "118"),
        ("Die Polizei hatte von zwölf gesprochen, nun sind es 15.", "15"),
        ("Die Stadt hatte 12 genannt. Nach Angaben der Polizei sind es 15.", "15"),
        ("Es gebe 27 Verletzte, teilte das Präsidium mit.", "27"),
        ("Der Abzug wurde von drei auf einen Punkt verringert.", "einen"),
        ("The first report of the commission names 40 flaws.", "40"),
    ],
)
def test_what_is_said_now_is_not_retold(sentence: str, figure: str) -> None:
    assert not is_retold(*place(sentence, figure))


def test_a_figure_that_is_denied_is_known_as_such() -> None:
    assert is_denied(*place("Nicht 1.150, sondern mehr als 1.400 Stellen.", "1.150"))
    assert not is_denied(*place("Nicht 1.150, sondern mehr als 1.400 Stellen.", "1.400"))


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("Es gab 23 Verletzte, drei von ihnen schwer.", "drei"),
        ("Zwölf kamen ins Krankenhaus, darunter zwei Kinder.", "zwei"),
        ("A deal could save 620 of the 1,150 jobs.", "1,150"),
        ("Er führt mit zwei Toren Vorsprung.", "zwei"),
        ("Darin eingerechnet sind 58 Millionen Euro Zinsen.", "58"),
        ("Der Aufsteiger liegt zwei Punkte vor dem Zweiten.", "zwei"),
        ("Sie kam drei Sekunden hinter der Siegerin ins Ziel.", "drei"),
        ("The club is four points clear of the second.", "four"),
        ("Officials opened 87 postal votes, of which 79 were valid.", "79"),
        ("Kruse hat nun 212 Stimmen Abstand zu Ahlsen.", "212"),
        ("Kruse liegt mit einem Vorsprung von 31 Stimmen vorn.", "31"),
        ("Es blieb bei einem Abstand von nur 12 Stimmen.", "12"),
        ("Kruse is now ahead by 29 votes.", "29"),
        ("Kruse won by only 29 votes.", "29"),
        ("She leads with a margin of 29 votes.", "29"),
        ("In der Klinik werden noch vier Menschen behandelt.", "vier"),
        ("Doctors are still treating four of the passengers.", "four"),
        ("Von den Geretteten sind elf wieder zu Hause.", "elf"),
        ("Unter den Toten sind drei Helfer.", "drei"),
        ("Of the injured, 16 have gone home.", "16"),
        ("Betriebe mit mehr als 10.000 Tieren brauchen eine Schleuse.", "10.000"),
        ("The rule holds for companies with more than 250 workers.", "250"),
    ],
)
def test_parts_and_differences_are_not_the_figure(sentence: str, figure: str) -> None:
    assert is_part(*place(sentence, figure))


def test_what_begins_another_sentence_makes_no_part_of_the_one_before() -> None:
    # "26." may be an ordinal, so that both stand in one sentence.
    both = "Police put the number of injured at 26. Three of them are in hospital."
    assert not is_part(*place(both, "26"))
    assert is_part(*place(both, "Three"))


def test_who_tells_is_no_whole_and_a_count_no_criterion() -> None:
    assert not is_part(*place("Von den Behörden wurden 16 Opfer bestätigt.", "16"))
    assert not is_part(*place("Die Stadt rechnet mit mehr als 40 Fällen.", "40"))
    assert not is_part(*place("Police expect more than 40 guests.", "40"))


def test_a_place_is_no_difference() -> None:
    assert not is_part(*place("Es gab drei Tote vor dem Rathaus.", "drei"))
    assert not is_part(*place("20 Stimmen über die Lage sammelte die Zeitung.", "20"))


def test_the_whole_is_no_part() -> None:
    assert not is_part(*place("Es gab 23 Verletzte, drei von ihnen schwer.", "23"))
