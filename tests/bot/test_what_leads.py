from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.rank import Weights, shipped_weights
from index.corpus import Corpus
from tests.making import make_article, make_confidence, make_corpus

TALKATIVE = Answering(Weights(shipped_weights().ranking, make_confidence(5.0), 0.5))
NOW = datetime(2025, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def add(corpus: Corpus, text: str, at: str, title: str = "Kurzmeldung") -> None:
    article = make_article(text, title=title, outlet="Blatt", published=f"{at}:00+00:00")
    corpus.add(article)


def lead(corpus: Corpus, question: str, now: datetime = NOW) -> str | None:
    account = TALKATIVE.account(corpus, question, now=now)
    return account.current[0].value.text if account.current else None


def test_a_day_beside_a_name_is_not_yet_the_day_of_what_is_asked_about(corpus: Corpus) -> None:
    text = (
        "Zum 1. Dezember zieht der Investor Kelldorff nach Auental. Sein Angebot ist für den 3."
        " Dezember zu erwarten."
    )
    add(corpus, text, "2025-11-10T10:00")
    question = "Wann legt Kelldorff in Auental ein Angebot vor?"
    assert lead(corpus, question) == "für den 3. Dezember"


def test_words_that_begin_alike_in_two_languages_are_not_alike(corpus: Corpus) -> None:
    text = (
        "Die Hallstorfer Ärztin Jana Kruse tritt am 1. Dezember ihr Amt an. Das neue Haus für die"
        " Musik öffnet am 5. Dezember."
    )
    add(corpus, text, "2025-11-10T10:00")
    account = TALKATIVE.account(corpus, "When will the concert hall open?", now=NOW)
    assert {claim.value.text for claim in account.claims} == {"am 5. Dezember"}


def test_who_asks_until_when_is_told_the_last_day_rather_than_another(corpus: Corpus) -> None:
    text = (
        "Auental hat ein altes Werk, das am 30. Dezember schließt. Bis zum 5. Dezember kommen noch"
        " Angebote herein."
    )
    add(corpus, text, "2025-11-10T10:00")
    assert lead(corpus, "Bis wann hat Auental Zeit?") == "Bis zum 5. Dezember"


def test_of_a_deduction_the_points_that_are_left_are_none(corpus: Corpus) -> None:
    text = (
        "Das Gericht hat den Punktabzug des SV Auental von sechs auf vier Zähler verringert. In der"
        " Tabelle steht der SV Auental damit bei 31 Punkten."
    )
    add(corpus, text, "2025-11-10T10:00")
    assert lead(corpus, "Wie hoch ist der Punktabzug für den SV Auental?") == "vier"


def test_what_is_only_measured_is_asked_for_as_a_figure(corpus: Corpus) -> None:
    text = (
        "Die Ache in Auental steigt weiter. Der Landkreis rechnet mit einem Scheitel von bis zu"
        " 4,20 Metern. Feuerwehr und Bauhof füllen 900 Säcke."
    )
    add(corpus, text, "2025-11-10T10:00")
    question = "Was wird als Scheitel für die Ache in Auental erwartet?"
    assert lead(corpus, question) == "4,20 Metern"


def test_passengers_are_people_and_the_injured_are_others(corpus: Corpus) -> None:
    text = (
        "Bei einem Unfall des Busses in Auental wurden zwölf Menschen verletzt. An Bord des Busses"
        " waren 43 Fahrgäste."
    )
    add(corpus, text, "2025-11-10T10:00")
    assert lead(corpus, "Wie viele Leute saßen in dem Bus in Auental?") == "43"


def test_the_cost_of_a_building_is_no_matter_of_a_person(corpus: Corpus) -> None:
    text = (
        "Das Stadion Auental wird teurer. Statt mit 34 rechnet die Stadt, wie Bürgermeisterin Ruth"
        " Ahlsen mitteilte, nun mit Kosten von 41 Millionen Euro."
    )
    add(corpus, text, "2025-11-10T10:00")
    question = "Wie sind die Kosten fürs Stadion Auental gestiegen?"
    assert lead(corpus, question) == "41 Millionen Euro"


def test_an_event_of_the_past_is_a_period(corpus: Corpus) -> None:
    add(corpus, "Der SV Auental geht mit 30 Punkten in die Sommerpause.", "2025-05-10T10:00")
    add(corpus, "Der SV Auental hat inzwischen 41 Punkte.", "2025-09-10T10:00")
    question = "Wie viele Punkte hatte der SV Auental zur Sommerpause?"
    assert lead(corpus, question) == "30"
    account = TALKATIVE.account(corpus, question, now=NOW)
    assert account.days is not None
    assert account.days.last is not None
    assert account.days.last.isoformat() == "2025-05-10"


def test_what_was_said_first_was_said_by_its_day(corpus: Corpus) -> None:
    add(corpus, "Die Polizei zählte 12 Verletzte in Auental.", "2025-11-10T10:00")
    add(corpus, "Die Polizei zählte 19 Verletzte in Auental.", "2025-11-12T10:00")
    question = "Wie viele Verletzte nannte die Polizei in Auental am Anfang?"
    account = TALKATIVE.account(corpus, question, now=NOW)
    assert account.current[0].value.text == "12"
    assert account.days is not None
    assert str(account.days.last) == "2025-11-10"


def held(corpus: Corpus, question: str) -> set[str]:
    account = TALKATIVE.account(corpus, question, now=NOW)
    return {claim.value.text for claim in account.current}


def test_who_differs_in_the_next_sentence_need_not_say_of_what(corpus: Corpus) -> None:
    text = (
        "Reeder Jens Kolk erklärte am Abend, es seien 15 Personen an Bord der Auental gewesen. Die"
        " Seenotleitung ging auch am Abend noch von 13 aus."
    )
    add(corpus, text, "2025-11-10T10:00")
    assert held(corpus, "Wie viele Personen waren an Bord der Auental?") == {"15", "13"}


def test_a_demand_beside_an_offer_is_no_other_offer(corpus: Corpus) -> None:
    text = (
        "Der Betreiber der Bahn in Auental bietet nun 5 Prozent, sagte Vorstand Jens Kolk. Die"
        " Gewerkschaft nannte als ihre Forderung 7 Prozent."
    )
    add(corpus, text, "2025-11-10T10:00")
    assert held(corpus, "Wie viel bietet der Betreiber der Bahn in Auental?") == {"5 Prozent"}


def test_money_is_not_counted_by_number(corpus: Corpus) -> None:
    text = (
        "Die Erpresser haben die Akten von 31.000 Patienten in Auental. Sie wollten 1,5 Millionen"
        " Euro."
    )
    add(corpus, text, "2025-11-10T10:00")
    assert lead(corpus, "Wie viel Geld wollten die Erpresser in Auental?") == "1,5 Millionen Euro"


def test_what_is_measured_by_volume_is_named_by_much(corpus: Corpus) -> None:
    text = (
        "Aus der Grube in Auental sind nach Angaben des Betreibers 180.000 Kubikmeter Schlamm"
        " ausgelaufen. Sechs Bagger sind im Einsatz."
    )
    add(corpus, text, "2025-11-10T10:00")
    question = "Wie viel Schlamm ist aus der Grube in Auental ausgelaufen?"
    assert lead(corpus, question) == "180.000 Kubikmeter"


def test_other_matters_of_a_period_do_not_hide_what_was_said_before(corpus: Corpus) -> None:
    add(corpus, "Die Brücke bei Auental bleibt bis zum 30. Mai zu.", "2025-02-27T10:00")
    add(corpus, "In Kleinberg hat ein Museum eröffnet. Es regnete.", "2025-03-02T10:00")
    add(corpus, "Die Brücke bei Auental bleibt bis zum 15. Juli zu.", "2025-04-14T10:00")
    question = "Bis wann sollte die Brücke bei Auental Stand Anfang März zu bleiben?"
    assert lead(corpus, question) == "bis zum 30. Mai"


def test_works_go_by_many_names(corpus: Corpus) -> None:
    text = "Für die Reparatur der Brücke in Auental veranschlagt das Land 6 Millionen Euro."
    add(corpus, text, "2025-11-10T10:00")
    question = "Wie teuer wird die Sanierung der Brücke in Auental?"
    assert lead(corpus, question) == "6 Millionen Euro"


def test_who_asks_for_a_lead_is_told_the_difference(corpus: Corpus) -> None:
    text = (
        "In Auental liegt Jana Kruse mit 31 Stimmen Vorsprung vorn. Gezählt wurden 9.400 Stimmen."
    )
    add(corpus, text, "2025-11-10T10:00")
    question = "Wie viele Stimmen Vorsprung hat Jana Kruse in Auental?"
    assert lead(corpus, question) == "31"


def test_an_area_grows(corpus: Corpus) -> None:
    add(corpus, "Das Suchgebiet vor Auental ist 300 Quadratkilometer groß.", "2025-11-10T10:00")
    add(corpus, "Das Suchgebiet vor Auental misst 900 Quadratkilometer.", "2025-11-12T10:00")
    question = "Wie hat sich das Suchgebiet vor Auental vergrößert?"
    account = TALKATIVE.account(corpus, question, now=NOW)
    values = [claim.value.text for claim in account.claims]
    assert values == ["300 Quadratkilometer", "900 Quadratkilometer"]


def test_an_older_version_that_says_the_same_is_told_as_the_newest(corpus: Corpus) -> None:
    url = "https://blatt.example/museum"
    text = "Das Museum in Auental öffnet am 5. Dezember. Es kostet sechs Millionen Euro."
    for changed in (text, f"{text} Korrektur: Der Name des Architekten war falsch."):
        moment = "2025-11-10T10:00:00+00:00" if changed == text else "2025-11-11T10:00:00+00:00"
        article = make_article(changed, title="Museum", outlet="Blatt", url=url, published=moment)
        corpus.add(article)
    question = "Welche Termine wurden für das Museum in Auental bisher genannt?"
    account = TALKATIVE.account(corpus, question, now=NOW)
    assert [str(claim.made.day) for claim in account.claims if claim.made] == ["2025-11-11"]


def test_an_article_that_names_the_matter_far_below_is_no_step_of_it(corpus: Corpus) -> None:
    add(corpus, "Tervolt plant in Auental die Schließung des Werks.", "2025-10-08T10:00", "Tervolt")
    add(corpus, "Tervolt hat in Auental das Werk verkauft.", "2025-11-08T10:00", "Tervolt verkauft")
    aside = (
        "Die Flutwelle ist am Nachmittag durch den Landkreis gelaufen. " * 8
        + "Bei Tervolt in Auental drang kein Wasser ein."
    )
    add(corpus, aside, "2025-11-10T10:00", "Hochwasser")
    question = "Wie ging es mit der Schließung des Werks von Tervolt Schritt für Schritt weiter?"
    account = TALKATIVE.account(corpus, question, now=NOW)
    assert all("Tervolt" in claim.quote.text for claim in account.claims)
    assert len(account.claims) == 2


def test_words_as_one_speaks_them_are_no_names(corpus: Corpus) -> None:
    add(corpus, "Die Polizei zählte 12 Verletzte in Auental.", "2025-11-10T10:00")
    account = TALKATIVE.account(corpus, "wieviele verletzte gibts in auental?", now=NOW)
    assert account.plain


def test_a_count_of_somebody_else_is_none_of_who_is_asked_about(corpus: Corpus) -> None:
    text = (
        "Der Stürmer Milan Torvik steht bei 16 Toren in dieser Saison. Hinter ihm liegt Adrian Lauk"
        " aus Auental."
    )
    add(corpus, text, "2025-11-10T10:00")
    account = TALKATIVE.account(corpus, "Wie viele Tore hat Adrian Lauk geschossen?", now=NOW)
    assert account.untold


def sayer(corpus: Corpus, question: str) -> str | None:
    account = TALKATIVE.account(corpus, question, now=NOW)
    claimant = account.current[0].claimant
    return claimant.text if claimant else None


def test_who_offers_something_as_they_tell_says_so(corpus: Corpus) -> None:
    text = (
        "Um die Firma Lamatek in Auental wird gestritten. Der Investor Kelldorff bietet für Lamatek"
        " 38 Millionen Euro, wie er am Montag bekannt gab."
    )
    add(corpus, text, "2025-11-10T10:00")
    assert sayer(corpus, "Wie viel bietet Kelldorff für Lamatek?") == "Investor Kelldorff"


def test_whose_reckoning_it_is_stands_before_the_colon(corpus: Corpus) -> None:
    text = (
        "Der Landkreis zählte in Auental 31 Betroffene. Die Gewerkschaft Fahrwerk hält das für zu"
        " wenig: Nach ihrer Rechnung sind in Auental 48 Menschen betroffen."
    )
    add(corpus, text, "2025-11-10T10:00")
    account = TALKATIVE.account(corpus, "Wie viele Menschen sind in Auental betroffen?", now=NOW)
    said = {claim.value.text: claim.claimant.text for claim in account.claims if claim.claimant}
    assert said["48"] == "Gewerkschaft Fahrwerk"


def test_what_is_expected_is_said_by_who_spoke_in_english(corpus: Corpus) -> None:
    text = (
        "The operator, Nordline, said the route to Auental would stay closed. Trains to Auental are"
        " not expected to run before 5 December."
    )
    add(corpus, text, "2025-11-10T10:00")
    assert sayer(corpus, "When will trains to Auental run again?") == "Nordline"


def test_whether_the_missing_were_found_is_told_by_the_newest_that_says_so(corpus: Corpus) -> None:
    add(corpus, "Der in Auental vermisste Mann wird weiter gesucht.", "2025-11-10T10:00")
    told = (
        "Traurige Nachricht: Der Vermisste wurde am Dienstag tot aus einem Wehr bei Auental"
        " geborgen, wie die Polizei mitteilte."
    )
    add(corpus, told, "2025-11-12T10:00")
    later = "Auental baut auf. Der vermisste Mann wird von vielen in Auental betrauert."
    add(corpus, later, "2025-11-14T10:00")
    account = TALKATIVE.account(
        corpus, "Ist der vermisste Mann in Auental gefunden worden?", now=NOW
    )
    assert "geborgen" in account.current[0].quote.text


def test_how_much_more_is_a_difference(corpus: Corpus) -> None:
    text = "Die Gewerkschaft in Auental verlangt neun Prozent mehr Lohn für 4.300 Mitarbeiter."
    add(corpus, text, "2025-11-10T10:00")
    question = "Wie viel mehr Geld fordert die Gewerkschaft in Auental?"
    assert lead(corpus, question) == "neun Prozent"


def test_what_was_wrong_before_does_not_outdo_what_is_right_now(corpus: Corpus) -> None:
    text = (
        "Die Firma Lamatek in Auental würde damit 2,18 Milliarden Euro kosten. Anmerkung: In einer"
        " früheren Fassung haben wir den Wert des Angebots für Lamatek mit 2,81 Milliarden Euro"
        " angegeben."
    )
    add(corpus, text, "2025-11-10T10:00")
    question = "Wie viel ist das Angebot für Lamatek wert?"
    assert lead(corpus, question) == "2,18 Milliarden Euro"


def test_an_article_in_another_language_need_not_name_the_quantity(corpus: Corpus) -> None:
    add(corpus, "Die Kosten der Brücke in Auental liegen bei 6 Millionen Euro.", "2025-11-08T10:00")
    text = "The bridge in Auental will take 9 million euros, the minister said on Tuesday."
    add(corpus, text, "2025-11-12T10:00")
    question = "Wie hoch sind die Kosten der Brücke in Auental?"
    assert lead(corpus, question) == "9 million euros"


def test_an_article_in_another_language_has_most_names_of_the_question(corpus: Corpus) -> None:
    paid = "Nordheym zahlt für das Werk in Auental 40 Millionen Euro."
    add(corpus, paid, "2025-11-08T10:00")
    text = "The mayor put the damage done by the flood in Auental at 9 million euros on Tuesday."
    add(corpus, text, "2025-11-12T10:00")
    question = "Wie viele Millionen zahlt Nordheym für das Werk in Auental?"
    assert lead(corpus, question) == "40 Millionen Euro"


def test_no_firm_is_named_where_one_is_asked_for(corpus: Corpus) -> None:
    add(
        corpus, "Bürgermeisterin Ruth Ahlsen hat die Halle in Auental eröffnet.", "2025-11-08T10:00"
    )
    question = "Welche Baufirma hat die Halle in Auental errichtet?"
    assert not TALKATIVE.answer(corpus, question, now=NOW).answered
    add(corpus, "Errichtet hat die Halle in Auental die Baufirma Kelldorff.", "2025-11-09T10:00")
    assert TALKATIVE.answer(corpus, question, now=NOW).answered


def test_a_lead_is_no_total(corpus: Corpus) -> None:
    add(corpus, "Jana Kruse is ahead by 29 votes in Auental, officials said.", "2025-11-08T10:00")
    assert lead(corpus, "How many votes did Jana Kruse get in Auental?") is None
    assert lead(corpus, "By how many votes does Jana Kruse lead in Auental?") == "29"


def test_a_day_behind_until_at_least_is_the_last_one(corpus: Corpus) -> None:
    text = (
        "Die Menschen in Auental müssen ihr Wasser bis mindestens 15. Dezember abkochen. Seit"
        " Donnerstag wird dem Wasser in Auental Chlor zugesetzt."
    )
    add(corpus, text, "2025-11-18T10:00")
    assert lead(corpus, "Bis wann müssen die Menschen in Auental ihr Wasser abkochen?") == (
        "15. Dezember"
    )
    assert lead(corpus, "Until when does water in Auental have to be boiled?") == "15. Dezember"


def test_who_went_when_is_not_who_is_asked_about(corpus: Corpus) -> None:
    sacked = (
        "Der EHC Auental hat sich von Trainer Lasse Halvorsson getrennt. Auental steht mit 14"
        " Punkten auf dem letzten Platz. Bester Schütze ist Timo Rasch."
    )
    add(corpus, sacked, "2025-09-10T10:00")
    add(corpus, "Der EHC Auental hat nun 51 Punkte. Trainer ist Jiri Malek.", "2025-11-10T10:00")
    question = "Wie viele Punkte hatte der EHC Auental, als Trainer Halvorsson gehen musste?"
    assert lead(corpus, question) == "14"


def test_that_nobody_is_missing_is_how_many_are(corpus: Corpus) -> None:
    add(
        corpus,
        "In Auental werden nach Angaben der Polizei elf Menschen vermisst.",
        "2025-11-10T10:00",
    )
    add(corpus, "Auental atmet auf: Niemand wird in Auental mehr vermisst.", "2025-11-11T10:00")
    question = "Wie viele Menschen werden in Auental vermisst?"
    assert held(corpus, question) == {"Niemand"}


def test_a_question_in_small_letters_has_names_as_well(corpus: Corpus) -> None:
    add(corpus, "Die Reparatur der Lurretalbrücke kostet 6 Millionen Euro.", "2025-11-08T10:00")
    text = "Repairs of the Lurre valley bridge will cost 9 million euros, the minister said."
    add(corpus, text, "2025-11-12T10:00")
    assert lead(corpus, "wie teuer wird die reparatur der lurretalbrücke?") == "9 million euros"


def test_a_figure_of_nobody_is_not_that_of_who_is_asked_about(corpus: Corpus) -> None:
    text = (
        "Die Wahl in Auental ist vorbei. Gefunden wurden noch 87 Stimmen in einem Schrank der Post."
    )
    add(corpus, text, "2025-11-10T10:00")
    question = "Wie viele Stimmen hat Jana Tervolt in Auental bekommen?"
    assert lead(corpus, question) is None


def test_a_loan_is_no_price(corpus: Corpus) -> None:
    add(corpus, "Das Land bürgt in Auental für Kredite von 40 Millionen Euro.", "2025-11-10T10:00")
    assert lead(corpus, "Wie viele Millionen zahlt Nordheym für das Werk in Auental?") is None


def test_a_sum_goes_by_other_names(corpus: Corpus) -> None:
    text = (
        "Die Firma Lamatek in Auental hatte einen Umsatz von 310 Millionen Euro. Die"
        " Verbindlichkeiten belaufen sich auf 74 Millionen Euro."
    )
    add(corpus, text, "2025-11-10T10:00")
    assert lead(corpus, "Wie hoch sind die Schulden von Lamatek?") == "74 Millionen Euro"
