"""Word documents to text: an archive of XML, read by hand since it may come from anybody."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from lxml import etree

from index.clean import clean_line
from index.document_text import DocumentText, plausible_authors, plausible_day, plausible_title
from index.errors import ExtractionError

# An article has some twenty parts, pictures included.
MOST_PARTS = 2000
LARGEST_PART = 32 * 1024 * 1024  # unpacked

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What no reader sees, or what stands there a second time.
_SKIPPED = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "footnoteReference")} | {_FALLBACK}
)
_BREAKS = frozenset({f"{_W}br", f"{_W}cr"})
_OFF = frozenset({"0", "false", "off", "none"})
_TINY = 4  # half points
_WHITE = "FFFFFF"
_TITLE = "title"
_ENCRYPTED = 0x1  # flag of an archive's part


def read_docx(content: bytes, source: str) -> DocumentText:
    """Return the text of a Word document and what it plausibly says about itself.

    Raise ExtractionError: document_encrypted, document_broken, too_large,
    document_without_text.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if len(archive.filelist) > MOST_PARTS:
                raise ExtractionError("too_large")
            body = _part(archive, "word/document.xml", source)
            styles = _part(archive, "word/styles.xml", source)
            core = _part(archive, "docProps/core.xml", source)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise ExtractionError("document_broken", source=source) from error
    if body is None:
        raise ExtractionError("document_broken", source=source)
    paragraphs = list(_paragraphs(body, _style_names(styles)))
    text = "\n\n".join(words for words, _ in paragraphs)
    if not any(character.isalnum() for character in text):
        raise ExtractionError("document_without_text", source=source)
    headline = _headline(paragraphs)
    marked = "\n\n".join(
        f"# {words}" if number == headline else f"## {words}" if level else words
        for number, (words, level) in enumerate(paragraphs)
    )
    stated = {name: _stated(core, name) for name in (f"{_DC}title", f"{_DC}creator")}
    title = "" if headline is None else paragraphs[headline][0]
    return DocumentText(
        text=marked,
        title=title or plausible_title(stated[f"{_DC}title"], text),
        published=plausible_day(_day(_stated(core, f"{_TERMS}created")), text),
        authors=plausible_authors(stated[f"{_DC}creator"], text),
    )


def _part(archive: zipfile.ZipFile, name: str, source: str) -> etree._Element | None:
    """Parse a part of the archive, None where there is none; it is never unpacked past a limit."""
    info = archive.NameToInfo.get(name)
    if info is None:
        return None
    if info.flag_bits & _ENCRYPTED:
        raise ExtractionError("document_encrypted", source=source)
    with archive.open(info) as part:
        unpacked = part.read(LARGEST_PART + 1)  # whatever size the archive claims
    if len(unpacked) > LARGEST_PART:
        raise ExtractionError("too_large")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(unpacked, parser)
    except etree.XMLSyntaxError as error:
        raise ExtractionError("document_broken", source=source) from error
    if root.getroottree().docinfo.doctype:
        raise ExtractionError("document_broken", source=source)  # no program writes one
    return root


def _style_names(styles: etree._Element | None) -> dict[str, str]:
    """Return the names of the styles by id: an id is in the language of who wrote the document."""
    if styles is None:
        return {}
    names = {}
    for style in styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            names[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "").lower()
    return names


def _paragraphs(body: etree._Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the words of each paragraph and what it is: "title", "heading 1" or ""."""
    for paragraph in body.iter(f"{_W}p"):
        if any(ancestor.tag in _SKIPPED for ancestor in paragraph.iterancestors()):
            continue
        words = clean_line("".join(_words(paragraph)))
        if words:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            named = "" if style is None else style.get(f"{_W}val", "")
            name = styles.get(named, named.lower())
            yield words, name if name == _TITLE or name.startswith("heading ") else ""


def _words(element: etree._Element) -> Iterator[str]:
    """Yield what is seen of a paragraph; paragraphs of text boxes in it are paragraphs again."""
    for child in element:
        if child.tag in _SKIPPED or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}r" and _is_hidden(child):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag in _BREAKS:
            yield "\n"
        elif isinstance(child.tag, str):
            yield from _words(child)


def _is_hidden(run: etree._Element) -> bool:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    for name in ("vanish", "webHidden"):
        switch = properties.find(f"{_W}{name}")
        if switch is not None and switch.get(f"{_W}val", "1") not in _OFF:
            return True
    colour, size = properties.find(f"{_W}color"), properties.find(f"{_W}sz")
    white = colour is not None and colour.get(f"{_W}val", "").upper() == _WHITE
    half_points = "" if size is None else size.get(f"{_W}val", "")
    return white or (half_points.isdecimal() and int(half_points) <= _TINY)


def _headline(paragraphs: list[tuple[str, str]]) -> int | None:
    """Return the number of the paragraph that is styled as the title, or as the first heading."""
    levels = [level for _, level in paragraphs]
    for wanted in (_TITLE, "heading 1"):
        if wanted in levels:
            return levels.index(wanted)
    return None


def _stated(core: etree._Element | None, name: str) -> str:
    return "" if core is None else (core.findtext(name) or "")


def _day(stated: str) -> date | None:
    try:
        return datetime.fromisoformat(stated.strip()).date()
    except ValueError:
        return None
