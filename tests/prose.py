"""German news prose out of a small vocabulary: any amount of it, the same on every run."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from index.types import Article, DateOrigin, Page, Published

FETCHED = datetime(2025, 1, 2, 8, 0, tzinfo=UTC)
SENTENCES_PER_PARAGRAPH = 2

_FIRST_DAY = date(2023, 1, 1)
_DAYS = 700
_WORDS = {
    "place": [
        start + end
        for start in ("Alten", "Birken", "Eichen", "Falken", "Grün", "Hohen", "Linden", "Mühl")
        for end in ("au", "bach", "berg", "brunn", "burg", "feld", "furt", "hausen", "see", "tal")
    ],
    "body": [
        "der Gemeinderat",
        "der Kreistag",
        "der Stadtrat",
        "der Verkehrsausschuss",
        "die Feuerwehr",
        "die Handelskammer",
        "die Landesregierung",
        "die Polizei",
        "die Stadtverwaltung",
        "die Universität",
    ],
    "person": [
        f"{role} {name}"
        for role in (
            "Bürgermeisterin",
            "Landrat",
            "Ministerin",
            "Professorin",
            "Sprecher",
            "Vorstand",
        )
        for name in (
            "Ahrens",
            "Brückner",
            "Dornbusch",
            "Eberle",
            "Fuhrmann",
            "Hagedorn",
            "Kessler",
            "Lorenz",
            "Pfister",
            "Quandt",
            "Rademacher",
            "Stadler",
            "Unterberger",
            "Wimmer",
        )
    ],
    "thing": [
        "das Freibad",
        "das Klinikum",
        "das Wasserwerk",
        "den Bahnhof",
        "den Hochwasserschutz",
        "den Radweg",
        "die Bibliothek",
        "die Brücke",
        "die Grundschule",
        "die Kläranlage",
        "die Markthalle",
        "die Straßenbahn",
    ],
    "goal": [
        "Arbeitsplätze",
        "Bäume",
        "Fahrgäste",
        "Haushalte",
        "Helfer",
        "Mieter",
        "Parkplätze",
        "Schüler",
        "Unterschriften",
        "Wohnungen",
    ],
    "month": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
    ],
    "weekday": ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
    "cause": [
        "der gestiegenen Preise",
        "des langen Winters",
        "des starken Regens",
        "eines Gutachtens",
        "fehlender Fachkräfte",
        "neuer Vorschriften",
    ],
}
_HEADLINES = (
    "{place} streitet über {thing}",
    "{number} {goal} in {place}: Was nun geplant ist",
    "Neuer Plan für {place}: {million} Millionen Euro bis {month}",
    "{place}: {person} verteidigt den Beschluss",
)
# Parted by empty lines: they are longer than a line of code.
_TEMPLATES = """
In {place} hat {body} am {weekday} beschlossen, {thing} für {million} Millionen Euro zu
erneuern.

Davon sollen nach Angaben der Verwaltung rund {number} {goal} in der Region um {place}
profitieren.

„Wir haben lange gerechnet und keinen besseren Weg gefunden“, sagte {person} nach der
Sitzung in {place}.

Die Arbeiten beginnen am {day}. {month} und dauern nach jetzigem Stand etwa {few}
Monate.

Wegen {cause} war {body} im vergangenen Jahr noch von {few} Millionen Euro weniger
ausgegangen.

Im Umland zählte man zuletzt {number} {goal}, das waren {few} Prozent mehr als vor zehn
Jahren.

{person} aus {place} nannte den Zeitplan ehrgeizig und verlangte bis zum {day}. {month}
einen Bericht.

Gegen den Entwurf stimmten {few} Mitglieder, weil sie {thing} lieber ganz neu bauen
wollen.

Bis dahin fahren zwischen {place} und dem Zentrum Busse, die täglich bis zu {number}
Menschen befördern.

Ob das Geld reicht, ist offen, denn allein das Material kostet derzeit {few} Prozent
mehr als geplant.

Eine Initiative hatte {number} Unterschriften gesammelt und {person} im {month}
übergeben.

Der Vertrag mit dem Nachbarort läuft noch bis {year} und bringt jährlich {million}
Millionen Euro ein.
"""
_SENTENCES = [" ".join(template.split()) for template in _TEMPLATES.split("\n\n")]


def make_articles(count: int, sentences: int = 8, *, first: int = 0) -> Iterator[Article]:
    """Yield articles with the numbers from `first`; one number is always the same article."""
    for number in range(first, first + count):
        yield make_article(number, sentences)


def make_article(number: int, sentences: int = 8) -> Article:
    """Return an article of some 17 words a sentence, about a place and figures of its own."""
    chance = Random(number)
    place = chance.choice(_WORDS["place"])
    said = [_filled(template, chance, place) for template in _order(chance, sentences)]
    paragraphs = [
        " ".join(said[start : start + SENTENCES_PER_PARAGRAPH])
        for start in range(0, len(said), SENTENCES_PER_PARAGRAPH)
    ]
    day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    return Article(
        title=_filled(chance.choice(_HEADLINES), chance, place),
        text="\n\n".join(paragraphs),
        fetched=FETCHED,
        url=f"https://landbote.example/{number}",
        outlet="landbote.example",
        published=Published(day, DateOrigin.METADATA),
    )


def as_page(article: Article) -> Page:
    """Return an article as a news page: its prose between navigation and footer."""
    paragraphs = "".join(f"<p>{html.escape(text)}</p>\n" for text in article.text.split("\n\n"))
    title = html.escape(article.title)
    published = article.published.isoformat() if article.published else ""
    content = f"""<!doctype html><html lang="de"><head><title>{title}</title>
<meta property="article:published_time" content="{published}"></head><body>
<nav><a href="/">Start</a> <a href="/region">Region</a></nav>
<main><article><h1>{title}</h1>
{paragraphs}</article></main>
<footer><a href="/impressum">Impressum</a></footer></body></html>"""
    return Page(content.encode(), "text/html", "utf-8", article.url, article.url or title)


def _order(chance: Random, count: int) -> Iterator[str]:
    """Yield templates so that each comes once before any comes again."""
    while count > 0:
        yield from chance.sample(_SENTENCES, min(count, len(_SENTENCES)))
        count -= len(_SENTENCES)


def _filled(template: str, chance: Random, place: str) -> str:
    words = {slot: chance.choice(choices) for slot, choices in _WORDS.items()}
    text = template.format(
        **{**words, "place": place},
        number=f"{chance.randrange(1_000, 90_000):,}".replace(",", "."),
        million=f"{chance.randrange(11, 980) / 10:.1f}".replace(".", ","),
        few=chance.randrange(2, 30),
        day=chance.randrange(1, 29),
        year=chance.randrange(2026, 2040),
    )
    return text[0].upper() + text[1:]
