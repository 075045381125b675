"""Whether two sentences say the same: agencies' words travel with small changes."""

from __future__ import annotations

import re

from index.terms import Token, tokens

# Share of all their content words that two sentences have in common.
_LIKE = 0.8
_FEWEST = 4  # content words; of fewer, each one counts
_NEGATION = re.compile(
    r"\b(?:nicht|nichts|kein\w*|nie|niemals|niemand\w*|nirgends|weder|ohne|not|no|never|none|nobody"
    r"|neither|nor|without|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)


def same_words(one: str, other: str) -> bool:
    """Whether two sentences are copies, with small differences at most.

    Numbers and negations must agree. One may have a few words more, but where each has a word that
    the other lacks ("stieg" and "sank", two names), they may contradict each other.
    """
    ours, theirs = tokens(one), tokens(other)
    if [token.term for token in ours] == [token.term for token in theirs]:
        return True
    if _numbers(ours) != _numbers(theirs) or _negations(one) != _negations(other):
        return False
    few, many = sorted((_content(ours), _content(theirs)), key=len)
    return len(few) >= _FEWEST and few <= many and len(few) >= _LIKE * len(many)


def _content(found: list[Token]) -> set[str]:
    return {token.term for token in found if not token.stop}


def _numbers(found: list[Token]) -> set[str]:
    return {token.term for token in found if token.term[0].isdigit()}


def _negations(text: str) -> int:
    return len(_NEGATION.findall(text))
