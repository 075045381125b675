from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.news.asked import Asked, Wanted, asked_of, is_like
from bot.news.fates import Fate
from bot.news.units import MONEY
from bot.question import understand
from bot.types import AnswerKind, Language
from index.terms import content_terms

TUESDAY = datetime(2026, 3, 10, 9, tzinfo=UTC)


def asked(question: str) -> Asked:
    return asked_of(understand(question), TUESDAY)


def terms(words: str) -> frozenset[str]:
    return frozenset(content_terms(words))


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Wie viele Verletzte gibt es?", Wanted.FIGURE),
        ("Was kostet die Brücke?", Wanted.FIGURE),
        ("Wie groß ist die verbrannte Fläche?", Wanted.FIGURE),
        ("How many people were injured?", Wanted.FIGURE),
        ("How much did the bridge cost?", Wanted.FIGURE),
        ("What is the official number of injured?", Wanted.FIGURE),
        ("Wann öffnet die Brücke?", Wanted.DAY),
        ("Bis wann läuft die Frist?", Wanted.DAY),
        ("What date does the bridge open?", Wanted.DAY),
        ("Welche Termine wurden bisher für die Öffnung genannt?", Wanted.DAY),
        ("Wer hat den Preis gewonnen?", Wanted.WORDS),
        ("Warum fiel die Schule aus?", Wanted.WORDS),
        ("Ist die Brücke offen?", Wanted.WORDS),
    ],
)
def test_what_sort_of_value_answers(question: str, wanted: Wanted) -> None:
    assert asked(question).wanted is wanted


def test_what_stands_first_says_what_is_asked_for() -> None:
    one = asked("Wie viele Tore fielen, wann begann das Spiel?")
    assert (one.wanted, one.question.kind) == (Wanted.FIGURE, AnswerKind.NUMBER)


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("Wie viele Verletzte gibt es?", "Verletzte"),
        ("Wie viele Häuser wurden zerstört?", "Häuser"),
        ("Wie hoch ist die Zahl der Verletzten?", "Verletzten"),
        ("Wie viele Punkte Abzug bekommt der Verein?", "Punkte"),
        # People are counted by what became of them.
        ("Wie viele Menschen wurden verletzt?", ""),
        ("How many people were injured?", ""),
        # No thing, but an amount.
        ("Wie viel Umsatz machte die Firma?", ""),
        ("Wie hoch ist der Schaden?", ""),
    ],
)
def test_what_is_counted(question: str, counted: str) -> None:
    assert asked(question).counted == terms(counted)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Was kostet die Brücke?", "euro"),
        ("Wie hoch ist der Schaden?", "euro"),
        ("Wie viele Millionen kostet das Bad?", "euro"),
        ("Wie viel Umsatz machte die Firma?", "euro"),
        ("How much did the bridge cost?", "dollar"),
        ("Wie groß ist die verbrannte Fläche?", "hectare"),
        ("Wie hoch steht der Pegel?", "metre"),
        ("Wie schnell fuhr der Zug?", "kilometre_per_hour"),
        ("Wie viele Prozent stimmten zu?", "percent"),
        ("Wie lange dauert die Sperrung?", "day"),
        ("Wie alt ist der Mann?", "year"),
    ],
)
def test_the_units_of_what_is_measured(question: str, unit: str) -> None:
    assert unit in asked(question).units


def test_a_unit_that_is_named_is_the_only_one() -> None:
    assert asked("Wie viele Hektar brennen?").units == {"hectare"}
    assert asked("How many acres are burning?").units == {"acre"}


def test_what_is_counted_has_no_unit() -> None:
    assert asked("Wie viele Verletzte gibt es?").units == frozenset()
    # Nor where a thing that costs money is told of beside it.
    assert asked("Wie viele Häuser fehlen, obwohl der Preis sinkt?").units == frozenset()


def test_the_thing_whose_price_is_asked_for() -> None:
    one = asked("Wie teuer ist das neue Stadion?")
    assert (one.objects, one.units) == (terms("Stadion"), MONEY)
    assert asked("Wie hoch ist der Schaden?").objects == frozenset()


@pytest.mark.parametrize(
    ("question", "fate"),
    [
        ("Wie viele Verletzte gibt es?", Fate.INJURED),
        ("Wie viele Menschen sind gestorben?", Fate.DEAD),
        ("Wie viele Menschen mussten ihre Häuser verlassen?", Fate.EVACUATED),
        ("How many people are missing?", Fate.MISSING),
    ],
)
def test_what_became_of_the_people_that_are_counted(question: str, fate: Fate) -> None:
    assert asked(question).fates == {fate}


def test_a_day_is_asked_of_no_people() -> None:
    assert asked("Wann wurden die Verletzten entlassen?").fates == frozenset()


def test_the_full_name_of_a_person_is_the_person() -> None:
    one = asked("Wie viele Tore hat Emil Brandrup erzielt?")
    assert one.person == terms("Emil Brandrup")
    assert asked("Wie viele Tore hat die Mannschaft erzielt?").person == frozenset()


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Wie hat sich die Zahl der Verletzten entwickelt?", "Wie viele Verletzten?"),
        ("Wie entwickelten sich die Kosten der Brücke?", "Wie hoch sind die Kosten der Brücke?"),
        ("Wie hat sich der Pegel verändert?", "Wie hoch ist der Pegel?"),
        ("Wie haben sich die Salmonellen-Zahlen entwickelt?", "Wie viele Salmonellen-Fälle?"),
        ("Wie hat sich die Todeszahl im Tal entwickelt?", "Wie viele Tote gibt es im Tal?"),
        ("Wie hat sich die Todeszahl entwickelt?", "Wie viele Tote gibt es?"),
        ("How has the number of injured developed?", "How many injured?"),
        ("How has the death toll in the valley changed?", "How many people died in the valley?"),
        ("How did the death toll rise?", "How many people died?"),
    ],
)
def test_how_something_developed_asks_for_all_its_values(question: str, value: str) -> None:
    one = asked(question)
    assert one.develops
    assert one.question.text == value
    assert one.question.language is understand(question).language


def test_the_course_of_a_matter_is_searched_by_its_words() -> None:
    one = asked("Kannst du den Ablauf des Unglücks in Falkenried zusammenfassen?")
    assert (one.develops, one.wanted) == (True, Wanted.WORDS)
    assert terms(one.question.text) == terms("Unglücks Falkenried")


def test_a_question_for_one_value_is_searched_as_it_was_written() -> None:
    question = understand("Wie viele Verletzte gibt es in Falkenried?")
    one = asked_of(question, TUESDAY)
    assert (one.question.text, one.develops, one.period) == (question.text, False, None)


def test_a_period_is_read_at_the_moment_of_asking_and_is_not_searched() -> None:
    one = asked("Wie viele Verletzte gab es gestern?")
    assert one.question.text == "Wie viele Verletzte gab es?"
    assert one.period is not None
    assert one.period.days is not None
    assert one.period.days.first == one.period.days.last == datetime(2026, 3, 9, tzinfo=UTC).date()


def test_a_question_that_is_nothing_but_a_period_is_searched_as_it_is() -> None:
    one = asked("Gestern?")
    assert (one.question.text, one.period) == ("Gestern?", None)


def test_now_and_what_offices_say_are_heard() -> None:
    plain = asked("Wie viele Tote gibt es?")
    assert (plain.now, plain.official) == (False, False)
    assert asked("Wie viele Tote gibt es inzwischen?").now
    assert asked("How many are still missing?").now
    assert asked("Wie viele Tote gibt es nach amtlichen Angaben?").official
    assert asked("What is the official number of injured?").official


def test_the_language_of_a_question_stays_what_it_was() -> None:
    assert asked("How has the number of injured developed?").question.language is Language.ENGLISH


def test_forms_and_compounds_of_one_noun_are_alike() -> None:
    assert is_like("Tore", "Saisontore")
    assert is_like("Saisontore", "Saison")
    assert is_like("Brände", "brande")
    assert not is_like("Tore", "Punkte")
    assert not is_like("Ei", "Eisen")
