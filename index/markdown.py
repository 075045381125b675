"""Markdown to text: signs go, words stay."""

from __future__ import annotations

import re

_FRONT_MATTER = re.compile(
    r"\A\ufeff?\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"([A-Za-z_]+)\s*:\s*(.+)")
_NAMES = {
    "title": "title",
    "headline": "title",
    "titel": "title",
    "date": "date",
    "datum": "date",
    "published": "date",
    "outlet": "outlet",
    "publisher": "outlet",
    "source": "outlet",
    "quelle": "outlet",
    "url": "url",
    "link": "url",
    "canonical": "url",
}
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\s]{1,2000}(?:\s+\"[^\"\n]{0,300}\")?\)")
_EMPHASIS = re.compile(
    r"(?<![\w*_])(\*\*\*|\*\*|\*|___|__|_)(?=\S)([^\n*_]{1,2000}?)(?<=\S)\1(?![\w*_])"
)
_QUOTE = re.compile(r"^(?:> ?)+", re.MULTILINE)
_UNDERLINED = re.compile(r"^(\S[^\n]{0,300})\n(=+|-{3,})[ \t]*$", re.MULTILINE)
_CLOSED_HEADING = re.compile(r"^(#{1,6} [^\n]*?)[ \t]+#+[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6} [^\n]*)$", re.MULTILINE)


def unmark(raw: str) -> tuple[dict[str, str], str]:
    """Return the fields of the front matter (title, date, outlet, url) and the text.

    Headings keep their "#", which says that they are headings.
    """
    stated: dict[str, str] = {}
    raw = raw.replace("\r\n", "\n")
    if front := _FRONT_MATTER.match(raw):
        raw = raw[front.end() :]
        for line in front.group(1).split("\n"):
            field = _FIELD.fullmatch(line.strip())
            name = _NAMES.get(field.group(1).lower()) if field else None
            if field and name:
                stated.setdefault(name, field.group(2).strip().strip("\"'"))
    raw = _LINK.sub(r"\1", _IMAGE.sub("", raw))
    raw = _UNDERLINED.sub(lambda m: ("# " if m.group(2)[0] == "=" else "## ") + m.group(1), raw)
    raw = _CLOSED_HEADING.sub(r"\1", _QUOTE.sub("", raw))
    raw = _EMPHASIS.sub(r"\2", raw)
    return stated, _HEADING.sub(r"\n\1\n", raw)
