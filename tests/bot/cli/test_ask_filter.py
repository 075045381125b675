from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.cli.running import Beleg

QUESTION = "Wie viele Soldaten aus Nordkorea stehen in der Region Kursk?"


@pytest.fixture
def stocked(beleg: Beleg, kursk: Path) -> Beleg:
    beleg("add", kursk, "--published", "2024-11-01", "--outlet", "Tagesblatt")
    return beleg


@pytest.mark.parametrize(
    ("options", "articles"),
    [
        (["--from", "2024-11-01"], 1),
        (["--from", "1.11.2024", "--to", "November 2024"], 1),
        (["--to", "2023"], 0),
        (["--from", "2024-12"], 0),
        (["--outlet", "TAGESBLATT"], 1),
        (["--outlet", "Tagesblatt", "--from", "2025"], 0),
    ],
)
def test_a_question_is_asked_of_some_articles_alone(
    stocked: Beleg, options: list[str], articles: int
) -> None:
    record = stocked("ask", QUESTION, "--json", *options).json()
    assert record["archive"]["articles"] == articles
    assert record["filter"] is not None
    assert {near["article_id"] for near in record["nearest"]} <= set(range(1, articles + 1))
    if not articles:
        assert not record["answered"]


def test_what_it_was_limited_to_is_shown(stocked: Beleg) -> None:
    shown = " ".join(stocked("ask", QUESTION, "--from", "2024", "--to", "2024").out.split())
    assert shown.startswith("Zeitraum: 1. Januar 2024 bis 31. Dezember 2024,")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--from", "bald"], "„bald“ verstehe ich nicht als Zeitraum"),
        (["--outlet", "Kleinblatt"], "Vorhanden: Tagesblatt."),
    ],
)
def test_what_was_typed_wrong_is_a_usage_error(
    stocked: Beleg, options: list[str], sentence: str
) -> None:
    result = stocked("ask", QUESTION, *options)
    assert result.code != 0
    assert result.out == ""
    assert sentence in " ".join(result.err.split())
