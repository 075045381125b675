"""What sites may answer: pages, nonsense, nothing, too much."""

import asyncio
import gzip

import pytest

from index.fetch import FetchLimits
from tests.fake_internet import (
    CHUNKED,
    FakeInternet,
    Script,
    endless,
    half,
    reset,
    response,
    silent,
)

PRESSED = FetchLimits(total=0.15, page_size=50_000)


@pytest.mark.parametrize(
    "status",
    [
        "101 Switching",
        "201 Created",
        "204 No Content",
        "206 Partial Content",
        "300 Choose",
        "304 Not Modified",
        "403 Forbidden",
        "404 Not Found",
        "410 Gone",
        "429 Too Many",
        "500 Error",
        "503 Unavailable",
        "999 Denied",
        "302 Found",
    ],  # without a Location
)
async def test_other_answers_than_a_page_are_errors_with_their_status(
    internet: FakeInternet, status: str
) -> None:
    internet.pages["/"] = response(b"", status=status)
    error = await internet.refusal("http://public.test/")
    assert (error.code, error.details) == (
        "http_error",
        {"host": "public.test", "status": int(status[:3])},
    )


PLAIN = response(b"x" * 40_000)
PACKED = gzip.compress(b"<p>Guten Tag</p>")
BOMB = gzip.compress(bytes(20_000_000))


@pytest.mark.parametrize(
    ("page", "code"),
    [
        # size
        (response(b"", length=99_999_999_999), "too_large"),
        (response(b"x" * 50_001), "too_large"),
        (endless(CHUNKED, b"3e8\r\n" + b"x" * 1000 + b"\r\n"), "too_large"),
        (endless(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x" * 999), "too_large"),
        (response(BOMB, "Content-Encoding: gzip"), "too_large"),
        # encodings
        (response(PACKED, "Content-Encoding: gzip, gzip"), "bad_encoding"),
        (response(PACKED, "Content-Encoding: gzip", "Content-Encoding: gzip"), "bad_encoding"),
        (response(PACKED, "Content-Encoding: br"), "too_large"),
        (response(PACKED, "Content-Encoding: zstd"), "too_large"),
        (response(PACKED, "Content-Encoding: deflate"), "bad_encoding"),
        (response(PACKED, "Content-Encoding: compress"), "bad_encoding"),
        (response(PACKED, "Content-Encoding: identity, gzip"), "bad_encoding"),
        (response(b"<p>plain</p>", "Content-Encoding: gzip"), "bad_encoding"),
        (response(PACKED[:-3], "Content-Encoding: gzip"), "bad_encoding"),
        (response(PACKED + b"more", "Content-Encoding: gzip"), "bad_encoding"),
        (CHUNKED.replace(b"chunked", b"gzip, chunked") + b"1\r\nx\r\n0\r\n\r\n", "bad_encoding"),
        (half(CHUNKED.replace(b"chunked", b"gzip") + PACKED), "bad_encoding"),
        # heads
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "http_error"),
        (b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"y" * 8000 + b"\r\n") * 4000, "http_error"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 20_000_000 + b"\r\n\r\n", "http_error"),
        (b"HTTP/1.1 200 " + b"O" * 1_000_000 + b"K\r\n\r\n", "http_error"),
        (b"HTTP/1.1 200 OK\r\n" + b"X" * 1_000_000 + b": y\r\n\r\n", "http_error"),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"), "http_error"),
        (b"<p>no head at all</p>\r\n\r\n", "http_error"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 10, "http_error"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "http_error"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy", "http_error"),
        (
            CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\n") + b"0\r\n\r\n",
            "http_error",
        ),
        # ends
        (half(response(b"123456789", length=1000)), "http_error"),
        (half(response(b"123456789", length=1000), abort=True), "http_error"),
        (half(CHUNKED + b"5\r\nabcde\r\n"), "http_error"),
        (half(CHUNKED + b"5\r\nab"), "http_error"),
        (CHUNKED + b"zz\r\nabcde\r\n0\r\n\r\n", "http_error"),
        (CHUNKED + b"3\r\nabc\r\n0\r\n" + b"X: y\r\n" * 10_000 + b"\r\n", "http_error"),
        (half(b"HTTP/1.1 200 OK\r\nContent-"), "http_error"),
        (half(b""), "http_error"),
        (reset, "http_error"),
        # types
        (response(content_type="video/mp4"), "bad_content_type"),
        (response(content_type="application/octet-stream"), "bad_content_type"),
        (response(content_type="image/svg+xml"), "bad_content_type"),
        (response(content_type="application/pdf"), "bad_content_type"),
        (response(content_type="text/htmlx"), "bad_content_type"),
        (response(content_type="html"), "bad_content_type"),
        (response(content_type=""), "bad_content_type"),
        (response(content_type=None), "bad_content_type"),
        (response(b"", "Content-Type: video/mp4"), "bad_content_type"),
        (response(content_type="text/html, video/mp4"), "bad_content_type"),
    ],
)
async def test_hostile_and_broken_answers_end_in_a_code(
    internet: FakeInternet, page: bytes | Script, code: str
) -> None:
    internet.pages["/"] = page
    error = await internet.refusal("http://public.test/")
    assert str(error) == f"{code} host='public.test'"


@pytest.mark.parametrize(
    "page",
    [
        silent,
        endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", pause=0.03),  # one header line at a time
        endless(response(b"", length=1000), b"x", pause=0.01),  # one byte at a time
        endless(CHUNKED, b"1\r\nx\r\n", pause=0.01),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.005),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", pause=0.005),
    ],
)
async def test_slow_answers_end_when_all_time_is_used(internet: FakeInternet, page: Script) -> None:
    internet.pages["/"] = page
    assert str(await internet.refusal("http://public.test/", PRESSED)) == (
        "timeout host='public.test'"
    )


@pytest.mark.parametrize("page", [silent, endless(response(b"", length=9), b"x", pause=60)])
async def test_silence_ends_before_all_time_is_used(internet: FakeInternet, page: Script) -> None:
    internet.pages["/"] = page
    limits = FetchLimits(total=1000, idle=0.02)
    assert (await internet.refusal("http://public.test/", limits)).code == "timeout"


async def test_a_machine_that_does_not_answer_the_dial_is_given_up(
    internet: FakeInternet, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(asyncio.get_running_loop(), "sock_connect", never)
    limits = FetchLimits(total=1000, connect=0.02)
    assert (await internet.refusal("http://public.test/", limits)).code == "timeout"


@pytest.mark.parametrize(
    ("content_type", "media_type", "charset"),
    [
        ("text/html", "text/html", None),
        ("text/plain; charset=utf-8", "text/plain", "utf-8"),
        ('application/xhtml+xml; charset="UTF-16LE"', "application/xhtml+xml", "UTF-16LE"),
        ("text/html; charset=x-no-such-thing", "text/html", "x-no-such-thing"),
        ("text/html; charset=", "text/html", None),
        ("text/html; charset*=utf-8''x", "text/html", None),
        ("text/html; charset=\x1b]0;title", "text/html", None),
        ("text/html; Charset = 'utf-7'; x=y", "text/html", "utf-7"),
    ],
)
async def test_the_charset_is_handed_on_as_declared(
    internet: FakeInternet, content_type: str, media_type: str, charset: str | None
) -> None:
    internet.pages["/"] = response(b"\xff\xfe", content_type=content_type)
    page = await internet.fetch("http://public.test/")
    assert (page.content, page.media_type, page.charset) == (b"\xff\xfe", media_type, charset)


@pytest.mark.parametrize(
    "page",
    [
        response(PACKED, "Content-Encoding: gzip"),
        response(PACKED, "Content-Encoding: X-GZIP"),
        response(b"<p>Guten Tag</p>", "Content-Encoding: identity"),
        response(b"<p>Guten Tag</p>", "Content-Type: text/html; charset=utf-8"),
        CHUNKED + b"10\r\n<p>Guten Tag</p>\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + response(b"<p>Guten Tag</p>"),
        half(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Guten Tag</p>"),
    ],
)
async def test_the_usual_ways_to_send_a_page_are_read(
    internet: FakeInternet, page: bytes | Script
) -> None:
    internet.pages["/"] = page
    assert (await internet.fetch("http://public.test/")).content == b"<p>Guten Tag</p>"


async def test_a_page_may_be_exactly_as_large_as_the_limit(internet: FakeInternet) -> None:
    internet.pages["/"] = PLAIN
    limits = FetchLimits(page_size=40_000)
    assert len((await internet.fetch("http://public.test/", limits)).content) == 40_000
