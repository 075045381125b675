"""What counts as the address of an article's page, whoever states it."""

from __future__ import annotations

from urllib.parse import urlsplit

from index.clean import clean_line


def is_web_address(text: str) -> bool:
    """Whether a text names a page: http or https and a host, nobody's name, nothing unseen."""
    try:
        parts = urlsplit(text)
        # `port` is read because only reading it says that it is no number, or too large.
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    # Not "user@host": it shows one name and leads to another, or gives a password away.
    good = parts.scheme.lower() in {"http", "https"} and named and "@" not in parts.netloc
    return good and clean_line(text) == text and " " not in text
