"""What a site has answered: its head judged, its body read within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from index.body import BadEncodingError, Body, TooLargeError
from index.errors import FetchError
from index.media_types import ANY_TYPE
from index.types import NotModified, Page, Validators
from index.urls import Target

# What a site states in them belongs to the page; the rest of a head is between us and the site.
RIGHTS_HEADERS = ("content-usage", "tdm-policy", "tdm-reservation", "x-robots-tag")

_OK = 200
_NOT_MODIFIED = 304
_TOO_MANY = 429
_UNAVAILABLE = 503
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.ASCII | re.IGNORECASE)
# A few bytes in these may be gigabytes. Nobody asked for them, so nobody unpacks them to see.
_BOUNDLESS = (["br"], ["zstd"])
_LONGEST_VALIDATOR = 500
_LONGEST_WAIT = 7 * 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: media types, bytes, and what is known of it already."""

    accept: frozenset[str]
    limit: int
    validators: Validators | None = None
    beginning: bool = False  # of what is longer, its first bytes instead of an error

    def request_headers(self) -> dict[str, str]:
        """Return the headers that say so."""
        headers = {"Accept": ", ".join(sorted(self.accept)), "Accept-Encoding": "gzip"}
        if self.validators is not None:
            if self.validators.etag is not None:
                headers["If-None-Match"] = self.validators.etag
            if self.validators.last_modified is not None:
                headers["If-Modified-Since"] = self.validators.last_modified
        return headers


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where a site sends us, not checked yet."""

    location: str
    permanent: bool


async def read_response(
    response: aiohttp.ClientResponse, target: Target, wanted: Wanted, now: datetime
) -> Page | NotModified | Redirect:
    """Judge the head of a response, then read its body; FetchError where it is no page."""
    host = target.host
    location = response.headers.get("Location", "")
    if response.status in _REDIRECTS and location:
        return Redirect(location, response.status in _PERMANENT)
    unchanged = response.status == _NOT_MODIFIED and wanted.validators is not None
    if response.status != _OK and not unchanged:
        raise FetchError("http_error", host=host, **_status(response, now))
    if unchanged:
        return NotModified(target.text)
    gzipped = _is_gzipped(response, host)
    # Not `response.content_type`: it takes a value that it cannot read for plain text.
    declared = {value.partition(";")[0].strip() for value in _values(response, "Content-Type")}
    if wanted.accept != ANY_TYPE and (len(declared) != 1 or not declared <= wanted.accept):
        raise FetchError("bad_content_type", host=host)
    return Page(
        content=await _content(response, host, wanted, gzipped=gzipped),
        media_type=min(declared, default=""),
        charset=_charset(response.headers.get("Content-Type", "")),
        url=target.text,
        source=target.text,
        validators=_validators(response),
        headers=_rights_headers(response),
    )


async def _content(
    response: aiohttp.ClientResponse, host: str, wanted: Wanted, *, gzipped: bool
) -> bytes:
    if (response.content_length or 0) > wanted.limit and not wanted.beginning:
        raise FetchError("too_large", host=host)
    body = Body(wanted.limit, gzipped=gzipped)
    try:
        async for chunk in response.content.iter_any():
            body.feed(chunk)
        return body.finish()
    except TooLargeError as error:
        if wanted.beginning:
            return body.beginning()
        raise FetchError("too_large", host=host) from error
    except BadEncodingError as error:
        raise FetchError("bad_encoding", host=host) from error


def _rights_headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    return {
        name: "\n".join(response.headers.getall(name))
        for name in RIGHTS_HEADERS
        if name in response.headers
    }


def _status(response: aiohttp.ClientResponse, now: datetime) -> dict[str, int]:
    details = {"status": response.status}
    if response.status in {_TOO_MANY, _UNAVAILABLE}:
        seconds = _retry_after(response.headers.get("Retry-After", "").strip(), now)
        if seconds is not None:
            details["retry_after"] = seconds
    return details


def _retry_after(stated: str, now: datetime) -> int | None:
    """Read seconds or a moment; of what is further away than a week, a week."""
    if stated.isascii() and stated.isdecimal():
        return min(int(stated[:_LONGEST_VALIDATOR]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(stated)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0, round((moment - now).total_seconds())), _LONGEST_WAIT)


def _validators(response: aiohttp.ClientResponse) -> Validators | None:
    etag, modified = (_sendable(response, name) for name in ("ETag", "Last-Modified"))
    return Validators(etag, modified) if etag or modified else None


def _sendable(response: aiohttp.ClientResponse, name: str) -> str | None:
    """Return a header that may be sent back as it came."""
    value = response.headers.get(name, "").strip()
    good = 0 < len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    return value if good else None


def _is_gzipped(response: aiohttp.ClientResponse, host: str) -> bool:
    """Say whether the body is packed; FetchError for encodings that nobody asked for."""
    encodings = _values(response, "Content-Encoding")
    if encodings in _BOUNDLESS:
        raise FetchError("too_large", host=host)
    if encodings not in ([], ["identity"], ["gzip"], ["x-gzip"]):
        raise FetchError("bad_encoding", host=host)
    # aiohttp undoes "chunked" and hands on whatever else was done to the body.
    if _values(response, "Transfer-Encoding") not in ([], ["chunked"]):
        raise FetchError("bad_encoding", host=host)
    return encodings in (["gzip"], ["x-gzip"])


def _values(response: aiohttp.ClientResponse, name: str) -> list[str]:
    """Return the values of a header in lower case, whether in one line or in several."""
    lines = ",".join(response.headers.getall(name, []))
    return [value for value in map(str.strip, lines.lower().split(",")) if value]


def _charset(content_type: str) -> str | None:
    """Read the declared charset; `aiohttp` hands odd ones on as other things than text."""
    match = _CHARSET.search(content_type)
    return match[1] if match else None
