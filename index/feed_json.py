"""JSON Feed 1 and 1.1."""

from __future__ import annotations

import json
from typing import Any

from index.feeds import MOST_ENTRIES, Feed, FeedEntry, FeedKind, make_entry, plain

_VERSION = "jsonfeed.org/version/"


def read_json(text: str, url: str) -> Feed | None:
    """Return the feed in a document, None where there is none."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match document:
        case {"version": str(version), "items": [*items]} if _VERSION in version:
            entries = (_entry(item, url) for item in items[: 10 * MOST_ENTRIES])
            found = [entry for entry in entries if entry is not None]
            title = plain(_string(document, "title") or "")
            return Feed(FeedKind.JSON, title, tuple(found[:MOST_ENTRIES]))
    return None


def _entry(item: object, url: str) -> FeedEntry | None:
    if not isinstance(item, dict):
        return None
    id_ = _string(item, "id")
    said = (_string(item, name) for name in ("summary", "content_text", "content_html"))
    return make_entry(
        url,
        id_=id_,
        url=_string(item, "url") or _string(item, "external_url") or _address(id_),
        title=_string(item, "title"),
        words=" ".join(filter(None, said)),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
    )


def _address(id_: str | None) -> str | None:
    return id_ if id_ and id_.startswith(("http://", "https://")) else None


def _string(item: dict[str, Any], name: str) -> str | None:
    value = item.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # ids of early feeds are numbers
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else None
