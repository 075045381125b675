"""What stands at the edges of printed pages: running heads, page numbers, what a browser adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.dates import dates_in
from index.pdf_lines import PrintedLine

# Of a page's height, at its top and at its bottom.
_MARGIN = 0.1
_PAGE_NUMBER = re.compile(
    r"[-–—|·\s]*(?:(?:seite|page|s\.|p\.)\s*)?\d{1,4}(?:\s*(?:/|von|of)\s*\d{1,4})?[-–—|·\s]*",
    re.IGNORECASE,
)
# Its address, the moment of printing.
_PRINTED = re.compile(
    r"(?:.*https?://\S+.*|\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d\d\b.*)", re.IGNORECASE
)
_MOST_WORDS_OF_HEAD = 10
_DIGITS = re.compile(r"\d+")


def margin_lines(
    pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]
) -> list[list[PrintedLine]]:
    """Return for each page the lines that belong to the printed page, not to what it says."""
    at_edge = [
        [line for line in lines if not _MARGIN * height < line.middle < (1 - _MARGIN) * height]
        for lines, height in zip(pages, heights, strict=True)
    ]
    counts = Counter(key for lines in at_edge for key in {_key(line) for line in lines})
    # Left and right pages may have different heads.
    needed = max(2, len(pages) // 3)
    return [
        [
            line
            for line in lines
            if counts[_key(line)] >= needed
            or _PAGE_NUMBER.fullmatch(line.text)
            or _PRINTED.fullmatch(line.text)
            or _is_head_with_date(line.text)
        ]
        for lines in at_edge
    ]


def _is_head_with_date(text: str) -> bool:
    """Say whether this is a running head such as "Nordbote | Politik | 1. November 2024"."""
    short = len(text.split()) <= _MOST_WORDS_OF_HEAD and not text.endswith(".")
    return short and next(dates_in(text), None) is not None


def _key(line: PrintedLine) -> str:
    return _DIGITS.sub("#", "".join(line.text.casefold().split()))
