"""What a reader of files hands on: the text, and what the file claims about itself if plausible."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from index.clean import clean_line
from index.dates import dates_in
from index.types import DateOrigin, Published

_WORD = re.compile(r"\w+")
# Names that programs give: "Microsoft Word - Dokument1", "Layout 1", "artikel_neu.indd".
_MADE_BY_A_PROGRAM = re.compile(
    r"(?:microsoft \w+ - .*|(?:dokument|document|layout|seite|page|unbenannt|untitled|ohne titel|"
    r"präsentation|scan|titel|title|print|druck)[\s_-]*\d*|.*\.(?:docx?|indd|pdf|qxd|odt|rtf|txt|html?))",
    re.IGNORECASE,
)
_FEWEST_WORDS_OF_TITLE = 2
_SHARE_OF_TITLE = 0.7  # of its words that the text has to have, too
_NEAR_THE_EDGES = 2000  # characters at the beginning and the end: where a date of issue stands
_PERSON = re.compile(
    r"[A-ZÄÖÜÉ][\w.'’-]+(?: (?:von|van|de|zu|der|den|la|le|di))*(?: [A-ZÄÖÜÉ][\w.'’-]+){1,3}"
)


@dataclass(frozen=True, slots=True)
class DocumentText:
    """Paragraphs parted by empty lines, the headline marked with "# "; the rest where known."""

    text: str
    title: str = ""
    published: Published | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None


def plausible_title(claimed: str | None, text: str) -> str:
    """Return a claimed title if people wrote it for this text, else "".

    Most of its words stand in the text, since a headline stands above its article.
    """
    title = clean_line(claimed or "")
    words = _words(title)
    if len(words) < _FEWEST_WORDS_OF_TITLE or _MADE_BY_A_PROGRAM.fullmatch(title):
        return ""
    known = set(_words(text))
    return title if sum(word in known for word in words) >= _SHARE_OF_TITLE * len(words) else ""


def plausible_authors(claimed: str | None, text: str) -> tuple[str, ...]:
    """Return the claimed authors that the text names as well: others are users of a program."""
    names = map(clean_line, re.split(r"[;,&]|\bund\b|\band\b", claimed or ""))
    return tuple(name for name in names if _PERSON.fullmatch(name) and name in text)


def plausible_day(claimed: date | None, text: str) -> Published | None:
    """Return the day on which a file was made if the text names it, too, at one of its ends.

    A file says when it was written or printed, which may be years after its words appeared.
    """
    if claimed is None:
        return None
    days: set[date] = set()
    for part in (text[:_NEAR_THE_EDGES], text[-_NEAR_THE_EDGES:]):
        days.update(day for day, _, _ in dates_in(part))
    return Published(claimed, DateOrigin.METADATA) if claimed in days else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
