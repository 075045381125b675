"""Claims by hand, from a sentence and its parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.news.claim import Account, Claim, Days, Figure, Hedge
from bot.types import Quote
from index.types import Article, DateOrigin, Published, Span, StoredArticle


def claim(
    number: int,
    sentence: str,
    value: str,
    figure: str | tuple[str, str] | None = None,
    *,
    made: str | None = "2025-11-07T08:40:00+01:00",
    outlet: str | None = "dna",
    hedge: Hedge | None = None,
    claimant: str | None = None,
    unit: str | None = None,
    counted: str | None = None,
    days: tuple[str, str] | None = None,
    title: str | None = None,
    url: str | None = "",
) -> Claim:
    """Return what a sentence claims, in an article of its own."""
    if url == "":
        url = f"https://{(outlet or 'blatt').lower().replace(' ', '-')}.example/{number}"
    published = Published.parse(made, DateOrigin.GIVEN) if made else None
    text = f"Davor stand etwas. {sentence} Danach auch."
    article = Article(
        title or f"Bericht {number}", text, datetime(2025, 11, 7, tzinfo=UTC), url=url,
        outlet=outlet, published=published,
    )  # fmt: skip
    stored = StoredArticle(number, article)

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(article, start, start + len(words))

    whole = span(sentence)
    read = None
    if figure is not None:
        least, most = (figure, figure) if isinstance(figure, str) else figure
        read = Figure(Decimal(least), Decimal(most), unit, counted, hedge)
    return Claim(
        Quote(stored, whole, 0.9, None, (whole,)),
        span(value),
        read,
        Days(date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None,
        claimant=span(claimant) if claimant else None,
    )


def account(claims: Sequence[Claim], current: int = 1) -> Account:
    """Return an account of claims in their order, of which the last ones are current."""
    return Account(tuple(claims), tuple(reversed(claims[len(claims) - current :])), len(claims))


def falkenried() -> list[Claim]:
    """How many were hurt, as five articles told it."""
    return [
        claim(
            1, "Nach Angaben der Polizei sind mindestens zwölf Menschen verletzt worden.",
            "zwölf Menschen", "12", hedge=Hedge.AT_LEAST, claimant="Polizei", counted="Verletzte",
        ),
        claim(
            2, "Die Polizei sprach am Mittag von 23 Verletzten.", "23 Verletzten", "23",
            made="2025-11-07T13:30:00+01:00", claimant="Polizei", counted="Verletzte",
        ),
        claim(
            3, "Der Rettungsdienst im Kreis Obersee zählte 31 Verletzte.", "31 Verletzte", "31",
            made="2025-11-07T13:30:00+01:00", claimant="Rettungsdienst im Kreis Obersee",
            counted="Verletzte", outlet="Alpenbote",
        ),
        claim(
            4, "Am Ende waren es laut Polizei 27 Verletzte.", "27 Verletzte", "27",
            made="2025-11-07T18:10:00+01:00", claimant="Polizei", counted="Verletzte",
        ),
        claim(
            5, "Police put the number of injured at 26.", "26", "26",
            made="2025-11-08T10:05:00+01:00", claimant="Police", counted="injured",
            outlet="Hallingen Herald",
        ),
    ]  # fmt: skip
