"""Stand-ins until figures, claimants and times are read."""

from __future__ import annotations
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from bot.news.claim import Claim, Days, Figure, Hedge
from bot.types import Question, Quote
from index.types import Span


@dataclass(frozen=True, slots=True)
class WrittenFigure:
    """A figure and where it stands."""

    figure: Figure
    start: int
    end: int


_W = {
    w: i
    for i, w in enumerate(
        "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
    )
}
_W["siebzehn"] = 17
_P = re.compile(
    r"(?P<h>(?:rund|etwa|bis zu|mindestens|mehr als|knapp|about|roughly|around|at least|up to|more than|gut|über)\s+)?(?<![\w.,])(?P<n>\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?|"
    + "|".join(sorted(_W, key=len, reverse=True))
    + r")(?![\w:])(?:\s(?P<s>Millionen|Mrd\.|Mio\.|million|Milliarden))?(?:\s(?P<u>Euros?|euros|Hektar|hectares|Metern?|Prozent|percent|Gramm|Minuten|Uhr|metres|Stunden|Jahren|Jahre|Tagen|Tage|Wochen|years|hours))?(?:\s(?P<c>[A-ZÄÖÜ]\w+|[a-z]{4,}))?",
    re.I,
)
_U = {
    "euro": "euro",
    "euros": "euro",
    "hektar": "hectare",
    "hectares": "hectare",
    "meter": "metre",
    "metern": "metre",
    "metres": "metre",
    "prozent": "percent",
    "percent": "percent",
    "gramm": "gram",
    "minuten": "minute",
    "uhr": "clock",
}
_H = {
    "rund": Hedge.ABOUT,
    "etwa": Hedge.ABOUT,
    "about": Hedge.ABOUT,
    "roughly": Hedge.ABOUT,
    "around": Hedge.ABOUT,
    "bis zu": Hedge.AT_MOST,
    "up to": Hedge.AT_MOST,
    "knapp": Hedge.NEARLY,
}


def figures_in(text: str, language: object) -> list[WrittenFigure]:
    """Return figures."""
    out = []
    for m in _P.finditer(text):
        n = m["n"]
        if n[0].isdigit():
            v = Decimal(re.sub(r"[.,](?=\d{3}(?!\d))", "", n).replace(",", "."))
            if re.fullmatch(r"(19|20)\d\d", n):
                continue
        else:
            v = Decimal(_W[n.lower()])
        if n.lower() == "ein":
            continue
        s = (m["s"] or "").lower()
        v *= 10**9 if s.startswith(("mrd", "milliarde")) else 10**6 if s else 1
        u = _U.get((m["u"] or "").lower())
        if u == "clock":
            continue
        h = (m["h"] or "").strip().lower()
        out.append(
            WrittenFigure(
                Figure(v, v, u, m["c"], (_H.get(h, Hedge.AT_LEAST) if h else None)),
                m.start("n"),
                m.end("u") if m["u"] else m.end("s") if m["s"] else m.end("n"),
            )
        )
    return out


def days_in(text: str, made: date) -> list[WrittenFigure]:
    """Return days."""
    from bot.highlight import _DATE

    return [WrittenFigure(None, m.start(), m.end()) for m in _DATE.finditer(text)]  # type: ignore[arg-type]


_C = re.compile(
    r"(?:laut|nach Angaben (?:der|des|von)|nach Auskunft der)\s+((?:[A-ZÄÖÜ][\w-]+ ?)+)|(?:Die|Der|Das)\s+([A-ZÄÖÜ][\w-]+)\s+(?:sprach|zählte|nannte|kommt|gab|geht|rechnet|bleibt|schätzt)|(?:sagte|erklärte|wie|teilte)\s+(?:die|das|der)?\s*((?:[A-ZÄÖÜ][\w-]+ ?)+)"
)


def read_claim(quote: Quote, question: Question) -> Claim | None:
    """Return a claim."""
    v = quote.highlight
    if v is None:
        return None
    a = quote.stored.article
    fig = next(
        (
            w
            for w in figures_in(quote.sentence.text, None)
            if quote.sentence.start + w.start == v.start
        ),
        None,
    )
    m = _C.search(quote.sentence.text)
    cl = None
    if m:
        g = next(i for i in (1, 2, 3) if m[i])
        st = quote.sentence.start + m.start(g)
        en = st + len(m[g].rstrip())
        cl = Span(a, st, en)
    return Claim(quote, v, fig.figure if fig else None, None, None, cl)
