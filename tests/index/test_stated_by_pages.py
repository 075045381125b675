"""Day, outlet, address and headline are what a page states, never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from index.types import DateOrigin, Given, Page, Published
from tests.index.news_page import BODY, HEADLINE, extract, page

LINKED_DATA = (
    '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2001-01-01"}'
    ',{"@type":["NewsArticle"],"datePublished":"2024-11-01T08:30:00+01:00",'
    '"dateModified":"2024-12-24"}]}</script>'
)
TWO_TIMES = (
    '<meta property="article:published_time" content="2024-11-01T07:30:00Z">'
    '<meta property="article:modified_time" content="2024-12-24T07:30:00Z">'
)
SEARCH_PATH = "<nav class=breadcrumb><h1>Titel für die Suche</h1></nav>"


@pytest.mark.parametrize(
    ("head", "above", "expected", "origin"),
    [
        (
            LINKED_DATA,
            "",
            "2024-11-01T08:30:00+01:00",
            DateOrigin.LINKED_DATA,
        ),
        (
            TWO_TIMES,
            "",
            "2024-11-01T07:30:00+00:00",
            DateOrigin.METADATA,
        ),
        ('<meta name="date" content="2024-11-01">', "", "2024-11-01", DateOrigin.METADATA),
        ("", "<time itemprop=datePublished datetime=2024-11-01>x</time>", "2024-11-01",
         DateOrigin.METADATA),
        ('<link rel=canonical href="https://a.example/2024/11/01/x">', "", "2024-11-01",
         DateOrigin.URL),
        ("<script type='application/ld+json'>{kaputt</script>", "", None, None),
        ('<meta property="article:modified_time" content="2024-12-24T07:30:00Z">', "", None, None),
        ('<meta name="date" content="2031-11-01">', "", None, None),
    ],
)  # fmt: skip
def test_the_day_is_what_the_page_states_and_never_guessed(
    head: str, above: str, expected: str | None, origin: DateOrigin | None
) -> None:
    published = extract(page(head=head, above=above)).published
    assert (published.isoformat() if published else None) == expected
    assert (published.origin if published else None) == origin


def test_a_line_below_the_headline_states_the_day() -> None:
    it = page()
    content = it.content.replace(b"</h1>", b"</h1><p>Stand: 01.11.2024, 13:30 Uhr</p>")
    article = extract(Page(content, "text/html"))
    assert article.published == Published(date(2024, 11, 1), DateOrigin.TEXT)
    assert article.text == BODY


def test_a_date_in_the_story_is_not_the_day_of_the_story() -> None:
    assert (
        extract(page("<p>Am 1. November 2024 tagt der Rat zum letzten Mal.</p>")).published is None
    )


CLAIM = (
    '<meta property="og:site_name" content="Ganz Andere Zeitung">'
    '<link rel="canonical" href="https://andere.example/a">'
)


@pytest.mark.parametrize(
    ("url", "head", "outlet", "address"),
    [
        ("https://www.nz.example/a?b=1", CLAIM, "nz.example", "https://www.nz.example/a?b=1"),
        ("https://xn--bcher-kva.example/", CLAIM, "xn--bcher-kva.example",
         "https://xn--bcher-kva.example/"),
        (None, CLAIM, "Ganz Andere Zeitung", "https://andere.example/a"),
        (None, '<link rel=canonical href="https://www.andere.example/a">', "andere.example",
         "https://www.andere.example/a"),
        (None, CLAIM.replace("andere.", "fremd."), "fremd.example", "https://fremd.example/a"),
        (None, '<link rel=canonical href="javascript:alert(1)">', None, None),
    ],
)  # fmt: skip
def test_the_outlet_is_the_host_that_was_dialled_and_a_claim_only_counts_for_files(
    url: str | None, head: str, outlet: str | None, address: str | None
) -> None:
    article = extract(page(head=head, url=url))
    assert (article.outlet, article.url) == (outlet, address)


def test_what_a_person_states_outranks_the_page() -> None:
    published = Published(date(2020, 2, 2), DateOrigin.GIVEN)
    given = Given("Mein Titel", "https://b.example/", "Mein Blatt", published, "id-7")
    article = extract(
        page(head=f'{CLAIM}<meta name="date" content="2024-11-01">', url="https://a.example/"),
        given,
    )
    assert article.title == "Mein Titel"
    assert (article.url, article.outlet) == ("https://b.example/", "Mein Blatt")
    assert (article.published, article.source_id) == (published, "id-7")


@pytest.mark.parametrize(
    ("head", "h1", "expected"),
    [
        ('<meta property="og:title" content="Ein Titel für die Suche | NZ">', None, HEADLINE),
        (
            '<meta property="og:title" content="Der wahre Titel des Artikels">',
            SEARCH_PATH + "<h2>Der wahre Titel des Artikels</h2>",
            "Der wahre Titel des Artikels",
        ),
        (
            f'<meta property="og:title" content="{HEADLINE}">',
            f"<h1><span>Kommunalpolitik</span> <span>{HEADLINE}</span></h1>",
            HEADLINE,
        ),
    ],
)
def test_the_title_is_the_headline_that_a_reader_sees(
    head: str, h1: str | None, expected: str
) -> None:
    it = page(head=head)
    content = it.content
    if h1:
        content = content.replace(f"<h1>{HEADLINE}</h1>".encode(), h1.encode())
        content = content.replace(
            f"<title>{HEADLINE} | ".encode(), b"<title>Titel f\xc3\xbcr die Suche | "
        )
    assert extract(Page(content, "text/html")).title == expected


@pytest.mark.parametrize(
    "heading",
    [
        f"<span class='c-kicker'>Haushalt</span><span>{HEADLINE} heute</span>",
        f"<small class=dachzeile>Haushalt:</small> {HEADLINE} heute",
        f"<span class='topic'><a href=/x>Haushalt</a></span> – {HEADLINE} heute",
    ],
)
def test_a_topic_in_the_heading_is_not_part_of_the_headline(heading: str) -> None:
    content = page().content.replace(
        f"<h1>{HEADLINE}</h1>".encode(), f"<h1>{heading}</h1>".encode()
    )
    content = content.replace(f"<title>{HEADLINE} |".encode(), b"<title>Etwas ganz anderes |")
    assert extract(Page(content, "text/html")).title == f"{HEADLINE} heute"


def test_a_live_ticker_keeps_its_name_whatever_its_latest_post_is_called() -> None:
    name = "Der Haushalt von Linden im Newsticker"
    linked = f'{{"@type":"LiveBlogPosting","headline":"{name}"}}'
    head = f'<script type="application/ld+json">{linked}</script>'
    assert extract(page(head=head)).title == name
