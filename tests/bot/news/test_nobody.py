from __future__ import annotations

import pytest

from bot.news.nobody import nobody_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Niemand wird mehr vermisst.", "Niemand"),
        ("Verletzt wurde niemand.", "niemand"),
        ("Es gab keine Verletzten.", "keine"),
        ("Bei dem Brand kamen keine Menschen ums Leben.", "keine"),
        ("Keiner der Insassen wurde verletzt.", "Keiner"),
        ("Alle Vermissten sind inzwischen gefunden.", "Alle"),
        ("Nobody is missing any more.", "Nobody"),
        ("No one was hurt.", "No one"),
        ("There were no injuries.", "no"),
        ("None of the passengers was hurt.", "None"),
        ("All of the missing have been accounted for.", "All"),
    ],
)
def test_that_there_are_none_is_said_in_many_ways(text: str, words: str) -> None:
    found = nobody_in(text)
    assert found is not None
    assert text[slice(*found)] == words


@pytest.mark.parametrize(
    "text",
    [
        "Niemand weiß, wie viele verletzt wurden.",
        "Keine weiteren Verletzten wurden gemeldet.",
        "Nobody knows how many are missing.",
        "Alle Verletzten liegen im Krankenhaus.",
        "No further injuries were reported.",
    ],
)
def test_what_nobody_knows_is_no_number(text: str) -> None:
    assert nobody_in(text) is None
