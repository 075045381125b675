"""Count in how many passages of ordinary German and English a search term is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from index.terms import content_terms

_PASSAGE = 70  # search terms: some 150 words
_LEAST = 3  # of a thousand passages: what is rarer is rare enough in any corpus


def common_terms(texts: Iterable[str]) -> dict[str, int]:
    """Return the common terms by how many of a thousand passages have them."""
    found: Counter[str] = Counter()
    passages = 0
    for passage in _passages(texts):
        passages += 1
        found.update(set(passage))
    if not passages:
        return {}
    rates = {term: round(1000 * count / passages) for term, count in found.items()}
    # Numbers are never common knowledge, and single letters are initials.
    return {
        term: rate
        for term, rate in rates.items()
        if rate >= _LEAST and term.isalpha() and len(term) > 1
    }


def as_text(rates: Iterable[dict[str, int]]) -> str:
    """Return the file that `index.word_rates` reads: a rate a line, with its terms.

    A term of several languages is as common as in the one where it is most common.
    """
    highest: dict[str, int] = {}
    for some in rates:
        for term, rate in some.items():
            highest[term] = max(rate, highest.get(term, 0))
    lines = ["# Search terms of common words, by how many of a thousand passages have them."]
    for rate in sorted(set(highest.values()), reverse=True):
        terms = sorted(term for term, own in highest.items() if own == rate)
        lines.append(f"{rate} {' '.join(terms)}")
    return "\n".join(lines) + "\n"


def _passages(texts: Iterable[str]) -> Iterator[list[str]]:
    waiting: list[str] = []
    for text in texts:
        waiting += content_terms(text)
        while len(waiting) >= _PASSAGE:
            yield waiting[:_PASSAGE]
            del waiting[:_PASSAGE]
