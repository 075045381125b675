from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

import pytest

from index.frames import LONGEST_FRAME, receive_frame, send_frame

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


@pytest.mark.parametrize("message", [b"", b"x", bytes(range(256)) * 100])
def test_a_message_arrives_whole_and_parted_from_the_next(pair: Pair, message: bytes) -> None:
    send_frame(pair[0], message, 5)
    send_frame(pair[0], b"next", 5)
    assert receive_frame(pair[1], 5) == message
    assert receive_frame(pair[1], 5) == b"next"


def test_who_sends_half_a_message_is_not_waited_for_without_end(pair: Pair) -> None:
    pair[0].sendall(struct.pack("!Q", 10) + b"half")
    with pytest.raises(TimeoutError):
        receive_frame(pair[1], 0.05)


def test_who_leaves_in_the_middle_is_gone(pair: Pair) -> None:
    pair[0].sendall(struct.pack("!Q", 10) + b"half")
    pair[0].close()
    with pytest.raises(EOFError):
        receive_frame(pair[1], 5)


def test_a_length_that_nobody_means_is_not_believed(pair: Pair) -> None:
    pair[0].sendall(struct.pack("!Q", LONGEST_FRAME + 1))
    with pytest.raises(EOFError, match="bytes"):
        receive_frame(pair[1], 5)
