"""Text for terminals and programs: nothing that an article says may steer the screen."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass

_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"
_RED, _GREEN, _UNCOLOURED = "\x1b[31m", "\x1b[32m", "\x1b[39m"
_STRUCK, _UNSTRUCK = "\x1b[9m", "\x1b[29m"
_ESCAPE = re.compile("\x1b\\[[0-9]*m")
_WORD = re.compile(r"\S+")
_BEYOND_ASCII = re.compile(r"[\x7f-\U0010ffff]")
# Joiners shape Persian words and families of emoji; every other format character hides something.
_JOINERS = frozenset("\u200c\u200d")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Style:
    """How to write: a width of None never breaks a line, for pipes and files.

    `bold` stands for everything that only a terminal can show, colours too.
    """

    width: int | None = None
    bold: bool = False


def printable(text: str) -> str:
    """Return text on one line that can only show characters."""
    return "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or not _hides(character)
    )


def embolden(text: str, style: Style) -> str:
    """Return text in bold where the style wants it."""
    return _dressed(text, style, _BOLD, _PLAIN)


def struck(text: str, style: Style) -> str:
    """Return text as removed, red and crossed out, where the style wants that."""
    return _dressed(text, style, _RED + _STRUCK, _UNSTRUCK + _UNCOLOURED)


def inserted(text: str, style: Style) -> str:
    """Return text as added, green and bold, where the style wants that."""
    return _dressed(text, style, _GREEN + _BOLD, _PLAIN + _UNCOLOURED)


def _dressed(text: str, style: Style, on: str, off: str) -> str:
    if not style.bold:
        return text
    # Word by word, so that a line break never carries it into the margin.
    return _WORD.sub(lambda word: f"{on}{word[0]}{off}", text)


def wrap(text: str, style: Style, indent: str = "") -> str:
    """Fill lines up to the width; escape codes count nothing, wide characters two columns."""
    if style.width is None:
        return indent + " ".join(text.split())
    lines = [""]
    for word in text.split():
        room = style.width - len(indent) - _columns(lines[-1])
        if lines[-1] and _columns(word) + 1 > room:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(indent + line for line in lines)


def json_text(value: object, *, indent: int | None = 2, ascii_only: bool = False) -> str:
    """Return JSON in readable Unicode, with escapes for whatever might steer a terminal."""

    def escape(match: re.Match[str]) -> str:
        character = match[0]
        if character == "\x7f":
            return "\\u007f"  # which json.dumps takes for a harmless character
        return json.dumps(character)[1:-1] if _hides(character) else character

    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    return _BEYOND_ASCII.sub(escape, text)


def _hides(character: str) -> bool:
    return character not in _JOINERS and unicodedata.category(character) in _HIDDEN


def _columns(text: str) -> int:
    bare = _ESCAPE.sub("", text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in bare)
    none = sum(unicodedata.combining(character) > 0 for character in bare)
    return len(bare) + wide - none
