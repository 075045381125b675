"""Where labels stand beside their points so that none covers another, a point or a line to one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_GAP = 3.0
_NEAR = 7.0
_STEP = 7.0
# Above and below first: there a label is nearest to its value's height and to its moment.
_DIRECTIONS = tuple(math.radians(angle) for angle in range(0, 360, 15))
_PREFERRED = tuple(math.radians(angle) for angle in (90, 270, 0, 180, 45, 135, 315, 225))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its sides parallel to the axes."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, by: float) -> Box:
        """Return the box with so much more on every side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def meets(self, other: Box) -> bool:
        """Whether both have more than an edge in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, other: Box) -> bool:
        """Whether the other one lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the box that is nearest to a point."""
        return min(max(x, self.left), self.right), min(max(y, self.bottom), self.top)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A drawn point: its middle, all that is drawn of it, and how large its label is."""

    x: float
    y: float
    boxes: tuple[Box, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands, and the line to its point where it stands apart from it."""

    box: Box
    leader: tuple[float, float, float, float] | None


def place(anchors: Sequence[Anchor], within: Box) -> list[Placed] | None:
    """Return a place for each label, in their order; None where there is no room for all.

    Those with the least room around them choose first.
    """
    taken = [box for anchor in anchors for box in anchor.boxes]
    order = sorted(range(len(anchors)), key=lambda i: (-_crowd(anchors[i], anchors), i))
    found: dict[int, Placed] = {}
    for i in order:
        anchor = anchors[i]
        others = [box for one in anchors if one is not anchor for box in one.boxes]
        placed = _first_free(anchor, within, taken, others, list(found.values()))
        if placed is None:
            return None
        found[i] = placed
        taken.append(placed.box)
    return [found[i] for i in range(len(anchors))]


def crosses(line: tuple[float, float, float, float], box: Box) -> bool:
    """Whether a stretch of a line runs through a box (Liang and Barsky's clipping)."""
    x, y, to_x, to_y = line
    across, up = to_x - x, to_y - y
    enter, leave = 0.0, 1.0
    for change, distance in (
        (-across, x - box.left),
        (across, box.right - x),
        (-up, y - box.bottom),
        (up, box.top - y),
    ):
        if change == 0:
            if distance <= 0:
                return False
        elif change < 0:
            enter = max(enter, distance / change)
        else:
            leave = min(leave, distance / change)
    return enter < leave


def _crowd(anchor: Anchor, anchors: Sequence[Anchor]) -> int:
    reach = max(anchor.width, 4 * anchor.height)
    near = (math.hypot(one.x - anchor.x, one.y - anchor.y) for one in anchors)
    return sum(distance < reach for distance in near)


def _first_free(
    anchor: Anchor,
    within: Box,
    taken: Sequence[Box],
    others: Sequence[Box],
    placed: Sequence[Placed],
) -> Placed | None:
    for box in _candidates(anchor, within):
        if not within.holds(box) or any(box.grown(_GAP).meets(one) for one in taken):
            continue
        if any(one.leader and crosses(one.leader, box.grown(1)) for one in placed):
            continue
        leader = _leader(anchor, box)
        if leader and any(
            crosses(leader, one) for one in (*others, *(label.box for label in placed))
        ):
            continue
        return Placed(box, leader)
    return None


def _candidates(anchor: Anchor, within: Box) -> Iterator[Box]:
    """Yield places around a point, ring by ring."""
    low = min(box.bottom for box in anchor.boxes)
    high = max(box.top for box in anchor.boxes)
    half, tall = anchor.width / 2, anchor.height / 2
    farthest = math.hypot(within.right - within.left, within.top - within.bottom)
    distance = _NEAR
    while distance < farthest:
        for angle in _PREFERRED if distance == _NEAR else _DIRECTIONS:
            side, up = math.cos(angle), math.sin(angle)
            middle_x = anchor.x + side * (distance + half)
            edge = high if up > 0 else low
            middle_y = anchor.y if abs(up) < 0.01 else edge + up * (distance + tall)  # noqa: PLR2004 - flat
            # Near an edge a label is moved along it rather than away from it.
            moved = min(max(middle_x, within.left + half), within.right - half)
            for x in dict.fromkeys((middle_x, moved)):
                yield Box(x - half, middle_y - tall, x + half, middle_y + tall)
        distance += _STEP


def _leader(anchor: Anchor, box: Box) -> tuple[float, float, float, float] | None:
    near = min(_distance(one, box) for one in anchor.boxes)
    if near <= 2 * _NEAR:
        return None
    x, y = box.nearest(anchor.x, anchor.y)
    return anchor.x, anchor.y, x, y


def _distance(one: Box, other: Box) -> float:
    across = max(0.0, one.left - other.right, other.left - one.right)
    up = max(0.0, one.bottom - other.top, other.bottom - one.top)
    return math.hypot(across, up)
