"""What is no article is refused by name, and nothing breaks over it."""

from __future__ import annotations

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from index.errors import ExtractionError
from index.types import Page
from tests.index.news_page import HEADLINE, LEAD, SECOND, extract, page

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
        (b"hostname\n", "text/plain", "text_too_short"),
        (b"build-7f3a", "text/markdown", "text_too_short"),
    ],
)
def test_a_page_without_an_article_is_refused_by_name(content: bytes, kind: str, code: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(Page(content, kind, source="seite.html"))
    assert caught.value.code == code
    assert caught.value.details["source"] == "seite.html"


@pytest.mark.parametrize(
    "flash", ["Bahnstreik beendet", "Papst ist tot", "Freispruch.", "Er starb.", "教皇去世。"]
)
def test_the_shortest_news_is_an_article(flash: str) -> None:
    assert extract(Page(flash.encode(), "text/plain")).text == flash


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
        extract(Page(content, "text/plain", source="bild.txt"))
    assert caught.value.code == "no_readable_text"


def test_a_text_without_end_is_refused_before_it_is_read() -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(Page(b"Satz. " * 50_000, "text/plain"))
    assert caught.value.code == "article_too_long"


def test_a_page_with_a_text_without_end_is_refused() -> None:
    many = "".join(
        f"<p>Absatz Nummer {i} erzählt etwas Neues von der Sitzung.</p>" for i in range(5000)
    )
    with pytest.raises(ExtractionError) as caught:
        extract(page(many))
    assert caught.value.code == "article_too_long"
