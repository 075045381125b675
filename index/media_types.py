"""Which media types are asked for, and which are taken."""

from __future__ import annotations

from pathlib import PurePosixPath

from index.file_types import DOCX, MAIL, MARKDOWN, PDF

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
FEED_TYPES = frozenset(
    {
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "application/rdf+xml",
        "application/rss+xml",
        "application/xml",
        "text/xml",
    }
)
# Sitemaps come packed as files, too, which is not the packing of a response.
PACKED_FEED_TYPES = frozenset({"application/gzip", "application/x-gzip"})
_OF_ANYTHING = "application/octet-stream"
ATTACHMENT_TYPES = PAGE_TYPES | {DOCX, MAIL, MARKDOWN, PDF}
# For small files at a fixed place, which sites label as they like, or not at all.
ANY_TYPE = frozenset({"*/*"})

_OF_NAME = {".docx": DOCX, ".eml": MAIL, ".md": MARKDOWN, ".pdf": PDF}


def feed_types_at(url: str) -> frozenset[str]:
    """Return the media types of a feed at an address, or of a page that names one."""
    path = url.partition("#")[0].partition("?")[0]
    types = FEED_TYPES | PACKED_FEED_TYPES | PAGE_TYPES
    return types | {_OF_ANYTHING} if path.lower().endswith(".gz") else types


def is_feed_type(media_type: str) -> bool:
    """Whether no page comes as this."""
    return media_type in FEED_TYPES | PACKED_FEED_TYPES | {_OF_ANYTHING}


def types_at(url: str) -> frozenset[str]:
    """Return the media types of an article at an address: a page, or the file that it names."""
    path = url.partition("#")[0].partition("?")[0]  # not checked yet: parsers may choke on it
    named = _OF_NAME.get(PurePosixPath(path).suffix.lower())
    return PAGE_TYPES if named is None else PAGE_TYPES | {named}
