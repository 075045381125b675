from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.commands.gaps import PAGE_SIZE, render_gaps
from bot.excerpt import units
from bot.gaps import Gap, gaps_of
from bot.types import Language
from index.question_table import LoggedQuestion
from tests.bot.discord_markdown import read

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def asked(*texts: str) -> list[LoggedQuestion]:
    """Questions, the latest first."""
    return [
        LoggedQuestion(AT - timedelta(hours=number), text, answered=False)
        for number, text in enumerate(texts)
    ]


def test_questions_with_the_same_content_words_are_one() -> None:
    gaps = gaps_of(
        asked(
            "Wer regiert in Peru?",
            "Wie hoch ist die Miete in Jena?",
            "wie hoch sind Mieten in Jena",
            "In Jena: Wie hoch ist die Miete?",
            "???",
        )
    )
    assert gaps == [
        Gap("Wie hoch ist die Miete in Jena?", 3, AT - timedelta(hours=1)),
        Gap("Wer regiert in Peru?", 1, AT),
        Gap("???", 1, AT - timedelta(hours=4)),
    ]


def test_no_questions_are_no_gaps() -> None:
    assert gaps_of([]) == []


def test_a_page_of_long_hostile_questions_fits_and_does_nothing() -> None:
    hostile = "@everyone <@1> [x](https://evil.example)\n# `` ** ||" * 20
    gaps = [Gap(hostile, 10**6, AT)] * (2 * PAGE_SIZE)
    for language in Language:
        text = render_gaps(gaps, 1, 2, language)
        assert units(text) <= 2000
        assert len(text.splitlines()) == PAGE_SIZE + 1
        assert not read(text).links
