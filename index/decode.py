"""Bytes to characters, by what the bytes say rather than by what was declared."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096
_SEVEN_BIT = ("utf-7", "utf7", "unicode-1-1-utf-7", "iso-2022", "csiso2022", "hz-gb")
_SPELLED = re.compile(rb"\+[A-Za-z0-9/]{3,8}-")
_SPELLED_OFTEN = 3
_LOOKED_AT = 1_000_000
_UTF8_PAIR = re.compile(rb"[\xc3\xe2][\x80-\xbf]")
_LATIN = {"iso8859-1", "ascii", "iso8859-15"}  # browsers read the first two as Windows-1252, too


def is_seven_bit_code(content: bytes, declared: str | None = None) -> bool:
    """Whether these are letters spelled as others, by UTF-7 or by escapes of ISO 2022.

    No browser reads UTF-7, and what it spells may be markup: nobody has seen such a page as it
    would be stored.
    """
    meta = _META.search(content[:_HEAD])
    names = (declared or "", meta[1].decode("ascii", "replace") if meta else "")
    if any(name.strip().lower().startswith(_SEVEN_BIT) for name in names):
        return True
    if not content.isascii():
        return False
    spelled = sum(_is_spelled(found) for found in _SPELLED.findall(content[:_LOOKED_AT]))
    return spelled >= _SPELLED_OFTEN or b"\x1b$" in content


def _is_spelled(word: bytes) -> bool:
    try:
        character = word.decode("utf-7")
    except UnicodeDecodeError:
        return False
    return not character.isascii() and character.isalpha()


def decode(content: bytes, declared: str | None = None) -> str:
    """Return the characters; bytes that fit no encoding become U+FFFD, never an error.

    A byte order mark decides, then whether the bytes are UTF-8, which hardly happens by chance;
    only then count the declarations, of the transport and in the page.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    wide = _wide_encoding(content)
    if wide:
        return content.decode(wide, errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        pass
    found = _META.search(content[:_HEAD])
    for name in (declared, found.group(1).decode("ascii", "replace") if found else None):
        known = _known(name)
        if known is None or known == "utf-8":
            continue
        try:
            return content.decode(known)
        except UnicodeDecodeError:
            continue
    # Some broken bytes in a page of umlauts in UTF-8, or a page in the old Windows encoding.
    mostly_utf8 = len(_UTF8_PAIR.findall(content)) > content.decode(errors="replace").count(
        "\ufffd"
    )
    return content.decode("utf-8" if mostly_utf8 else "cp1252", errors="replace")


def _known(name: str | None) -> str | None:
    try:
        encoding = codecs.lookup(name or "").name
        b"".decode(encoding)
    except (LookupError, ValueError):  # unknown, or no encoding of text
        return None
    return "cp1252" if encoding in _LATIN else encoding


def _wide_encoding(content: bytes) -> str | None:
    """Recognise UTF-16 without its mark: every other byte of Western text is zero."""
    start = content[:_HEAD]
    if start.count(0) * 3 < len(start):
        return None
    return "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"
