"""Text as a person copies it from a news page: headline, date and prose parted from furniture."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index import furniture
from index.byline import best_published, read_byline
from index.clean import clean_line, clean_text
from index.headline import headline_of
from index.lines import (
    SENTENCE_END,
    Line,
    body_of,
    could_be_headline,
    is_fragment,
    without_bylines,
    without_furniture,
)
from index.markdown import unmark
from index.types import Published
from index.web_address import is_web_address

_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|blockquote|br|caption|cite|code|dd|del|div|dl|dt|em|figcaption|"
    r"figure|font|footer|h[1-6]|header|hr|i|iframe|img|ins|li|main|mark|nav|ol|p|picture|q|s|script|"
    r"section|small|source|span|strong|sub|sup|table|tbody|td|th|thead|time|tr|u|ul|video)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(r"</?(?:br|div|h[1-6]|hr|li|ol|p|tr|ul)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_BULLET = re.compile(r"[•▪‣◦·●*+-] +(?=\S)")
_FEWEST_WORDS_OF_HEADLINE = 4
_LONGEST_WRAPPED_LINE = 100
_SHORTEST_WRAPPED_LINE = 45
_MOST_LINES_OF_PICTURE = 4
_MOST_LINES_OF_GALLERY = 6
_MOST_WORDS_OF_CREDIT = 6


@dataclass(frozen=True, slots=True)
class PlainText:
    """What a pasted text says about itself, and its prose in clean paragraphs."""

    title: str
    text: str
    outlet: str | None
    published: Published | None
    updated: Published | None
    authors: tuple[str, ...]
    url: str | None


def read_plain_text(raw: str, *, markdown: bool = False) -> PlainText:
    """Find headline, outlet and date where they stand, and drop what is not the article.

    A paragraph of sentences is kept unless it is part of a gallery, a notice or said before. A
    text without a headline is named by its first sentence. `text` may be empty.
    """
    stated, raw = unmark(raw) if markdown or raw.lstrip("\ufeff \n").startswith("# ") else ({}, raw)
    lines = _lines(_without_tags(raw))
    counts = Counter(line.key for line in lines)
    lines = _without_pictures(_without_galleries(lines), counts)
    lines = _without_summaries(without_furniture(lines))
    lines, bylines = without_bylines(lines)
    title, lines = _take_title(lines, counts)
    text = clean_text("\n\n".join(line.text for line in body_of(lines, title)))
    if title and is_fragment(text):  # the headline is the news: "Papst ist tot", below it "Eil"
        text = clean_text(f"{title}\n\n{text}")
    title = stated.get("title", "") or title or headline_of(text)
    stated_line = read_byline(f"{stated['date']}") if "date" in stated else None
    bylines = [stated_line, *bylines] if stated_line else bylines
    addresses = [stated.get("url", ""), *(b.url for b in bylines if b.url)]
    named = stated.get("outlet") or next((b.outlet for b in bylines if b.outlet), "")
    return PlainText(
        title=clean_line(title),
        text=text,
        outlet=clean_line(named) or None,
        published=best_published(bylines),
        updated=next((b.updated for b in bylines if b.updated), None),
        authors=next((b.authors for b in bylines if b.authors), ()),
        url=next(filter(is_web_address, addresses), None),
    )


def _without_tags(raw: str) -> str:
    raw = _TAG.sub(lambda tag: "\n" if _BLOCK_TAG.match(tag.group()) else "", raw)
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), raw)


def _lines(raw: str) -> list[Line]:
    blocks = [block.split("\n") for block in clean_text(raw).split("\n\n")]
    longest = max(len(line) for block in blocks for line in block)
    if longest <= _LONGEST_WRAPPED_LINE and any(_is_wrapped(block) for block in blocks):
        blocks = [[" ".join(block)] if _is_wrapped(block) else block for block in blocks]
    lines = []
    for number, block in enumerate(blocks):
        for text in block:
            bullet = _BULLET.match(text)
            level = len(text) - len(text.lstrip("#")) if re.match(r"#{1,6} ", text) else 0
            words = text[bullet.end() :] if bullet else text[level:].strip()
            if words.strip("-–—_*=·•|/ "):
                lines.append(Line(words, number, bullet is not None, level))
    return lines


def _is_wrapped(block: Sequence[str]) -> bool:
    """Say whether a paragraph was broken into lines of about one length."""
    full = block[:-1]
    return (
        bool(full)
        and all(len(line) >= _SHORTEST_WRAPPED_LINE for line in full)
        and not any(_BULLET.match(line) for line in block)
        and any(SENTENCE_END.search(line) is None for line in full)
        and SENTENCE_END.search(block[-1]) is not None
    )


def _without_galleries(lines: Sequence[Line]) -> list[Line]:
    """Drop a gallery's frame and the captions that follow it.

    They stand in the same block as the frame or, where each line is a block, are told twice or
    signed by a picture agency.
    """
    kept: list[Line] = []
    i = 0
    while i < len(lines):
        if lines[i].prose or not furniture.is_gallery_mark(lines[i].text):
            kept.append(lines[i])
            i += 1
            continue
        block = lines[i].block
        i += 1
        while i < len(lines) and furniture.is_gallery_mark(lines[i].text):
            block = lines[i].block
            i += 1
        end = i
        while end < len(lines) and lines[end].block == block:
            end += 1
        if end > i and end - i <= _MOST_LINES_OF_GALLERY:
            i = end
        while captions := _captions(lines[i : i + 3]):
            i += captions
    return kept


def _captions(lines: Sequence[Line]) -> int:
    """Count the lines at the beginning that are one picture's caption and credit."""
    if len(lines) > 1 and lines[0].key == lines[1].key:
        credit = len(lines) > 2 and not lines[2].prose  # noqa: PLR2004 - the third line
        same = credit and lines[2].block == lines[1].block
        if credit and (same or furniture.is_credit(lines[2].text)):
            short = lines[2].words <= _MOST_WORDS_OF_CREDIT
            return 3 if short else 2
        return 2
    if len(lines) > 1 and furniture.is_credit(lines[1].text) and not lines[1].prose:
        return 2
    return 0


def _without_pictures(lines: Sequence[Line], counts: Counter[str]) -> list[Line]:
    """Drop what a credit ends: a block of a few lines, or a caption below alternative text."""
    kept: list[Line] = []
    for block in _by_block(lines):
        signed = not block[-1].prose and furniture.is_credit(block[-1].text)
        if signed and 1 < len(block) <= _MOST_LINES_OF_PICTURE:
            continue
        for line in block:
            credit = not line.prose and furniture.is_credit(line.text)
            if credit and len(kept) > 2 and counts[kept[-2].key] > 1:  # noqa: PLR2004 - two above
                del kept[-2:]
            kept.append(line)
    return kept


def _by_block(lines: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or blocks[-1][0].block != line.block:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _without_summaries(lines: Sequence[Line]) -> list[Line]:
    """Drop lists that say the article in short: a quotation should come from the article itself."""
    kept: list[Line] = []
    in_summary = False
    for line in lines:
        if not line.prose and furniture.is_summary_heading(line.text):
            in_summary = True
            continue
        in_summary = in_summary and line.bullet
        if not in_summary:
            kept.append(line)
    return kept


def _take_title(lines: Sequence[Line], counts: Counter[str]) -> tuple[str, list[Line]]:
    """Choose the headline among the lines above the first paragraph; what is above it goes."""
    head = 0
    while head < len(lines) and could_be_headline(lines[head]):
        head += 1
    candidates = list(lines[:head])
    if head == len(lines) and len(candidates) > 1:
        candidates.pop()  # something has to be left to be the text
    if not candidates or head == len(lines) == 1:
        return "", list(lines)
    chosen = next((line for line in candidates if line.level == 1), None)
    # A picture in front is often described by the headline once more.
    repeated = (line for line in candidates if counts[line.key] > 1 and line.words > 1)
    chosen = chosen or next(repeated, None)
    wordy = (line for line in candidates if line.words >= _FEWEST_WORDS_OF_HEADLINE)
    chosen = chosen or next(wordy, None) or max(candidates, key=lambda line: len(line.text))
    return chosen.text, list(lines[lines.index(chosen) + 1 :])
