"""Printed pages to paragraphs in reading order, and the headline by its size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.dates import dates_in
from index.hyphens import hyphenated_words, joined
from index.pdf_columns import reading_order
from index.pdf_lines import PdfPage, PrintedLine, lines_of
from index.pdf_margins import margin_lines
from index.types import DateOrigin, Published

# In heights of a line.
_SAME_SIZE = 0.12
_MORE_SPACE = 0.3  # between two lines, beyond what is usual in the column
_INDENT = 0.4
_SHORT = 1.5
_LARGER = 1.25  # than what most of the text is set in: a headline
_SENTENCE_END = re.compile(r"[.!?…:][\"'”“’‘»«›‹)\]\d]*$")
_TIME = re.compile(r"\d{1,2}:\d\d")
_FEWEST_WORDS_OF_HEADLINE = 3
_MOST_WORDS_OF_HEADLINE = 30
_MOST_WORDS_ABOVE = 60  # what is more than a kicker and a lead is not above a headline


@dataclass(frozen=True, slots=True)
class ReadPages:
    """Paragraphs parted by empty lines, the headline marked with "# ".

    `issued` is the day that is named by the lines that were dropped at the pages' edges.
    """

    text: str
    title: str
    issued: Published | None


def read_pages(pages: Sequence[PdfPage]) -> ReadPages:
    """Return the text of pages as a person reads them."""
    lines = [lines_of(page) for page in pages]
    margins = margin_lines(lines, [page.height for page in pages])
    columns = [
        column
        for some, edge in zip(lines, margins, strict=True)
        for column in reading_order([line for line in some if line not in edge])
    ]
    edges = [line.text for edge in margins for line in edge]
    paragraphs = list(_paragraphs(columns))
    known = hyphenated_words([line.text for paragraph in paragraphs for line in paragraph])
    texts = [joined([line.text for line in paragraph], known) for paragraph in paragraphs]
    headline = _headline(paragraphs, texts)
    title = "" if headline is None else texts[headline]
    if headline is not None:
        above = sum(len(text.split()) for text in texts[:headline])
        place = headline if above <= _MOST_WORDS_ABOVE else 0
        texts.insert(place, f"# {texts.pop(headline)}")
    return ReadPages("\n\n".join(filter(None, texts)), title, _issued(edges))


def _paragraphs(columns: Sequence[Sequence[PrintedLine]]) -> Iterator[list[PrintedLine]]:
    paragraph: list[PrintedLine] = []
    for column in columns:
        left = _usual([line.x0 for line in column], 2)
        right = max(line.x1 for line in column)
        space = _usual([(below.y0 - line.y1) / below.size for line, below in _pairs(column)], 20)
        for number, line in enumerate(column):
            last = paragraph[-1] if paragraph else None
            if last is not None and (
                _begins_column(last, line)
                if number == 0
                else _begins(last, line, left, right, space)
            ):
                yield paragraph
                paragraph = []
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _begins(last: PrintedLine, line: PrintedLine, left: float, right: float, space: float) -> bool:
    """Say whether a line begins a paragraph below the one before it."""
    size = line.size
    if not _alike(last, line) or line.y0 - last.y1 > (space + _MORE_SPACE) * size:
        return True
    ended = _SENTENCE_END.search(last.text) is not None
    indented = line.x0 > left + _INDENT * size and line.x0 > last.x0 + _INDENT * size
    return ended and (indented or last.x1 < right - _SHORT * size)


def _begins_column(last: PrintedLine, line: PrintedLine) -> bool:
    """Say whether a column does not go on with the sentence of the one before."""
    return not _alike(last, line) or _SENTENCE_END.search(last.text) is not None


def _alike(one: PrintedLine, other: PrintedLine) -> bool:
    return (
        abs(one.size - other.size) < _SAME_SIZE * max(one.size, other.size)
        and one.bold == other.bold
    )


def _headline(paragraphs: Sequence[Sequence[PrintedLine]], texts: Sequence[str]) -> int | None:
    """Return the number of the paragraph in the largest letters, None where none stands out."""
    sizes: Counter[float] = Counter()
    for paragraph, text in zip(paragraphs, texts, strict=True):
        sizes[round(paragraph[0].size)] += len(text)
    if not sizes:
        return None
    usual = sizes.most_common(1)[0][0]
    candidates = [
        number
        for number, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True))
        if paragraph[0].size >= _LARGER * usual
        and _FEWEST_WORDS_OF_HEADLINE <= len(text.split()) <= _MOST_WORDS_OF_HEADLINE
    ]
    return max(candidates, key=lambda number: (paragraphs[number][0].size, -number), default=None)


def _issued(edges: Sequence[str]) -> Published | None:
    """Return the day in the running heads; with a time beside it, it is that of printing."""
    days = {day for edge in edges if not _TIME.search(edge) for day, _, _ in dates_in(edge)}
    return Published(days.pop(), DateOrigin.TEXT) if len(days) == 1 else None


def _usual(values: Sequence[float], parts: int) -> float:
    """Return the most frequent value, to so many parts of one; 0 where there is none."""
    counts = Counter(round(parts * value) / parts for value in values)
    return counts.most_common(1)[0][0] if counts else 0.0


def _pairs(column: Sequence[PrintedLine]) -> Iterator[tuple[PrintedLine, PrintedLine]]:
    return pairwise(column)
