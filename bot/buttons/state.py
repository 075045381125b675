"""What a message was the answer to, written into its own buttons: Beleg keeps nothing of it.

Discord hands the bot its own message back with whatever is pressed under it. So the buttons work
after a restart, and a server that keeps no log has no question in its files.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.filter import Filter

# Words of many questions, so that a short one shrinks, too. With another dictionary, older buttons
# could not be read: a change wants another version in their custom_id.
_DICTIONARY = (
    b"How many What Who When Where Why is are was the of in Seit wann Warum Was sagt Welche Wer ist"
    b" hat Wo Wie viele Wie hoch sind sich nach \xc3\xbcber von mit der den im die das in"
    b'[null,null,["'
)


@dataclass(frozen=True, slots=True)
class Query:
    """What was searched for, and what that was limited to."""

    text: str
    only: Filter | None = None


def encode(asked: Query) -> str:
    """Return letters, digits, "-" and "_" that `decode` makes the same of."""
    plain = json.dumps(
        [_parts(asked.only), asked.text],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    packer = zlib.compressobj(9, zdict=_DICTIONARY)
    packed = packer.compress(plain.encode()) + packer.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str) -> Query | None:
    """Return what was asked, None for anything else."""
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        # What is longer was not written here, and might be made to fill the memory.
        unpacker = zlib.decompressobj(zdict=_DICTIONARY)
        plain = unpacker.decompress(packed, 20_000)
        if not unpacker.eof:  # and its checksum is right
            return None
        parts, question = json.loads(plain)
        if not (isinstance(question, str) and question.strip()):
            return None
        return Query(question, _filter(*parts))
    except (ValueError, TypeError, binascii.Error, zlib.error):
        return None


def _parts(only: Filter | None) -> list[object]:
    """Return all that a filter has; its articles only where it has some, for most have none."""
    if only is None:
        return [None, None, []]
    days = [day.isoformat() if day else None for day in (only.first_day, only.last_day)]
    articles = [sorted(only.articles)] if only.articles else []
    return [*days, sorted(only.outlets), *articles]


def _filter(
    first: str | None, last: str | None, outlets: list[str], articles: Sequence[int] = ()
) -> Filter | None:
    if not (first or last or outlets or articles):
        return None
    return Filter(_day(first), _day(last), frozenset(outlets), frozenset(articles))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def parted(text: str, rooms: Sequence[int]) -> list[str] | None:
    """Return a text in parts of at most so many characters each, None where there is no room."""
    if len(text) > sum(rooms):
        return None
    parts = []
    for room in rooms:
        parts.append(text[:room])
        text = text[room:]
    return parts
