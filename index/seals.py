"""Digests of what is stored, kept beside it: what a disk has changed is never taken for true.

The steps of the schema use them, too, so what they make of the same values never changes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable


def article_seal(*values: str | bytes | int | None) -> str:
    """Return the digest of a row of the article table in hexadecimal; text may come as bytes."""
    return _digest(values).hex()


def _digest(values: Iterable[str | bytes | int | None]) -> bytes:
    digest = hashlib.sha256()
    for value in values:
        if value is None:
            digest.update(b"-")
            continue
        raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(raw))
        digest.update(raw)
    return digest.digest()


def sentence_seal(passage_id: int, start: int, end: int, text: str | bytes) -> bytes:
    """Return the digest of a sentence: where it belongs and its words, out of the whole text."""
    whole = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    words = whole[max(start, 0) : max(end, 0)].encode("utf-8", "surrogatepass")
    # What _digest makes of the four, in one call: there are hundreds of thousands of them.
    a, b, c = b"%d" % passage_id, b"%d" % start, b"%d" % end
    lengths = (len(a), a, len(b), b, len(c), c, len(words), words)
    return hashlib.sha256(b"%d:%b%d:%b%d:%b%d:%b" % lengths).digest()


def vector_check(raw: bytes) -> int:
    """Return the check sum of a stored vector: no words, so no more than a disk can do to it."""
    return zlib.crc32(raw)
