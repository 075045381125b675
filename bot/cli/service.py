"""`beleg run`: the Discord bot, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from copy import copy
from datetime import timedelta

from bot.cli import exits
from bot.cli.parts import Parts
from bot.desk import Desk
from bot.feed_desk import FeedDesk
from bot.installation import installation_of
from bot.retention import keep_tidy
from index.errors import SettingError
from index.lock import hold


def run(parts: Parts, _arguments: argparse.Namespace) -> int:
    """Serve Discord; Ctrl-C and SIGTERM end it cleanly."""
    token = parts.settings.read_token()
    if token is None:
        raise SettingError("token_missing")
    with _news_on_standard_error(), hold(parts.settings.data):
        asyncio.run(_serve(parts, token))
    return exits.DONE


async def _serve(parts: Parts, token: str) -> None:
    async with parts.desk() as desk, parts.feeds(desk) as feeds:
        # Before the connection: loading holds up the event loop, and Discord would notice.
        await desk.prepare()
        settings = parts.settings
        bot = parts.serve(
            desk,
            token,
            directory=settings.data,
            feeds=feeds,
            installation=installation_of(settings),
        )
        serving = asyncio.ensure_future(bot)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, serving.cancel)
        async with _feeds_kept_fresh(parts, feeds), _kept_tidy(parts, desk):
            await asyncio.wait([serving])
        if not serving.cancelled():
            serving.result()


@asynccontextmanager
async def _feeds_kept_fresh(parts: Parts, feeds: FeedDesk) -> AsyncIterator[None]:
    """Look after feeds in the background for as long as the bot runs."""
    if not parts.settings.feeds:
        yield
        return
    keeping = asyncio.create_task(feeds.keep_fresh())
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])


@asynccontextmanager
async def _kept_tidy(parts: Parts, desk: Desk) -> AsyncIterator[None]:
    """Delete in the background what is kept only for a while."""
    keep_left = timedelta(days=parts.settings.keep_left)
    tidying = asyncio.create_task(keep_tidy(desk, parts.timing, keep_left))
    try:
        yield
    finally:
        tidying.cancel()
        await asyncio.wait([tidying])


class _OneLine(logging.Formatter):
    """A line for each event; tracebacks stand in the log beside the articles."""

    def format(self, record: logging.LogRecord) -> str:
        bare = copy(record)
        bare.exc_info = bare.exc_text = bare.stack_info = None
        return " ".join(super().format(bare).split())


def _matters(record: logging.LogRecord) -> bool:
    """Pass over discord.py's remark that voice needs more packages: Beleg has no voice."""
    return "voice will NOT be supported" not in record.getMessage()


@contextmanager
def _news_on_standard_error() -> Iterator[None]:
    """Let the service's keeper (systemd, Docker) read along: connections, outages, refusals."""
    news = logging.StreamHandler(sys.stderr)
    news.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
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
