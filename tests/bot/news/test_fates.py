"""What became of people, by sentences of our own."""

from __future__ import annotations

import pytest

from bot.news.fates import Fate, fates_in


@pytest.mark.parametrize(
    ("sentence", "fates"),
    [
        ("Die Lawine hat acht Menschen verschüttet.", {Fate.BURIED}),
        ("Three people are still trapped.", {Fate.BURIED}),
        ("Sechs Bewohner werden vermisst.", {Fate.MISSING}),
        ("Two of the paintings have been recovered.", {Fate.RESCUED}),
        ("So far 29,300 birds have been culled.", {Fate.DEAD}),
        ("Die Zahl der Kündigungen liegt bei 610.", {Fate.LOST}),
        ("Mindestens 900 Stellen seien in Gefahr.", {Fate.LOST}),
        ("Wie haben sich die Zahlen zum Stellenabbau verändert?", {Fate.LOST}),
        ("Der Ausflug war nicht in Gefahr.", set()),
        ("Es kamen 40 Gäste.", set()),
    ],
)
def test_what_befell_them_is_read(sentence: str, fates: set[Fate]) -> None:
    assert fates_in(sentence) == fates
