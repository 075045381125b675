"""What Discord did not take, by its kind: noted in the log and counted, for whoever looks later."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

import discord

_log = logging.getLogger(__name__)


class Trouble(StrEnum):
    """Why something did not reach Discord."""

    EXPIRED = "expired"
    UNKNOWN_INTERACTION = "unknown_interaction"
    ANSWERED_ALREADY = "answered_already"
    PERMISSION_WITHDRAWN = "permission_withdrawn"
    GONE = "gone"
    RATE_LIMITED = "rate_limited"
    OUTAGE = "outage"
    OTHER = "other"


_BY_CODE = {
    10015: Trouble.EXPIRED,  # Discord forgets the webhook of an interaction with its token
    50027: Trouble.EXPIRED,
    10062: Trouble.UNKNOWN_INTERACTION,
    40060: Trouble.ANSWERED_ALREADY,
    50001: Trouble.PERMISSION_WITHDRAWN,
    50013: Trouble.PERMISSION_WITHDRAWN,
    10003: Trouble.GONE,
    10004: Trouble.GONE,
    10008: Trouble.GONE,
}


class Counters:
    """How often each kind of trouble came since the start; no names, no content."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._counts: Counter[Trouble] = Counter()

    @property
    def counts(self) -> Mapping[Trouble, int]:
        """Return the counts of what has occurred."""
        return dict(self._counts)

    def note(self, error: BaseException) -> None:
        """Count an error of a request to Discord, and log it by its code."""
        self._counts[trouble_of(error)] += 1
        if isinstance(error, discord.HTTPException):
            _log.warning("Discord took no answer: status %s, code %s", error.status, error.code)
        else:
            _log.warning("Discord took no answer: %s", type(error).__name__)


def trouble_of(error: BaseException) -> Trouble:
    """Return the kind of an error."""
    if isinstance(error, discord.RateLimited):
        return Trouble.RATE_LIMITED
    if not isinstance(error, discord.HTTPException):
        return Trouble.OUTAGE
    if error.code in _BY_CODE:
        return _BY_CODE[error.code]
    if error.status == 429:  # noqa: PLR2004 - too many requests
        return Trouble.RATE_LIMITED
    return Trouble.OUTAGE if isinstance(error, discord.DiscordServerError) else Trouble.OTHER
