"""The picture of figures over time: a card of its own ground, made for a phone held upright.

Lengths are in points of such a phone: the card is 400 of them wide, whatever its resolution.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.language import say
from bot.news.axis import Tick, day_month, number_text, number_ticks, seconds, time_ticks
from bot.news.brush import GROUND, LINES, MARK, MUTED, TEXT, Brush, pen
from bot.news.chart import Chart, ChartPoint, ImageKind, Scale
from bot.news.claim import Hedge
from bot.news.lettering import width as width_of
from bot.news.lettering import wrapped
from bot.news.place import Anchor, Box, Placed, place

WIDTH = 400.0
_MARGIN = 14.0
_DOTS = 300  # to the inch, which is 100 of our points: three for each
_TITLE, _VALUE, _SMALL = 15.0, 12.0, 10.5
_LINE = 1.3  # height of a line, in sizes of its letters
_HEIGHTS = (230.0, 300.0, 380.0, 500.0, 700.0, 1000.0, 1400.0)
_INSET = 34.0
_UNDATED = 70.0  # of the axis, where there are values of unknown date
_ARROW, _BAND, _LEAST_BAR = 21.0, 13.0, 8.0
_APART = 12.0  # marks that would cover each other are moved sideways by it
_TITLE_LINES, _LEGEND_ROWS = 3, 10
_OVERTAKEN = ""  # in the legend: no source has this name
_LOW_ENOUGH = 0.45  # an axis begins at nothing where the lowest value is no more of the highest


def draw(chart: Chart, kind: ImageKind = ImageKind.PNG) -> bytes:
    """Return the picture as a file; the same chart gives the same bytes."""
    figure = drawn(chart)
    target = io.BytesIO()
    with rc_context({"svg.hashsalt": "beleg", "svg.fonttype": "path"}):
        if kind is ImageKind.SVG:
            about = {"Title": chart.title, "Date": None, "Creator": "Beleg"}
            figure.savefig(target, format="svg", facecolor=GROUND, metadata=about)
        else:
            figure.savefig(
                target, format="png", dpi=_DOTS, facecolor=GROUND, metadata={"Software": "Beleg"}
            )
    return target.getvalue()


def drawn(chart: Chart) -> Figure:
    """Return the figure with all that is on it; ValueError where the labels find no room."""
    points = tuple(sorted(chart.points, key=lambda point: point.moment or datetime.min))  # noqa: DTZ901 - local
    chart = replace(chart, points=points)
    has_claimants = any(point.claimant for point in points)
    for height in _HEIGHTS:
        for claimants in (True, False) if has_claimants else (False,):
            card = _Card(chart, height, claimants=claimants)
            if card.complete:
                return card.figure()
    raise ValueError("the labels find no room")


@dataclass(frozen=True, slots=True)
class _Label:
    value: str
    claimant: str
    width: float
    height: float


class _Card:
    """One try to lay the picture out, in our points, upwards from the lower left corner."""

    def __init__(self, chart: Chart, height: float, *, claimants: bool) -> None:
        self._chart = chart
        self._pens = {source: pen(i) for i, source in enumerate(chart.sources)}
        self._title = wrapped(chart.title, _TITLE, WIDTH - 2 * _MARGIN, _TITLE_LINES, bold=True)
        self._legend = self._legend_rows()
        self._note = wrapped(chart.note, _SMALL, WIDTH - 2 * _MARGIN, 3) if chart.note else []
        foot = _MARGIN + 3 + len(self._note) * _SMALL * _LINE
        self._legend_top = foot + len(self._legend) * 1.5 * _SMALL + 4
        self._axis = self._legend_top + 2 * _SMALL * _LINE + 14
        head = len(self._title) * _TITLE * _LINE + (_SMALL * _LINE if chart.unit else 0) + 8
        self.height = self._axis + height + head + _MARGIN
        low, high = self._reach(height)
        self._values = self._value_ticks(low, high)
        widest = max((width_of(text, _SMALL) for _, text in self._values), default=0.0)
        self._area = Box(_MARGIN + widest + 8, self._axis, WIDTH - _MARGIN, self._axis + height)
        self._low, self._high = low, high
        moments = [point.moment for point in chart.points if point.moment is not None]
        self._has_undated = len(moments) < len(chart.points)
        first, last = moments[0], moments[-1]
        self._first, self._last = seconds(first), seconds(last)
        self._times = self._time_ticks(first, last)
        self._marks = self._spread()
        self._labels = [self._label(point, claimants=claimants) for point in chart.points]
        places = self._placed()
        self._complete = places is not None
        self._places = places or []

    @property
    def complete(self) -> bool:
        """Whether every label has its place."""
        return self._complete

    def _reach(self, height: float) -> tuple[float, float]:
        """Return the values at the foot and at the top of the area."""
        points = self._chart.points
        low, high = min(p.least for p in points), max(p.most for p in points)
        if self._chart.scale is Scale.NUMBER and 0 < low <= _LOW_ENOUGH * high:
            low = 0.0
        if high == low:
            pad = abs(high) * 0.2 or 1.0
            if self._chart.scale is Scale.DATE:
                pad = 15.0
            low, high = low - pad, high + pad
        margin = _INSET / (height - 2 * _INSET) * (high - low)
        return low - margin, high + margin

    def _value_ticks(self, low: float, high: float) -> list[tuple[float, str]]:
        language = self._chart.language
        if self._chart.scale is Scale.DATE:
            start, end = _moment(low), _moment(high)
            found = time_ticks(start, end, language, lambda _: True)
            return [(tick.at / 86400 + 1, f"{tick.text} {tick.below}".strip()) for tick in found]
        if min(point.least for point in self._chart.points) >= 0:
            low = max(low, 0.0)
        return [(value, number_text(value, language)) for value in number_ticks(low, high)]

    def _time_ticks(self, first: datetime, last: datetime) -> list[Tick]:
        language, points = self._chart.language, self._chart.points
        if first == last:
            day = day_month(first.date(), language)
            text = f"{day}, {first:%H:%M}" if points[-1].timed else day
            return [Tick(self._first, text, str(first.year))]
        timed = any(point.timed for point in points)
        across = (last - first) / (self._area.right - self._area.left - 2 * _INSET)
        margin = across * (_INSET - 14)
        start = first if self._has_undated else _moved(first, -margin)
        end = _moved(last, margin)
        found = time_ticks(start, end, language, self._fit)
        if not timed and all(":" in tick.text for tick in found):
            found = [replace(tick, text=tick.below, below="") for tick in found if tick.below]
        return found

    def _fit(self, ticks: Sequence[Tick]) -> bool:
        ends = [self._tick_ends(tick) for tick in ticks]
        if self._has_undated:
            half = width_of(say(self._chart.language, "plot.undated"), _SMALL) / 2
            ends.insert(0, (self._x(None) - half, self._x(None) + half))
        inside = all(left >= _MARGIN / 2 and right <= WIDTH - _MARGIN / 2 for left, right in ends)
        return inside and all(one[1] + 8 <= other[0] for one, other in pairwise(ends))

    def _tick_ends(self, tick: Tick) -> tuple[float, float]:
        half = max(width_of(tick.text, _SMALL), width_of(tick.below, _SMALL)) / 2
        return self._x(tick.at) - half, self._x(tick.at) + half

    def _x(self, at: float | None) -> float:
        left, right = self._area.left + _INSET, self._area.right - _INSET
        if at is None:
            return left
        left += _UNDATED if self._has_undated else 0
        if self._first == self._last:
            return (left + right) / 2
        return left + (at - self._first) / (self._last - self._first) * (right - left)

    def _y(self, value: float) -> float:
        share = (value - self._low) / (self._high - self._low)
        return self._area.bottom + share * (self._area.top - self._area.bottom)

    def _spread(self) -> list[tuple[float, tuple[Box, ...]]]:
        """Return where each point is drawn and what it covers, none upon another one's mark."""
        found: list[tuple[float, tuple[Box, ...]]] = []
        for point in self._chart.points:
            x = self._x(None if point.moment is None else seconds(point.moment))
            for step in range(2 * len(self._chart.points)):
                side = (step + 1) // 2 * _APART * (1 if step % 2 else -1)
                at = x + side
                inside = self._area.left + MARK <= at <= self._area.right - MARK
                boxes = self._boxes(point, at)
                if inside and not any(
                    one.meets(other) for one in boxes for _, others in found for other in others
                ):
                    x = at
                    break
            found.append((x, self._boxes(point, x)))
        return found

    def _boxes(self, point: ChartPoint, x: float) -> tuple[Box, ...]:
        low, high = self._y(point.least), self._y(point.most)
        if point.least < point.most:
            return (Box(x - MARK, low - 2, x + MARK, max(high, low + _LEAST_BAR) + 2),)
        mark = Box(x - MARK - 1, low - MARK - 1, x + MARK + 1, low + MARK + 1)
        match point.hedge:
            case Hedge.AT_LEAST:
                return mark, Box(x - 4, low + MARK, x + 4, low + _ARROW)
            case Hedge.AT_MOST:
                return mark, Box(x - 4, low - _ARROW, x + 4, low - MARK)
            case Hedge.ABOUT:
                return (Box(x - MARK - 2, low - _BAND, x + MARK + 2, low + _BAND),)
            case Hedge.NEARLY:
                return mark, Box(x - MARK - 2, low - _BAND, x + MARK + 2, low)
        return (mark,)

    def _label(self, point: ChartPoint, *, claimants: bool) -> _Label:
        room = (self._area.right - self._area.left) * 0.62
        value = wrapped(point.label, _VALUE, room, 1, bold=True)[0]
        claimant = ""
        if claimants and point.claimant:
            claimant = wrapped(point.claimant, _SMALL, room * 0.75, 1)[0]
        width = max(width_of(value, _VALUE, bold=True), width_of(claimant, _SMALL))
        height = _VALUE * _LINE + (_SMALL * 1.2 if claimant else 0)
        return _Label(value, claimant, width, height)

    def _placed(self) -> list[Placed] | None:
        anchors = [
            Anchor(
                x=x,
                y=self._y((point.least + point.most) / 2),
                boxes=boxes,
                width=label.width,
                height=label.height,
            )
            for point, (x, boxes), label in zip(
                self._chart.points, self._marks, self._labels, strict=True
            )
        ]
        return place(anchors, replace(self._area, right=WIDTH - 6))

    def _legend_rows(self) -> list[list[tuple[str, str]]]:
        """Return rows of (source, words); what has not the room of a row is cut."""
        rows: list[list[tuple[str, str]]] = []
        left = 0.0
        told = [(source, source) for source in self._chart.sources]
        if len({point.holds for point in self._chart.points}) > 1:
            told.append((_OVERTAKEN, say(self._chart.language, "plot.overtaken")))
        for source, name in told:
            text = wrapped(name, _SMALL, WIDTH - 2 * _MARGIN - 18, 1)[0]
            width = 18 + width_of(text, _SMALL) + 16
            if not rows or left + width > WIDTH - 2 * _MARGIN + 16:
                rows.append([])
                left = 0.0
            rows[-1].append((source, text))
            left += width
        return rows[:_LEGEND_ROWS]

    def figure(self) -> Figure:
        """Draw it."""
        from matplotlib.figure import Figure  # noqa: PLC0415 - same

        figure = Figure(figsize=(WIDTH / 100, self.height / 100), dpi=100, facecolor=GROUND)
        FigureCanvasAgg(figure)
        brush = Brush(figure)
        self._draw_head(brush)
        self._draw_axes(brush)
        self._draw_lines(brush)
        self._draw_points(brush)
        self._draw_foot(brush)
        return figure

    def _draw_head(self, brush: Brush) -> None:
        y = self.height - _MARGIN
        for line in self._title:
            y -= _TITLE * _LINE
            brush.text(_MARGIN, y, line, _TITLE, TEXT, bold=True)
        if self._chart.unit:
            unit = wrapped(self._chart.unit, _SMALL, WIDTH - 2 * _MARGIN, 1)[0]
            brush.text(_MARGIN, y - _SMALL * _LINE - 2, unit, _SMALL, MUTED)

    def _draw_axes(self, brush: Brush) -> None:
        area = self._area
        for value, text in self._values:
            y = self._y(value)
            if not area.bottom - 0.1 <= y <= area.top + 0.1:
                continue
            brush.line((area.left, y, area.right, y), LINES, 1)
            at = area.left - 6 - width_of(text, _SMALL)
            brush.text(at, y - _SMALL * 0.6, text, _SMALL, MUTED)
        brush.line((area.left, area.bottom, area.right, area.bottom), MUTED, 1)
        if self._has_undated:
            words = say(self._chart.language, "plot.undated")
            x, y = self._x(None), area.bottom - 5 - _SMALL * _LINE
            brush.text(x - width_of(words, _SMALL) / 2, y, words, _SMALL, MUTED)
        for tick in self._times:
            x = self._x(tick.at)
            brush.line((x, area.bottom, x, area.bottom - 4), MUTED, 1)
            for row, words in enumerate((tick.text, tick.below), start=1):
                if words:
                    y = area.bottom - 5 - row * _SMALL * _LINE
                    brush.text(x - width_of(words, _SMALL) / 2, y, words, _SMALL, MUTED)

    def _draw_lines(self, brush: Brush) -> None:
        """Draw how the figure went in each voice: one claimant in one source, as far as told."""
        only = len(self._chart.sources) == 1
        ways: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for point, (x, _) in zip(self._chart.points, self._marks, strict=True):
            if point.claimant or only:
                voice = point.source, point.claimant.casefold()
                ways.setdefault(voice, []).append((x, self._y((point.least + point.most) / 2)))
        for (source, _), way in ways.items():
            for (x, y), (to_x, to_y) in pairwise(way):
                brush.line((x, y, to_x, to_y), self._pens[source][0], 1.4, alpha=0.45)

    def _draw_points(self, brush: Brush) -> None:
        for placed in self._places:
            if placed.leader:
                brush.line(placed.leader, MUTED, 0.8)
        for point, (x, _) in zip(self._chart.points, self._marks, strict=True):
            self._draw_point(brush, point, x)
        for label, placed in zip(self._labels, self._places, strict=True):
            middle = (placed.box.left + placed.box.right) / 2
            top = placed.box.top - _VALUE * _LINE
            half = width_of(label.value, _VALUE, bold=True) / 2
            brush.text(middle - half, top, label.value, _VALUE, TEXT, bold=True, clear=True)
            if label.claimant:
                half = width_of(label.claimant, _SMALL) / 2
                y = placed.box.bottom
                brush.text(middle - half, y, label.claimant, _SMALL, MUTED, clear=True)

    def _draw_point(self, brush: Brush, point: ChartPoint, x: float) -> None:
        colour, shape = self._pens[point.source]
        low, high = self._y(point.least), self._y(point.most)
        inside = colour if point.holds else GROUND
        if point.least < point.most:
            high = max(high, low + _LEAST_BAR)
            brush.box(Box(x - 3, low, x + 3, high), colour, filled=point.holds)
            for y in (low, high):
                brush.line((x - MARK, y, x + MARK, y), colour, 2)
            return
        match point.hedge:
            case Hedge.AT_LEAST:
                brush.arrow(x, low, low + _ARROW, colour)
            case Hedge.AT_MOST:
                brush.arrow(x, low, low - _ARROW, colour)
            case Hedge.ABOUT:
                brush.band(Box(x - 6, low - _BAND, x + 6, low + _BAND), colour)
            case Hedge.NEARLY:
                brush.band(Box(x - 6, low - _BAND, x + 6, low), colour)
        brush.mark(x, low, shape, colour, inside)

    def _draw_foot(self, brush: Brush) -> None:
        y = self._legend_top - 4
        for row in self._legend:
            y -= 1.5 * _SMALL
            x = _MARGIN
            for source, text in row:
                colour, shape = self._pens.get(source, (MUTED, "o"))
                inside = GROUND if source == _OVERTAKEN else colour
                brush.mark(x + 5, y + _SMALL * 0.6, shape, colour, inside)
                brush.text(x + 15, y, text, _SMALL, TEXT)
                x += 18 + width_of(text, _SMALL) + 16
        y -= 3
        for line in self._note:
            y -= _SMALL * _LINE
            brush.text(_MARGIN, y, line, _SMALL, MUTED)


def _moment(day: float) -> datetime:
    """Return the moment of a value on an axis of dates."""
    days = min(max(day, 1.0), date.max.toordinal() - 1.0) - 1
    return datetime(1, 1, 1) + timedelta(days=days)  # noqa: DTZ001 - local time


def _moved(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return moment
