"""What one version of a text has and another has not, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from index.split import split_sentences
from index.versions import wording

_WORD = re.compile(r"\w+(?:[.,:]\w+)*|[^\w\s]")
# Above it two stretches count as exchanged whole: comparing takes the product of their lengths.
_MOST_COMPARED = 1_000_000


class Kind(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the old text and what stands for it in the new one, as character offsets.

    Where nothing was there before, or is there now, start and end are the place.
    """

    kind: Kind
    old: tuple[int, int]
    new: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """A word or a sentence: what is compared of it, and where it stands."""

    key: str
    start: int
    end: int


def changes(old: str, new: str) -> list[Change]:
    """Return what leads from one text to another, in order, what was kept in between included.

    White space, quotation marks and dashes make no difference. Sentences are compared first, and
    the words of those that differ.
    """
    before, after = _sentences(old), _sentences(new)
    steps: list[tuple[Kind, Sequence[_Part], Sequence[_Part]]] = []
    for kind, ours, theirs in _compare(before, after):
        if kind is Kind.REPLACED:
            words, others = _words(old, ours), _words(new, theirs)
            if len(words) * len(others) <= _MOST_COMPARED:
                steps += _compare(words, others)
                continue
        steps.append((kind, ours, theirs))
    return _joined(steps)


def _compare(
    old: Sequence[_Part], new: Sequence[_Part]
) -> Iterator[tuple[Kind, Sequence[_Part], Sequence[_Part]]]:
    # Its rule against frequent elements, from 200 on, keeps repetitive texts from taking minutes.
    matcher = SequenceMatcher(None, [part.key for part in old], [part.key for part in new])
    kinds = {
        "equal": Kind.KEPT,
        "delete": Kind.REMOVED,
        "insert": Kind.ADDED,
        "replace": Kind.REPLACED,
    }
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        yield kinds[tag], old[start:end], new[other_start:other_end]


def _joined(steps: Sequence[tuple[Kind, Sequence[_Part], Sequence[_Part]]]) -> list[Change]:
    """Make one change of neighbours of a kind; a place is where the part before it ends."""
    found: list[Change] = []
    at = [0, 0]
    for kind, ours, theirs in steps:
        spans = []
        for side, parts in enumerate((ours, theirs)):
            start, end = (parts[0].start, parts[-1].end) if parts else (at[side], at[side])
            at[side] = end
            spans.append((start, end))
        if found and found[-1].kind is kind:
            last = found.pop()
            spans = [(last.old[0], spans[0][1]), (last.new[0], spans[1][1])]
        found.append(Change(kind, *spans))
    return found


def _sentences(text: str) -> list[_Part]:
    return [_Part(wording(text[start:end]), start, end) for start, end in split_sentences(text)]


def _words(text: str, sentences: Sequence[_Part]) -> list[_Part]:
    return [
        _Part(wording(match[0]), match.start(), match.end())
        for match in _WORD.finditer(text, sentences[0].start, sentences[-1].end)
    ]
