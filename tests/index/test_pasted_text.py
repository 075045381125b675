"""News as people paste it: what they marked with it goes, what the article says stays."""

from __future__ import annotations

import textwrap
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.documents import read_document
from index.types import Article, Given, Page

TITLE = "Linden beschließt den Haushalt"
FIRST = (
    "Der Gemeinderat von Linden hat am Montagabend den Haushalt für das kommende Jahr beschlossen. "
    "Die Mehrheit war mit 14 zu 9 Stimmen knapper als erwartet."
)
SECOND = (
    "Bürgermeisterin Leyla Öztürk (SPD) sprach von einem „guten Tag für die Schulen“. "
    "Rund 3,2 Millionen Euro fließen in deren Sanierung."
)
THIRD = (
    "Die Opposition will den Beschluss anfechten. „Das Geld fehlt am Ende bei den Vereinen“, "
    "sagte Fraktionschef Karl Brandner."
)
TEXT = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
SEED = Path(__file__).parents[2].parent / "shared" / "data" / "seed" / "article.txt"


def read(pasted: str, charset: str = "utf-8") -> Article:
    page = Page(pasted.encode(charset), "text/plain", source="eingefügt")
    return read_document(page, Given(), datetime(2025, 1, 1, tzinfo=UTC)).article


WHOLE_PAGE = [
    "Lindener Bote", "Startseite", "Politik", "Sport", "Anmelden", "",
    "POLITIK", TITLE, "",
    "Von Anna Beispiel", "Stand: 01.11.2024, 18:42 Uhr", "Lesezeit: 3 Min.", "",
    "Teilen", "Drucken", "Kommentare (12)", "",
    "Bürgermeisterin Öztürk im Rathaus. © Foto: dpa/Max Muster", "",
    FIRST, "", "Anzeige", "", SECOND, "",
    "Lesen Sie auch", "Streit um das Freibad: Was nun passiert", "Neue Buslinie startet", "",
    THIRD, "",
    "Mehr zum Thema", "Haushalt 2023: So lief es", "Newsletter bestellen",
    "Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten.", "Impressum", "Datenschutz",
    "© 2024 Lindener Bote. Alle Rechte vorbehalten.",
]  # fmt: skip


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16"])
def test_a_whole_page_marked_with_everything_around_it(line_end: str, charset: str) -> None:
    article = read(line_end.join(WHOLE_PAGE), charset)
    assert (article.title, article.text) == (TITLE, TEXT)
    assert article.authors == ("Anna Beispiel",)
    assert article.published is not None
    assert article.published.day == date(2024, 11, 1)


def test_what_the_reader_mode_of_a_phone_hands_on() -> None:
    head = ["bote.example", TITLE, "Anna Beispiel", "1. November 2024", "5–6 Minuten"]
    body = TEXT.replace("Gemeinderat", "Gemein\u00adde\u00adrat").replace(
        " hat ", "\u00a0hat\u202f"
    )
    article = read("\n".join(head) + "\n\n\u200b" + body.replace("3,2 M", "3,2\u00a0M"))
    assert (article.title, article.text) == (TITLE, TEXT)
    assert article.authors == ("Anna Beispiel",)
    assert article.published is not None


def test_lines_without_empty_ones_between_them() -> None:
    lines = [TITLE, "Von Anna Beispiel", "01.11.2024, 18:42 Uhr", FIRST, SECOND]
    article = read("\n".join([*lines, "Teilen Sie diesen Artikel", THIRD]))
    assert (article.title, article.text) == (TITLE, TEXT)


def test_lines_broken_by_a_mail_program() -> None:
    article = read("\n\n".join(textwrap.fill(part, 72) for part in (TITLE, FIRST, SECOND, THIRD)))
    assert (article.title, article.text) == (TITLE, TEXT)


def test_a_gallery_and_captions_in_the_midst() -> None:
    gallery = [
        "Bildergalerie: Der Abend im Rathaus",
        "Bild 1 von 3",
        "Öztürk vor der Abstimmung. Foto: Max Muster",
        "Bild 2 von 3",
        "Zuhörer auf der Tribüne (Foto: dpa)",
    ]
    article = read("\n\n".join([TITLE, FIRST, *gallery, SECOND, THIRD, "(dpa)"]))
    assert (article.title, article.text) == (TITLE, TEXT)


def test_a_text_shared_by_a_telephone_with_its_address() -> None:
    address = "https://bote.example/politik/haushalt-1234.html"
    article = read(f"{TITLE}\n\n{TEXT}\n\n{address}\n\nVon meinem iPhone gesendet")
    assert (article.text, article.url) == (TEXT, address)


@pytest.mark.parametrize(
    "sentence",
    [
        "Zu sehen sind auf dem Foto: Anna und ihr Bruder, die beide aus Linden stammen.",
        "Der Rat teilte mit, dass alle Rechte der Vereine gewahrt bleiben.",
        "Teilen Sie diesen Artikel nicht mit der Zeitung, bat der Minister am Montag.",
        "Er sagte, das Bild: Es trüge.",
    ],
)
def test_a_sentence_that_only_sounds_so_stays(sentence: str) -> None:
    assert sentence in read(f"{TITLE}\n\n{FIRST}\n\n{sentence}\n\n{SECOND}").text


def test_a_headline_that_looks_like_a_name_is_none() -> None:
    article = read(f"Angela Merkel\n1. November 2024\n\n{TEXT}")
    assert (article.title, article.text) == ("Angela Merkel", TEXT)


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not part of the project")
def test_a_real_one_has_its_words_and_nothing_else() -> None:
    article = read(SEED.read_text(encoding="utf-8").replace("\n", "\r\n"))
    paragraphs = article.text.split("\n\n")
    assert article.title == "Nordkorea versichert Russland Unterstützung bis zu Sieg"
    assert all(part.rstrip().endswith((".", '"')) or len(part) < 80 for part in paragraphs)
    assert "Rund 8.000 nordkoreanische Soldaten" in article.text
    for furniture in ("Galerie", "©", "Foto", "Teilen", "APA", "Cookies"):
        assert furniture not in article.text
