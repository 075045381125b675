"""The last step that may change a character: offsets count into what leaves this file."""

from __future__ import annotations

import re
import unicodedata

# Characters that show nothing although their category is a letter, a mark or a symbol.
_INVISIBLE = frozenset(
    [
        0x034F,  # combining grapheme joiner
        0xFFFC,  # stands for an object that is not there
        *(0x115F, 0x1160, 0x3164, 0xFFA0),  # Hangul fillers
        *(0x17B4, 0x17B5),  # Khmer inherent vowels
        *range(0x180B, 0x1810),  # Mongolian variation selectors
        *range(0xFE00, 0xFE10),  # variation selectors
        *range(0xE0000, 0xE1000),  # tags and variation selectors, assigned or not
        # Noncharacters, which some encoders refuse.
        *range(0xFDD0, 0xFDF0),
        *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
    ]
)
_LINE_ENDS = frozenset("\n\v\f\r\x85\u2028")
_BLANKS = frozenset("\t\x1c\x1d\x1e\x1f\u2800")  # categories Cc and So, but they look like a space
_LAST_LATIN = 0xFF

_SPACES = re.compile(" {2,}")
_SPACE_AT_LINE_END = re.compile(" ?\n ?")
_PARAGRAPH = re.compile("\n{2,}")


class _Replacements(dict[int, str | int | None]):
    """What becomes of a character; decided at its first sight, since Unicode has a million."""

    def __missing__(self, code: int) -> str | int | None:
        self[code] = replacement = _replacement(code)
        return replacement


def _replacement(code: int) -> str | int | None:
    character = chr(code)
    if character in _LINE_ENDS:
        return "\n"
    if character == "\u2029":
        return "\n\n"
    if character in _BLANKS:
        return " "
    if code in _INVISIBLE:
        return None
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    # Private use shows the glyph of an icon font or nothing; half a surrogate cannot be stored.
    return None if category in {"Cc", "Cf", "Co", "Cs"} else code


_REPLACEMENTS = _Replacements({code: _replacement(code) for code in range(_LAST_LATIN + 1)})


def clean_text(text: str) -> str:
    r"""Return the text in NFC without what no reader sees.

    Lines are parted by "\n", paragraphs by exactly "\n\n"; other white space is a single space.
    Quotation marks, dashes, "[3]" and markdown stay as they are. Cleaning twice changes nothing.
    """
    text = text.replace("\r\n", "\n").translate(_REPLACEMENTS)
    # Composed after the removals: these may bring a letter and its accent together.
    text = unicodedata.normalize("NFC", text)
    text = _SPACES.sub(" ", text)
    text = _SPACE_AT_LINE_END.sub("\n", text)
    return _PARAGRAPH.sub("\n\n", text).strip("\n ")


def clean_line(text: str) -> str:
    """Return the text cleaned and on one line, as titles and names of outlets need it."""
    return clean_text(text).replace("\n\n", " ").replace("\n", " ")
