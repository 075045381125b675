"""PDF to text: what a reader sees on the pages, in the order in which it is read."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pypdfium2 as pdfium
from pypdfium2 import raw

from index.document_text import DocumentText, plausible_authors, plausible_day, plausible_title
from index.errors import ExtractionError
from index.pdf_layout import read_pages
from index.pdf_lines import SPACE, Glyph, PdfPage
from index.types import LONGEST_TEXT

MOST_PAGES = 60
_MOST_CHARACTERS = LONGEST_TEXT * 5 // 4  # some are dropped: hyphens, page numbers
_MOST_ASKEW = 0.07  # of a quarter turn
_TINY = 2.0  # points: nobody reads that
_WHITE = 250  # of 255, in every colour
_OPAQUE = 25
_BOLD = 600  # 400 is normal
_UNSEEN_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")

_Box = tuple[float, float, float, float]  # left, bottom, right, top: PDF counts upwards


def read_pdf(content: bytes, source: str) -> DocumentText:
    """Return the text of a PDF and what it plausibly says about itself.

    Raise ExtractionError: document_encrypted, document_broken, document_too_large, or
    document_without_text where all it has are pictures.
    """
    try:
        file = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise ExtractionError("document_encrypted", source=source) from error
        raise ExtractionError("document_broken", source=source) from error
    try:
        if len(file) > MOST_PAGES:
            raise ExtractionError("document_too_large", source=source)
        pages = list(_pages(file))
        claimed = file.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError as error:
        raise ExtractionError("document_broken", source=source) from error
    finally:
        file.close()
    read = read_pages(pages)
    if not any(character.isalnum() for character in read.text):
        raise ExtractionError("document_without_text", source=source)
    return DocumentText(
        text=read.text,
        title=read.title or plausible_title(claimed.get("Title"), read.text),
        published=read.issued or plausible_day(_day(claimed.get("CreationDate", "")), read.text),
        authors=plausible_authors(claimed.get("Author"), read.text),
    )


def _pages(file: pdfium.PdfDocument) -> Iterator[PdfPage]:
    total = 0
    for number in range(len(file)):
        page = file[number]
        try:
            box = page.get_bbox()
            text = page.get_textpage()
            try:
                total += text.count_chars()
                if total > _MOST_CHARACTERS:
                    raise ExtractionError("article_too_long", limit=LONGEST_TEXT)
                found = list(_characters(text, box))
            finally:
                text.close()
        finally:
            page.close()
        yield _upright(_without_ghosts(found), box)


@dataclass(frozen=True, slots=True)
class _Character:
    glyph: Glyph
    ink: bool
    quarter: int | None  # turns to the right, None for what stands askew


def _characters(text: pdfium.PdfTextpage, box: _Box) -> Iterator[_Character]:
    """Yield the characters that are on the page and large enough to be seen.

    Their places count from the page's upper left corner, downwards.
    """
    left, bottom, right, top = box
    place = raw.FS_RECTF()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    for i in range(text.count_chars()):
        # PDFium has signs of its own for a hyphen at a line's end.
        broken = raw.FPDFText_IsHyphen(text, i) == 1
        character = "-" if broken else chr(raw.FPDFText_GetUnicode(text, i))
        if character.isspace() or raw.FPDFText_IsGenerated(text, i) == 1:
            yield _Character(SPACE, ink=True, quarter=None)
            continue
        if not raw.FPDFText_GetLooseCharBox(text, i, place):
            continue
        x0, x1, y0, y1 = place.left - left, place.right - left, top - place.top, top - place.bottom
        off_page = x1 < 0 or x0 > right - left or y1 < 0 or y0 > top - bottom
        if off_page or (character.isalnum() and max(y1 - y0, x1 - x0) < _TINY):
            continue
        ink = True
        if raw.FPDFText_GetFillColor(text, i, red, green, blue, alpha):
            white = min(red.value, green.value, blue.value) >= _WHITE
            ink = alpha.value > _OPAQUE and not white
        if ink:
            mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, i))
            ink = mode not in _UNSEEN_MODES
        bold = raw.FPDFText_GetFontWeight(text, i) >= _BOLD
        quarters = raw.FPDFText_GetCharAngle(text, i) / (math.pi / 2)
        upright = abs(quarters - round(quarters)) < _MOST_ASKEW
        yield _Character(
            Glyph(character, x0, y0, x1, y1, bold=bold),
            ink,
            round(quarters) % 4 if upright else None,
        )


def _without_ghosts(found: list[_Character]) -> list[_Character]:
    """Drop characters without ink, unless all are: then they are what a scanner has recognised.

    White letters on a dark ground pass for hidden, too: of an article they are the least.
    """
    inked = [character for character in found if character.ink]
    return inked if any(c.glyph.character.isalnum() for c in inked) else found


def _upright(found: list[_Character], box: _Box) -> PdfPage:
    """Turn the page so that most of its text is upright; drop the rest, credits beside pictures."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    counts = Counter(c.quarter for c in found if c.quarter is not None)
    quarter = counts.most_common(1)[0][0] if counts else 0
    glyphs = []
    for character in found:
        glyph = character.glyph
        if glyph is SPACE:
            glyphs.append(glyph)
        elif character.quarter == quarter:
            glyphs.append(_turned(glyph, quarter, width, height))
    if quarter % 2:
        width, height = height, width
    return PdfPage(glyphs, width, height)


def _turned(glyph: Glyph, quarter: int, width: float, height: float) -> Glyph:
    """Turn a place on a page back that is turned so many quarters to the right."""
    g = glyph
    match quarter:
        case 3:
            return replace(g, x0=height - g.y1, y0=g.x0, x1=height - g.y0, y1=g.x1)
        case 2:
            return replace(g, x0=width - g.x1, y0=height - g.y1, x1=width - g.x0, y1=height - g.y0)
        case 1:
            return replace(g, x0=g.y0, y0=width - g.x1, x1=g.y1, y1=width - g.x0)
    return g


def _day(claimed: str) -> date | None:
    """Read the day of a date as PDF writes it: "D:20241101083000+01'00'"."""
    match = _DATE.match(claimed)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
