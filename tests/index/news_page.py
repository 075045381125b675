"""A page of news around three paragraphs, and what is read out of it."""

from __future__ import annotations

from datetime import UTC, datetime

from index.extract import extract as read
from index.types import Article, Given, Page

FETCHED = datetime(2025, 1, 1, 12, tzinfo=UTC)

LEAD = (
    "Der Stadtrat von Linden hat am Montag den neuen Haushalt beschlossen, er umfasst 48 Millionen."
)
SECOND = (
    "Die Opposition stimmte dagegen. „Das ist zu viel“, sagte ihr Sprecher nach der langen Sitzung."
)
THIRD = (
    "Die Abstimmung endete am späten Abend mit 14 zu 9 Stimmen, zwei Mitglieder enthielten sich."
)
BODY = f"{LEAD}\n\n{SECOND}\n\n{THIRD}"
HEADLINE = "Stadtrat beschließt neuen Haushalt"


def page(
    inside: str = "", head: str = "", *, url: str | None = None, above: str = "", below: str = ""
) -> Page:
    text = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{HEADLINE} | Neue Zeitung</title>"
        f"{head}</head><body>{above}<main><article><h1>{HEADLINE}</h1><p>{LEAD}</p><p>{SECOND}</p>"
        f"{inside}<p>{THIRD}</p></article></main>{below}</body></html>"
    )
    return Page(text.encode(), "text/html", "utf-8", url, "seite.html")


def extract(it: Page, given: Given | None = None, fetched: datetime = FETCHED) -> Article:
    return read(it, given or Given(), fetched).article
