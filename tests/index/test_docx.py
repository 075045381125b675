from __future__ import annotations

from datetime import date

import pytest

from index.docx import LARGEST_PART, MOST_PARTS, read_docx
from index.errors import ExtractionError
from index.types import DateOrigin, Published
from tests.documents import make_docx, make_zip, paragraph

BODY = "Der Rat von Linden hat am Montag den Haushalt für 2025 beschlossen. Öztürk lobt ihn."
ENTITIES = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "haha">]>'


def refused(content: bytes) -> str:
    with pytest.raises(ExtractionError) as caught:
        read_docx(content, "a.docx")
    assert caught.value.details in ({}, {"source": "a.docx"})
    return caught.value.code


def test_paragraphs_headings_and_title_are_told_apart_in_every_language_of_word() -> None:
    read = read_docx(
        make_docx(
            paragraph("Politik"),
            paragraph("Linden beschließt den Haushalt", style="Titel"),
            paragraph(BODY),
            paragraph("Was nun folgt", style="berschrift2"),
            paragraph("Die Opposition klagt."),
        ),
        "a.docx",
    )
    assert read.title == "Linden beschließt den Haushalt"
    assert read.text.split("\n\n") == [
        "Politik",
        "# Linden beschließt den Haushalt",
        BODY,
        "## Was nun folgt",
        "Die Opposition klagt.",
    ]


def test_without_a_title_the_first_heading_is_it() -> None:
    content = make_docx(paragraph("Der Haushalt", style="berschrift1"), paragraph(BODY))
    assert read_docx(content, "a.docx").title == "Der Haushalt"


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:vanish w:val="true"/>',
        "<w:webHidden/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:sz w:val="2"/>',
    ],
)
def test_what_no_reader_sees_is_not_read(properties: str) -> None:
    content = make_docx(paragraph(BODY), paragraph("Verborgen.", run=properties))
    assert read_docx(content, "a.docx").text == BODY


@pytest.mark.parametrize("properties", ['<w:vanish w:val="0"/>', '<w:color w:val="000000"/>'])
def test_what_is_not_hidden_is_read(properties: str) -> None:
    assert read_docx(make_docx(paragraph(BODY, run=properties)), "a.docx").text == BODY


def test_deleted_words_field_codes_and_fallbacks_are_passed_over() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inner = (
        f"<w:p><w:r><w:t>Alt</w:t><w:tab/><w:t>und</w:t><w:br/><w:t>neu</w:t></w:r>"
        "<w:del><w:r><w:t>gelöscht</w:t></w:r></w:del>"
        "<w:r><w:instrText>HYPERLINK</w:instrText></w:r>"
        f"<mc:AlternateContent {mc}><mc:Choice><w:p><w:r><w:t>Im Kasten.</w:t></w:r></w:p>"
        "</mc:Choice><mc:Fallback><w:p><w:r><w:t>Im Kasten.</w:t></w:r></w:p></mc:Fallback>"
        "</mc:AlternateContent></w:p>"
    )
    text = read_docx(make_docx(inner), "a.docx").text
    assert text == "Alt und neu\n\nIm Kasten."


def test_metadata_counts_only_where_the_text_agrees() -> None:
    core = {
        "dc:title": "Rat von Linden: Haushalt beschlossen",
        "dc:creator": "Anna Beispiel",
        "dcterms:created": "2024-11-01T08:00:00Z",
    }
    signed = make_docx(paragraph(BODY), paragraph("Anna Beispiel, 1. November 2024"), core=core)
    read = read_docx(signed, "a.docx")
    assert read.title == "Rat von Linden: Haushalt beschlossen"
    assert read.authors == ("Anna Beispiel",)
    assert read.published == Published(date(2024, 11, 1), DateOrigin.METADATA)
    other = read_docx(make_docx(paragraph("Ganz anderes steht hier."), core=core), "a.docx")
    assert (other.title, other.authors, other.published) == ("", (), None)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = make_docx(paragraph("A" * (LARGEST_PART + 1)))
    assert len(bomb) < 200_000
    assert refused(bomb) == "too_large"
    crowd = {f"word/media/{number}.png": b"" for number in range(MOST_PARTS)}
    assert refused(make_docx(paragraph(BODY), more=crowd)) == "too_large"
    nested = {"word/embeddings/inner.zip": make_zip({"a": b"0" * 10_000_000})}
    assert read_docx(make_docx(paragraph(BODY), more=nested), "a.docx").text == BODY


def test_entities_and_endless_nesting_are_refused() -> None:
    assert refused(make_docx(paragraph(BODY), head=ENTITIES)) == "document_broken"
    deep = "<w:p>" * 5000 + "</w:p>" * 5000
    assert refused(make_docx(deep)) == "document_broken"


def test_what_is_broken_empty_or_locked_is_refused_each_in_its_way() -> None:
    whole = make_docx(paragraph(BODY))
    assert refused(b"PK\x03\x04 und nichts weiter") == "document_broken"
    assert refused(whole[:-30]) == "document_broken"
    assert refused(make_zip({"word/document.xml": b"<w:document"})) == "document_broken"
    assert refused(make_zip({"content.xml": b""})) == "document_broken"
    assert refused(make_docx()) == "document_without_text"
    # The flag of an encrypted part, in the entry and in the directory.
    locked = whole.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
    locked = locked.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    assert refused(locked) == "document_encrypted"
    # A byte of the packed text: the check sum tells.
    place = whole.index(b"word/document.xml") + 60
    assert refused(whole[:place] + b"\xff\xff\xff" + whole[place + 3 :]) == "document_broken"
