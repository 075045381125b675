"""Who only sets a figure contradicts nobody who tells one, by sentences of our own."""

from __future__ import annotations

import pytest

from bot.news.setters import only_sets


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Das Land stellt 15 Millionen Euro Soforthilfe bereit.", "Land"),
        ("Die Arbeitgeber haben 3,1 Prozent geboten.", "Arbeitgeber"),
        ("Für Hinweise hat der Landkreis 5.000 Euro ausgesetzt.", "Landkreis"),
        ("The owner is offering 40 million pounds.", "owner"),
    ],
)
def test_an_offer_or_a_grant_only_sets_a_figure(sentence: str, who: str) -> None:
    assert only_sets(sentence, who)


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Der Träger hat die Zahl der Fälle auf 310 nach oben gesetzt.", "Träger"),
        ("Im Rathaus ist von 40 Bäumen die Rede.", "Rathaus"),
        ("Die Polizei sprach von 40 Verletzten.", "Polizei"),
        ("Es waren 40.", "Polizei"),
        ("Police said the owner is offering 40 million pounds.", "Police"),
    ],
)
def test_who_tells_a_figure_does_more_than_set_it(sentence: str, who: str) -> None:
    assert not only_sets(sentence, who)
