"""What the operating system says of a failure, in the words of a person's language."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

from bot.language.sentences import say
from bot.types import Language

# The sentence under [system] for each of its own; any other is told as the system has it.
_KEYS = {
    errno.ENOENT: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EISDIR: "directory",
    errno.ENOTDIR: "no_directory",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EIO: "disk_error",
    errno.EMFILE: "too_many_open",
    errno.ENFILE: "too_many_open",
    errno.ENAMETOOLONG: "long_name",
    errno.ELOOP: "circle",
}
_BY_TEXT = {os.strerror(number): f"system.{key}" for number, key in _KEYS.items()}


def in_words(language: Language, values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a sentence, its reason put in that language where the system gave it."""
    reason = values.get("reason")
    if not isinstance(reason, str) or reason not in _BY_TEXT:
        return dict(values)
    return {**values, "reason": say(language, _BY_TEXT[reason])}
