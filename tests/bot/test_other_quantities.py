"""What is no other value: parts, other years, figures of another kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.corpus import Corpus
from tests.holding import LATER, held
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
            "Wie hoch ist der Schaden in Auental?",
            (
                "Die Stadt schätzt den Schaden in Auental auf fünf Millionen Euro. Davon "
                "übernimmt die Versicherung zwei Millionen Euro, sagte ein Sprecher der "
                "Versicherung."
            ),
            "fünf Millionen Euro",
        ),
        (
            "Wie viele Verletzte gab es in Auental?",
            (
                "Die Polizei zählte in Auental 27 Verletzte. Im Krankenhaus liegen nach "
                "Angaben der Klinik noch vier."
            ),
            "27",
        ),
        (
            "Wie viele Teilnehmer hatte die Demonstration in Auental?",
            (
                "Die Polizei zählte auf der Demonstration in Auental 5.000 Teilnehmer. Der "
                "Verkehrsverbund setzte 40 Busse ein."
            ),
            "5.000",
        ),
        (
            "Wie viele Teilnehmer hatte die Demonstration in Auental?",
            (
                "Die Polizei zählte auf der Demonstration in Auental 5.000 Teilnehmer. Im "
                "Vorjahr hatte der Veranstalter 8.000 gemeldet."
            ),
            "5.000",
        ),
        (
            "How many people joined the protest in Auental?",
            (
                "Police said 5,000 people joined the protest in Auental. Last year organisers"
                " had counted 9,000."
            ),
            "5,000",
        ),
        (
            "How many people were injured in Auental?",
            (
                "Police said 27 people were injured in Auental. The clinic is still treating "
                "four of them."
            ),
            "27",
        ),
    ],
)
def test_a_part_or_another_year_is_no_other_value(
    corpus: Corpus, question: str, text: str, values: str
) -> None:
    assert held(corpus, question, (LATER, text)) == {values}


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (
            "Wie hoch ist die Halle in Auental?",
            (
                "Die Halle in Auental ist nach Angaben der Stadt 46 Meter hoch. In der Halle wurden"
                " laut Betreiber 31 Grad gemessen."
            ),
            "46 Meter",
        ),
        (
            "Wie viel Öl ist in Auental ausgelaufen?",
            (
                "In Auental sind laut Feuerwehr 9.000 Liter Öl ausgelaufen. 60 Menschen"
                " sammelten nach"
                " Angaben der Stadt zwei Stunden lang Vögel ein."
            ),
            "9.000 Liter",
        ),
        (
            "How much oil was spilled in Auental?",
            (
                "About 9,000 litres of oil were spilled in Auental, the fire service said. The"
                " company"
                " has offered 60,000 euros."
            ),
            "9,000 litres",
        ),
    ],
)
def test_figures_of_another_kind_are_no_other_value(
    corpus: Corpus, question: str, text: str, value: str
) -> None:
    assert held(corpus, question, (LATER, text)) == {value}


def test_a_turnover_is_no_price(corpus: Corpus) -> None:
    text = "Kelldorff kauft die Kette. Kelldorff erzielte zuletzt einen Umsatz von 90 Mio. Euro."
    assert held(corpus, "Wie viel hat Kelldorff für die Kette bezahlt?", (LATER, text)) == set()
