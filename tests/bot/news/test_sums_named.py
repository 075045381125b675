"""Which sum a sentence names, by sentences of our own."""

from __future__ import annotations

import pytest

from bot.news.quantities_asked import names_another, names_the_same


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Wie hoch sind die Schulden des Klubs?", "Er darf zwei Millionen Euro ausgeben."),
        ("Wie hoch sind die Schulden des Klubs?", "Die Stadt gewährt einen Zuschuss von 90 Euro."),
        ("Wie viel ist die Beute wert, wie hoch die Belohnung?", "Die Spenden liegen bei 90 Euro."),
        ("How high is the fine?", "Donations have reached 90 euros."),
        ("What is the reward?", "The company has debts of 90 euros."),
    ],
)
def test_another_sum_is_told_by_its_name(question: str, sentence: str) -> None:
    assert names_another(question, sentence)
    assert not names_the_same(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Wie hoch sind die Schulden des Klubs?", "Die Verbindlichkeiten betragen 90 Euro."),
        ("How high are the debts?", "Its liabilities come to 90 euros."),
        ("Wie hoch ist die Geldstrafe?", "The court imposed a fine of 90 euros."),
        ("Wie hoch ist der Schaden?", "The loss amounted to 90 euros."),
        ("Wie viel wurde gespendet?", "Donations have reached 90 euros."),
    ],
)
def test_one_sum_has_several_names(question: str, sentence: str) -> None:
    assert names_the_same(question, sentence)
    assert not names_another(question, sentence)
