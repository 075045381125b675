import gzip
import zlib

import pytest

from index.body import BadEncodingError, Body, TooLargeError

TEXT = b"Der Minister tritt zurueck. " * 40
# With the moment in it, each process that runs these tests would know them by another name.
PACKED = gzip.compress(TEXT, mtime=0)


def collect(data: bytes, *, limit: int = 10_000, gzipped: bool = True, step: int = 7) -> bytes:
    body = Body(limit, gzipped=gzipped)
    for start in range(0, len(data), step):
        body.feed(data[start : start + step])
    return body.finish()


@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_packed_and_plain_bodies_come_out_whole(step: int) -> None:
    assert collect(gzip.compress(TEXT), step=step) == TEXT
    assert collect(TEXT, gzipped=False, step=step) == TEXT


def test_a_body_may_be_exactly_as_large_as_the_limit() -> None:
    assert collect(TEXT, limit=len(TEXT), gzipped=False) == TEXT
    assert collect(gzip.compress(TEXT), limit=len(TEXT)) == TEXT
    for data, gzipped in ((TEXT, False), (gzip.compress(TEXT), True)):
        with pytest.raises(TooLargeError):
            collect(data, limit=len(TEXT) - 1, gzipped=gzipped)


def test_a_bomb_is_unpacked_no_further_than_the_limit() -> None:
    body = Body(1000, gzipped=True)
    with pytest.raises(TooLargeError):
        body.feed(gzip.compress(bytes(50_000_000)))
    assert len(body._content) == 1001


def test_packed_bytes_that_yield_nothing_are_counted_too() -> None:
    packer = zlib.compressobj(wbits=31)
    body = Body(1000, gzipped=True)
    body.feed(packer.compress(b"") + packer.flush(zlib.Z_SYNC_FLUSH))
    empty_block = b"\x00\x00\x00\xff\xff"
    body.feed(empty_block * 180)
    with pytest.raises(TooLargeError):
        body.feed(empty_block * 180)
    assert not body._content


@pytest.mark.parametrize(
    "data",
    [
        TEXT,
        PACKED[:-1],
        PACKED[:30],
        PACKED[:5],
        PACKED[:-8] + bytes(8),  # wrong checksum
        PACKED + b"trailing",
        PACKED + PACKED,
        zlib.compress(TEXT),  # deflate under the name of gzip
    ],
)
def test_what_is_not_one_whole_gzip_stream_is_refused(data: bytes) -> None:
    with pytest.raises(BadEncodingError):
        collect(data)


def test_an_empty_body_is_empty_whatever_it_calls_itself() -> None:
    assert collect(b"") == b""
