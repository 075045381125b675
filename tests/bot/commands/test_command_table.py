"""The README names every command, in both languages, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.discord_server import DiscordServer

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
TABLE = README.partition("| command | who | what |\n")[2].partition("\n\n")[0]
# Menus stand there in plain words, commands as code.
WORDS = {word for code in re.findall(r"`([^`]+)`", TABLE) for word in code.split()}
SUBCOMMAND, GROUP = 1, 2


def names(command: dict[str, Any]) -> Iterator[str]:
    for name in (command["name"], command["name_localizations"]["de"]):
        yield name if command.get("type", 1) != 1 else f"/{name}"
    for option in command.get("options", ()):
        if option["type"] in {SUBCOMMAND, GROUP}:
            yield option["name"]
            yield option["name_localizations"]["de"]


def is_named(name: str) -> bool:
    return name in WORDS or (" " in name and name in TABLE)


@pytest.mark.usefixtures("client")
def test_every_command_stands_in_the_readme_in_both_languages(
    discord_server: DiscordServer,
) -> None:
    listed = discord_server.commands.listed(None)
    assert len(listed) > 10
    missing = [name for command in listed for name in names(command) if not is_named(name)]
    assert missing == []


@pytest.mark.usefixtures("client")
def test_the_readme_names_no_command_that_is_not_there(discord_server: DiscordServer) -> None:
    known = {name for command in discord_server.commands.listed(None) for name in names(command)}
    named = set(re.findall(r"/[\wäöüß-]+", TABLE))
    assert named <= known
