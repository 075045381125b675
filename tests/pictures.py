"""Pictures of messages as Discord shows them in dark mode: `python -m tests.pictures`.

What is drawn are the payloads that the bot sent in the evening of `tests/evening`, as SVG: text
stays text. Widths of letters are estimated, since no font is at hand where this runs.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from bot.excerpt_limits import ExcerptLimits
from bot.news.chart import ImageKind
from bot.news.history import chart_of, history_of
from bot.news.plot import draw as draw_chart
from bot.types import Language
from tests.bot.news.claims import account, falkenried
from tests.discord_server import Message
from tests.evening.__main__ import play

FOLDER = Path(__file__).parents[1] / "deploy" / "pictures"
WIDTH, LEFT, RIGHT = 620, 72, 20
GROUND, TEXT, FAINT, LINK, BAR = "#313338", "#dbdee1", "#949ba4", "#00a8fc", "#4e5058"
BUTTON, MENU, BLURPLE, NAME = "#4e5058", "#1e1f22", "#5865f2", "#f2f3f5"
FONT = "gg sans, Noto Sans, Helvetica Neue, Helvetica, Arial, sans-serif"
HEADS = {
    "answer": ("Ben", "/frage"),
    "refusal": ("Dora", "/frage"),
    "settings": ("Anna", "/einstellungen"),
    "claims": ("Ben", "Was sagen die Artikel dazu?"),
}
ACTION_ROW, BUTTONS, SELECTS, DISPLAY = 1, 2, {3, 5, 6, 7, 8}, 10
_INLINE = re.compile(
    r"\\(?P<plain>[^\w\s])|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*|\[(?P<link>(?:\\.|[^\]\\])+)\]\(<?[^)>]*>?\)"
)
_NARROW, _WIDE = frozenset("fijlrt.,:;!|'()[]/ "), frozenset("mwMWGOQ@%—→")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look."""

    text: str
    bold: bool = False
    link: bool = False


def runs(source: str) -> list[Run]:
    """Read the bold words, links and escaped signs of a line."""
    found: list[Run] = []
    end = 0
    for match in _INLINE.finditer(source):
        found.append(Run(source[end : match.start()]))
        end = match.end()
        if match["plain"]:
            found.append(Run(match["plain"]))
        elif match["bold"]:
            found += [replace(one, bold=True) for one in runs(match["bold"])]
        else:
            found += [replace(one, link=True) for one in runs(match["link"])]
    return [one for one in (*found, Run(source[end:])) if one.text]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a text is, rather too wide."""
    units = sum(
        0.34 if one in _NARROW else 0.88 if one in _WIDE else 0.7 if one.isupper() else 0.6
        for one in text
    )
    return units * size * (1.06 if bold else 1.0)


def wrapped(line: list[Run], size: float, room: float) -> list[list[Run]]:
    """Break a line between words so that each part has room."""
    lines: list[list[Run]] = [[]]
    taken = 0.0
    for run in line:
        for word in re.findall(r"\S+\s*|\s+", run.text):
            needed = width(word.rstrip(), size, bold=run.bold)
            if taken and taken + needed > room:
                lines.append([])
                taken = 0.0
            lines[-1].append(replace(run, text=word))
            taken += width(word, size, bold=run.bold)
    return lines


@dataclass
class Drawing:
    """Shapes from top to bottom."""

    y: float = 16
    shapes: list[str] = field(default_factory=list)

    def line(self, line: list[Run], x: float, *, size: float = 15, color: str = TEXT) -> None:
        """Write one line and go below it."""
        spans = "".join(_span(run) for run in line)
        self.y += size * 1.4
        self.shapes.append(
            f'<text x="{x}" y="{self.y - size * 0.35:.1f}" font-size="{size}" fill="{color}"'
            f' xml:space="preserve">{spans}</text>'
        )

    def box(self, x: float, height: float, across: float, color: str, corner: float = 8) -> None:
        """Draw a box whose top is where the next line would begin."""
        self.shapes.append(
            f'<rect x="{x:.1f}" y="{self.y:.1f}" width="{across:.1f}" height="{height:.1f}"'
            f' rx="{corner}" fill="{color}"/>'
        )

    def markdown(self, content: str) -> None:
        """Write a text as Discord lays it out."""
        for source in content.splitlines():
            self._block(source)

    def _block(self, source: str) -> None:
        quoted = source.startswith(">")
        source = source.removeprefix(">").removeprefix(" ") if quoted else source
        small, head = source.startswith("-# "), source.startswith("## ")
        source = source[3:] if small or head else source
        item = source.startswith("- ")
        x = LEFT + (14 if quoted or item else 0)
        size = 12.5 if small else 20 if head else 15
        line = runs(source[2:] if item else source)
        line = [replace(one, bold=True) for one in line] if head else line
        top = self.y
        if not line:
            self.y += 8
        for number, part in enumerate(wrapped(line, size, WIDTH - RIGHT - x)):
            if item and not number:
                self.shapes.append(f'<circle cx="{LEFT + 5}" cy="{self.y + 11}" r="2.5"')
                self.shapes[-1] += f' fill="{TEXT}"/>'
            if part:
                self.line(part, x, size=size, color=FAINT if small else TEXT)
        if quoted:
            bottom, self.y = self.y, top
            self.box(LEFT, bottom - top, 4, BAR, 2)
            self.y = bottom

    def row(self, components: list[dict[str, Any]]) -> None:
        """Draw buttons beside each other, or a menu."""
        self.y += 6
        x = float(LEFT)
        for one in components:
            if one["type"] in SELECTS:
                self.box(x, 38, WIDTH - RIGHT - x, MENU)
                self._inside(_chosen(one), x + 12)
                arrow = f"M{WIDTH - 44} {self.y + 16} l6 6 l6 -6"
                self.shapes.append(f'<path d="{arrow}" fill="none" stroke="{FAINT}"/>')
                continue
            label = str(one["label"])
            across = width(label, 14) + 26
            if x > LEFT and x + across > WIDTH - RIGHT:
                x, self.y = LEFT, self.y + 42
            self.box(x, 34, across, BLURPLE if one.get("style") == 1 else BUTTON)
            self._inside(label, x + across / 2, middle=True)
            x += across + 8
        self.y += 44

    def _inside(self, text: str, x: float, *, middle: bool = False) -> None:
        anchor = ' text-anchor="middle"' if middle else ""
        self.shapes.append(
            f'<text x="{x:.1f}" y="{self.y + 22:.1f}" font-size="14" fill="{NAME}"{anchor}>'
            f"{escape(text)}</text>"
        )


def _span(run: Run) -> str:
    look = ' font-weight="700"' if run.bold else ""
    look += f' fill="{LINK}"' if run.link else ""
    return f"<tspan{look}>{escape(run.text)}</tspan>" if look else escape(run.text)


def _chosen(menu: dict[str, Any]) -> str:
    preset = [str(one["label"]) for one in menu.get("options") or [] if one.get("default")]
    return preset[0] if preset else str(menu.get("placeholder") or "")


def draw(message: Message, who: str, what: str) -> str:
    """Return the picture of a message that answers somebody's command."""
    drawing = Drawing()
    drawing.line([Run(who, bold=True), Run(f" hat {what} verwendet")], LEFT, size=13, color=FAINT)
    top = drawing.y + 4
    drawing.shapes += [
        f'<circle cx="38" cy="{top + 20}" r="20" fill="{BLURPLE}"/>',
        f'<text x="28" y="{top + 29}" font-size="26" font-weight="700" fill="#fff">B</text>',
    ]
    drawing.box(LEFT + 52, 17, 36, BLURPLE, 4)
    drawing.shapes.append(
        f'<text x="{LEFT + 70}" y="{drawing.y + 13}" font-size="11" font-weight="700" fill="#fff"'
        ' text-anchor="middle">APP</text>'
    )
    drawing.line([Run("Beleg", bold=True)], LEFT, color=NAME)
    drawing.markdown(message.content)
    for component in message.components:
        if component["type"] == DISPLAY:
            drawing.markdown(component["content"])
        elif component["type"] == ACTION_ROW:
            drawing.row(component["components"])
    if message.ephemeral:
        drawing.y += 4
        drawing.line([Run("Nur du kannst diese Nachricht sehen")], LEFT, size=12, color=FAINT)
    height = drawing.y + 16
    ground = f'<rect width="{WIDTH}" height="{height:.0f}" rx="10" fill="{GROUND}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}"'
        f' width="{WIDTH}" font-family="{FONT}">\n'
        + "\n".join([ground, *drawing.shapes])
        + "\n</svg>\n"
    )


def timeline() -> bytes:
    """Return the picture of how a figure went, as Beleg draws it."""
    question = "Wie hat sich die Zahl der Verletzten von Falkenried entwickelt?"
    history = history_of(question, account(falkenried()), ExcerptLimits(), {})
    chart = chart_of(history, Language.GERMAN)
    assert chart is not None
    return draw_chart(chart, ImageKind.SVG)


def main() -> None:
    """Play the evening and draw its main answers, and a timeline."""
    (FOLDER / "timeline.svg").write_bytes(timeline())
    with tempfile.TemporaryDirectory() as directory:
        book = asyncio.run(play(Path(directory)))
    FOLDER.mkdir(exist_ok=True)
    for name, (who, what) in HEADS.items():
        picture = draw(book.pictures[name], who, what)
        (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
        print(f"{name}.svg: {len(picture.encode())} bytes")  # noqa: T201 - a command tells what it did


if __name__ == "__main__":
    main()
