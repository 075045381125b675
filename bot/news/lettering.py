"""How wide words are in the font of the pictures, and how they are broken into lines."""

from __future__ import annotations

from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

from bot.excerpt import ELLIPSIS

_FAMILY = "DejaVu Sans"  # it comes with matplotlib, so that a picture is the same everywhere
_POINTS = 0.72  # of typography in one of ours, of which an inch has 100


@cache
def font(size: float, *, bold: bool = False) -> FontProperties:
    """Return the font in a size of our points."""
    weight = "bold" if bold else "normal"
    return FontProperties(family=_FAMILY, size=size * _POINTS, weight=weight)


@cache
def _letters(*, bold: bool) -> frozenset[int]:
    """Return the code points that the font has."""
    return frozenset(get_font(findfont(font(10.0, bold=bold))).get_charmap())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide words are, in our points."""
    if not text:
        return 0.0
    prop = font(size, bold=bold)
    return float(text_to_path.get_text_width_height_descent(text, prop, ismath=False)[0]) / _POINTS


def _drawable(text: str, *, bold: bool) -> str:
    """Return text with a box in place of every letter that the font has not."""
    known = _letters(bold=bold)
    return "".join(c if ord(c) in known and c.isprintable() else "\u25a1" for c in text)


def wrapped(text: str, size: float, room: float, most: int, *, bold: bool = False) -> list[str]:
    """Return at most so many lines, each within the room; the last one cut where there is more."""
    lines: list[str] = [""]
    words = _drawable(" ".join(text.split()), bold=bold).split()
    for i, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        elif lines[-1] and len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = _cut(" ".join([*lines[-1].split(), *words[i:]]), size, room, bold=bold)
            return lines
        if width(lines[-1], size, bold=bold) > room:
            lines[-1] = _cut(lines[-1], size, room, bold=bold)
    return lines


def _cut(text: str, size: float, room: float, *, bold: bool) -> str:
    """Return the beginning that has room, with "…"."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, size, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS
