"""What changed between two texts, with a few words around each place, as far as may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.excerpt import ELLIPSIS
from index.changes import Change, Kind, changes

_AROUND = 40  # characters
_ENDS = '.!?…“”«»"'
_LEAST = 10  # a place of which less could be shown is left out


@dataclass(frozen=True, slots=True)
class ChangeExcerpt:
    """A place: the words before it, what is gone, what has come, the words after it.

    White space between the parts is as in the text. What is gone or has come and was shortened ends
    in "…"; `begins` and `ends` say whether the words around are those of a sentence's ends.
    """

    before: str
    gone: str
    come: str
    after: str
    begins: bool
    ends: bool

    @property
    def characters(self) -> int:
        """How much it shows."""
        return sum(map(len, (self.before, self.gone, self.come, self.after)))


def change_excerpts(old: str, new: str, room: int) -> tuple[list[ChangeExcerpt], int]:
    """Return what changed, in order, and how many places are left out.

    All together show at most `room` characters of both texts; the signs for what was left out do
    not count.
    """
    found = changes(old, new)
    places = [i for i, change in enumerate(found) if change.kind is not Kind.KEPT]
    shown: list[ChangeExcerpt] = []
    at = 0  # up to here the new text was shown
    for count, i in enumerate(places):
        if room < _LEAST:
            return shown, len(places) - count
        excerpt, at = _excerpt((old, new), found, i, at, room)
        room -= excerpt.characters
        shown.append(excerpt)
    return shown, 0


def _excerpt(
    texts: tuple[str, str], found: Sequence[Change], i: int, at: int, room: int
) -> tuple[ChangeExcerpt, int]:
    """Return the excerpt of a change, and up to where it shows the new text."""
    (old, new), change = texts, found[i]
    gone, come = old[slice(*change.old)], new[slice(*change.new)]
    gone, come = _fitting(gone, come, room)
    left = room - len(gone) - len(come)
    begin, end = change.new
    start = _word_start(new, max(at, begin - min(_AROUND, left // 2)), begin)
    before = new[start:begin]
    left -= len(before)
    following = _kept_until(found, i)
    stop = _word_end(new, end, min(following, end + min(_AROUND, left)))
    begins, ends = _is_end(new, start), _is_end(new, stop)
    return ChangeExcerpt(before, gone, come, new[end:stop], begins, ends), stop


def _is_end(text: str, at: int) -> bool:
    """Whether a sentence or a text ends, or another begins, at a place."""
    ahead, behind = text[:at].rstrip(), text[at:].lstrip()
    return not (ahead and behind) or ahead[-1] in _ENDS or "\n" in text[len(ahead) : at + 1]


def _kept_until(found: Sequence[Change], i: int) -> int:
    """Return up to where the words after a change are its own: the next one has some before it."""
    end = found[i].new[1]
    if i + 1 == len(found) or found[i + 1].kind is not Kind.KEPT:
        return end
    kept = found[i + 1].new[1]
    return kept if i + 2 == len(found) else (end + kept) // 2


def _fitting(gone: str, come: str, room: int) -> tuple[str, str]:
    """Shorten what is gone and what has come to so many characters together."""
    if len(gone) + len(come) <= room:
        return gone, come
    half = room // 2
    most_gone = max(half, room - len(come))
    gone = _cut(gone, most_gone)
    return gone, _cut(come, room - len(gone))


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: max(0, most - len(ELLIPSIS))] + ELLIPSIS


def _word_start(text: str, start: int, end: int) -> int:
    """Return where the first whole word between two places begins."""
    if start == 0 or text[start - 1].isspace():
        return start
    while start < end and not text[start].isspace():
        start += 1
    return start


def _word_end(text: str, start: int, end: int) -> int:
    """Return where the last whole word between two places ends."""
    if end == len(text) or text[end].isspace():
        return end
    while end > start and not text[end - 1].isspace():
        end -= 1
    return end
