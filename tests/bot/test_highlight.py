"""The answering words: marked where the sentence leaves no choice, and only there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.highlight import highlight
from bot.question import understand
from index.types import Article, Span


def marked(question: str, sentence: str) -> str | None:
    article = Article("Titel", f"Davor. {sentence} Danach.", datetime(2024, 11, 1, tzinfo=UTC))
    start = len("Davor. ")
    found = highlight(understand(question), Span(article, start, start + len(sentence)))
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "Wie viele Soldaten sind in Kursk?",
            "In der Region Kursk halten sich nach Angaben der USA rund 8.000 Soldaten auf.",
            "8.000",
        ),
        (
            "Wie viele Menschen wurden verletzt?",
            "Bei dem Unfall am 3. Mai wurden 17 Menschen verletzt, drei Autos brannten.",
            "17",
        ),
        ("Wie teuer wird die Brücke?", "Sie kostet 61,5 Millionen Euro.", "61,5 Millionen Euro"),
        ("Wie hoch ist der Anteil?", "Er stieg auf 12,5 Prozent.", "12,5 Prozent"),
        ("How many people came?", "About twelve people came.", "twelve"),
        ("Wann wurde die Brücke gesperrt?", "Am 3. Mai 2024 wurde sie gesperrt.", "3. Mai 2024"),
        ("Seit wann gilt das?", "Es gilt seit Montag.", "Montag"),
    ],
)
def test_the_only_fitting_words_are_marked(question: str, sentence: str, expected: str) -> None:
    assert marked(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        # Two numbers, neither beside what is counted.
        ("Wie viele kamen zum Fest?", "Es kamen 300, im Jahr davor waren es 200."),
        # The only number is in the question, or is a year.
        ("Wie viele der 40 Züge fielen aus?", "Von den 40 Zügen fielen die meisten aus."),
        ("Wie viele Bäume stehen dort?", "Seit 2019 stehen dort Bäume."),
        # Names are not told from nouns.
        ("Wer ist Verteidigungsminister?", "Verteidigungsminister Lloyd Austin sprach am Montag."),
        ("Wann war das?", "Am Montag hieß es, am 4. Mai sei es gewesen."),
        ("Wie viele waren es?", "Es waren sehr viele."),
    ],
)
def test_what_is_open_stays_unmarked(question: str, sentence: str) -> None:
    assert marked(question, sentence) is None
