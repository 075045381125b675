"""The words of an article, with nothing of what stands beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.types import Page
from tests.index.news_page import BODY, FETCHED, HEADLINE, LEAD, SECOND, extract, page
from tests.measure_pages import PAGES, token_f1

SAMPLES = Path("bot/samples")


def test_a_plain_page_gives_its_paragraphs_and_headline() -> None:
    article = extract(page())
    assert (article.title, article.text) == (HEADLINE, BODY)
    assert (article.published, article.outlet, article.url) == (None, None, None)
    assert article.fetched == FETCHED


@pytest.mark.parametrize(
    "inside",
    [
        "<figure><img src=a alt='Saal'><figcaption>Der Saal ist leer.</figcaption></figure>",
        "<div class='gallery'><p>1/3</p><p>Gehe zur Galerie</p><p>Der Saal ist leer.</p></div>",
        "<aside><h3>Lesen Sie auch</h3><ul><li><a href=/a>Das Geld ist weg</a></li></ul></aside>",
        "<p><a href=/a>Lesen Sie auch: Das Geld ist weg</a></p>",
        "<p>Lesen Sie auch: Das Geld ist weg</p>",
        "<ul><li><a href=/a>Das Geld ist weg</a></li><li><a href=/b>Wer es hat</a></li></ul>",
        "<div class='newsletter-box'><p>Unser Newsletter bringt Ihnen das Neueste.</p></div>",
        "<div class='c-article__share'><a href=/x>Teilen</a></div><p>Anzeige</p>",
        "<div id='cookie-consent'><p>Wir verwenden Cookies. Bitte stimmen Sie zu.</p></div>",
        "<p>Wir verwenden Cookies, um Inhalte zu personalisieren.</p>",
        "<p>Alle Nachrichten aufs Handy? Hier geht es zur App der Neuen Zeitung.</p>",
        "<p>Dies ist eine maschinelle Übersetzung eines Artikels aus dem Englischen.</p>",
        "<section class='comments'><p>Das war doch klar, sage ich seit Jahren!</p></section>",
        "<form><p>Melden Sie sich an, um zu kommentieren.</p><button>Los</button></form>",
        f"<p>{SECOND}</p>",
    ],
)
def test_what_stands_beside_the_article_goes(inside: str) -> None:
    assert extract(page(inside)).text == BODY


def test_the_lead_above_the_body_is_not_lost() -> None:
    content = page().content.replace(
        f"<p>{LEAD}</p>".encode(),
        f"<header><div class=intro><span>{LEAD}</span></div></header><div class=byline>Von Max "
        "Muster</div>".encode(),
    )
    assert extract(Page(content, "text/html")).text == BODY


def test_every_paragraph_that_the_page_gives_as_its_description_is_kept() -> None:
    above = (
        "Eine Mehrheit aus drei Parteien stimmte am Montag im Rathaus von Linden für die Vorlage"
    )
    head = (
        f'<meta name=description content="{LEAD}"><meta property=og:description content="{above}">'
    )
    content = page(head=head).content.replace(b"</h1>", f"</h1><h2>{above}</h2>".encode())
    assert extract(Page(content, "text/html")).text == f"{above}\n\n{BODY}"


def test_a_heading_and_a_list_inside_the_article_stay() -> None:
    text = extract(
        page("<h2>Streit um Zahlen</h2><ul><li>48 Millionen</li><li>14 zu 9</li></ul>")
    ).text
    assert "48 Millionen\n\n14 zu 9" in text


@pytest.mark.parametrize(
    "start",
    [
        "<span class=initial>D</span> er",
        "<span class=dropcap-outer><span class=dropcap>D</span></span> <span>er</span>",
        "<b class=first-letter>D</b>er",
    ],
)
def test_a_large_first_letter_belongs_to_its_word(start: str) -> None:
    content = page().content.replace(b"<p>Der Stadtrat", f"<p>{start} Stadtrat".encode())
    assert extract(Page(content, "text/html")).text == BODY


def test_a_letter_that_is_a_word_stays_one() -> None:
    said = "<p><span class=initial>I</span>n Linden und <b>A</b> und B wird über Geld geredet.</p>"
    assert "In Linden und A und B wird" in extract(page(said)).text


def test_text_and_markdown_are_read_as_such_and_html_in_a_text_file_as_html() -> None:
    text = f"{HEADLINE}\nNeue Zeitung, 2024-11-01\n\n{BODY}"
    plain = extract(Page(text.encode(), "text/plain"))
    assert (plain.title, plain.text, plain.outlet) == (HEADLINE, BODY, "Neue Zeitung")
    marked = extract(Page(f"# {HEADLINE}\n\n{BODY}".encode(), "text/markdown"))
    assert (marked.title, marked.text) == (HEADLINE, BODY)
    assert extract(Page(page().content, "text/plain")).text == BODY


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.html")), ids=lambda path: path.stem)
def test_a_sample_page_gives_what_is_written_beside_it(path: Path) -> None:
    head, body = path.with_suffix(".txt").read_text().split("\n\n", 1)
    title, outlet_and_day, url = head.split("\n")
    article = extract(Page(path.read_bytes(), "text/html"), fetched=FETCHED.replace(year=2026))
    assert article.published is not None
    assert f"{article.outlet}, {article.published.isoformat()}" == outlet_and_day
    assert (article.title, article.url, article.text) == (title, url, body.strip())


@pytest.mark.skipif(not PAGES.exists(), reason="the saved pages of others are not here")
def test_saved_pages_of_many_outlets_are_read_nearly_as_a_person_does() -> None:
    rows = [json.loads(line) for line in (PAGES / "manifest.jsonl").read_text().splitlines()]
    scores = []
    for row in rows:
        it = Page((PAGES / row["file"]).read_bytes(), "text/html", None, row["url"], row["file"])
        article = extract(it, fetched=FETCHED.replace(year=2027))
        scores.append(token_f1(article.text, row["gold_text"].replace("\u00ad", "")))
    assert sum(scores) / len(scores) >= 0.97
    assert min(scores) >= 0.8


def test_text_in_an_odd_encoding_is_no_garbage() -> None:
    text = f"{HEADLINE}\r\n\r\n{LEAD}\t{SECOND}"
    for content in (text.encode("utf-16"), text.encode("cp1252")):
        article = extract(Page(content, "text/plain", source="a.txt"))
        assert LEAD in article.text
