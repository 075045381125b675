"""`beleg timeline` and `beleg digest`."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.bot.cli.running import Beleg

QUESTION = "Wie viele Soldaten sind in der Region Kursk?"
TEXT = """Bericht {number} aus Kiew vom Abend.

Rund {value} Soldaten sind nach Angaben der USA in der Region Kursk. Das Blatt {number} fragte nach.
"""


@pytest.fixture
def stocked(beleg: Beleg, tmp_path: Path) -> Beleg:
    for number, value in enumerate((8000, 11000), start=1):
        path = tmp_path / f"{number}.txt"
        path.write_text(TEXT.format(number=number, value=value), encoding="utf-8")
        stated = ("--published", f"2024-11-0{number}", "--outlet", f"Blatt {number}")
        assert beleg("add", path, "--title", f"Kursk, Tag {number}", *stated).code == 0
    return beleg


def test_all_values_are_told_in_order_with_quotation_and_source(stocked: Beleg) -> None:
    result = stocked("timeline", QUESTION)
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0].startswith("1. November 2024 · rund 8.000")
    assert "Rund 8000 Soldaten sind nach Angaben der USA in der Region Kursk." in lines[1]
    assert lines[2] == "  — Blatt 1 · Kursk, Tag 1"
    assert any(line.startswith("2. November 2024 · rund 11.000") for line in lines)


def test_the_record_has_figures_dates_and_places_of_the_words(stocked: Beleg) -> None:
    record = stocked("timeline", QUESTION, "--json", "--to", "2024-11-01").json()
    assert record["answered"]
    (value,) = record["values"]
    assert value["figure"]["least"] == "8000"
    assert value["figure"]["hedge"] == "about"
    assert (value["made"], value["outlet"], value["current"]) == ("2024-11-01", "Blatt 1", True)
    text = stocked("show", str(value["article_id"]), "--json").json()["text"]
    assert text[slice(*value["value"])] == value["value_text"]
    assert text[value["start"] : value["end"]] == value["text"]


def test_a_picture_is_drawn_into_a_file(stocked: Beleg, tmp_path: Path) -> None:
    png, svg = tmp_path / "kursk.png", tmp_path / "kursk.SVG"
    assert f"Gezeichnet: {png}" in stocked("timeline", QUESTION, "--out", png).err
    assert png.read_bytes().startswith(b"\x89PNG")
    assert stocked("timeline", QUESTION, "--json", "--out", svg).code == 0
    assert ET.fromstring(svg.read_text(encoding="utf-8")).tag.endswith("svg")


@pytest.mark.parametrize("name", ["kursk.jpg", "kursk", "nirgends/kursk.png"])
def test_a_file_that_cannot_be_drawn_into_is_told(
    stocked: Beleg, tmp_path: Path, name: str
) -> None:
    result = stocked("timeline", QUESTION, "--out", tmp_path / name)
    assert result.code == 2
    assert name in result.err


def test_where_there_is_nothing_to_draw_that_is_told(stocked: Beleg, tmp_path: Path) -> None:
    path = tmp_path / "undatiert.txt"
    path.write_text("Im Hafen von Brackenau liegen rund 30 Boote. Es regnet.", encoding="utf-8")
    stocked("add", path)
    question = "Wie viele Boote liegen im Hafen von Brackenau?"
    result = stocked("timeline", question, "--out", tmp_path / "boote.png")
    assert result.code == 1
    assert "rund 30" in result.out
    assert "nichts zu zeichnen" in result.err
    assert not (tmp_path / "boote.png").exists()


def test_silence_has_an_exit_code_of_its_own(beleg: Beleg, stocked: Beleg) -> None:
    result = stocked("timeline", QUESTION, "--from", "2025")
    assert result.code == 3
    assert "keine Artikel" in result.out
    assert stocked("timeline", "?!").code == 2


def test_what_is_new_is_told_story_by_story(stocked: Beleg) -> None:
    result = stocked("digest", "--from", "2024-11-01", "--to", "2024-11-03")
    assert result.code == 0
    head = "Neu: 1. November 2024 bis 3. November 2024 · 1 Thema, 2 Artikel"
    assert result.out.splitlines()[0] == head
    assert "Kursk, Tag 2 · Blatt 2 · 2. November 2024" in result.out
    assert "+ Kursk, Tag 1 · Blatt 1 · 1. November 2024" in result.out


def test_the_digest_as_a_record(stocked: Beleg) -> None:
    record = stocked("digest", "--from", "2024", "--to", "2024", "--outlet", "Blatt 1", "--json")
    (story,) = record.json()["stories"]
    assert (story["outlet"], story["others"], story["origins"]) == ("Blatt 1", [], 1)
    text = stocked("show", str(story["article_id"]), "--json").json()["text"]
    assert text[story["start"] : story["end"]] == story["text"]


def test_nothing_new_in_the_last_week_has_an_exit_code_of_its_own(stocked: Beleg) -> None:
    result = stocked("digest")
    assert result.code == 3
    assert result.out == "Nichts Neues: letzte 7 Tage\n"
