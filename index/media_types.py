"""Which media types are asked for, and which are taken."""

from __future__ import annotations

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
ATTACHMENT_TYPES = PAGE_TYPES | {
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "message/rfc822",
    "text/markdown",
}
# For small files at a fixed place, which sites label as they like, or not at all.
ANY_TYPE = frozenset({"*/*"})
