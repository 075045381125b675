import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from index.errors import ExtractionError
from index.extract import extract_article
from index.types import Article, DateOrigin, Given, Page, Published
from tests.measure_pages import PAGES, token_f1

FETCHED = datetime(2025, 1, 1, 12, tzinfo=UTC)
SAMPLES = Path("bot/samples")
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
SECRET = "Dieser Satz steht nur für Maschinen da und darf niemals als Zitat erscheinen, bitte sehr."

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
CONSENT = (
    "<html><body><h1>Willkommen</h1><p>Wir und unsere 137 Partner verwenden Cookies. Bitte stimmen "
    "Sie der Verarbeitung zu, oder wählen Sie das Pur-Abo.</p><button>Alle akzeptieren</button>"
    "</body></html>"
)
STUB = (
    f"<html><body><article><h1>{HEADLINE}</h1><p>{LEAD}</p><div class=wall>Jetzt abonnieren und "
    "weiterlesen, monatlich kündbar.</div></article></body></html>"
)

LOCKED = '<meta property="article:content_tier" content="locked"><article>'


def page(
    inside: str = "", head: str = "", *, url: str | None = None, above: str = "", below: str = ""
) -> Page:
    text = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{HEADLINE} | Neue Zeitung</title>"
        f"{head}</head><body>{above}<main><article><h1>{HEADLINE}</h1><p>{LEAD}</p><p>{SECOND}</p>"
        f"{inside}<p>{THIRD}</p></article></main>{below}</body></html>"
    )
    return Page(text.encode(), "text/html", "utf-8", url, "seite.html")


def extract(it: Page, given: Given | None = None) -> Article:
    return extract_article(it, given or Given(), FETCHED)


def test_a_plain_page_gives_its_paragraphs_and_headline() -> None:
    article = extract(page())
    assert (article.title, article.text) == (HEADLINE, BODY)
    assert (article.published, article.outlet, article.url) == (None, None, None)
    assert article.fetched == FETCHED


@pytest.mark.parametrize(
    ("inside", "head"),
    [
        (f"<p hidden>{SECRET}</p>", ""),
        (f"<p style='display:none'>{SECRET}</p>", ""),
        (f"<p style='DISPLAY : NONE !important'>{SECRET}</p>", ""),
        (f"<div style='visibility:hidden'><p>{SECRET}</p></div>", ""),
        (f"<p style='font-size:0'>{SECRET}</p>", ""),
        (f"<p style='font-size:0.1px'>{SECRET}</p>", ""),
        (f"<p style='opacity:0'>{SECRET}</p>", ""),
        (f"<p style='position:absolute;left:-9999px'>{SECRET}</p>", ""),
        (f"<p style='position:fixed;top:-200em'>{SECRET}</p>".replace("-200em", "-2000em"), ""),
        (f"<p style='text-indent:-9999px'>{SECRET}</p>", ""),
        (f"<p style='clip:rect(0,0,0,0);position:absolute'>{SECRET}</p>", ""),
        (f"<p style='clip-path:inset(50%)'>{SECRET}</p>", ""),
        (f"<p style='height:0;overflow:hidden'>{SECRET}</p>", ""),
        (f"<p style='transform:scale(0)'>{SECRET}</p>", ""),
        (f"<p style='color:#fff'>{SECRET}</p>", ""),
        (f"<p style='color:white;background:#ffffff'>{SECRET}</p>", ""),
        (f"<p style='color:transparent'>{SECRET}</p>", ""),
        (f"<p><font color='#FFFFFF'>{SECRET}</font></p>", ""),
        (f"<p style='color:#123456;background-color:#123456'>{SECRET}</p>", ""),
        (f"<p aria-hidden=true>{SECRET}</p>", ""),
        (f"<template><p>{SECRET}</p></template>", ""),
        (f"<details><summary>Mehr</summary><p>{SECRET}</p></details>", ""),
        (f"<noscript><p>{SECRET}</p></noscript>", ""),
        (f"<!-- <p>{SECRET}</p> -->", ""),
        (f"<p class='visually-hidden'>{SECRET}</p>", ""),
        (f"<p class='x'>{SECRET}</p>", "<style>/* a */ .y, .x { display: none }</style>"),
        (f"<p id='x'>{SECRET}</p>", "<style>@media print{.y{a:b}} #x{font-size:0}</style>"),
        (f"<div popover><p>{SECRET}</p></div>", ""),
        (f"<noframes><p>{SECRET}</p></noframes>", ""),
        (f"<p style='font-size:2px'>{SECRET}</p>", ""),
        (f"<p style='font-size:calc(0px)'>{SECRET}</p>", ""),
        (f"<p style='color:oklch(100% 0 0)'>{SECRET}</p>", ""),
        (f"<p class='x'>{SECRET}</p>", "<style>:root{--a:#fff}.x{color:var(--a)}</style>"),
        (f"<p class='a x'>{SECRET}</p>", "<style>p.x{position:absolute;left:-9999px}</style>"),
    ],
)
def test_what_no_reader_sees_is_not_in_the_text(inside: str, head: str) -> None:
    assert extract(page(inside, head)).text == BODY


@pytest.mark.parametrize(
    ("attributes", "head"),
    [
        ("style='color:#fff;background:#000'", ""),
        ("style='font-size:12px;left:0;opacity:.9'", ""),
        ("class='x'", "<style>@media print{.x{display:none}}</style>"),
        ("class='x'", "<style>.x{display:none} .x{display:block}</style>"),
        ("class='x'", "<style>.closed .x{display:none}</style>"),
        ("class='x'", "<style>.x{opacity:0;transition:opacity 1s}</style>"),
        ("class='hidden md:block'", "<style>.hidden{display:none}</style>"),
    ],
)
def test_what_a_reader_sees_stays(attributes: str, head: str) -> None:
    shown = SECRET.replace("niemals", "gern")
    assert shown in extract(page(f"<p {attributes}>{shown}</p>", head)).text


@pytest.mark.parametrize(
    ("root", "child", "is_shown"),
    [
        ("<p>Schatten.</p>", "<p>{}</p>", False),
        ("<p>Schatten.</p>", "{}", False),
        ("<slot></slot>", "<p>{}</p>", True),
        ("<slot name=a></slot>", "<p>{}</p>", False),
        ("<slot name=a></slot>", "<p slot=a>{}</p>", True),
    ],
)
def test_in_an_element_with_a_shadow_root_is_seen_what_has_a_slot(
    root: str, child: str, *, is_shown: bool
) -> None:
    words = SECRET.replace("niemals", "gern")
    inside = f"<div><template shadowrootmode=open>{root}</template>{child.format(words)}</div>"
    assert (words in extract(page(inside)).text) is is_shown


SHOWN = SECRET.replace("niemals", "gern")


@pytest.mark.parametrize(
    "root",
    [
        f"<p>{SHOWN}</p>",
        f"<style>:host{{display:block}} p{{color:#111}}</style><p>{SHOWN}</p>",
        f"<section><slot name=a><p>{SHOWN}</p></slot></section>",
        f"<div><template shadowrootmode=closed><p>{SHOWN}</p></template></div>",
        f"<div><template shadowrootmode=open><slot></slot></template><p>{SHOWN}</p></div>",
    ],
)
def test_what_is_seen_in_a_shadow_root_is_in_the_text(root: str) -> None:
    inside = f"<x-text><template shadowrootmode=OPEN>{root}</template></x-text>"
    assert SHOWN in extract(page(inside)).text


def rooted(root: str, children: str = "", attributes: str = "") -> str:
    """An element with a shadow root."""
    template = f"<template shadowrootmode=open>{root}</template>"
    return f"<div {attributes}>{template}{children}</div>"


@pytest.mark.parametrize(
    "inside",
    [
        rooted(f"<p hidden>{SECRET}</p>"),
        rooted(f"<style>p{{display:none}}</style><p>{SECRET}</p>"),
        rooted(f"<style>:host{{display:none}}</style><p>{SECRET}</p>"),
        rooted("<style>:host(.x){opacity:0}</style><slot></slot>", f"<p>{SECRET}</p>", "class=x"),
        rooted("<style>::slotted(p){display:none}</style><slot></slot>", f"<p>{SECRET}</p>"),
        rooted("<style>slot{display:none}</style><slot></slot>", f"<p>{SECRET}</p>"),
        rooted(f"<slot><p>{SECRET}</p></slot>", "Kind"),
        rooted(f"<p>{SECRET}</p>", attributes="hidden"),
        rooted("", f"<template shadowrootmode=open><p>{SECRET}</p></template>"),
        f"<ul><template shadowrootmode=open><li>{SECRET}</li></template></ul>",
        f"<div><template shadowrootmode=wide><p>{SECRET}</p></template></div>",
        "<style>.x{display:block!important}</style>"
        + rooted(f"<style>.x{{display:none}}</style><p class=x>{SECRET}</p>"),
    ],
)
def test_what_is_hidden_in_a_shadow_root_or_by_its_styles_is_not_in_the_text(inside: str) -> None:
    assert SECRET not in extract(page(inside)).text


def test_styles_in_a_shadow_root_hide_nothing_outside_of_it() -> None:
    root = "<template shadowrootmode=open><style>p{display:none}</style><slot></slot></template>"
    inside = f"<div>{root}<p>{SHOWN}</p></div>"
    text = extract(page(inside)).text
    assert SHOWN in text
    assert BODY in text.replace(f"\n\n{SHOWN}", "")


def test_many_shadow_roots_within_one_another_come_to_an_end() -> None:
    depth = 120
    opened = "<div><template shadowrootmode=open><slot></slot>" * depth
    text = extract(page(f"{opened}<p>{SHOWN}</p>{'</template></div>' * depth}")).text
    assert SHOWN in text


def test_invisible_characters_and_commands_do_not_survive_but_footnotes_do() -> None:
    inside = f"<p>{SECRET.replace('Satz', 'S&shy;a&#8203;tz&#x202e;')} Siehe [3] und **das**.</p>"
    text = extract(page(inside)).text
    assert f"{SECRET} Siehe [3] und **das**." in text


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


def test_a_live_ticker_keeps_its_name_whatever_its_latest_post_is_called() -> None:
    name = "Der Haushalt von Linden im Newsticker"
    linked = f'{{"@type":"LiveBlogPosting","headline":"{name}"}}'
    head = f'<script type="application/ld+json">{linked}</script>'
    assert extract(page(head=head)).title == name


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"", "text/html", "no_readable_text"),
        (b"<html><body></body></html>", "text/html", "no_readable_text"),
        (b"<p>Bitte JavaScript einschalten.</p>", "text/html", "no_readable_text"),
        (
            CONSENT.encode(),
            "text/html",
            "consent_wall",
        ),
        (
            STUB.encode(),
            "text/html",
            "paywall",
        ),
        (
            STUB.replace("<article>", LOCKED).replace("Jetzt abonnieren", "Hallo").encode(),
            "text/html",
            "paywall",
        ),
        (b"%PDF-1.4", "application/pdf", "unsupported_media_type"),
        (b"\x89PNG", "image/png", "unsupported_media_type"),
        (b" \n ", "text/plain", "no_readable_text"),
    ],
)
def test_a_page_without_an_article_is_refused_by_name(content: bytes, kind: str, code: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(Page(content, kind, source="seite.html"))
    assert caught.value.code == code
    assert caught.value.details["source"] == "seite.html"


def test_text_and_markdown_are_read_as_such_and_html_in_a_text_file_as_html() -> None:
    text = f"{HEADLINE}\nNeue Zeitung, 2024-11-01\n\n{BODY}"
    plain = extract(Page(text.encode(), "text/plain"))
    assert (plain.title, plain.text, plain.outlet) == (HEADLINE, BODY, "Neue Zeitung")
    marked = extract(Page(f"# {HEADLINE}\n\n{BODY}".encode(), "text/markdown"))
    assert (marked.title, marked.text) == (HEADLINE, BODY)
    assert extract(Page(page().content, "text/plain")).text == BODY


def test_a_wrongly_declared_encoding_does_no_harm() -> None:
    content = (
        page()
        .content.decode()
        .replace("charset=utf-8", "charset=utf-8")
        .encode("cp1252", "replace")
    )
    article = extract(Page(content, "text/html", "utf-8"))
    assert article.title == HEADLINE


@given_by(st.text(alphabet="<>/=\"' abpdivh1stylehidden&;!-\n\0\ud800"), st.binary())
@settings(max_examples=60)
def test_any_page_gives_an_article_or_a_refusal(markup: str, raw: bytes) -> None:
    for content in (page(markup).content if "\ud800" not in markup else raw, raw):
        try:
            assert extract(Page(content, "text/html")).text
        except ExtractionError as error:
            assert error.code  # noqa: PT017 - either outcome is fine


def test_a_deep_and_a_large_page_do_not_hurt() -> None:
    deep = "<div>" * 5000 + f"<p>{SECOND}</p>"
    assert HEADLINE in extract(page(deep)).title
    inline = "<b>Wort und</b> <span>noch</span> <a href=/x>eins.</a> " * 9_000  # was quadratic
    assert len(extract(page(f"<p>{inline}</p>")).text) > len(inline) / 3
    many = "".join(
        f"<p>Absatz Nummer {i} erzählt etwas Neues von der Sitzung.</p>" for i in range(2000)
    )
    assert "Nummer 1999 " in extract(page(many)).text


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.html")), ids=lambda path: path.stem)
def test_a_sample_page_gives_what_is_written_beside_it(path: Path) -> None:
    head, body = path.with_suffix(".txt").read_text().split("\n\n", 1)
    title, outlet_and_day, url = head.split("\n")
    article = extract_article(
        Page(path.read_bytes(), "text/html"), Given(), FETCHED.replace(year=2026)
    )
    assert article.published is not None
    assert f"{article.outlet}, {article.published.isoformat()}" == outlet_and_day
    assert (article.title, article.url, article.text) == (title, url, body.strip())


@pytest.mark.skipif(not PAGES.exists(), reason="the saved pages of others are not here")
def test_saved_pages_of_many_outlets_are_read_nearly_as_a_person_does() -> None:
    rows = [json.loads(line) for line in (PAGES / "manifest.jsonl").read_text().splitlines()]
    scores = []
    for row in rows:
        it = Page((PAGES / row["file"]).read_bytes(), "text/html", None, row["url"], row["file"])
        article = extract_article(it, Given(), FETCHED.replace(year=2027))
        scores.append(token_f1(article.text, row["gold_text"].replace("\u00ad", "")))
    assert sum(scores) / len(scores) >= 0.97
    assert min(scores) >= 0.8


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        b"PK\x03\x04" + bytes(range(256)) * 4,
        b"%PDF-1.7\n" + bytes(range(1, 256)) * 40,
    ],
)
def test_bytes_of_other_things_are_no_text(content: bytes) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract_article(Page(content, "text/plain", source="bild.txt"), Given(), FETCHED)
    assert caught.value.code == "no_readable_text"


def test_text_in_an_odd_encoding_is_no_garbage() -> None:
    text = f"{HEADLINE}\r\n\r\n{LEAD}\t{SECOND}"
    for content in (text.encode("utf-16"), text.encode("cp1252")):
        article = extract_article(Page(content, "text/plain", source="a.txt"), Given(), FETCHED)
        assert LEAD in article.text


def test_a_text_without_end_is_refused_before_it_is_read() -> None:
    with pytest.raises(ExtractionError) as caught:
        extract_article(Page(b"Satz. " * 50_000, "text/plain"), Given(), FETCHED)
    assert caught.value.code == "article_too_long"


def test_a_page_with_a_text_without_end_is_refused() -> None:
    many = "".join(
        f"<p>Absatz Nummer {i} erzählt etwas Neues von der Sitzung.</p>" for i in range(5000)
    )
    with pytest.raises(ExtractionError) as caught:
        extract(page(many))
    assert caught.value.code == "article_too_long"
