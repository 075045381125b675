"""Conditional requests, moved addresses, and when a site wants to be asked again."""

from datetime import UTC, datetime

import pytest

from index.errors import FetchError
from index.fetch import FEED_TYPES, GuardedFetcher
from index.media_types import ANY_TYPE
from index.response import Wanted
from index.types import NotModified, Page, Validators
from tests.fake_internet import CHUNKED, FakeInternet, redirect, reset, response

FEED = "http://public.test/feed"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def ask(
    internet: FakeInternet, url: str = FEED, validators: Validators | None = None
) -> Page | NotModified:
    async with GuardedFetcher(
        user_agent="Beleg/test", resolver=internet.resolver, clock=lambda: NOW
    ) as fetcher:
        return await fetcher.get(url, accept=FEED_TYPES, limit=1000, validators=validators)


def feed(*lines: str) -> bytes:
    return response(b"<rss/>", *lines, content_type="application/rss+xml")


async def test_validators_come_with_a_page_and_go_with_the_next_request(
    internet: FakeInternet,
) -> None:
    modified = "Sun, 22 Nov 2026 10:00:00 GMT"
    internet.pages["/feed"] = feed('ETag: W/"1"', f"Last-Modified: {modified}")
    page = await ask(internet)
    assert isinstance(page, Page)
    assert page.validators == Validators('W/"1"', modified)
    internet.pages["/feed"] = response(b"", status="304 Not Modified", content_type=None)
    assert await ask(internet, validators=page.validators) == NotModified(FEED)
    assert "If-None-Match" not in internet.requests[0]
    assert 'If-None-Match: W/"1"\r\n' in internet.requests[1]
    assert f"If-Modified-Since: {modified}\r\n" in internet.requests[1]


async def test_a_site_that_says_unchanged_without_being_asked_is_in_error(
    internet: FakeInternet,
) -> None:
    internet.pages["/feed"] = response(b"", status="304 Not Modified")
    with pytest.raises(FetchError, match="http_error"):
        await ask(internet)


@pytest.mark.parametrize("etag", ['"\xfc"', '"\x1b[2J"', '"' + "x" * 600 + '"', ""])
async def test_a_validator_that_could_not_be_sent_back_is_left(
    internet: FakeInternet, etag: str
) -> None:
    internet.pages["/feed"] = feed(f"ETag: {etag}")
    page = await ask(internet)
    assert isinstance(page, Page)
    assert page.validators is None


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        (["301"], "/1"),
        (["308", "301"], "/2"),
        (["301", "302"], "/1"),
        (["302"], None),
        (["302", "301"], None),
        (["307", "308", "301"], None),
        ([], None),
    ],
)
async def test_a_move_is_permanent_as_far_as_every_hop_was(
    internet: FakeInternet, statuses: list[str], moved_to: str | None
) -> None:
    for hop, status in enumerate(statuses):
        internet.pages[f"/{hop}"] = redirect(f"/{hop + 1}", f"{status} Moved")
    internet.pages[f"/{len(statuses)}"] = feed()
    answer = await ask(internet, "http://public.test/0")
    assert answer.moved_permanently_to == (f"http://public.test{moved_to}" if moved_to else None)
    internet.pages[f"/{len(statuses)}"] = response(b"", status="304 Not Modified")
    unchanged = await ask(internet, "http://public.test/0", Validators('"1"'))
    assert unchanged == NotModified(
        f"http://public.test/{len(statuses)}", answer.moved_permanently_to
    )


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Sun, 22 Nov 2026 12:05:00 GMT", 300),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Sun, 22 Nov 2026 12:05:00 -0000", 300),
        ("9" * 4000, 7 * 86400),
        ("Wed, 22 Nov 2028 12:00:00 GMT", 7 * 86400),
        ("-1", None),
        ("soon", None),
        ("", None),
        ("\xb2", None),
    ],
)
async def test_a_site_may_say_when_to_come_again(
    internet: FakeInternet, status: int, stated: str, seconds: int | None
) -> None:
    internet.pages["/feed"] = response(b"", f"Retry-After: {stated}", status=f"{status} No")
    with pytest.raises(FetchError) as caught:
        await ask(internet)
    assert caught.value.details["status"] == status
    assert caught.value.details.get("retry_after") == seconds


async def test_only_a_site_that_is_busy_is_asked_when(internet: FakeInternet) -> None:
    internet.pages["/feed"] = response(b"", "Retry-After: 120", status="404 Not Found")
    with pytest.raises(FetchError) as caught:
        await ask(internet)
    assert caught.value.details == {"host": "public.test", "status": 404}


async def test_headers_on_rights_come_with_the_page_and_no_others(internet: FakeInternet) -> None:
    internet.pages["/feed"] = feed(
        "X-Robots-Tag: noai", "x-robots-tag: otherbot: none", "TDM-Reservation: 1", "Server: x"
    )
    page = await ask(internet)
    assert isinstance(page, Page)
    assert page.headers == {"x-robots-tag": "noai\notherbot: none", "tdm-reservation": "1"}


@pytest.mark.parametrize(
    "whole",
    [
        response(b"x" * 1001, content_type=None),
        response(b"x" * 1001, content_type="image/png"),
        CHUNKED + b"3e8\r\n" + b"x" * 1000 + b"\r\n" + b"3e8\r\n" + b"x" * 1000 + b"\r\n",
    ],
)
async def test_of_a_small_file_of_any_type_the_beginning_can_be_had(
    internet: FakeInternet, whole: bytes
) -> None:
    internet.pages["/"] = whole
    async with internet.fetcher() as fetcher:
        page = await fetcher.ask("http://public.test/", Wanted(ANY_TYPE, 1000, beginning=True))
    assert isinstance(page, Page)
    assert page.content == b"x" * 1000


async def test_every_address_on_the_way_is_judged_before_it_is_asked(
    internet: FakeInternet,
) -> None:
    internet.pages["/0"] = redirect("http://other.test/1")
    judged = []

    async def judge(url: str) -> None:
        judged.append((url, len(internet.requests)))
        if "other" in url:
            raise FetchError("robots_disallowed", host="other.test", rule="/")

    async with internet.fetcher() as fetcher:
        with pytest.raises(FetchError, match="robots_disallowed"):
            await fetcher.ask("http://public.test/0", Wanted(FEED_TYPES, 1000), judge)
    assert judged == [("http://public.test/0", 0), ("http://other.test/1", 1)]
    assert internet.paths == ["/0"]


async def test_a_site_that_breaks_off_is_not_asked_again_at_once(internet: FakeInternet) -> None:
    internet.pages["/feed"] = reset
    with pytest.raises(FetchError):
        await ask(internet)
    assert internet.paths == ["/feed"]
