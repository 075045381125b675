"""Which quotation marks to put around words that may have their own: these are never changed."""

from __future__ import annotations

from collections.abc import Sequence

_CLOSING = {"„": "“”", "“": "”", "»": "«", "«": "»", '"': '"'}


def marks_around(text: str, pairs: Sequence[str]) -> tuple[str, str]:
    """Return the opening and the closing mark: the first pair that the text has no mark of.

    None where its own already enclose it. `pairs` are two characters each, the preferred one first.
    """
    if is_enclosed(text):
        return "", ""
    pair = next((pair for pair in pairs if not set(pair) & set(text)), pairs[0])
    return pair[0], pair[1]


def is_enclosed(text: str) -> bool:
    """Whether a text begins with a quotation mark whose counterpart ends it."""
    closing = _CLOSING.get(text[:1], "")
    end = next((i for i, character in enumerate(text) if i and character in closing), None)
    return end is not None and not text[end + 1 :].strip(".!?…")
