"""The order in which the lines of a printed page are read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from index.pdf_lines import PrintedLine

_FEWEST_LINES = 3  # beside each other, on both sides of the space between columns
_MOST_CROSSING = 0.3  # of the lines: headlines, pictures' captions
_DEEPEST = 12
_SAME_EDGE = 3.0  # points
_FEWEST_LINES_OF_EDGE = 2
_TOUCH = 1.0  # points: boxes of characters may reach that far into the space


def reading_order(lines: Sequence[PrintedLine], depth: int = 0) -> list[list[PrintedLine]]:
    """Return the columns of a page in the order in which they are read, each from top to bottom.

    What runs across several columns parts those above from those below it, and is a column itself.
    """
    if not lines:
        return []
    gutter = _gutter(lines) if depth < _DEEPEST else None
    if gutter is None:
        return [sorted(lines, key=lambda line: (round(line.middle), line.x0))]
    crossing = sorted((line for line in lines if _crosses(line, gutter)), key=_middle)
    columns: list[list[PrintedLine]] = []
    rest = [line for line in lines if not _crosses(line, gutter)]
    across: list[PrintedLine] = []
    for line in crossing:
        above = [other for other in rest if other.middle < line.middle]
        if above:
            columns += _flush(across, depth) + _beside(above, gutter, depth)
            across = []
            rest = [other for other in rest if other.middle >= line.middle]
        across.append(line)
    return columns + _flush(across, depth) + _beside(rest, gutter, depth)


def _flush(across: list[PrintedLine], depth: int) -> list[list[PrintedLine]]:
    return reading_order(across, depth + 1)


def _beside(lines: Sequence[PrintedLine], gutter: float, depth: int) -> list[list[PrintedLine]]:
    left = [line for line in lines if line.x1 <= gutter + _TOUCH]
    right = [line for line in lines if line.x1 > gutter + _TOUCH]
    return reading_order(left, depth + 1) + reading_order(right, depth + 1)


def _middle(line: PrintedLine) -> float:
    return line.middle


def _crosses(line: PrintedLine, x: float) -> bool:
    return line.x0 < x - _TOUCH and line.x1 > x + _TOUCH


def _gutter(lines: Sequence[PrintedLine]) -> float | None:
    """Return where two columns part, None where there is one; the leftmost of the best places."""
    best: tuple[int, float] | None = None
    for x in _left_edges(lines):
        left = [line for line in lines if line.x1 <= x + _TOUCH]
        right = [line for line in lines if line.x0 >= x - _TOUCH]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < _FEWEST_LINES or crossing > _MOST_CROSSING * len(lines):
            continue
        side_by_side = min(_opposite(left, right), _opposite(right, left))
        if side_by_side >= _FEWEST_LINES and (best is None or side_by_side - crossing > best[0]):
            best = side_by_side - crossing, x
    return None if best is None else best[1]


def _left_edges(lines: Sequence[PrintedLine]) -> Iterator[float]:
    """Yield where several lines begin, letters that reach a little to the left included."""
    edge, count = -math.inf, 0
    for x in sorted(line.x0 for line in lines):
        if x - edge > _SAME_EDGE:
            edge, count = x, 0
        count += 1
        if count == _FEWEST_LINES_OF_EDGE:
            yield edge


def _opposite(lines: Sequence[PrintedLine], others: Sequence[PrintedLine]) -> int:
    """Count the lines that lie within the height of the others."""
    top, bottom = min(other.y0 for other in others), max(other.y1 for other in others)
    return sum(top <= line.middle <= bottom for line in lines)
