from __future__ import annotations

import pytest

from index.file_types import (
    DOCX,
    HTML,
    MAIL,
    MARKDOWN,
    PDF,
    PLAIN,
    is_batch,
    is_document,
    may_be_document,
    media_type_of,
)
from index.media_types import ATTACHMENT_TYPES, PAGE_TYPES
from tests.documents import make_docx, make_pdf, make_zip, paragraph

PDF_FILE = make_pdf([])
WORD = make_docx(paragraph("Guten Tag."))
MAIL_FILE = (
    b"From: a@a.example\r\nSubject: x\r\nDate: Fri, 1 Nov 2024 08:00:00 +0100\r\n\r\nTag.\r\n"
)


@pytest.mark.parametrize(
    ("content", "name", "declared", "expected"),
    [
        (b"Text", "a.txt", "", PLAIN),
        (b"Text", "A.TXT", "text/html", PLAIN),
        (b"Text", "", "", PLAIN),
        (b"Text", "https://a.example/artikel", "text/html", HTML),
        (b"Text", "a", "text/html; charset=utf-8", HTML),
        (b"# Text", "a.md", "", MARKDOWN),
        (b"# Text", "a", "text/x-markdown", MARKDOWN),
        (b"<p>", "a.htm", "", HTML),
        (b"\xef\xbb\xbf \n<!-- x --><!DOCTYPE html>", "a.txt", "", HTML),
        (b"<!doctype html><html>", "", "application/octet-stream", HTML),
        (PDF_FILE, "a.pdf", "", PDF),
        (PDF_FILE, "a.html", "text/html", PDF),
        (b"junk\n" + PDF_FILE, "a.txt", "", PDF),
        (WORD, "a.docx", "", DOCX),
        (WORD, "a.pdf", "application/pdf", DOCX),
        (MAIL_FILE, "a.eml", "", MAIL),
        (MAIL_FILE, "", "application/octet-stream", MAIL),
        (MAIL_FILE, "a.txt", "", PLAIN),  # whoever names it so has a reason
        (b"Wien: Der Rat tagt.\n\nMehr dazu.", "", "", PLAIN),
        # What the name says, but the bytes do not: read, it is said to be damaged.
        (b"kein PDF", "a.pdf", "", PDF),
        (b"kein Word", "a", DOCX, DOCX),
        (make_zip({"mimetype": b"odt"}), "a.docx", "", "application/zip"),
        (b"PK\x03\x04kaputt", "a.docx", "", DOCX),
        (WORD[:-40], "", DOCX, DOCX),
        (WORD[:-40], "a.zip", "", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "", "application/msword"),
        (b"\x89PNG\r\n", "a.txt", "", "image/png"),
        (b"x", "a", "video/mp4", "video/mp4"),
    ],
)
def test_a_file_is_what_its_bytes_say_then_its_name_then_its_label(
    content: bytes, name: str, declared: str, expected: str
) -> None:
    assert media_type_of(content, name, declared) == expected


def test_names_tell_documents_from_batches() -> None:
    assert [is_document(name) for name in ("a.PDF", "b/c.eml", "a.jsonl", "a.png", "pdf")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert is_batch("x.JSONL")
    assert is_batch("x.ndjson")
    assert not is_batch("x.json")


def test_a_file_is_worth_fetching_by_its_name_or_its_label() -> None:
    assert may_be_document("a.docx", "application/octet-stream")
    assert may_be_document("brief", "message/rfc822")
    assert may_be_document("notiz", "text/plain; charset=utf-8")
    assert not may_be_document("a.exe", "application/octet-stream")
    assert not may_be_document("bild.png", "image/png")


def test_whatever_is_fetched_from_an_address_is_read() -> None:
    for declared in ATTACHMENT_TYPES | PAGE_TYPES:
        assert may_be_document("", declared)
