"""A title for a text that has none."""

from __future__ import annotations

from index.clean import clean_line
from index.split import split_sentences

LONGEST_TITLE = 100


def headline_of(text: str) -> str:
    """Return the first sentence on one line, shortened at a word to at most 100 characters."""
    # A first sentence does not begin later than this; the rest need not be split.
    beginning = text.lstrip()[:4000]
    spans = split_sentences(beginning)
    if not spans:
        return ""
    start, end = spans[0]
    return shorten(clean_line(beginning[start:end]))


def shorten(title: str, longest: int = LONGEST_TITLE) -> str:
    """Return the title, cut between two words and marked with "…" where it is too long."""
    if len(title) <= longest:
        return title
    cut = title[: longest - 1]
    if not title[longest - 1].isspace():
        head, space, _ = cut.rpartition(" ")
        cut = head if space else cut
    return cut.rstrip(" ,;:–-—") + "…"
