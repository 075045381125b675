"""Feeds read in a process of their own: a hostile one can hang or kill only that."""

from __future__ import annotations

import json
import logging
import pickle
import re
from dataclasses import asdict, replace
from urllib.parse import urlsplit

from index.body import BadEncodingError, Body, TooLargeError
from index.errors import FeedError, FetchError
from index.feeds import Feed, FeedEntry, FeedKind, FeedLink
from index.limited_process import LimitedProcess, Limits
from index.types import DateOrigin, Page, Published

_log = logging.getLogger(__name__)

LIMITS = Limits(
    memory=512 * 1024**2,
    cpu_seconds=10,
    wall_seconds=20.0,  # more: the machine may have other work
    idle_seconds=60.0,
)
LARGEST_FEED = 10 * 1024 * 1024  # bytes, unpacked
_PACKED = b"\x1f\x8b"  # how gzip begins
_FUNCTION = "index.feed_reading:answer"
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_END_OF_SITEMAP = re.compile(r"</(?:\w+:)?(?:urlset|sitemapindex)\s*>\s*\Z")


class FeedReader:
    """Reads feeds one by one; safe to call from several threads."""

    def __init__(self, limits: Limits = LIMITS, function: str = _FUNCTION) -> None:
        """Take the limits; `function` is another one in tests of what a feed can do."""
        self._process = LimitedProcess(function, limits)

    def read(self, page: Page) -> Feed:
        """Return the feed in what was fetched.

        FeedError "no_feed" where it is none: its `feeds` are the addresses and titles of those that
        the page names. "feed_too_slow" or "feed_breaks_parser" where it hung or killed the process.
        """
        host = urlsplit(page.url or "").hostname or page.source
        try:
            answered = self._process.call(pickle.dumps(_unpacked(page, host)))
        except TimeoutError as error:
            raise FeedError("feed_too_slow", host=host) from error
        except ChildProcessError as error:
            raise FeedError("feed_breaks_parser", host=host) from error
        try:
            found = _found(json.loads(answered))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise FeedError("feed_breaks_parser", host=host) from error
        if isinstance(found, Feed):
            return found
        raise FeedError("no_feed", host=host, feeds=[[link.url, link.title] for link in found])

    def close(self) -> None:
        """End the process."""
        self._process.close()


def _unpacked(page: Page, host: str) -> Page:
    """Return a feed that was packed as a file (.xml.gz) as it was before."""
    if not page.content.startswith(_PACKED):
        return page
    body = Body(LARGEST_FEED, gzipped=True)
    try:
        body.feed(page.content)
        return replace(page, content=body.finish())
    except TooLargeError as error:
        raise FetchError("too_large", host=host) from error
    except BadEncodingError as error:
        raise FetchError("bad_encoding", host=host) from error


def read_page(page: Page) -> Feed | tuple[FeedLink, ...]:
    """Return the feed in a page, or the feeds that it names where it is none."""
    from index.decode import decode  # noqa: PLC0415 - only the limited process needs them
    from index.feed_json import read_json  # noqa: PLC0415
    from index.feed_links import find_feed_links  # noqa: PLC0415
    from index.feed_xml import read_xml  # noqa: PLC0415

    declared = page.charset or _declared(page.content)
    text = decode(page.content, declared).lstrip("\ufeff \t\r\n")
    url = page.url or ""
    # By what it is: feeds come under every media type that there is.
    if _HTML.match(text[:20_000]):
        return find_feed_links(text, url)
    feed = read_json(text, url) if text.startswith("{") else read_xml(text, url)
    if feed is not None and (feed.entries or feed.parts or feed.title or _is_whole(text)):
        return feed
    return find_feed_links(text, url) if feed is None else ()


def answer(request: bytes) -> bytes:
    """Read the page of a request; values, not objects, since the answer is not to be trusted."""
    found = read_page(pickle.loads(request))  # noqa: S301 - from whom this process trusts
    if isinstance(found, Feed):
        return json.dumps({"feed": asdict(found)}, default=_text).encode()
    return json.dumps({"links": [asdict(link) for link in found]}).encode()


def _text(value: object) -> str:
    return str(value)


def _found(read: object) -> Feed | tuple[FeedLink, ...]:
    match read:
        case {"links": [*links]}:
            return tuple(FeedLink(str(link["url"]), str(link["title"])) for link in links)
        case {
            "feed": {
                "kind": kind,
                "title": title,
                "entries": [*entries],
                "parts": [*parts],
                "minutes": int() | None as minutes,
            }
        }:
            return Feed(
                FeedKind(kind),
                str(title),
                tuple(map(_entry, entries)),
                tuple(map(str, parts)),
                minutes,
            )
    raise ValueError("not an answer")


def _entry(read: dict[str, object]) -> FeedEntry:
    id_, published, updated = (read[name] for name in ("id", "published", "updated"))
    return FeedEntry(
        id=None if id_ is None else str(id_),
        url=str(read["url"]),
        title=str(read["title"]),
        published=_published(published),
        updated=_published(updated),
        summary=str(read["summary"]),
        digest=str(read["digest"]),
    )


def _published(read: object) -> Published | None:
    match read:
        case {"day": str(day), "moment": moment}:
            return Published.parse(str(moment or day).replace(" ", "T"), DateOrigin.FEED)
    return None


def _declared(content: bytes) -> str | None:
    found = re.match(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", content[:400])
    return found[1].decode("ascii", "replace") if found else None


def _is_whole(text: str) -> bool:
    """Whether a sitemap without an entry has nothing to say rather than broke off."""
    return _END_OF_SITEMAP.search(text[-200:]) is not None
