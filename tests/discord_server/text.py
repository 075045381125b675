"""How Discord counts a text, and the errors for a wrong length."""

from __future__ import annotations

from tests.discord_server.errors import FieldError


def length(text: str) -> int:
    """Return the number of UTF-16 units after trimming."""
    return len(text.strip().encode("utf-16-le", "surrogatepass")) // 2


def too_long(path: str, text: object, limit: int) -> list[FieldError]:
    """Return an error if the text is longer than the limit. None has no length."""
    if text is None or length(str(text)) <= limit:
        return []
    reason = f"Must be {limit} or fewer in length."
    return [FieldError(path, "BASE_TYPE_MAX_LENGTH", reason)]


def wrong_length(path: str, text: object, least: int, most: int) -> list[FieldError]:
    """Return an error if the text is missing or its length lies outside the limits."""
    if not isinstance(text, str):
        return [FieldError(path, "BASE_TYPE_REQUIRED", "This field is required")]
    if least <= length(text) <= most:
        return []
    reason = f"Must be between {least} and {most} in length."
    return [FieldError(path, "BASE_TYPE_BAD_LENGTH", reason)]
