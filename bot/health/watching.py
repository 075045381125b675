"""All that watches over a running bot, put together."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from bot.desk import Desk
from bot.health.address import Address
from bot.health.endpoint import Health, serving
from bot.health.figures import Figures
from bot.health.gateway import GatewayWatch
from bot.health.loop_lag import keep_ticking
from bot.health.supervisor import Supervisor
from bot.health.survey import Survey, survey
from bot.timing import Timing

_log = logging.getLogger(__name__)

_SURVEY_S = 30.0
_LATEST_S = 300.0  # without a survey for so long, what it shows counts as unknown


class Watching:
    """Figures, health and the gateway's watch of one bot; `background` keeps them current."""

    def __init__(
        self,
        directory: Path,
        *,
        figures: Figures | None = None,
        gateway: GatewayWatch | None = None,
        supervisor: Supervisor | None = None,
        timing: Timing | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the data directory and, for tests, the parts; the clock runs evenly."""
        self.figures = figures or Figures()
        self.gateway = gateway or GatewayWatch()
        self._supervisor = supervisor or Supervisor({})
        self._directory = directory
        self._timing = timing or Timing()
        self._clock = clock
        self._survey = Survey()
        self._surveyed = clock()
        self._stopping = False
        self.troubles: Callable[[], Mapping[str, int]] = dict  # what Discord did not take
        self.latency: Callable[[], float] = float  # of the gateway's last heartbeat
        self.servers: Callable[[], int] = int

    def ready(self) -> None:
        """Note that the bot is logged in; the supervisor hears of it the first time."""
        self.gateway.began()
        if self.gateway.sessions == 1:
            self._supervisor.tell("READY=1")

    def stopping(self) -> None:
        """Note that the bot takes nothing on any more."""
        self._stopping = True
        self._supervisor.tell("STOPPING=1")

    def health(self) -> Health:
        """Return what is wrong now; quick, nothing is read."""
        troubles = []
        if self._survey.damaged:
            troubles.append("data")
        if self.gateway.silent:
            troubles.append("gateway")
        if self._hangs:
            troubles.append("survey")
        warnings = ("articles",) if self._survey.withheld else ()
        return Health(
            tuple(troubles), warnings, ready=self.gateway.connected and not self._stopping
        )

    @property
    def _hangs(self) -> bool:
        """Whether those who work beside the loop have not finished a look for long."""
        return self._clock() - self._surveyed > _LATEST_S

    def metrics(self) -> bytes:
        """Return all figures, those of this moment included."""
        figures, gateway = self.figures, self.gateway
        figures.set("gateway_connected", gateway.connected)
        figures.set("gateway_silence_seconds", gateway.silence)
        figures.set("gateway_latency_seconds", self.latency())
        figures.set("gateway_sessions", gateway.sessions)
        figures.set("servers", self.servers())
        figures.set("survey_age_seconds", self._clock() - self._surveyed)
        for kind, count in self.troubles().items():
            figures.trouble(kind, count)
        return figures.text()

    @asynccontextmanager
    async def background(
        self, desk: Desk, address: Address | None
    ) -> AsyncIterator[Address | None]:
        """Keep the figures current and answer at the address, until the block ends."""
        await self.look(desk)
        async with AsyncExitStack() as stack:
            for work in (
                keep_ticking(self.figures.lag),
                self._keep_looking(desk),
                # The gateway has a watch of its own; an outage of the network is not to be ended.
                self._supervisor.keep_alive(lambda: not self._hangs),
            ):
                await stack.enter_async_context(_running(work))
            where = None
            if address is not None:
                where = await stack.enter_async_context(
                    serving(address, self.health, self._metrics_of(desk))
                )
            yield where

    async def look(self, desk: Desk) -> None:
        """Survey the data directory now."""
        now = self._timing.clock()
        self._survey = await desk.survey(lambda library: survey(library, self._directory, now))
        self._surveyed = self._clock()
        self.figures.surveyed(self._survey)

    def _metrics_of(self, desk: Desk) -> Callable[[], bytes]:
        def metrics() -> bytes:
            self.figures.set("questions_waiting", desk.waiting)
            return self.metrics()

        return metrics

    async def _keep_looking(self, desk: Desk) -> None:
        while True:
            await self._timing.sleep(_SURVEY_S)
            try:
                await self.look(desk)
            except Exception:  # noqa: BLE001 - whatever it is: the bot goes on, and so does this
                _log.exception("the data directory could not be surveyed")


@asynccontextmanager
async def _running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
