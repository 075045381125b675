"""Whether Discord's gateway still talks to us. A socket that is open proves nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable

from index.errors import BelegError

_log = logging.getLogger(__name__)

# discord.py gives a silent socket up after a minute by itself and connects anew. Where even that
# hangs, only a new process helps; together with the pause between looks it takes 115 seconds.
LONGEST_SILENCE_S = 105.0
_LOOK_S = 10.0


class GatewayWatch:
    """Hears of everything that comes from the gateway. By a clock that no one sets."""

    def __init__(
        self,
        longest: float = LONGEST_SILENCE_S,
        look: float = _LOOK_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take how many seconds of silence are borne, and how many pass between two looks."""
        self._longest = longest
        self._look = look
        self._clock = clock
        self._heard: float | None = None
        self.connected = False
        self.sessions = 0

    def heard(self) -> None:
        """Note that something came, be it an acknowledged heartbeat."""
        self._heard = self._clock()

    def began(self) -> None:
        """Note a login or a resumed session."""
        self.heard()
        self.connected = True
        self.sessions += 1

    def lost(self) -> None:
        """Note that the connection is gone and being made anew."""
        self.connected = False

    @property
    def silence(self) -> float:
        """For how many seconds nothing has come; 0 before the first word."""
        return 0.0 if self._heard is None else self._clock() - self._heard

    @property
    def silent(self) -> bool:
        """Whether the silence has lasted too long."""
        return self.silence > self._longest

    async def keep(
        self, is_open: Callable[[], bool], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        """Raise BelegError("gateway_silent") once an open connection has been silent too long.

        While none is open, discord.py is trying to make one, and a new process would do no better.
        """
        while True:
            await sleep(self._look)
            if self.silent and is_open():
                _log.error("Discord's gateway has said nothing for %.0f s", self.silence)
                raise BelegError("gateway_silent", seconds=round(self.silence))
