from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from index.documents import read_document
from index.errors import ExtractionError
from index.parsing import ParserProcess
from index.types import Article, DateOrigin, Given, Page, Published
from tests.documents import ENCRYPTED, Text, column, make_docx, make_pdf, make_zip, paragraph

FETCHED = datetime(2025, 1, 1, 12, tzinfo=UTC)
TITLE = "Linden beschließt den Haushalt"
FIRST = "Der Rat von Linden hat am Montag den Haushalt für 2025 beschlossen, wie er mitteilte."
SECOND = "Bürgermeisterin Öztürk sprach von einer großen Leistung, die Opposition will klagen."
BODY = f"{FIRST}\n\n{SECOND}"
PDF = make_pdf(
    [
        Text(50, 820, "Lindener Bote | 1. November 2024"),
        Text(50, 740, TITLE, 24),
        Text(50, 715, "Von Anna Beispiel"),
        *column(50, 690, ["Der Rat von Linden hat am Montag den Haushalt für 2025 be-",
                          "schlossen, wie er mitteilte."]),
        *column(50, 650, ["Bürgermeisterin Öztürk sprach von einer großen Leistung,",
                          "die Opposition will klagen."]),
    ]
)  # fmt: skip
DOCX = make_docx(
    paragraph(TITLE, style="Titel"),
    paragraph("Von Anna Beispiel, 1. November 2024"),
    paragraph(FIRST),
    paragraph(SECOND),
)
MAIL = (
    "From: Lindener Bote <post@bote.example>\r\nList-Id: bote\r\n"
    "Subject: Linden =?utf-8?q?beschlie=C3=9Ft?= den Haushalt\r\n"
    "Date: Fri, 1 Nov 2024 08:30:00 +0100\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    f"{FIRST}\r\n\r\n{SECOND}\r\n"
).encode()


def read(
    content: bytes, name: str = "a", media_type: str = "", given: Given | None = None
) -> Article:
    page = Page(content, media_type, source=name)
    return read_document(page, given or Given(), FETCHED).article


def refused(content: bytes, name: str = "a", media_type: str = "") -> str:
    with pytest.raises(ExtractionError) as caught:
        read(content, name, media_type)
    return caught.value.code


@pytest.mark.parametrize(("content", "name"), [(PDF, "a.pdf"), (DOCX, "a.docx"), (MAIL, "a.eml")])
def test_each_kind_gives_the_same_article(content: bytes, name: str) -> None:
    article = read(content, name)
    assert (article.title, article.text) == (TITLE, BODY)
    assert article.published is not None
    assert article.published.day == date(2024, 11, 1)


def test_what_is_given_outranks_the_document() -> None:
    given = Given(
        title="Anders",
        url="https://a.example/1",
        outlet="Blatt",
        published=Published(date(2024, 12, 24), DateOrigin.GIVEN),
        source_id="7",
    )
    for content in (PDF, DOCX, MAIL):
        article = read(content, given=given)
        assert (article.title, article.url, article.outlet) == (given.title, given.url, "Blatt")
        assert (article.published, article.source_id) == (given.published, "7")


def test_a_newsletter_states_moment_and_outlet() -> None:
    article = read(MAIL)
    assert article.outlet == "Lindener Bote"
    assert article.published is not None
    assert article.published.isoformat() == "2024-11-01T08:30:00+01:00"


def test_the_page_of_a_mail_is_read_unless_it_has_only_pictures() -> None:
    for page, kept in ((f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>", BODY), ("<img>", BODY)):
        mail = (
            "Subject: x\r\nFrom: a@a.example\r\nDate: Fri, 1 Nov 2024 08:30:00 +0100\r\n"
            "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
            f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{FIRST}\r\n\r\n{SECOND}\r\n"
            f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b--\r\n"
        ).encode()
        assert read(mail, "a.eml").text == kept


def test_a_file_is_read_as_what_it_is_whatever_its_name() -> None:
    assert read(PDF, "a.txt", "text/plain").text == BODY
    assert read(PDF, "https://a.example/artikel", "text/html").text == BODY
    assert read(DOCX, "a.pdf", "application/pdf").text == BODY
    page = f"<!doctype html><html><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    assert read(page.encode(), "a.txt", "text/plain").text == BODY


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (make_pdf([]), "a.pdf", "document_without_text"),
        (make_pdf([], trailer=ENCRYPTED), "a.pdf", "document_encrypted"),
        (b"%PDF-1.4", "a.pdf", "document_broken"),
        (make_docx(), "a.docx", "document_without_text"),
        (make_zip({"a.txt": b"x"}), "a.zip", "unsupported_media_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "unsupported_media_type"),
        (b"kein PDF", "a.pdf", "document_broken"),
        (DOCX[: len(DOCX) // 2], "a.docx", "document_broken"),
        (bytes(100) + DOCX[100:-30], "a.docx", "document_broken"),
        (b"", "a.txt", "empty_text"),
        (b".", "a.txt", "empty_text"),
        (b" \n\t\xc2\xa0\n", "a.txt", "empty_text"),
        (b"", "a.eml", "empty_text"),
        (bytes(range(256)) * 20, "a.txt", "no_readable_text"),
    ],
)
def test_what_cannot_be_read_is_refused_each_in_its_way(
    content: bytes, name: str, code: str
) -> None:
    assert refused(content, name) == code


def test_wide_letters_without_their_mark_are_read() -> None:
    assert read(f"{TITLE}\n\n{BODY}".encode("utf-16-le"), "a.txt").text == BODY


def test_signs_of_discord_in_a_text_stay_as_they_are() -> None:
    pasted = f"{TITLE}\n\n{FIRST} @everyone sieh [hier](https://evil.example).\n\n{SECOND}"
    assert "@everyone sieh [hier](https://evil.example)." in read(pasted.encode()).text


@pytest.fixture(scope="module")
def parser() -> Iterator[ParserProcess]:
    parser = ParserProcess()
    yield parser
    parser.close()


@pytest.mark.parametrize("content", [PDF, DOCX, MAIL], ids=["pdf", "docx", "mail"])
def test_documents_are_read_in_the_limited_process(parser: ParserProcess, content: bytes) -> None:
    assert parser.read(Page(content, "", source="a"), Given(), FETCHED).article.text == BODY
