"""What systemd is told: ready, alive, stopping. Elsewhere nobody listens, and nothing is sent."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Mapping

_log = logging.getLogger(__name__)


class Supervisor:
    """The socket of sd_notify(3), of an environment that names one."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Take the environment in which the service was started."""
        address = environment.get("NOTIFY_SOCKET", "")
        # An "@" stands for the zero byte of an abstract name.
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        try:
            self._patience = int(environment.get("WATCHDOG_USEC", "0")) / 1e6
        except ValueError:
            self._patience = 0.0

    def tell(self, state: str) -> None:
        """Send a state such as "READY=1"; one that is not taken is no reason to end."""
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as out:
                out.sendto(state.encode(), self._address)
        except OSError as error:
            _log.warning("the supervisor does not listen: %s", error)

    async def keep_alive(
        self,
        is_well: Callable[[], bool],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Say in time, again and again, that the loop runs and all is well; until cancelled."""
        while self._patience > 0 and self._address:
            if is_well():
                self.tell("WATCHDOG=1")
            await sleep(self._patience / 2)
