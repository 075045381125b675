"""Who is meant by a short name, by texts of our own."""

from __future__ import annotations

import pytest

from bot.news.fuller_names import fuller_name


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("Das Veterinäramt warnt. Nach Angaben des Amtes sind es neun.", "Amtes", "Veterinäramt"),
        ("Der EHC Lindow verlor. Nach Angaben des Vereins sind es neun.", "Vereins", "EHC Lindow"),
        (
            "State engineers came with city engineers. The engineers said so.",
            "engineers",
            "engineers",
        ),
        (
            "The harbour authority came. It was 90, the authority said.",
            "authority",
            "harbour authority",
        ),
        ("TSV Ahlsen siegt. Der Klub nennt neun.", "Klub", "TSV Ahlsen"),
        ("Das Kreisamt und das Bauamt zählen. Nach Angaben des Amtes neun.", "Amtes", "Amtes"),
        ("Der EHC Lindow und der TSV Ahlsen. Der Klub nennt neun.", "Klub", "Klub"),
    ],
)
def test_the_one_that_was_named_is_meant(text: str, short: str, name: str) -> None:
    start = text.rindex(short)
    assert text[slice(*fuller_name(text, (start, start + len(short))))] == name
