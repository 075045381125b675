from __future__ import annotations

import argparse
import re

import pytest

from bot.cli.commands import COMMANDS
from bot.cli.parser import CommandParser, stated_language
from bot.types import Language
from tests.bot.cli.running import Beleg


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_in_both_languages(beleg: Beleg, command: str, language: str) -> None:
    result = beleg("--language", language, command, "--help")
    assert (result.code, result.err) == (0, "")
    assert f"  beleg {command}" in result.out or f" beleg --data /srv/beleg {command}" in result.out
    assert ("Beispiele:" in result.out) == (language == "de")
    assert all(len(line) <= 80 for line in result.out.splitlines() if "[" not in line)


def test_the_first_help_names_every_command_and_every_exit_code(beleg: Beleg) -> None:
    shown = beleg("--help").out
    assert set(re.findall(r"(?m)^    ([a-z]+) ", shown)) == set(COMMANDS)
    for code in ("0", "1", "2", "3", "4", "5", "70", "130"):
        assert re.search(rf"(^|  ) *{code}  ", shown, re.MULTILINE), code


def test_german_help_is_german_throughout(beleg: Beleg) -> None:
    shown = beleg("add", "--help").out + beleg("--help").out
    for english in ("usage", "options", "positional", "show this", "exit"):
        assert english not in shown.lower().replace("--", "")


@pytest.mark.parametrize(
    "argv",
    [
        ["nix"],
        ["ask"],
        ["show", "drei"],
        ["show", "0"],
        ["show", "9" * 30],
        ["search", "x", "--count", "-1"],
        ["list", "--frosch"],
        ["add", "x", "--title"],
        ["list", "--js"],
    ],
)
def test_what_is_not_understood_is_said_with_a_hint(beleg: Beleg, argv: list[str]) -> None:
    result = beleg(*argv)
    assert (result.code, result.out) == (2, "")
    assert re.search(r"Hilfe: beleg( \w+)? --help\n$", result.err)
    for english in ("usage", "error", "argument", "invalid", "expected", "required"):
        assert english not in result.err


def test_without_a_command_the_help_is_shown_as_an_error(beleg: Beleg) -> None:
    result = beleg()
    assert (result.code, result.out) == (2, "")
    assert "Befehle:" in result.err


def test_the_version_is_told(beleg: Beleg) -> None:
    assert re.fullmatch(r"Beleg \d+\.\d+\.\d+\n", beleg("--version").out)


def test_the_language_is_found_wherever_it_stands() -> None:
    assert stated_language(["ask", "x", "--language", "en"]) == "en"
    assert stated_language(["--language=de", "list"]) == "de"
    assert stated_language(["list"]) is None


def test_argparse_speaks_its_own_language_again_afterwards() -> None:
    CommandParser(Language.GERMAN, "1")
    assert argparse.ArgumentParser().format_usage().startswith("usage:")
