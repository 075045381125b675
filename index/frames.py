"""Messages over a socket between two processes: a length, then so many bytes."""

from __future__ import annotations

import socket
import struct
import time

_LENGTH = struct.Struct("!Q")
LONGEST_FRAME = 256 * 1024 * 1024  # whoever announces more is not to be believed
_PIECE = 1024 * 1024


def send_frame(channel: socket.socket, message: bytes, seconds: float) -> None:
    """Send a message; TimeoutError or another OSError where it cannot be sent."""
    channel.settimeout(seconds)
    channel.sendall(_LENGTH.pack(len(message)))
    channel.sendall(message)


def receive_frame(channel: socket.socket, seconds: float) -> bytes:
    """Wait so long for a whole message; TimeoutError, or EOFError where the other side is gone."""
    last_moment = time.monotonic() + seconds
    (length,) = _LENGTH.unpack(_receive(channel, _LENGTH.size, last_moment))
    if length > LONGEST_FRAME:
        raise EOFError(f"a message of {length} bytes")
    return _receive(channel, length, last_moment)


def _receive(channel: socket.socket, length: int, last_moment: float) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        left = last_moment - time.monotonic()
        if left <= 0:
            raise TimeoutError("the message did not come in time")
        channel.settimeout(left)
        part = channel.recv(min(_PIECE, length - len(parts)))
        if not part:
            raise EOFError("the other side is gone")
        parts += part
    return bytes(parts)
