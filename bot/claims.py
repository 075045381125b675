"""What a message claims: its sentences, each to be held against the articles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.question import LONGEST
from bot.types import Answer
from index.clean import clean_text
from index.split import split_sentences
from index.terms import content_terms

MOST = 5  # sentences of a message
_FEWEST_TERMS = 2  # "Ach so!" says nothing that an article could say, too
_MARKS = re.compile(r"^(?:>>> |[>#]+ |-# |[-*] )|\*\*|__|~~|\|\||`+", re.MULTILINE)
_ADDRESS = re.compile(r"<?https?://\S+")


@dataclass(frozen=True, slots=True)
class Examined:
    """A claim and what the articles say about it. Whether it is true, nobody here says."""

    claim: str
    answer: Answer


def claims_of(content: str) -> tuple[list[str], int]:
    """Return the first sentences of a message that say something, and how many more there are."""
    plain = clean_text(_ADDRESS.sub(" ", _MARKS.sub("", content)))
    spans = split_sentences(plain)
    found = [" ".join(plain[start:end].split()) for start, end in spans]
    telling = [
        one for one in found if len(one) <= LONGEST and len(content_terms(one)) >= _FEWEST_TERMS
    ]
    return telling[:MOST], len(telling[MOST:])
