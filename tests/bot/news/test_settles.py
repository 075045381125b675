from __future__ import annotations

import pytest

from bot.news.settles import is_whether, settles

SETTLING = [
    ("Was sagte Jana Kruse zum Abriss?", "„Wir reißen nichts ab“, sagte Kruse."),
    ("Wie hat der Minister das kommentiert?", "„Ein guter Tag für alle hier“, so der Minister."),
    ("What did the mayor say about the dam?", "“We will rebuild it by May,” she said."),
    ("Warum brannte die Halle?", "Ein defektes Kabel hat das Feuer ausgelöst."),
    ("Was war die Ursache des Brands?", "Demnach entzündete ein Funke das trockene Gras."),
    ("Wodurch kam es zu dem Unfall?", "Der Unfall ist auf einen Reifen zurückzuführen."),
    ("Why did the dam break?", "A blocked drain caused the dam to fail."),
    ("What was the reason for the delay?", "The delay was due to a lack of welders."),
    ("Wer hat die Wahl gewonnen?", "Jana Kruse setzt sich mit 52 Prozent durch."),
    ("Wer lag bei der Wahl vorn?", "Herausforderin Jana Kruse hat den Amtsinhaber überholt."),
    ("Who won the election?", "Challenger Jana Kruse has beaten the incumbent."),
    ("Wer leitet Lamatek?", "Jana Kruse bleibt an der Spitze des Vorstands."),
    ("Wer ist Ministerin in Hohenau?", "Seit Montag ist Jana Kruse im Amt."),
    ("Wer führt das Amt?", "Die Geschäfte führt vorerst Staatssekretär Jens Kolk."),
    ("Who is head of Lamatek?", "Jana Kruse was appointed chief executive."),
    ("Wie kamen die Diebe ins Haus?", "Die Täter gelangten durch ein Fenster in das Haus."),
    ("How did the thieves get in?", "They entered through a skylight."),
    ("Gilt das Urteil noch?", "Das Gericht hat das Urteil aufgehoben."),
    ("Ist die Gefahr vorbei?", "Die Feuerwehr gab am Abend Entwarnung."),
    ("Is the ban still in force?", "The ban was lifted on Tuesday."),
    ("Muss man das Wasser noch abkochen?", "Das Abkochgebot ist aufgehoben."),
    ("Was hatte die Bahn Ende Mai angeboten?", "Die Bahn bietet nun 4,8 Prozent."),
    ("Was fordert die Gewerkschaft?", "Sie verlangt neun Prozent mehr Lohn."),
    ("What did the company offer?", "The company offered 38 euros a share."),
    ("Wie ist die Abstimmung ausgegangen?", "38 Mitglieder stimmten dafür, 21 dagegen."),
    ("How did the council vote?", "The council rejected the plan by 21 to 17."),
]
OTHERS = [
    ("Was sagte Jana Kruse zum Abriss?", "Kruse trat am Montag vor die Presse."),
    ("Warum brannte die Halle?", "Die Halle brannte bis zum Morgen."),
    ("Wer hat die Wahl gewonnen?", "Die Wahlbeteiligung lag bei 47 Prozent."),
    ("Wer leitet Lamatek?", "Der Verkauf von Lamatek ist perfekt."),
    ("Gilt das Urteil noch?", "Der Richter verlas das Urteil am Montag."),
    ("Wie ist die Abstimmung ausgegangen?", "Auf der Tribüne saßen etwa 80 Zuhörer."),
    ("Wo steht die Halle?", "Das Gericht hat das Urteil aufgehoben."),
]
UNSETTLING = [
    ("Warum brannte die Halle?", "Was das Feuer ausgelöst hat, ist unklar."),
    ("Was war die Ursache?", "Nicht das Eis war schuld an dem Unfall."),
    ("Why did the dam break?", "What caused the failure is unknown."),
    ("Wer ist Ministerin in Hohenau?", "Ministerin Jana Kruse hat ihren Rücktritt erklärt."),
    ("Who is head of Lamatek?", "Former head Jana Kruse stepped down."),
]


@pytest.mark.parametrize(("question", "sentence"), SETTLING)
def test_a_sentence_settles_a_question_by_its_verb(question: str, sentence: str) -> None:
    assert settles(question, sentence) >= 1.0


@pytest.mark.parametrize(("question", "sentence"), OTHERS)
def test_a_sentence_on_the_matter_alone_settles_nothing(question: str, sentence: str) -> None:
    assert settles(question, sentence) == 0.0


@pytest.mark.parametrize(("question", "sentence"), UNSETTLING)
def test_what_is_denied_or_over_settles_less_than_nothing(question: str, sentence: str) -> None:
    assert settles(question, sentence) < 0.0


def test_who_can_be_told_yes_or_no_is_known() -> None:
    assert is_whether("Gilt das Urteil noch?")
    assert is_whether("macht das werk jetzt dicht oder nicht?")
    assert is_whether("Has the bridge reopened?")
    assert not is_whether("Wann öffnet die Brücke?")
    assert not is_whether("Was hatte die Bahn Ende Oktober angeboten?")
    assert is_whether("Was the bridge closed?")


def test_yes_or_no_is_told_by_the_verb_of_the_question() -> None:
    question = "Tritt Ministerin Kruse zurück?"
    assert settles(question, "„Ich trete nicht zurück“, sagte sie.") > 0.0
    assert settles(question, "Kruse will im Amt bleiben.") == 0.0
    assert settles("tritt die kruse zurück?", "Die Kruse kam spät.") == 0.0
