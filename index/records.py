"""Records of a JSON-lines file to articles: nothing is guessed, a wrong record is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from index.clean import clean_line, clean_text
from index.errors import ExtractionError
from index.headline import headline_of
from index.types import LONGEST_TEXT, Article, DateOrigin, Published
from index.web_address import is_web_address


def article_from_record(record: Mapping[str, object], fetched: datetime) -> Article:
    """Read id, text, title, url, outlet, published, updated (ISO 8601); others are ignored.

    Only `text` is required, and its words stay as they are but for cleaning. Raise
    ExtractionError where a value is missing or makes no sense; its details name the field.
    """
    if not isinstance(record, Mapping):
        raise ExtractionError("record_not_object")
    raw = _string(record, "text") or ""
    if len(raw) > LONGEST_TEXT:
        raise ExtractionError("article_too_long", limit=LONGEST_TEXT)
    text = clean_text(raw)
    if not any(character.isalnum() for character in text):
        raise ExtractionError("record_without_text", record=_name(record))
    outlet = clean_line(_string(record, "outlet") or "") or None
    return Article(
        title=clean_line(_string(record, "title") or "") or headline_of(text),
        text=text,
        fetched=fetched,
        url=_url(record),
        outlet=outlet,
        outlet_given=outlet is not None,
        published=_moment(record, "published"),
        updated=_moment(record, "updated"),
        source_id=_identifier(record),
    )


def _name(record: Mapping[str, object]) -> str:
    """Say what to call the record in a message."""
    for field in ("id", "title"):
        value = record.get(field)
        if isinstance(value, str | int) and str(value).strip():
            return clean_line(str(value))[:60]
    return "?"


def _string(record: Mapping[str, object], field: str) -> str | None:
    value = record.get(field)
    if value is not None and not isinstance(value, str):
        raise ExtractionError("record_wrong_type", record=_name(record), field=field)
    return value


def _identifier(record: Mapping[str, object]) -> str | None:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return clean_line(_string(record, "id") or "") or None


def _url(record: Mapping[str, object]) -> str | None:
    url = (_string(record, "url") or "").strip()
    if not url:
        return None
    if not is_web_address(url):
        raise ExtractionError("record_bad_url", record=_name(record))
    return url


def _moment(record: Mapping[str, object], field: str) -> Published | None:
    stated = (_string(record, field) or "").strip()
    if not stated:
        return None
    try:
        return Published.parse(stated, DateOrigin.METADATA)
    except ValueError as error:
        raise ExtractionError("record_bad_date", record=_name(record), date=stated[:40]) from error
