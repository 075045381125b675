"""When to ask a feed again, and when a page: decisions only, by figures that are passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from index.errors import ReservedError, SourceError

_JITTER = 0.1
_FIRST_INTERVAL = timedelta(hours=1)
_LONGEST_WAIT = timedelta(days=7)
# A page that cannot be read: late enough for an outage of days to be over.
_RETRIES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=48),
)
_RECHECK = timedelta(hours=1)
_GONE = 410
_SERVER_ERRORS = 500
_TOO_MANY = 429
# What befalls a whole host, so that its other pages need not be tried as well.
_OUTAGES = frozenset(
    {"connection_failed", "dns_failed", "robots_unreachable", "timeout", "tls_failed"}
)


@dataclass(frozen=True, slots=True)
class Intervals:
    """Between which bounds the time from one look at a feed to the next may lie."""

    shortest: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=24)

    def __post_init__(self) -> None:
        """Refuse bounds between which nothing lies."""
        if not timedelta(minutes=1) <= self.shortest <= self.longest:
            raise ValueError("the shortest interval is a minute at least, the longest no shorter")

    @property
    def first(self) -> timedelta:
        """The interval of a feed of which nothing is known."""
        return self.within(_FIRST_INTERVAL)

    def within(self, interval: timedelta) -> timedelta:
        """Return the interval, moved between the bounds."""
        return max(self.shortest, min(interval, self.longest))

    def after_success(
        self, interval: timedelta, *, has_news: bool, minutes: int | None = None
    ) -> timedelta:
        """Return the next interval: shorter where there was news, longer where there was none.

        `minutes` is what the feed itself asks for as the least.
        """
        wanted = timedelta(minutes=minutes or 0)
        return self.within(max(wanted, interval / 2 if has_news else interval * 1.5))

    def after_failure(
        self, interval: timedelta, failures: int, retry_after: int | None = None
    ) -> timedelta:
        """Return how long to leave a feed alone after so many failures in a row (1 or more).

        `retry_after` is what the site asked for, in seconds; it counts even beyond the longest.
        """
        doubled = min(interval * 2 ** min(failures - 1, 20), _LONGEST_WAIT)
        asked = timedelta(seconds=retry_after or 0)
        return max(self.within(doubled), min(asked, _LONGEST_WAIT))


def jittered(pause: timedelta, chance: float) -> timedelta:
    """Return up to a tenth more, so that feeds do not fall into step; `chance` is 0 to 1."""
    return pause * (1 + _JITTER * chance)


def retry_page(attempts: int, error: SourceError) -> timedelta | None:
    """Return when to try a page again after so many attempts in vain, None for never."""
    if isinstance(error, ReservedError) or error.details.get("status") == _GONE:
        return None
    return _RETRIES[attempts - 1] if attempts <= len(_RETRIES) else None


def recheck_page(unchanged: int) -> timedelta:
    """Return how long to wait with a page that a feed calls changed, and that was not so often."""
    return min(_RECHECK * 2 ** min(unchanged - 1, 20), _LONGEST_WAIT) if unchanged else timedelta(0)


def is_gone(error: SourceError) -> bool:
    """Whether a site says that a feed will not come back."""
    return error.details.get("status") == _GONE


def is_outage(error: SourceError) -> bool:
    """Whether an error says nothing about the page but that its host has trouble or had enough."""
    status = error.details.get("status")
    busy = isinstance(status, int) and (status >= _SERVER_ERRORS or status == _TOO_MANY)
    broken_off = error.code == "http_error" and status is None
    return busy or broken_off or error.code in _OUTAGES


# A clock that was ahead and was set back has left moments that nobody would live to see.
_FAR_OFF = timedelta(days=60)
_LONGEST_ASKED = 30 * 24 * 3600


def bounds(now: datetime) -> tuple[datetime, datetime]:
    """Return the moments between which nothing is due yet."""
    return now, now + _FAR_OFF


def is_due(moment: datetime, now: datetime) -> bool:
    """Whether what was put off until a moment is to be done."""
    begin, end = bounds(now)
    return not begin < moment <= end


def retry_after(error: SourceError) -> int | None:
    """Return for how many seconds a site asked to be left alone, a month at most."""
    seconds = error.details.get("retry_after")
    return min(seconds, _LONGEST_ASKED) if isinstance(seconds, int) else None
