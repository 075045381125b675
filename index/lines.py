"""A page as lines, and what is taken out of them whatever the page was made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import furniture
from index.byline import Byline, read_byline

SENTENCE_END = re.compile(r"[.!?…:;][\"'”“’‘»«›‹)\]\d]*$")
_SENTENCE_INSIDE = re.compile(r"[^\W\d]{3}\. +[A-ZÄÖÜ„»\"\d]")
_FEWEST_WORDS_OF_PROSE = 4
_PROSE_WITHOUT_FULL_STOP = 20
_LONGEST_HEADLINE = 200
_FEWEST_WORDS_OF_NEWS = 2  # without a full stop: "Bahnstreik beendet"
_END_OF_SENTENCE = re.compile(r"[.!?…。！？][\"'”“’‘»«›‹)\]]*$")
_FEWEST_WORDS_OF_REPEAT = 5
_PROSE_LINES_IN_HEAD = 2
_MOST_WORDS_OF_A_NAME = 4
_MOST_WORDS_OF_TEASER = 4  # "Lesen Sie auch:" alone, so that the headlines stand below it


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the number of the block, between two empty lines, in which it stands."""

    text: str
    block: int
    bullet: bool = False
    level: int = 0  # of a markdown heading

    @property
    def words(self) -> int:
        """How many words the line has."""
        return len(self.text.split())

    @property
    def prose(self) -> bool:
        """Whether it is made of sentences, not a heading or a button."""
        if self.level:
            return False
        if self.bullet:
            return self.words > _FEWEST_WORDS_OF_PROSE
        ends = SENTENCE_END.search(self.text) is not None
        if ends or _SENTENCE_INSIDE.search(self.text):
            return self.words >= _FEWEST_WORDS_OF_PROSE
        return self.words >= _PROSE_WITHOUT_FULL_STOP

    @property
    def key(self) -> str:
        """Letters and digits alone: equal where two lines say the same."""
        return "".join(filter(str.isalnum, self.text.casefold()))


def is_fragment(text: str) -> bool:
    """Whether a text is a single word that says nothing, so that there is nothing to quote."""
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    ends = _END_OF_SENTENCE.search(text.rstrip()) is not None
    return len(words) < (1 if ends else _FEWEST_WORDS_OF_NEWS)


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Drop buttons, notices, credits, and announcements with the headlines below them."""
    kept: list[Line] = []
    teasing = False
    block = -1
    for i, line in enumerate(lines):
        if furniture.is_caption(line.text):
            continue
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


def without_bylines(lines: Sequence[Line]) -> tuple[list[Line], list[Byline]]:
    """Take out what is stated above the second paragraph or below the last."""
    prose = [i for i, line in enumerate(lines) if _is_text(line)]
    head = prose[_PROSE_LINES_IN_HEAD - 1] if len(prose) >= _PROSE_LINES_IN_HEAD else len(lines)
    tail = prose[-1] if prose else len(lines)
    kept: list[Line] = []
    bylines: list[Byline] = []
    for i, line in enumerate(lines):
        byline = read_byline(line.text) if i < head or i > tail else None
        if byline is None and i + 1 < head and any(map(could_be_headline, kept)):
            byline = _bare_name(line, lines[i + 1])
        if byline is None:
            kept.append(line)
        else:
            bylines.append(byline)
    return kept, bylines


def _bare_name(line: Line, below: Line) -> Byline | None:
    """Read a name that stands alone above the date, as a phone's reader mode has it."""
    dated = read_byline(below.text)
    if line.words > _MOST_WORDS_OF_A_NAME or dated is None or dated.published is None:
        return None
    return read_byline(f"Von {line.text}")


def _is_text(line: Line) -> bool:
    """Prose that no headline could be: it ends with a full stop, or is long."""
    return line.prose and not could_be_headline(line)


def could_be_headline(line: Line) -> bool:
    """Say whether a line may stand over an article: not long, and without a full stop."""
    if line.level:
        return True
    ends = line.text.rstrip("\"'”“’‘»«›‹)")
    return (
        len(line.text) <= _LONGEST_HEADLINE
        and not line.bullet
        and (not ends.endswith((".", ":", ";")) or ends.endswith("..."))
        and not (line.prose and line.words > _PROSE_WITHOUT_FULL_STOP)
    )


def body_of(lines: Sequence[Line], title: str) -> list[Line]:
    """Drop what was said before, and headings over nothing."""
    seen = {Line(title, 0).key}
    unique: list[Line] = []
    for line in lines:
        repeated = line.key in seen and (
            line.words >= _FEWEST_WORDS_OF_REPEAT or line.key == Line(title, 0).key
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


def _ends_sentence(line: Line) -> bool:
    return line.words > 1 and SENTENCE_END.search(line.text) is not None


def _has_figures(line: Line) -> bool:
    """Say whether this may be a row of a table that lost its lines: "CDU 30,1 Prozent"."""
    return line.words > 1 and any(character.isdigit() for character in line.text)
