"""Measured figures, each with its repeated runs, as a table and for a program."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

_NAME_WIDTH = 52
_CELL_WIDTH = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, once per run; `target` is what it should stay under."""

    group: str
    name: str
    unit: str
    runs: tuple[float, ...]
    target: float | None = None

    def __post_init__(self) -> None:
        """Refuse a figure that was never measured."""
        if not self.runs:
            raise ValueError(f"{self.name} has no run")

    @property
    def median(self) -> float:
        """The median of the runs."""
        return statistics.median(self.runs)

    def as_json(self) -> dict[str, object]:
        """Return the figure for a program."""
        return {
            "group": self.group,
            "name": self.name,
            "unit": self.unit,
            "median": round(self.median, 4),
            "runs": [round(run, 4) for run in self.runs],
            "target": self.target,
        }


def ratio(name: str, over: Figure, under: Figure) -> Figure:
    """Return one figure by another, run by run, since runs side by side met the same load."""
    runs = tuple(a / b for a, b in zip(over.runs, under.runs, strict=True))
    return Figure(over.group, name, "times", runs)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def as_table(figures: Sequence[Figure]) -> str:
    """Return all figures by group: median, lowest and highest run, target."""
    titles = ("median", "lowest", "highest", "runs", "target")
    lines = [" " * _NAME_WIDTH + "".join(title.rjust(_CELL_WIDTH) for title in titles)]
    for group, members in groupby(figures, lambda figure: figure.group):
        lines += ["", group]
        for figure in members:
            cells = [
                *map(_number, (figure.median, min(figure.runs), max(figure.runs))),
                str(len(figure.runs)),
                "" if figure.target is None else f"< {_number(figure.target)}",
            ]
            name = f"  {figure.name} [{figure.unit}]".ljust(_NAME_WIDTH)
            lines.append((name + "".join(cell.rjust(_CELL_WIDTH) for cell in cells)).rstrip())
    return "\n".join(lines)


def as_markdown(figures: Sequence[Figure]) -> str:
    """Return the medians as a table for the README."""
    lines = ["| | | median | runs from – to |", "| --- | --- | ---: | ---: |"]
    for group, members in groupby(figures, lambda figure: figure.group):
        title = group
        for figure in members:
            lowest, highest = _number(min(figure.runs)), _number(max(figure.runs))
            spread = f"{lowest} – {highest}" if len(figure.runs) > 1 else ""
            median = f"{_number(figure.median)} {figure.unit}"
            lines.append(f"| {title} | {figure.name} | {median} | {spread} |")
            title = ""
    return "\n".join(lines)


def _number(value: float) -> str:
    """Write three figures at least, and no more behind the point than they need."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
