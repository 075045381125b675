from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.terminal_text import Style, embolden, json_text, printable, wrap

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def test_escape_sequences_lose_what_makes_them_one() -> None:
    assert printable("a\x1b[2Jb\x9b31mc\x07") == "a[2Jb31mc"


def test_text_direction_cannot_be_turned() -> None:
    assert printable("gut\u202etxt.exe\u2069") == "guttxt.exe"


def test_line_breaks_and_tabs_become_spaces() -> None:
    assert printable("a\nb\tc\u2028d") == "a b c d"


def test_letters_of_all_scripts_stay() -> None:
    text = "Größe – „é“ 北京 می\u200cخواهم 👩\u200d👧"
    assert printable(text) == text


@given(st.text())
def test_nothing_steers_the_terminal(text: str) -> None:
    assert not _STEERING.search(printable(text))
    assert not _STEERING.search(json_text(text))


@given(st.text() | st.dictionaries(st.text(), st.text()))
def test_json_means_what_was_given(value: object) -> None:
    assert json.loads(json_text(value)) == value
    assert json_text(value, ascii_only=True).isascii()


def test_json_keeps_umlauts_readable() -> None:
    assert json_text({"a": "Größe\x9b"}, indent=None) == '{"a": "Größe\\u009b"}'


def test_lines_are_no_wider_than_the_terminal() -> None:
    text = "Die Zahl der Soldaten liegt bei rund 8.000 und sie steigt weiter"
    lines = wrap(text, Style(width=20), "  ").split("\n")
    assert len(lines) > 3
    assert all(len(line) <= 20 and line.startswith("  ") for line in lines)
    assert " ".join("\n".join(lines).split()) == text


def test_a_long_word_stands_alone_rather_than_being_cut() -> None:
    assert wrap("a Donaudampfschifffahrt b", Style(width=10)) == "a\nDonaudampfschifffahrt\nb"


def test_bold_takes_no_room() -> None:
    style = Style(width=11, bold=True)
    assert wrap(embolden("eins zwei", style) + " x", style).count("\n") == 0


def test_wide_characters_take_two_columns() -> None:
    assert wrap("北京 北京", Style(width=8)) == "北京\n北京"


def test_without_a_width_nothing_is_broken() -> None:
    assert wrap("wort " * 100, Style()) == " ".join(["wort"] * 100)


def test_bold_never_spans_a_space() -> None:
    assert embolden("a b", Style(bold=True)) == "\x1b[1ma\x1b[22m \x1b[1mb\x1b[22m"
    assert embolden("a b", Style()) == "a b"
