"""Characters on a page to printed lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

# In heights of a character's box, which is some 1.2 times the size of its font.
_SAME_LINE = 0.4
_SAME_LINE_OF_SIGNS = 0.7
_COLUMN_GAP = 1.7
_WORD_GAP = 0.15
_BACKWARDS = 0.5
_LEAST_SIZE = 0.1  # points: a file may state a height of nothing


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box, in points from the page's upper left corner, downwards."""

    character: str
    x0: float
    y0: float
    x1: float
    y1: float
    bold: bool = False


SPACE = Glyph(" ", 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The characters of a page in the order of the file, with SPACE between words."""

    glyphs: Sequence[Glyph]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words side by side, without a gap as wide as that between columns."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float  # height of a character's box
    bold: bool

    @property
    def middle(self) -> float:
        """The height at which it runs."""
        return (self.y0 + self.y1) / 2


def lines_of(page: PdfPage) -> list[PrintedLine]:
    """Return the lines of a page in the order of the file."""
    lines: list[list[Glyph]] = []
    for glyph in page.glyphs:
        if glyph is SPACE:
            if lines and lines[-1][-1] is not SPACE:
                lines[-1].append(SPACE)
            continue
        last = (
            next((g for g in reversed(lines[-1][-2:]) if g is not SPACE), None) if lines else None
        )
        if last is None or not _follows(last, glyph):
            lines.append([])
        elif lines[-1][-1] is not SPACE and _parts_words(last, glyph):
            lines[-1].append(SPACE)
        lines[-1].append(glyph)
    return _mended([_line(glyphs) for glyphs in lines])


def _last(lines: Sequence[Sequence[Glyph]]) -> Glyph | None:
    if not lines:
        return None
    return lines[-1][-2 if lines[-1][-1] is SPACE else -1]


def _follows(last: Glyph, glyph: Glyph) -> bool:
    if (last.x0, last.x1, last.y0) == (glyph.x0, glyph.x1, glyph.y0):
        return True  # "f" and "i" of one sign for "fi"
    height = max(_height(last), _height(glyph))
    gap = glyph.x0 - last.x1
    drop = abs((glyph.y0 + glyph.y1) - (last.y0 + last.y1)) / 2
    # The box of a hyphen or a comma may be as small as its ink.
    letters = glyph.character.isalnum() and last.character.isalnum()
    most = _SAME_LINE if letters else _SAME_LINE_OF_SIGNS
    return drop < most * height and -_BACKWARDS * height < gap < _COLUMN_GAP * height


def _parts_words(last: Glyph, glyph: Glyph) -> bool:
    return glyph.x0 - last.x1 > _WORD_GAP * max(_height(last), _height(glyph))


def _height(glyph: Glyph) -> float:
    return glyph.y1 - glyph.y0


def _line(glyphs: Sequence[Glyph]) -> PrintedLine:
    inked = [glyph for glyph in glyphs if glyph is not SPACE]
    return PrintedLine(
        text="".join(glyph.character for glyph in glyphs).strip(),
        x0=min(glyph.x0 for glyph in inked),
        y0=median(glyph.y0 for glyph in inked),
        x1=max(glyph.x1 for glyph in inked),
        y1=median(glyph.y1 for glyph in inked),
        size=max(_LEAST_SIZE, median(map(_height, inked))),
        bold=2 * sum(glyph.bold for glyph in inked) > len(inked),
    )


def _mended(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Join pieces of a line that the file has apart: a name in italics, written later."""
    mended: list[PrintedLine] = []
    for line in lines:
        beside = next((i for i, other in enumerate(mended) if _is_beside(other, line)), None)
        if beside is None:
            mended.append(line)
        else:
            mended[beside] = _joined(mended[beside], line)
    return mended


def _is_beside(one: PrintedLine, other: PrintedLine) -> bool:
    left, right = sorted((one, other), key=lambda line: line.x0)
    size = min(one.size, other.size)
    near = -_BACKWARDS * size < right.x0 - left.x1 < 0.6 * size
    return near and abs(one.middle - other.middle) < _SAME_LINE * size


def _joined(one: PrintedLine, other: PrintedLine) -> PrintedLine:
    left, right = sorted((one, other), key=lambda line: line.x0)
    larger = max(one, other, key=lambda line: len(line.text))
    part = " " if right.x0 - left.x1 > _WORD_GAP * larger.size else ""
    return PrintedLine(
        text=left.text + part + right.text,
        x0=left.x0,
        y0=larger.y0,
        x1=max(left.x1, right.x1),
        y1=larger.y1,
        size=larger.size,
        bold=larger.bold,
    )
