"""Questions for how a quantity went, by wordings of our own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.news.asked import Wanted, asked_of
from bot.question import understand

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Wie ging es mit dem Stimmenvorsprung in Ahlsen hin und her?", "Wie viele Stimmen"),
        ("Wie hat sich der Punkteabstand zu Ahlsen entwickelt?", "Wie viele Punkte"),
        ("Wie lief es mit den Schulden des Klubs weiter?", "Schulden des Klubs"),
        ("Wie schwankte der Ölpreis?", "Ölpreis"),
        ("Wie verlief die Zahl der Verletzten nach dem Unfall?", "Wie viele Verletzten"),
        ("How did the lead in the mayoral race go back and forth?", "the lead in"),
    ],
)
def test_how_a_quantity_went_asks_for_all_its_values(question: str, value: str) -> None:
    asked = asked_of(understand(question), NOW)
    assert asked.develops
    assert asked.wanted is Wanted.FIGURE
    assert value in asked.question.text


@pytest.mark.parametrize(
    "question",
    [
        "Wie verlief die Rettung am Berg?",
        "Wie ging es mit der Insolvenz weiter?",
        "Wie lief das Spiel in Ahlsen?",
        "How did the rescue go?",
    ],
)
def test_how_a_matter_went_asks_for_no_figure(question: str) -> None:
    assert asked_of(understand(question), NOW).wanted is not Wanted.FIGURE
