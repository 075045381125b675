"""Lines, marks and words on a matplotlib figure, and the colours of the card that they are on.

Lengths are in points of a phone: 100 of them are an inch of the figure.
"""

from __future__ import annotations

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Affine2D

from bot.news.lettering import font
from bot.news.place import Box

# A dark card of its own: it reads on Discord's dark ground and on its white one.
GROUND, TEXT, MUTED, LINES = "#20222b", "#f1f3f8", "#b3b9c6", "#3c404d"
COLOURS = (
    "#5cb8f2", "#f0a63c", "#3ecf9f", "#f28fc4", "#f2e15c", "#ff8a70", "#b7a3ff", "#cfd5df",
)  # fmt: skip
_SHAPES = "osD^vPXp"
MARK = 5.0  # half as wide as a mark


def pen(number: int) -> tuple[str, str]:
    """Return colour and shape of a source: after all colours, the same ones in other shapes."""
    turn = number // len(COLOURS)
    return COLOURS[number % len(COLOURS)], _SHAPES[(number + turn) % len(_SHAPES)]


class Brush:
    """Draws on a figure in our points, upwards from the lower left corner."""

    def __init__(self, figure: Figure) -> None:
        """Take the figure."""
        self._figure = figure
        self._points = Affine2D().scale(0.01) + figure.dpi_scale_trans

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        clear: bool = False,
    ) -> None:
        """Write words whose line begins at the lower left; `clear` keeps lines off the letters."""
        self._figure.text(
            x,
            y + size * 0.28,
            words,
            transform=self._points,
            fontproperties=font(size, bold=bold),
            color=colour,
            va="baseline",
            ha="left",
            parse_math=False,
            path_effects=[withStroke(linewidth=2.2, foreground=GROUND)] if clear else None,
        )

    def line(
        self, ends: tuple[float, float, float, float], colour: str, width: float, alpha: float = 1
    ) -> None:
        """Draw a straight line."""
        x, y, to_x, to_y = ends
        self._add(
            Line2D(
                [x, to_x],
                [y, to_y],
                color=colour,
                lw=width * 0.72,
                alpha=alpha,
                solid_capstyle="butt",
            )
        )

    def mark(self, x: float, y: float, shape: str, colour: str, inside: str) -> None:
        """Draw a point."""
        self._add(
            Line2D(
                [x],
                [y],
                marker=shape,
                markersize=2 * MARK * 0.72 * 0.92,
                markerfacecolor=inside,
                markeredgecolor=colour,
                markeredgewidth=1.3,
                linestyle="none",
            )
        )

    def arrow(self, x: float, y: float, to: float, colour: str) -> None:
        """Draw an arrow upwards or downwards from a point."""
        sign = 1 if to > y else -1
        self.line((x, y, x, to - sign * 2), colour, 2)
        for side in (-4, 4):
            self.line((x + side, to - sign * 6, x, to), colour, 2)

    def band(self, box: Box, colour: str) -> None:
        """Draw a light band."""
        self._add(Rectangle(*_placed(box), facecolor=colour, alpha=0.35, linewidth=0))

    def box(self, box: Box, colour: str, *, filled: bool) -> None:
        """Draw a bar."""
        inside = colour if filled else GROUND
        self._add(Rectangle(*_placed(box), facecolor=inside, edgecolor=colour, linewidth=1))

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._points)
        self._figure.add_artist(artist)


def _placed(box: Box) -> tuple[tuple[float, float], float, float]:
    return (box.left, box.bottom), box.right - box.left, box.top - box.bottom
