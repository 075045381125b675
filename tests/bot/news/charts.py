"""Charts of every kind that a picture must stand: few and many, near and far, hostile names."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.news.chart import Chart, ChartPoint, Scale
from bot.news.claim import Hedge
from bot.types import Language

GERMAN, ENGLISH = Language.GERMAN, Language.ENGLISH
MORNING = datetime.fromisoformat("2026-06-03T07:10")
OUTLETS = (
    "Rade-Kurier am Sonntag für Stadt und Land (Ausgabe Nord)",
    "dna",
    "Tagesruf",
    "The Hallingen Morning Herald & Evening Post",
    "Alpenbote",
    "Nordlicht Nachrichten",
)
HEDGES = (None, None, *Hedge)


def point(
    value: float,
    label: str | None = None,
    *,
    at: datetime | None = MORNING,
    most: float | None = None,
    source: str = "dna",
    claimant: str = "",
    hedge: Hedge | None = None,
    holds: bool = True,
    timed: bool = True,
) -> ChartPoint:
    return ChartPoint(
        at, timed, value, value if most is None else most, label or f"{value:g}", source, claimant,
        hedge, holds,
    )  # fmt: skip


def many(count: int, hours: float, *, language: Language = ENGLISH) -> Chart:
    """Points of six outlets, one after the other, with every hedge and a range."""
    points = tuple(
        point(
            400 + (i * 173) % 700,
            at=MORNING + timedelta(hours=hours * i),
            most=1400 if i == 5 else None,
            label="800\u20131.400" if i == 5 else None,
            source=OUTLETS[i % 6],
            claimant="Landratsamt Hallingen" if i % 3 else "",
            hedge=None if i == 5 else HEDGES[i % 6],
            holds=i > count - 3,
        )
        for i in range(count)
    )
    title = "How has the number of people who had to leave their homes changed?"
    note = "Not in the picture: 1 statement without a figure."
    return Chart(title, points, language, unit="people", note=note)


_NOON = datetime.fromisoformat("2025-02-11T12:00")

CHARTS: dict[str, Chart] = {
    "one point": Chart(
        "Wie viele Soldaten sind in Kursk?",
        (point(8000, "rund 8.000", claimant="USA", hedge=Hedge.ABOUT, timed=False),),
        GERMAN,
        unit="Soldaten",
    ),
    "two contradicting at once": Chart(
        "Wie viele Soldaten sind in Kursk?",
        (
            point(8000, "rund 8.000", claimant="nach Angaben der USA", hedge=Hedge.ABOUT),
            point(11000, "11.000", claimant="ukrainischer Geheimdienst", source="Nordlicht"),
        ),
        GERMAN,
        unit="Soldaten",
    ),
    "two of the same value at once": Chart(
        "Wie viele?", (point(27), point(27, source="Tagesruf")), GERMAN
    ),
    "twelve over days": many(12, 9),
    "twelve within two hours": many(12, 0.18),
    "twelve over years": many(12, 1700, language=GERMAN),
    "twelve in one place": Chart(
        "Zwölf", tuple(point(12, source=OUTLETS[i % 6]) for i in range(12)), GERMAN
    ),
    "twenty-four": many(24, 5),
    "millions": Chart(
        "Wie sind die Kosten fürs Konzerthaus Hallingen gestiegen?",
        (
            point(340e6, "340 Mio. Euro", at=_NOON, claimant="Stadt Hallingen"),
            point(412e6, "412 Mio. Euro", at=_NOON, claimant="Stadt Hallingen"),
            point(560e6, "bis zu 560 Mio. Euro", at=_NOON + timedelta(200), hedge=Hedge.AT_MOST),
            point(485e6, "485 Mio. Euro", at=_NOON + timedelta(200, 9000), source="Tagesruf"),
            point(533e6, "533 Mio. Euro", at=_NOON + timedelta(600), source="Alpenbote"),
        ),
        GERMAN,
        unit="Euro",
    ),
    "percent": Chart(
        "Wie hoch ist die Quote?",
        tuple(
            point(value, f"{value} %", at=MORNING.replace(day=day), timed=False)
            for day, value in ((1, 0.3), (2, 0.45), (9, 12.5), (10, 0.02))
        ),
        GERMAN,
    ),
    "from seventeen to billions": Chart(
        "Wie viel?",
        tuple(
            point(value, at=MORNING.replace(year=2019 + i), source=f"Blatt {i}")
            for i, value in enumerate((17, 3.4e6, 1.2e9, 2e12))
        ),
        GERMAN,
    ),
    "below nothing": Chart(
        "Wie kalt war es?",
        (point(-12.5, "\u221212,5 °C"), point(3, "3 °C", at=MORNING + timedelta(1))),
        GERMAN,
    ),
    "one of unknown date": Chart(
        "Wie viele Soldaten sind in Kursk?",
        (point(8000, "rund 8.000", at=None, claimant="USA"), point(11000, claimant="Kiew")),
        GERMAN,
    ),
    "three of unknown date": Chart(
        "Wie viele Soldaten sind in Kursk?",
        (
            *(point(8000 + 10 * i, f"rund {i}", at=None, source=OUTLETS[i]) for i in range(3)),
            *many(8, 9).points,
        ),
        GERMAN,
    ),
    "hostile names": Chart(
        "$\\frac{a}{b}$ {x} _y_ \u65e5\u672c\u65b0\u805e " + "Sehrlangeswort" * 12,
        tuple(
            point(i, f"${i} %", at=MORNING + timedelta(i), source=name, claimant=name)
            for i, name in enumerate(("a$b_c$", "\u65e5\u672c\u65b0\u805e", "x" * 300, "&<>\"'"))
        ),
        GERMAN,
        unit="$\\alpha$",
    ),
    "dates": Chart(
        "Welche Eröffnungstermine wurden für das Konzerthaus bisher genannt?",
        (
            point(date(2026, 9, 22).toordinal(), "Herbst 2026", at=_NOON,
                  most=date(2026, 12, 20).toordinal(), claimant="Brandner", holds=False),
            point(date(2027, 5, 1).toordinal(), "Mai 2027", at=_NOON + timedelta(200),
                  most=date(2027, 5, 31).toordinal(), claimant="Brandner", holds=False),
            point(date(2027, 9, 11).toordinal(), "11. September 2027", at=_NOON + timedelta(390)),
        ),
        GERMAN,
        Scale.DATE,
    ),
}  # fmt: skip
