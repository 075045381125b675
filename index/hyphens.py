"""Words that were broken at the end of a line, whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A sign that only parts at a line's end: what it joins belonged together.
SOFT = "\u00ad"
_HYPHENS = "-\u2010\u2011"
_BROKEN = re.compile(rf"([\w.'’]+(?:[{_HYPHENS}][\w.'’]+)*)([{_HYPHENS}{SOFT}])$")
_NEXT = re.compile(r"[\w]+")
_LONGEST_WORD = 100
# "Arbeits- und Sozialminister": here the hyphen stands for the rest of the word.
_SUSPENDED = frozenset(
    {"und", "oder", "bzw", "sowie", "wie", "noch", "bis", "and", "or", "to", "nor"}
)


def joined(lines: Sequence[str], known: frozenset[str] = frozenset()) -> str:
    r"""Return the lines of a paragraph as one, with words whole that were broken at line ends.

    `known` are words with a hyphen that the same text has elsewhere within a line, in lower case:
    only they tell "Nord-\nirland" from "öster-\nreichisch" for sure.
    """
    text = ""
    for line in lines:
        line = line.strip()  # noqa: PLW2901 - the same line
        if not line:
            continue
        broken = _BROKEN.search(text[-_LONGEST_WORD:])
        text = text + " " + line if broken is None else _join(text, broken, line, known)
    return text.strip()


def _join(text: str, broken: re.Match[str], line: str, known: frozenset[str]) -> str:
    head, sign = broken.groups()
    following = _NEXT.match(line)
    if following is None:
        return text + ("" if sign == SOFT else " ") + line
    tail = following.group()
    if sign == SOFT:
        return text[:-1] + line
    if tail.casefold() in _SUSPENDED:
        return text + " " + line
    last = re.split(rf"[{_HYPHENS}]", head)[-1]
    keeps = (
        not tail[0].islower()  # "CDU-Chef", "1995-1998"; nobody breaks a word before a capital
        or last[-1].isdigit()  # "10-jährig"
        or (last.isupper() and len(last) > 1)  # "EU-weit"
        or f"{head}-{tail}".casefold() in known
    )
    return text + line if keeps else text[:-1] + line


def hyphenated_words(lines: Sequence[str]) -> frozenset[str]:
    """Return the words with a hyphen that stand whole within a line, in lower case."""
    found = (match for line in lines for match in re.findall(r"\w+(?:-\w+)+", line))
    return frozenset(word.casefold() for word in found)
