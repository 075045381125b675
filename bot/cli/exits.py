"""Exit codes, as `beleg --help` lists them."""

from __future__ import annotations

from index.errors import (
    BelegError,
    ModelError,
    NotFoundError,
    QuestionError,
    SettingError,
    StoreError,
)

DONE = 0
REFUSED = 1
USAGE = 2
NOT_ANSWERED = 3
DISCORD_REFUSED = 4
DATA_UNUSABLE = 5
FAULT = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130
PIPE_CLOSED = 141

_DISCORD = {"token_missing", "token_refused", "token_file_unreadable", "intents_missing"}


def exit_code(error: BelegError) -> int:
    """Return the exit code for an error that ended a command."""
    if error.code in _DISCORD:
        return DISCORD_REFUSED
    match error:
        case SettingError() | QuestionError():
            return USAGE
        case NotFoundError():
            return REFUSED
        case StoreError() | ModelError():
            return DATA_UNUSABLE
    return REFUSED
