"""What a picture of figures over time shows: plain values, ready to be drawn elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import isfinite

from bot.news.claim import Hedge
from bot.types import Language


class Scale(StrEnum):
    """What goes up the picture."""

    NUMBER = "number"
    DATE = "date"  # values are days since 1 January of the year 1


class ImageKind(StrEnum):
    """The formats in which a picture is written."""

    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One claim.

    `moment` is local time without a zone, None where nobody knows when it was made; `timed` says
    whether its hour is known. `label` is the value as people read it, `claimant` may be empty,
    `source` decides the colour.
    """

    moment: datetime | None
    timed: bool
    least: float
    most: float
    label: str
    source: str
    claimant: str = ""
    hedge: Hedge | None = None
    holds: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if not (isfinite(self.least) and isfinite(self.most) and self.least <= self.most):
            raise ValueError("a point has a finite value, or a range that ends after it begins")
        if not self.label.strip() or not self.source.strip():
            raise ValueError("a point has a label and a source")
        if self.moment is not None and self.moment.tzinfo is not None:
            raise ValueError("a point stands in local time")


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture to be drawn; `unit` stands above the axis, `note` at the foot."""

    title: str
    points: tuple[ChartPoint, ...]
    language: Language
    scale: Scale = Scale.NUMBER
    unit: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a picture of nothing."""
        if not any(point.moment for point in self.points):
            raise ValueError("a picture shows at least one point with its moment")

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources in the order in which they first speak."""
        return tuple(dict.fromkeys(point.source for point in self.points))
