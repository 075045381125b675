"""The documents for operators: what they name exists, what they promise is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli.log import FaultLog
from bot.guild_settings import GuildSettings
from bot.retention import AUDIT_KEPT
from bot.settings import documentation
from index import feedback_table, suggestion_table

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "ARTICLES.md",
    "HOW_IT_WORKS.md",
    "MODELS.md",
    "OPERATING.md",
    "PRIVACY.md",
    "SECURITY.md",
)
_PATH = re.compile(r"`((?:bot|index|tests|deploy)(?:/[\w.-]+)+)`")
_COMMAND = re.compile(r"beleg ([a-z]+)")
_RULE = re.compile(r"(?m)^([a-z-]+):")


def text_of(name: str) -> str:
    return (ROOT / "deploy" / name).read_text(encoding="utf-8")


def halves() -> tuple[str, str]:
    german, english = text_of("PRIVACY.md").split("## Deutsch")[1].split("\n## English")
    return german, english


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_points_to_is_there(name: str) -> None:
    found = set(_PATH.findall(text_of(name)))
    assert found
    missing = [path for path in sorted(found) if "…" not in path and not (ROOT / path).exists()]
    assert not missing


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_targets_of_make_that_are_named_exist(name: str) -> None:
    targets = set(_RULE.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    assert set(re.findall(r"`make ([a-z]+)`", text_of(name))) <= targets


def test_both_languages_of_the_privacy_page_say_the_same() -> None:
    german, english = halves()
    for pattern in (r"(?m)^\| .+ \| ([^|]+) \|$", r"(?m)^### ", r"(?m)^- ", r"Art\. \d+", r"§ \d+"):
        one, other = (sorted(re.findall(pattern, half)) for half in (german, english))
        if "Art" in pattern:  # the directive is named to those who do not know the German law
            other.remove("Art. 4")
        if pattern.startswith("(?m)^\\|"):
            one, other = ([cell for cell in cells if "`" in cell] for cells in (one, other))
            assert len(one) > 10
        assert one == other, pattern


def test_the_times_of_the_privacy_page_are_those_of_the_code() -> None:
    german, english = halves()
    days = next(row.default for row in documentation() if row.variable == "BELEG_KEEP_LEFT")
    assert f"{days} Tage (`BELEG_KEEP_LEFT`)" in german
    assert f"{days} days (`BELEG_KEEP_LEFT`)" in english
    assert f"| {AUDIT_KEPT.days} Tage |" in german
    assert f"| {AUDIT_KEPT.days} days |" in english
    assert not GuildSettings().logs_questions
    assert feedback_table._KEPT.days == 365
    assert suggestion_table._MOST == 100


def test_the_lengths_of_excerpts_are_those_of_the_settings() -> None:
    defaults = {row.variable: row.default for row in documentation()}
    for half in halves():
        for part in ("CHARACTERS", "ARTICLE"):
            assert re.search(rf"\b{defaults[f'BELEG_EXCERPT_{part}']}\b", half)


def test_the_log_is_as_long_as_the_privacy_page_says(tmp_path: Path) -> None:
    log = FaultLog(tmp_path)
    assert (log.maxBytes, log.backupCount) == (2**20, 1)
