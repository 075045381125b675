"""Who counts or decides what a sentence says, with sentences of our own."""

from __future__ import annotations

import pytest

from bot.news.sayers import sayer_before, sayer_in
from index.split import split_sentences
from index.types import Span
from tests.making import make_article


def spans(text: str) -> list[Span]:
    article = make_article(text)
    return [Span(article, start, end) for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Das Bauamt zählte dagegen 31 Risse.", "Bauamt"),
        ("Der Deichverband geht von 40 Lecks aus.", "Deichverband"),
        ("Die Werkleitung bleibt bei 400 Stellen.", "Werkleitung"),
        ("Das Kreisamt gab die Zahl der Gäste mit 90 an.", "Kreisamt"),
        ("Am 24. September stellt der Wahlausschuss das Ergebnis fest.", "Wahlausschuss"),
    ],
)
def test_the_subject_that_counts_is_the_source(sentence: str, who: str) -> None:
    found = sayer_in(spans(sentence)[0])
    assert found is not None
    assert found.text == who


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Kornhof-Werk in Sandkirchen bleibt bestehen.",
        "Der Zug geht um acht Uhr.",
        "Sieben Seeleute bleiben vermisst.",
        "Das Amt gibt den Weg frei.",
    ],
)
def test_who_only_stays_or_goes_says_nothing(sentence: str) -> None:
    assert sayer_in(spans(sentence)[0]) is None


def test_a_sentence_goes_on_with_who_spoke_before_and_with_nobody_who_did_not() -> None:
    *before, last = spans("Das Bauamt zählte 31 Risse. Zwölf davon seien tief.")
    found = sayer_before(last, before)
    assert found is not None
    assert found.text == "Bauamt"
    *before, last = spans("Der FC Sandkirchen gewann das Spiel. Er steht damit bei neun Siegen.")
    assert sayer_before(last, before) is None
