"""Text as a person copies it from a news page: headline, date and prose parted from furniture."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import furniture
from index.byline import Byline, read_byline
from index.clean import clean_line, clean_text
from index.headline import headline_of
from index.markdown import unmark
from index.types import Published

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
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”“’‘»«›‹)\]\d]*$")
_SENTENCE_INSIDE = re.compile(r"[^\W\d]{3}\. +[A-ZÄÖÜ„»\"\d]")
_FEWEST_WORDS_OF_PROSE = 4
_PROSE_WITHOUT_FULL_STOP = 20
_LONGEST_HEADLINE = 200
_FEWEST_WORDS_OF_HEADLINE = 4
_LONGEST_WRAPPED_LINE = 100
_SHORTEST_WRAPPED_LINE = 45
_MOST_LINES_OF_PICTURE = 4
_MOST_LINES_OF_GALLERY = 6
_FEWEST_WORDS_OF_REPEAT = 5
_PROSE_LINES_IN_HEAD = 2
_MOST_WORDS_OF_CREDIT = 6
_MOST_WORDS_OF_TEASER = 4  # "Lesen Sie auch:" alone, so that the headlines stand below it


@dataclass(frozen=True, slots=True)
class PlainText:
    """What a pasted text says about itself, and its prose in clean paragraphs."""

    title: str
    text: str
    outlet: str | None
    published: Published | None
    url: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with the number of the block, between two empty lines, in which it stands."""

    text: str
    block: int
    bullet: bool = False
    level: int = 0  # of a markdown heading

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def prose(self) -> bool:
        if self.level:
            return False
        if self.bullet:
            return self.words > _FEWEST_WORDS_OF_PROSE
        ends = _SENTENCE_END.search(self.text) is not None
        if ends or _SENTENCE_INSIDE.search(self.text):
            return self.words >= _FEWEST_WORDS_OF_PROSE
        return self.words >= _PROSE_WITHOUT_FULL_STOP

    @property
    def key(self) -> str:
        return "".join(filter(str.isalnum, self.text.casefold()))


def read_plain_text(raw: str, *, markdown: bool = False) -> PlainText:
    """Find headline, outlet and date where they stand, and drop what is not the article.

    A paragraph of sentences is kept unless it is part of a gallery, a notice or said before. A
    text without a headline is named by its first sentence. `text` may be empty.
    """
    stated, raw = unmark(raw) if markdown or raw.lstrip("\ufeff \n").startswith("# ") else ({}, raw)
    lines = _lines(_without_tags(raw))
    counts = Counter(line.key for line in lines)
    lines = _without_pictures(_without_galleries(lines), counts)
    lines = _without_summaries(_without_furniture(lines))
    lines, bylines = _without_bylines(lines)
    title, lines = _take_title(lines, counts)
    text = clean_text("\n\n".join(line.text for line in _body(lines, title)))
    title = stated.get("title", "") or title or headline_of(text)
    stated_line = read_byline(f"{stated['date']}") if "date" in stated else None
    dated = [b for b in (stated_line, *bylines) if b and b.published]
    # The day of publication before that of a change, whatever comes first.
    dated.sort(key=lambda byline: byline.update)
    return PlainText(
        title=clean_line(title),
        text=text,
        outlet=stated.get("outlet") or next((b.outlet for b in bylines if b.outlet), None),
        published=dated[0].published if dated else None,
        url=stated.get("url") or next((b.url for b in bylines if b.url), None),
    )


def _without_tags(raw: str) -> str:
    raw = _TAG.sub(lambda tag: "\n" if _BLOCK_TAG.match(tag.group()) else "", raw)
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), raw)


def _lines(raw: str) -> list[_Line]:
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
                lines.append(_Line(words, number, bullet is not None, level))
    return lines


def _is_wrapped(block: Sequence[str]) -> bool:
    """Say whether a paragraph was broken into lines of about one length."""
    full = block[:-1]
    return (
        bool(full)
        and all(len(line) >= _SHORTEST_WRAPPED_LINE for line in full)
        and not any(_BULLET.match(line) for line in block)
        and any(_SENTENCE_END.search(line) is None for line in full)
        and _SENTENCE_END.search(block[-1]) is not None
    )


def _without_galleries(lines: Sequence[_Line]) -> list[_Line]:
    """Drop a gallery's frame and the captions that follow it.

    They stand in the same block as the frame or, where each line is a block, are told twice or
    signed by a picture agency.
    """
    kept: list[_Line] = []
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


def _captions(lines: Sequence[_Line]) -> int:
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


def _without_pictures(lines: Sequence[_Line], counts: Counter[str]) -> list[_Line]:
    """Drop what a credit ends: a block of a few lines, or a caption below alternative text."""
    kept: list[_Line] = []
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


def _by_block(lines: Sequence[_Line]) -> list[list[_Line]]:
    blocks: list[list[_Line]] = []
    for line in lines:
        if not blocks or blocks[-1][0].block != line.block:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _without_furniture(lines: Sequence[_Line]) -> list[_Line]:
    kept: list[_Line] = []
    teasing = False
    block = -1
    for i, line in enumerate(lines):
        if furniture.is_notice(line.text) or furniture.is_teaser(line.text):
            teasing = furniture.is_teaser(line.text) and line.words <= _MOST_WORDS_OF_TEASER
            block = line.block
            continue
        if not line.prose and furniture.is_teaser_heading(line.text):
            teasing = True
            block = line.block
            continue
        # In a later block, the last line before prose may be a heading of the article again.
        more = line.block == block or (i + 1 < len(lines) and not lines[i + 1].prose)
        if teasing and (line.bullet or (not line.prose and more)):
            continue
        teasing = False
        if not line.prose and _is_furniture(line.text):
            continue
        kept.append(line)
    return kept


def _is_furniture(text: str) -> bool:
    return furniture.is_button(text) or furniture.is_credit(text) or furniture.is_sign_off(text)


def _without_summaries(lines: Sequence[_Line]) -> list[_Line]:
    """Drop lists that say the article in short: a quotation should come from the article itself."""
    kept: list[_Line] = []
    in_summary = False
    for line in lines:
        if not line.prose and furniture.is_summary_heading(line.text):
            in_summary = True
            continue
        in_summary = in_summary and line.bullet
        if not in_summary:
            kept.append(line)
    return kept


def _without_bylines(lines: Sequence[_Line]) -> tuple[list[_Line], list[Byline]]:
    """Take out what is stated above the second paragraph or below the last."""
    prose = [i for i, line in enumerate(lines) if _is_text(line)]
    head = prose[_PROSE_LINES_IN_HEAD - 1] if len(prose) >= _PROSE_LINES_IN_HEAD else len(lines)
    tail = prose[-1] if prose else len(lines)
    kept: list[_Line] = []
    bylines: list[Byline] = []
    for i, line in enumerate(lines):
        byline = read_byline(line.text) if i < head or i > tail else None
        if byline is None:
            kept.append(line)
        else:
            bylines.append(byline)
    return kept, bylines


def _is_text(line: _Line) -> bool:
    """Prose that no headline could be: it ends with a full stop, or is long."""
    return line.prose and not _could_be_headline(line)


def _could_be_headline(line: _Line) -> bool:
    if line.level:
        return True
    ends = line.text.rstrip("\"'”“’‘»«›‹)")
    return (
        len(line.text) <= _LONGEST_HEADLINE
        and not line.bullet
        and (not ends.endswith((".", ":", ";")) or ends.endswith("..."))
        and not (line.prose and line.words > _PROSE_WITHOUT_FULL_STOP)
    )


def _take_title(lines: Sequence[_Line], counts: Counter[str]) -> tuple[str, list[_Line]]:
    """Choose the headline among the lines above the first paragraph; what is above it goes."""
    head = 0
    while head < len(lines) and _could_be_headline(lines[head]):
        head += 1
    candidates = list(lines[:head])
    if head == len(lines) and len(candidates) > 1:
        candidates.pop()  # something has to be left to be the text
    if not candidates or head == len(lines) == 1:
        return "", list(lines)
    chosen = next((line for line in candidates if line.level == 1), None)
    # A picture in front is often described by the headline once more.
    chosen = chosen or next((line for line in candidates if counts[line.key] > 1), None)
    wordy = (line for line in candidates if line.words >= _FEWEST_WORDS_OF_HEADLINE)
    chosen = chosen or next(wordy, None) or max(candidates, key=lambda line: len(line.text))
    return chosen.text, list(lines[lines.index(chosen) + 1 :])


def _body(lines: Sequence[_Line], title: str) -> list[_Line]:
    """Drop what was said before, and headings over nothing."""
    seen = {_Line(title, 0).key}
    unique: list[_Line] = []
    for line in lines:
        repeated = line.key in seen and (
            line.words >= _FEWEST_WORDS_OF_REPEAT or line.key == _Line(title, 0).key
        )
        if not repeated:
            unique.append(replace(line, level=0) if line.level else line)
            seen.add(line.key)
    prose = [line.prose or _ends_sentence(line) for line in unique]
    if not any(prose):
        return unique
    announced = False
    for i, line in enumerate(unique):
        if prose[i]:
            announced = line.text.endswith(":")
        prose[i] = prose[i] or announced  # the items of a list that a colon announces
    return [
        line
        for i, line in enumerate(unique)
        if prose[i] or (i + 1 < len(unique) and (prose[i + 1] or _has_figures(line)))
    ]


def _ends_sentence(line: _Line) -> bool:
    return line.words > 1 and _SENTENCE_END.search(line.text) is not None


def _has_figures(line: _Line) -> bool:
    """Say whether this may be a row of a table that lost its lines: "CDU 30,1 Prozent"."""
    return line.words > 1 and any(character.isdigit() for character in line.text)
