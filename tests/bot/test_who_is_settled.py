"""What is newer or settled stands alone: corrections, counts that go on, who agrees in the end."""

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
    ("question", "before", "after", "value"),
    [
        (
            "Was kostet die Sanierung der Halle in Auental?",
            (
                "Die Sanierung der Halle in Auental kostet nach Angaben des Ministeriums 6 "
                "Millionen Euro."
            ),
            (
                "Die Sanierung der Halle in Auental kostet nach Angaben des Ministeriums nun "
                "11 Millionen Euro. Die Kammer widerspricht dem Ministerium in vielem."
            ),
            "11 Millionen Euro",
        ),
        (
            "Was kostet die Sanierung der Halle in Auental?",
            (
                "Die Sanierung der Halle in Auental kostet nach Angaben des Ministeriums 6 "
                "Millionen Euro."
            ),
            (
                "Die Sanierung der Halle in Auental kostet nach Angaben der Bauleitung nun 11"
                " Millionen Euro."
            ),
            "11 Millionen Euro",
        ),
        (
            "Was kostet die Sanierung der Halle in Auental?",
            (
                "Die Sanierung der Halle in Auental kostet nach Angaben des Ministeriums 6 "
                "Millionen Euro."
            ),
            (
                "Nach langem Streit haben sich Ministerium und Kammer geeinigt: Die Sanierung"
                " der Halle in Auental kostet 11 Millionen Euro, teilte die Kammer mit."
            ),
            "11 Millionen Euro",
        ),
        (
            "Was kostet die Sanierung der Halle in Auental?",
            (
                "Die Sanierung der Halle in Auental kostet nach Angaben des Ministeriums 6 "
                "Millionen Euro."
            ),
            (
                "Der Rechnungshof widersprach, und das Ministerium räumte den Fehler ein: "
                "Statt der bisher genannten 6 Millionen Euro kostet die Sanierung der Halle "
                "in Auental nach Angaben des Rechnungshofs 11 Millionen Euro."
            ),
            "11 Millionen Euro",
        ),
        (
            "How much will the hall in Auental cost?",
            "The hall in Auental will cost 6 million euros, the ministry said.",
            (
                "The hall in Auental will now cost 11 million euros, the ministry said. The "
                "chamber disputes that."
            ),
            "11 million euros",
        ),
        (
            "How much will the hall in Auental cost?",
            "The hall in Auental will cost 6 million euros, the ministry said.",
            (
                "The ministry and the chamber agreed on a joint statement: the hall in "
                "Auental will cost 11 million euros, the chamber said."
            ),
            "11 million euros",
        ),
        (
            "Wie viele Verletzte gab es in Auental?",
            "Die Polizei zählte in Auental 12 Verletzte.",
            "Die Feuerwehr spricht nun von 19 Verletzten in Auental.",
            "19",
        ),
    ],
)
def test_what_is_newer_or_settled_stands_alone(
    corpus: Corpus, question: str, before: str, after: str, value: str
) -> None:
    assert held(corpus, question, (EARLIER, before), (LATER, after)) == {value}


def test_who_counts_on_is_overtaken_within_hours(corpus: Corpus) -> None:
    early = (
        "Nach Auszählung von 61 der 64 Bezirke hat Kruse in Auental laut Wahlleiter einen Vorsprung"
        " von 400 Stimmen."
    )
    late = "Kruse hat in Auental nach Angaben der Stadt einen Vorsprung von 212 Stimmen."
    question = "Wie viele Stimmen Vorsprung hat Kruse in Auental?"
    found = held(corpus, question, ("2025-11-08T18:10", early), ("2025-11-08T22:10", late))
    assert found == {"212"}


def test_more_than_was_thought_replaces_what_was_thought(corpus: Corpus) -> None:
    question = "Wie viele Kunstwerke fehlen in Auental?"
    before = "In Auental fehlen fünf Kunstwerke. Das Museum ist zu."
    after = (
        "Der Schaden in Auental ist größer als zunächst angenommen. Sechs Kunstwerke fehlen, sagte"
        " Direktorin Jana Kruse."
    )
    found = held(corpus, question, ("2025-11-08T10:00", before), ("2025-11-09T10:00", after))
    assert found == {"Sechs"}


def test_who_agrees_has_settled_what_was_said_hours_before(corpus: Corpus) -> None:
    question = "Wie viele Fahrgäste wurden in Auental gerettet?"
    before = (
        "134 Fahrgäste wurden nach Zählung der Bergwacht in Auental gerettet. Die Bergbahnen"
        " beharren auf 110 Fahrgästen."
    )
    after = (
        "Das Landratsamt hat die Angaben von Bergbahn und Bergwacht abgeglichen. Demnach wurden in"
        " Auental 126 Fahrgäste gerettet, wie die Behörde mitteilte."
    )
    found = held(corpus, question, ("2025-11-08T10:00", before), ("2025-11-09T10:00", after))
    assert found == {"126"}
