"""Messages are drawn as they are, and the README shows the pictures that there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.discord_server.model import EPHEMERAL, ChannelState, Message, User
from tests.pictures import FOLDER, HEADS, WIDTH, Run, draw, runs, timeline, width, wrapped

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BOT, PLACE = User(1, "Beleg", bot=True), ChannelState(2, "allgemein", 0)


def written(picture: str) -> str:
    return "".join(ET.fromstring(picture).itertext())


def test_bold_words_links_and_escaped_signs_are_read() -> None:
    assert runs(r"a **b\*** [t\[1\]](<https://x.example/>) \[1\]") == [
        Run("a "),
        Run("b", bold=True),
        Run("*", bold=True),
        Run(" "),
        Run("t", link=True),
        Run("[", link=True),
        Run("1", link=True),
        Run("]", link=True),
        Run(" "),
        Run("["),
        Run("1"),
        Run("]"),
    ]


def test_lines_are_broken_between_words_and_lose_none() -> None:
    line = [Run("Die Große Radebrücke "), Run("in Brackenau ist gesperrt", bold=True)]
    parts = wrapped(line, 15, 120)
    assert len(parts) > 2
    assert "".join(run.text for part in parts for run in part) == "".join(r.text for r in line)
    for part in parts:
        assert width("".join(run.text for run in part).rstrip(), 15) <= 120


@pytest.mark.parametrize("flags", [0, EPHEMERAL])
def test_a_message_is_drawn_with_its_buttons_and_who_sees_it(flags: int) -> None:
    rows: list[dict[str, Any]] = [
        {"type": 1, "components": [{"type": 2, "label": "Mehr <Belege>", "custom_id": "a"}]},
        {"type": 1, "components": [{"type": 3, "placeholder": "Zeitraum", "options": []}]},
    ]
    text = "> »Rund **8.000** & mehr.« \\[1\\]\n- [Titel](<https://x.example/>) · Blatt\n-# Ende"
    message = Message(3, PLACE, BOT, content=text, components=rows, flags=flags)
    shown = written(draw(message, "Ben", "/frage"))
    for words in ("»Rund 8.000 & mehr.« [1]", "Titel · Blatt", "Mehr <Belege>", "Zeitraum"):
        assert words in shown
    assert "x.example" not in shown
    assert ("Nur du kannst" in shown) == bool(flags)


@pytest.mark.parametrize("name", HEADS)
def test_the_readme_shows_every_picture_and_each_is_small(name: str) -> None:
    picture = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert len(picture.encode()) < 40_000
    assert ET.fromstring(picture).get("width") == str(WIDTH)
    assert "href" not in picture
    assert f"(deploy/pictures/{name}.svg)" in README


def test_the_readme_shows_a_timeline_as_it_is_drawn() -> None:
    assert (FOLDER / "timeline.svg").read_bytes() == timeline()
    assert "(deploy/pictures/timeline.svg)" in README
