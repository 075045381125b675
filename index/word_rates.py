"""How common words are in general: what a corpus too small to tell starts from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

_THOUSAND = 1000.0


@cache
def word_rates() -> Mapping[str, float]:
    """Return the share of passages, some 150 words long, that have a search term.

    Only common ones of German and English are there: of encyclopaedic articles, minutes of
    parliament and children's stories, counted by `python -m index.training word-rates`.
    """
    text = resources.files("index").joinpath("word_rates.txt").read_text(encoding="utf-8")
    rates = {}
    for line in text.splitlines():
        rate, *terms = line.split()
        if rate != "#":
            rates.update(dict.fromkeys(terms, int(rate) / _THOUSAND))
    return MappingProxyType(rates)
