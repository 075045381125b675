from __future__ import annotations

import pytest

from bot.excerpt import units
from bot.guild_settings import GuildSettings
from bot.installation import Installation, installation_of
from bot.privacy_text import forgotten_text, privacy_text
from bot.settings import read_settings
from bot.types import Language
from tests.bot.discord_markdown import read

DE, EN = Language.GERMAN, Language.ENGLISH


def test_it_says_what_the_server_has_chosen() -> None:
    off = privacy_text(DE, GuildSettings(), Installation(), DE)
    assert "ist nach 30 Tagen alles gelöscht" in off
    assert "Fragen werden hier nicht gespeichert." in off
    assert "Fragenprotokoll" not in off
    on = privacy_text(DE, GuildSettings(log_days=1), Installation(), DE)
    assert "nicht gespeichert" not in on
    assert "Jede Frage wird für 1 Tag gespeichert" in on
    assert "/vergiss-mich löscht deine Fragen" in on
    assert "für 7 Tage" in privacy_text(DE, GuildSettings(log_days=7), Installation(), DE)
    assert "/forget-me deletes" in privacy_text(EN, GuildSettings(log_days=7), Installation(), EN)


def test_it_says_what_the_installation_does_and_whom_to_ask() -> None:
    settings = read_settings(
        {
            "HOME": "/home/ada",
            "BELEG_CONTACT": "ada@example.org",
            "BELEG_KEEP_LEFT": "7",
            "BELEG_SELECTOR_URL": "http://llm.example:11434/v1",
            "BELEG_SELECTOR_MODEL": "m",
        }
    )
    text = read(privacy_text(EN, GuildSettings(), installation_of(settings), EN)).text
    assert "a language model at llm.example" in text
    assert "everything is deleted after 7 days" in text
    assert text.endswith("whoever runs this Beleg: ada@example.org")
    plain = privacy_text(EN, GuildSettings(), Installation(), EN)
    assert "language model" not in plain
    assert plain.endswith("whoever manages this server.")


@pytest.mark.parametrize("language", list(Language))
def test_it_fits_and_nothing_in_it_acts(language: Language) -> None:
    hostile = "@everyone https://evil.example/ <@1> " * 30
    installation = Installation(hostile, hostile, 9999)
    text = privacy_text(language, GuildSettings(log_days=30), installation, language)
    assert units(text) <= 2000
    assert set(read(text).effects) <= {"list", "bold"}


@pytest.mark.parametrize(
    ("questions", "changes", "words"),
    [
        (0, 0, ["nichts gespeichert"]),
        (1, 0, ["Eine Frage von dir ist"]),
        (3, 1, ["3 Fragen von dir sind", "Eine Änderung von dir bleibt", "Nach 180 Tagen"]),
        (0, 2, ["nichts gespeichert", "2 Änderungen von dir bleiben"]),
    ],
)
def test_what_was_deleted_and_what_stays_is_named(
    questions: int, changes: int, words: list[str]
) -> None:
    text = forgotten_text(DE, questions, changes)
    assert all(some in text for some in words)
    assert len(text.splitlines()) == (2 if changes else 1)


def test_who_answers_for_an_exception_goes_on_answering_for_it() -> None:
    text = forgotten_text(DE, 0, 1, 2)
    assert "Ausnahmen für Websites, die du eingetragen hast (2)" in text
    assert len(text.splitlines()) == 3
