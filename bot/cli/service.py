"""`beleg run`: the Discord bot, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from bot.cli import exits
from bot.cli.log_format import line_format
from bot.cli.parts import Parts
from bot.cli.serving import serving
from bot.installation import installation_of
from bot.retention import keep_tidy
from index.errors import SettingError

_log = logging.getLogger(__name__)

# A page that is being read or a question that takes ages does not keep a service from ending:
# what was committed is safe. Supervisors kill after ten seconds themselves.
_LONGEST_END_S = 9.5


def run(parts: Parts, _arguments: argparse.Namespace) -> int:
    """Serve Discord; Ctrl-C and SIGTERM end it cleanly."""
    token = parts.settings.read_token()
    if token is None:
        raise SettingError("token_missing")
    with _news_on_standard_error(parts.settings.log_format), serving(parts.settings.data):
        asyncio.run(_serve(parts, token))
    return exits.DONE


async def _serve(parts: Parts, token: str) -> None:
    # Only here: other commands need not wait for these libraries.
    from bot.health.figures import Figures  # noqa: PLC0415
    from bot.health.supervisor import Supervisor  # noqa: PLC0415
    from bot.health.watching import Watching  # noqa: PLC0415

    settings = parts.settings
    figures = Figures()
    watching = Watching(
        settings.data,
        figures=figures,
        supervisor=Supervisor(os.environ),
        timing=parts.timing,
    )
    async with parts.desk(figures) as desk, parts.feeds(desk) as feeds:
        # Before the connection: loading holds up the event loop, and Discord would notice.
        await desk.prepare()
        async with watching.background(desk, settings.health):
            bot = parts.serve(
                desk,
                token,
                directory=settings.data,
                feeds=feeds,
                installation=installation_of(settings),
                watching=watching,
            )
            keep_left = timedelta(days=settings.keep_left)
            keep_articles = timedelta(days=settings.keep_articles) or None
            beside = [keep_tidy(desk, parts.timing, keep_left, keep_articles)]
            if settings.feeds:
                beside.append(feeds.keep_fresh())
            serving = asyncio.ensure_future(bot)
            with _ending_on_a_signal(serving, beside):
                await asyncio.wait([serving])
        if not serving.cancelled():
            serving.result()


@contextmanager
def _ending_on_a_signal(
    serving: asyncio.Future[None], beside: Sequence[Coroutine[Any, Any, None]]
) -> Iterator[None]:
    """Do some work beside the bot until it ends or a signal comes, which ends all of it in time."""
    loop = asyncio.get_running_loop()
    tasks = [loop.create_task(work) for work in beside]
    at_last = threading.Timer(_LONGEST_END_S, _leave)
    at_last.daemon = True

    def stop() -> None:
        if not at_last.is_alive():
            at_last.start()
        # Feeds take nothing on any more: each page is committed by itself, the rest waits.
        for task in (*tasks, serving):
            task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


def _leave() -> None:
    """End the process though something still works; what was acknowledged is on the disk."""
    _log.warning("some work has not ended in time and was left")
    logging.shutdown()
    os._exit(exits.DONE)


def _matters(record: logging.LogRecord) -> bool:
    """Pass over discord.py's remark that voice needs more packages: Beleg has no voice."""
    return "voice will NOT be supported" not in record.getMessage()


@contextmanager
def _news_on_standard_error(form: str) -> Iterator[None]:
    """Let the service's keeper (systemd, Docker) read along: connections, outages, refusals."""
    news = logging.StreamHandler(sys.stderr)
    news.setFormatter(line_format(form))
    root, discord = logging.getLogger(), logging.getLogger("discord.client")
    level = root.level
    root.addHandler(news)
    root.setLevel(logging.INFO)
    discord.addFilter(_matters)
    try:
        yield
    finally:
        discord.removeFilter(_matters)
        root.removeHandler(news)
        root.setLevel(level)
