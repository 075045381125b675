"""Show foreign text on Discord as the characters that it has.

Discord takes a backslash before any punctuation as "this character and nothing else", and the
people who read do not see it. That suffices for everything that Discord would act on: no invisible
character has to be put between, so copied words stay the words of the article.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# Emphasis, spoilers, code; "<" begins every mention, emoji and time stamp, "@" the mentions of all,
# "[" a masked link. Other marks only where they would act, so that the source stays readable.
_ANYWHERE = re.compile(
    r"""
      [\\*_~`|<\[\]@]
    | (?<=\])\(                                          # the target of a link that began before
    | :(?=//)                                           # a bare link
    | :(?=[\w+-]+:)                                     # an emoji by its name
    | (?<=discord\.gg)/ | (?<=discord\.com)/ | (?<=discordapp\.com)/   # an invitation
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Headings, quotes, lists and small print begin a line; a bare carriage return ends one, too.
_AT_LINE_START = re.compile(r"(?:^|(?<=\r))(\s*)(?:(\d+)(\.)(?=\s|$)|([-+>#]))", re.MULTILINE)
_SCHEMES = {"http", "https"}
# What would end the address or change the meaning of the brackets around it.
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>()\[\]\\\"`|^{}\x00-\x1f\x7f]")
# Discord shows no link whose words look like one, and loses count of odd brackets in the words.
_NOT_AS_LABEL = re.compile(r"[\[\]]|://|www\.|discord\.gg", re.IGNORECASE)


def escape(text: str) -> str:
    """Return Discord source that shows exactly `text`: no markdown, no mention, no link."""
    return _AT_LINE_START.sub(_start, _ANYWHERE.sub(r"\\\g<0>", text))


def _start(match: re.Match[str]) -> str:
    space, number, dot, mark = match.groups(default="")
    return f"{space}{number}\\{dot or mark}"


def can_carry_link(label: str) -> bool:
    """Whether Discord would show these words as a link if told to."""
    return bool(label.strip()) and not _NOT_AS_LABEL.search(label)


def masked_link(label: str, address: str) -> str:
    """Return a link with words of its own; the pointed brackets stop Discord's preview.

    `address` comes from `safe_address`, `label` passes `can_carry_link`.
    """
    return f"[{escape(label)}](<{address}>)"


def safe_address(url: str | None) -> str | None:
    """Return a web address that can end no bracket, or None for anything else."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not parts.hostname:
        return None
    return _UNSAFE_IN_ADDRESS.sub(lambda match: quote(match[0], safe=""), url.strip())
