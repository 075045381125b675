"""The one entry for whatever comes in as bytes: a web page, a text, a mail, a PDF, a Word file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from index.document_text import DocumentText
from index.docx import read_docx
from index.errors import ExtractionError
from index.extract import extract
from index.file_types import DOCX, HTML, MAIL, PDF, PLAIN, media_type_of
from index.mail import Mail, read_mail
from index.page_dates import is_possible
from index.pdf import read_pdf
from index.types import Extracted, Given, Page, Published

# A mail says the same as a web page and as plain text; the page is structured, but where so much
# of the text is missing in what was read of it, it was made of pictures and frames.
_SHARE_OF_PLAIN = 0.5

_BLANK = b" \t\r\n\f\0\xc2\xa0\xef\xbb\xbf"  # with U+00A0 and the byte order mark
_SHORTEST = 2  # bytes


def read_document(page: Page, given: Given, fetched: datetime) -> Extracted:
    """Read a page or a file as what it is, whatever it claims to be.

    What is `given` outranks what the document says. Raise ExtractionError where nothing readable
    is found; its details name the source. A hostile document can take long or break the process:
    `index.parsing` calls this where that does no harm.
    """
    source = page.source or page.url or "?"
    if len(page.content.strip(_BLANK)) < _SHORTEST:
        raise ExtractionError("empty_text", source=source)
    kind = media_type_of(page.content, page.source or page.url or "", page.media_type)
    if kind == PDF:
        return _of_document(read_pdf(page.content, source), page, given, fetched)
    if kind == DOCX:
        return _of_document(read_docx(page.content, source), page, given, fetched)
    if kind == MAIL:
        return _of_mail(read_mail(page.content, source), page, given, fetched)
    return extract(replace(page, media_type=kind), given, fetched)


def _of_document(read: DocumentText, page: Page, given: Given, fetched: datetime) -> Extracted:
    titled = replace(given, title=given.title or read.title or None)
    article = extract(_part(page, read.text, PLAIN), titled, fetched).article
    completed = replace(
        article,
        # What stands under the headline is the article's own date, and the file's is only near it.
        published=article.published or _possible(read.published, fetched),
        authors=article.authors or read.authors,
    )
    return Extracted(completed)


def _of_mail(read: Mail, page: Page, given: Given, fetched: datetime) -> Extracted:
    completed = replace(
        given,
        title=given.title or read.title or None,
        outlet=given.outlet or read.outlet,
        published=given.published or _possible(read.published, fetched),
    )
    refused: ExtractionError | None = None
    found: list[Extracted] = []
    for words, kind in ((read.web_page, HTML), (read.plain, PLAIN)):
        if words is None:
            continue
        try:
            found.append(extract(_part(page, words, kind), completed, fetched))
        except ExtractionError as error:
            refused = refused or error
    if not found:
        raise refused or ExtractionError("document_without_text", source=page.source)
    first, last = found[0], found[-1]
    enough = len(first.article.text) >= _SHARE_OF_PLAIN * len(last.article.text)
    return first if enough else last


def _possible(published: Published | None, fetched: datetime) -> Published | None:
    return published if published and is_possible(published, fetched) else None


def _part(page: Page, text: str, media_type: str) -> Page:
    return replace(
        page, content=text.encode(errors="replace"), media_type=media_type, charset="utf-8"
    )
