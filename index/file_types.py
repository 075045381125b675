"""Which kinds of files are read, and which of them some bytes are: by what they are, then by name.

The one place that knows: the command line, Discord and whatever reads a page ask here.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

HTML = "text/html"
PLAIN = "text/plain"
MARKDOWN = "text/markdown"
MAIL = "message/rfc822"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# By the ending of a name.
_DOCUMENTS = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".eml": MAIL,
    ".pdf": PDF,
    ".docx": DOCX,
}
_BATCHES = frozenset({".jsonl", ".ndjson"})
# As people are told them; ".htm" and others are understood.
SHOWN_ENDINGS = ".txt, .md, .html, .eml, .pdf, .docx"

_DECLARED = {
    "application/xhtml+xml": HTML,
    "text/x-markdown": MARKDOWN,
    "application/x-pdf": PDF,
    **{media_type: media_type for media_type in _DOCUMENTS.values()},
}
_SAYS_NOTHING = frozenset({"", "application/octet-stream", "binary/octet-stream"})

_PDF_MARK = b"%PDF-"
_PDF_HEAD = 1024  # within which its mark may stand
_ZIP = "application/zip"
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DOCX_PART = "word/document.xml"
# What people take for one of those above, and pictures.
_FOREIGN = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/msword",
    b"{\\rtf": "application/rtf",
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"\x1f\x8b": "application/gzip",
    b"7z\xbc\xaf": "application/x-7z-compressed",
    b"Rar!": "application/vnd.rar",
}
_HEAD = 4096
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_FIELD_OF_MAIL = re.compile(
    rb"^(?:from|to|subject|date|message-id|received|return-path|delivered-to|mime-version|"
    rb"content-type|reply-to|sender|dkim-signature|list-[\w-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST_FIELDS_OF_MAIL = 3
_BEGINNING_OF_MAIL = re.compile(rb"(?:\xef\xbb\xbf)?(?:From [^\n]*\n)?[!-9;-~]+[ \t]*:")


def media_type_of(content: bytes, name: str = "", declared: str = "") -> str:
    """Return the media type of a file; one that Beleg does not read is named as well.

    What the bytes are without doubt outranks the ending of the `name`, and that what was
    `declared`; where nobody says anything it is plain text. What calls itself
    PDF or Word and is nothing else that is known counts as a damaged one, which its reader says.
    """
    found = _by_content(content)
    named = _DOCUMENTS.get(PurePath(name).suffix.lower())
    declared = _bare(declared)
    stated = named or _DECLARED.get(declared) or ("" if declared in _SAYS_NOTHING else declared)
    if found == _ZIP and stated == DOCX and _parts(content) is None:
        return stated
    if found is not None:
        return found
    if stated not in {"", PLAIN}:
        return stated
    if _MARKUP.match(content[:_HEAD]):
        return HTML
    return MAIL if named is None and _is_mail(content[:_HEAD]) else PLAIN


def is_document(name: str) -> bool:
    """Say whether a file of that name is one that can be read."""
    return PurePath(name).suffix.lower() in _DOCUMENTS


def is_batch(name: str) -> bool:
    """Say whether a file of that name holds one article a line."""
    return PurePath(name).suffix.lower() in _BATCHES


def may_be_document(name: str, declared: str) -> bool:
    """Say whether a file is worth being fetched, by its name and what it was declared to be."""
    return is_document(name) or _bare(declared) in _DECLARED


def _bare(declared: str) -> str:
    return declared.partition(";")[0].strip().lower()


def _by_content(content: bytes) -> str | None:
    if _PDF_MARK in content[:_PDF_HEAD]:
        return PDF
    if content.startswith(_ZIP_MARKS):
        return DOCX if _DOCX_PART in (_parts(content) or ()) else _ZIP
    return next((kind for mark, kind in _FOREIGN.items() if content.startswith(mark)), None)


def _parts(content: bytes) -> frozenset[str] | None:
    """Return the names of what an archive holds, None for a broken one."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return frozenset(archive.NameToInfo)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None


def _is_mail(head: bytes) -> bool:
    if not _BEGINNING_OF_MAIL.match(head):
        return False
    fields = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return len(_FIELD_OF_MAIL.findall(fields)) >= _FEWEST_FIELDS_OF_MAIL
