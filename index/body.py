"""A response's body, counted and unpacked while it comes in."""

from __future__ import annotations

import zlib

# wbits of a gzip stream, as zlib counts them.
_GZIP = 16 + zlib.MAX_WBITS


class TooLargeError(Exception):
    """More bytes than allowed, after unpacking."""


class BadEncodingError(Exception):
    """Not gzip although it says so, or gzip that ends too early or goes on after its end."""


class Body:
    """Collects chunks up to a limit; of a gzip bomb no more than the limit is ever unpacked."""

    def __init__(self, limit: int, *, gzipped: bool) -> None:
        """Take the most bytes to collect, and whether they come packed."""
        self._limit = limit
        self._received = 0
        self._content = bytearray()
        self._unpacker = zlib.decompressobj(_GZIP) if gzipped else None

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk; TooLargeError or BadEncodingError."""
        self._received += len(chunk)
        self._content += self._unpacked(chunk)
        # Packed bytes count too: gzip can go on for ever without yielding anything.
        if max(self._received, len(self._content)) > self._limit:
            raise TooLargeError

    def beginning(self) -> bytes:
        """Return what has come so far, up to the limit."""
        return bytes(self._content[: self._limit])

    def finish(self) -> bytes:
        """Return the whole body; BadEncodingError where gzip has not come to its end."""
        if self._unpacker is not None and self._received and not self._unpacker.eof:
            raise BadEncodingError
        return bytes(self._content)

    def _unpacked(self, chunk: bytes) -> bytes:
        if self._unpacker is None:
            return chunk
        # zlib takes 0 for "without limit": one more than what is left is never 0.
        room = self._limit - len(self._content) + 1
        try:
            unpacked = self._unpacker.decompress(chunk, room)
        except zlib.error as error:
            raise BadEncodingError from error
        if self._unpacker.unused_data:
            raise BadEncodingError
        return unpacked
