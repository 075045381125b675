"""Who differs: in one article, in the next sentence, days later. Neither of any real story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.corpus import Corpus
from tests.holding import EARLIER, LATER, held
from tests.making import make_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


@pytest.mark.parametrize(
    ("question", "text", "values"),
    [
        (
            "Wie viele Teilnehmer hatte die Demonstration in Auental?",
            (
                "In Auental gab es eine Demonstration. Die Polizei sprach von 5.000 "
                "Teilnehmern, die Veranstalter nannten 12.000."
            ),
            "5.000|12.000",
        ),
        (
            "Wie viele Teilnehmer hatte die Demonstration in Auental?",
            (
                "In Auental gab es eine Demonstration. Die Polizei sprach von 5.000, die "
                "Veranstalter von 12.000 Teilnehmern."
            ),
            "5.000|12.000",
        ),
        (
            "Wie viele Teilnehmer hatte die Demonstration in Auental?",
            (
                "Zur Demonstration in Auental kamen laut Polizei 5.000 Teilnehmer. Die "
                "Veranstalter gingen von 12.000 aus."
            ),
            "5.000|12.000",
        ),
        (
            "Wie viele Teilnehmer hatte die Demonstration in Auental?",
            (
                "Zur Demonstration in Auental kamen laut Polizei 5.000 Teilnehmer. Nach "
                "Angaben der Veranstalter waren es 12.000."
            ),
            "5.000|12.000",
        ),
        (
            "Wie viele Teilnehmer hatte die Demonstration in Auental?",
            (
                "Zur Demonstration in Auental kamen laut Polizei 5.000 Teilnehmer, laut "
                "Veranstaltern waren es 12.000."
            ),
            "5.000|12.000",
        ),
        (
            "Wie viele Teilnehmer hatte die Demonstration in Auental?",
            (
                "Zur Demonstration in Auental kamen nach Angaben der Polizei 5.000 "
                "Teilnehmer. Das Bündnis zählte mehr als doppelt so viele: 12.000 Menschen."
            ),
            "5.000|12.000",
        ),
        (
            "Wie viele Teilnehmer hatte die Demonstration in Auental?",
            (
                "Zur Demonstration in Auental kamen nach Angaben der Polizei 5.000 "
                "Teilnehmer. Bei den Veranstaltern ist von 12.000 die Rede."
            ),
            "5.000|12.000",
        ),
        (
            "How many people joined the protest in Auental?",
            (
                "Police said 5,000 people joined the protest in Auental. The organisers put "
                "the figure at 12,000."
            ),
            "5,000|12,000",
        ),
        (
            "How many people joined the protest in Auental?",
            (
                "Police said 5,000 people joined the protest in Auental, while the organisers"
                " spoke of 12,000."
            ),
            "5,000|12,000",
        ),
        (
            "How many people joined the protest in Auental?",
            (
                "Police estimated the crowd in Auental at 5,000 people; organisers said "
                "12,000 people took part."
            ),
            "5,000|12,000",
        ),
        (
            "How many jobs are at risk at Kelldorff?",
            (
                "The union puts the number of threatened jobs at Kelldorff at 900, most of "
                "them in Auental. The company says no more than 350 will go."
            ),
            "900|350",
        ),
        (
            "Wie viele Jobs sind bei Kelldorff in Gefahr?",
            (
                "Die Gewerkschaft beziffert die Zahl der gefährdeten Stellen bei Kelldorff "
                "auf 900, die meisten davon in Auental. Das Unternehmen geht von höchstens "
                "350 aus."
            ),
            "900|350",
        ),
        (
            "Wie viele Jobs kostet die Übernahme von Kelldorff?",
            (
                "Kelldorff hat 3.700 Mitarbeiter. Nach Einschätzung der Gewerkschaft kostet "
                "die Übernahme von Kelldorff 900 Stellen. Der Käufer spricht von 350."
            ),
            "900|350",
        ),
        (
            "Wie teuer wird die Brücke in Auental?",
            (
                "Die Brücke in Auental kostet nach Angaben des Ministeriums 6 Millionen Euro."
                " Der Rechnungshof kommt auf 9 Millionen Euro."
            ),
            "6 Millionen Euro|9 Millionen Euro",
        ),
        (
            "Wie teuer wird die Brücke in Auental?",
            (
                "Das Ministerium beziffert die Kosten der Brücke in Auental auf 6 Millionen "
                "Euro, der Rechnungshof auf 9 Millionen."
            ),
            "6 Millionen Euro|9 Millionen",
        ),
        (
            "How much will the bridge in Auental cost?",
            (
                "The ministry puts the cost of the bridge in Auental at 6 million euros. The "
                "audit office disagrees and reckons with 9 million euros."
            ),
            "6 million euros|9 million euros",
        ),
        (
            "Wie viele Menschen sind in Auental betroffen?",
            (
                "Der Betreiber hat die Zahl der Betroffenen in Auental auf 31.000 "
                "heraufgesetzt. Die Datenschützer halten das für zu wenig: Nach ihrer "
                "Rechnung sind es 48.000 Personen."
            ),
            "31.000|48.000",
        ),
        (
            "Wie viele Menschen waren in Auental an Bord?",
            (
                "An Bord waren in Auental nach Angaben der Reederei 15 Menschen. Die "
                "Küstenwache zählt 13."
            ),
            "15|13",
        ),
        (
            "Wie hoch ist der Schaden in Auental?",
            (
                "Die Versicherung schätzt den Schaden in Auental auf zwei Millionen Euro. Die"
                " Stadt rechnet dagegen mit fünf Millionen Euro."
            ),
            "zwei Millionen Euro|fünf Millionen Euro",
        ),
    ],
)
def test_two_who_differ_in_one_article_stand_side_by_side(
    corpus: Corpus, question: str, text: str, values: str
) -> None:
    assert held(corpus, question, (LATER, text)) == set(values.split("|"))


@pytest.mark.parametrize(
    ("question", "before", "after", "values"),
    [
        (
            "Was kostet die Sanierung der Halle in Auental?",
            (
                "Die Sanierung der Halle in Auental kostet nach Angaben des Ministeriums 6 "
                "Millionen Euro."
            ),
            (
                "Die Kammer widerspricht dem Ministerium: Sie rechnet für die Sanierung der "
                "Halle in Auental mit Kosten von 11 Millionen Euro."
            ),
            "6 Millionen Euro|11 Millionen Euro",
        ),
        (
            "Was kostet die Sanierung der Halle in Auental?",
            (
                "Die Sanierung der Halle in Auental kostet nach Angaben des Ministeriums 6 "
                "Millionen Euro."
            ),
            (
                "Der Rechnungshof schätzt die Kosten für die Sanierung der Halle in Auental "
                "auf 11 Millionen Euro. Das Ministerium hält an seiner Rechnung fest."
            ),
            "6 Millionen Euro|11 Millionen Euro",
        ),
        (
            "Was kostet die Sanierung der Halle in Auental?",
            ("Die Sanierung der Halle in Auental kostet nach Angaben der Stadt 6 Millionen Euro."),
            (
                "Die Halle in Auental wird teurer, als die Stadt annimmt. Gutachter Jens Kolk"
                " rechnet für die Sanierung mit 11 Millionen Euro."
            ),
            "6 Millionen Euro|11 Millionen Euro",
        ),
        (
            "Was kostet die Sanierung der Halle in Auental?",
            ("Die Sanierung der Halle in Auental kostet nach Angaben der Stadt 6 Millionen Euro."),
            (
                "Der Bund der Steuerzahler bezweifelt die Rechnung der Stadt. Die Sanierung "
                "der Halle in Auental werde 11 Millionen Euro kosten, sagte Sprecher Jens "
                "Kolk."
            ),
            "6 Millionen Euro|11 Millionen Euro",
        ),
        (
            "Was kostet die Sanierung der Halle in Auental?",
            ("Die Sanierung der Halle in Auental kostet nach Angaben der Stadt 6 Millionen Euro."),
            (
                "Anders als die Stadt geht der Verein für die Sanierung der Halle in Auental "
                "von 11 Millionen Euro aus, wie Vorstand Jens Kolk sagte."
            ),
            "6 Millionen Euro|11 Millionen Euro",
        ),
        (
            "How much will the hall in Auental cost?",
            "The hall in Auental will cost 6 million euros, the ministry said.",
            (
                "The audit office disputes the ministry's sums. It puts the cost of the hall "
                "in Auental at 11 million euros."
            ),
            "6 million euros|11 million euros",
        ),
        (
            "How much will the hall in Auental cost?",
            "The hall in Auental will cost 6 million euros, the ministry said.",
            (
                "The hall in Auental will cost 11 million euros, according to the audit "
                "office. The ministry stands by its estimate."
            ),
            "6 million euros|11 million euros",
        ),
        (
            "How much will the hall in Auental cost?",
            "The hall in Auental will cost 6 million euros, the ministry said.",
            (
                "The hall in Auental will cost 11 million euros, far more than the ministry "
                "claims, the chamber of commerce said."
            ),
            "6 million euros|11 million euros",
        ),
        (
            "Wie viele Menschen haben in Auental gestreikt?",
            "Die Gewerkschaft zählte 1.900 Menschen, die in Auental gestreikt haben.",
            (
                "Am Streik in Auental haben sich nach Angaben des Betreibers 1.250 Menschen "
                "beteiligt. Die Gewerkschaft hatte mehr gezählt und bleibt dabei."
            ),
            "1.900|1.250",
        ),
    ],
)
def test_what_is_disputed_still_stands_days_later(
    corpus: Corpus, question: str, before: str, after: str, values: str
) -> None:
    found = held(corpus, question, (EARLIER, before), (LATER, after))
    assert found == set(values.split("|"))


def test_papers_do_not_name_again_what_everybody_knows(corpus: Corpus) -> None:
    first = (
        "Am Kerlspitz oberhalb von Brendltal ist am Samstag eine Lawine abgegangen. Die Lage ist"
        " schwierig, sagte Franka Oberhuis."
    )
    then = (
        "Dann brach der Hang. Sechs Vermisste stehen auf der Liste der Polizei. Die Bergrettung"
        " fürchtet, dass es bis zu zwölf sein könnten. Franka Oberhuis aus Brendltal sucht mit."
    )
    question = "Wie viele Menschen werden nach der Lawine am Kerlspitz vermisst?"
    found = held(corpus, question, ("2025-11-08T10:00", first), ("2025-11-08T18:00", then))
    assert found == {"Sechs", "zwölf"}


def test_what_stands_before_a_colon_says_who_differs(corpus: Corpus) -> None:
    text = (
        "64 Erkrankte zählt das Gesundheitsamt in Sundau. Viel zu wenig, poltert der"
        " Hausärzteverband: Seine Praxen hätten mehr als 200 Patienten behandelt."
    )
    question = "Wie viele Menschen sind in Sundau krank geworden?"
    assert held(corpus, question, (LATER, text)) == {"64", "200"}


def test_whom_a_question_asks_about_stands_alone(corpus: Corpus) -> None:
    text = (
        "64 Erkrankte zählt das Gesundheitsamt in Sundau. Der Hausärzteverband spricht von mehr"
        " als 200 Patienten."
    )
    question = "Wie viele Erkrankte zählte das Gesundheitsamt in Sundau?"
    assert held(corpus, question, (LATER, text)) == {"64"}


def test_the_very_figure_links_articles_that_share_no_name(corpus: Corpus) -> None:
    question = "Wie viele Stellen fallen bei Kelldorff weg?"
    first = (
        "Bei Kelldorff fallen 540 Stellen weg, sagte Insolvenzverwalter Jens Brandel. Die"
        " Belegschaft wird bald unterrichtet."
    )
    then = (
        "Die Gewerkschaft glaubt den Zahlen nicht. Mindestens 900 Stellen seien in Gefahr, sagte"
        " Jana Ahlsen von der Gewerkschaft. Ein Sprecher des Insolvenzverwalters blieb vor der"
        " Belegschaft bei 540."
    )
    found = held(corpus, question, ("2025-11-08T10:00", first), ("2025-11-09T10:00", then))
    assert found == {"540", "900"}
