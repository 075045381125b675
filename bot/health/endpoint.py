"""The address where whoever watches over the bot asks how it is: /healthz, /readyz, /metrics."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.health.address import Address

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong, by short words such as "data" and "gateway"; nothing where all is well.

    With `warnings` it works all the same.
    """

    troubles: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    ready: bool = True


@asynccontextmanager
async def serving(
    address: Address, health: Callable[[], Health], metrics: Callable[[], bytes]
) -> AsyncIterator[Address | None]:
    """Answer at an address until the block ends; yield where that is, None where it cannot be.

    Port 0 takes any that is free. An address that is taken keeps the bot from nothing.
    """

    async def healthz(_: web.Request) -> web.Response:
        found = health()
        told = {
            "status": "broken" if found.troubles else "ok",
            "troubles": found.troubles,
            "warnings": found.warnings,
        }
        return _json(told, not found.troubles)

    async def readyz(_: web.Request) -> web.Response:
        ready = health().ready
        return _json({"ready": ready}, ready)

    async def metrics_page(_: web.Request) -> web.Response:
        return web.Response(body=metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", metrics_page)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, address.host, address.port).start()
        except OSError as error:
            _log.warning("nobody can ask at %s how the bot is: %s", address, error.strerror)
            yield None
        else:
            host, port, *_ = runner.addresses[0]
            yield Address(host, port)
    finally:
        await runner.cleanup()


def _json(value: object, good: bool) -> web.Response:
    return web.Response(
        text=json.dumps(value), status=200 if good else 503, content_type="application/json"
    )
