"""From what a reader says of each piece of a sentence to the words that answer."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

_JOINER = "\u200d"
_IN_NUMBER = re.compile(r"\d[.,]\d")


def likeliest_words(
    starts: NDArray[np.float32], ends: NDArray[np.float32], longest: int
) -> tuple[int, int, float]:
    """Return the first and last piece of the likeliest answer, and its probability.

    `starts` and `ends` are logits, one for each piece of the sentence, of which there is at least
    one; `longest` is how many pieces an answer has at most.
    """
    sums = (starts[:, None] + ends[None, :]).astype(np.float64)
    # From any piece to itself or one of the next.
    allowed = np.triu(np.ones_like(sums)) - np.triu(np.ones_like(sums), longest)
    sums = np.where(allowed > 0, sums, -np.inf)
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    share = 1.0 / np.exp(sums - sums[first, last]).sum()
    return int(first), int(last), float(share)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch of text to whole words, numbers and signs, without white space around it."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    while start > 0 and _joined(text, start):
        start -= 1
    while end < len(text) and _joined(text, end):
        end += 1
    return start, end


def _joined(text: str, position: int) -> bool:
    """Whether what stands before a position belongs to what stands behind it."""
    before, after = text[position - 1], text[position]
    if _is_attached(after) or before == _JOINER:
        return True
    if _is_of_word(before) and _is_of_word(after):
        return True
    begins = (position - 2, position - 1)
    return any(_IN_NUMBER.fullmatch(text[i : i + 3]) for i in begins if i >= 0)


def _is_attached(character: str) -> bool:
    """Whether a character is shown on the one before it: an accent, a skin tone, a joiner."""
    is_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return unicodedata.category(character).startswith("M") or character == _JOINER or is_tone


def _is_of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
