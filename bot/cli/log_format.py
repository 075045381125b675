"""How a line of the log is written, and what never stands in one: tokens, and what people wrote.

What we log ourselves holds numbers, codes and hosts. An error of somebody else's may carry any
text in its message, a question or a page: of those only the kind is told, and where it came up.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from copy import copy
from datetime import UTC, datetime

from index.errors import BelegError, ModelError, StoreError

# Errors of files and databases say what is wrong with the machine, and nothing of people.
_TELLING = (OSError, MemoryError, StoreError, ModelError)
_TELLING_MODULES = ("sqlite3",)
_WITHHELD = "(message withheld)"
# Tokens as Discord makes them: of a bot, and of an interaction within an address.
_SECRETS = (
    (re.compile(r"[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}"), "(token)"),
    (re.compile(r"((?:webhooks|interactions)/\d+/)[\w-]{10,}"), r"\1(token)"),
    (re.compile(r"(?i)\b((?:bot|bearer) )[\w.-]{16,}"), r"\1(token)"),
)


def without_secrets(text: str) -> str:
    """Return a text without anything that has the form of a token."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def message_of(error: BaseException) -> str:
    """Return what may be told of an error: of a foreign one its message is withheld."""
    if isinstance(error, BelegError) and not isinstance(error, _TELLING):
        return error.code
    if isinstance(error, _TELLING) or type(error).__module__ in _TELLING_MODULES:
        return str(error)
    return _WITHHELD if str(error) else ""


class LogFormat(logging.Formatter):
    """A line with the time, and below it the traceback, both without what is private."""

    def __init__(self) -> None:
        """Begin each line alike."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        bare = copy(record)
        bare.exc_text = None  # another handler may have written it in its own way
        return without_secrets(super().format(bare))

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's
        """Return the traceback: where, and what kind of error; no values, no foreign message."""
        error = ei[1] if isinstance(ei, tuple) else None
        if not isinstance(error, BaseException):
            return ""
        lines: list[str] = []
        for one in reversed(_chain(error)):
            frames = traceback.extract_tb(one.__traceback__)
            lines.append("Traceback (most recent call last):")
            lines += [line.rstrip() for line in traceback.format_list(frames)]
            told = message_of(one)
            lines.append(_kind(one) + (f": {told}" if told else ""))
        return "\n".join(lines)


class OneLine(LogFormat):
    """A line for each event; tracebacks stand in the log beside the articles."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without a traceback."""
        bare = copy(record)
        bare.exc_info = bare.exc_text = bare.stack_info = None
        return " ".join(super().format(bare).split())


class JsonLines(logging.Formatter):
    """An object for each event: time, level, logger, message; of an error its kind, code, place."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object in one line."""
        event: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": " ".join(without_secrets(record.getMessage()).split()),
        }
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if error is not None:
            event["error"] = _kind(error)
            if isinstance(error, BelegError):
                event["code"] = error.code
            elif told := message_of(error):
                event["reason"] = without_secrets(told)
            frames = traceback.extract_tb(error.__traceback__)
            if frames:
                event["at"] = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}"
        return json.dumps(event, ensure_ascii=False)


def line_format(form: str) -> logging.Formatter:
    """Return the formatter of the setting BELEG_LOG_FORMAT."""
    return JsonLines() if form == "json" else OneLine()


def _kind(error: BaseException) -> str:
    module = type(error).__module__
    return (
        type(error).__qualname__ if module == "builtins" else f"{module}.{type(error).__qualname__}"
    )


def _chain(error: BaseException) -> list[BaseException]:
    """Return an error and what it came of, the latest first."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found
