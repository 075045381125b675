"""A small reader of Discord's markdown: what people see of a message, and what acts in it.

Written from how Discord's clients behave, not from bot/escape.py, which it is there to check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_LINE = {
    "heading": re.compile(r" *#{1,3} "),
    "small": re.compile(r" *-# "),
    "list": re.compile(r" *(?:[*+-]|\d+\.)\s"),
    "quote": re.compile(r" *>(?:>>)? "),
}
_LINK = re.compile(
    r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?\s*\)"
)
_INLINE = {
    "bold": re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"),
    "underline": re.compile(r"__((?:\\[\s\S]|[^\\])+?)__"),
    "italics": re.compile(
        r"\*(?=\S)((?:\\[\s\S]|[^\\*])+?)\*(?!\*)|_((?:\\[\s\S]|[^\\_])+?)_(?!\w)"
    ),
    "strike": re.compile(r"~~([\s\S]+?)~~"),
    "spoiler": re.compile(r"\|\|([\s\S]+?)\|\|"),
    "code": re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)"),
    "mention": re.compile(r"<(?:@[!&]?|#)\d+>|@everyone|@here|</[^>]+:\d+>|<id:\w+>"),
    "time": re.compile(r"<t:-?\d+(?::\w)?>"),
    "emoji": re.compile(r"<a?:\w+:\d+>|:[\w+-]+:"),
    "url": re.compile(r"https?://[^\s<]+[^<.,:; \"'\]\s]|<https?://[^\s>]+>"),
    "invitation": re.compile(r"discord(?:\.gg|(?:app)?\.com/invite)/\w+", re.IGNORECASE),
}


@dataclass
class Shown:
    """The characters that people see, the links, the bold words, and everything else that acts."""

    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)

    @property
    def acts(self) -> bool:
        """Whether anything is more than characters."""
        return bool(self.links or self.bold or self.effects)

    def take(self, other: Shown) -> None:
        """Append what was read further inside."""
        self.text += other.text
        self.links += other.links
        self.bold += other.bold
        self.effects += other.effects


def read(source: str) -> Shown:
    """Read a whole message; block quotes, small print and lists leave their marks out of `text`."""
    shown = Shown()
    if re.search(r"```[\s\S]*?```", source):
        shown.effects.append("code block")
    for number, line in enumerate(source.split("\n")):
        if number:
            shown.text += "\n"
        rest = line
        while found := next(
            ((name, match) for name, rule in _LINE.items() if (match := rule.match(rest))), None
        ):
            shown.effects.append(found[0])
            rest = rest[found[1].end() :]
        shown.take(_inline(rest))
    return shown


def _inline(source: str) -> Shown:
    shown = Shown()
    at = 0
    while at < len(source):
        if escaped := _ESCAPED.match(source, at):
            shown.text += escaped[1]
            at = escaped.end()
        elif link := _LINK.match(source, at):
            label = _inline(link[1])
            shown.take(label)
            shown.links.append((label.text, link[2]))
            at = link.end()
        elif found := next(
            ((name, match) for name, rule in _INLINE.items() if (match := rule.match(source, at))),
            None,
        ):
            name, match = found
            inner = _inline(match[1]) if name == "bold" else Shown(match[0])
            shown.take(inner)
            if name == "bold":
                shown.bold.append(inner.text)
            else:
                shown.effects.append(name)
            at = match.end()
        else:
            shown.text += source[at]
            at += 1
    return shown
