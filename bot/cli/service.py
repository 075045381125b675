"""`beleg run`: the Discord bot, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys

from bot.cli import exits
from bot.cli.parts import Parts
from index.errors import SettingError
from index.lock import hold


def run(parts: Parts, _arguments: argparse.Namespace) -> int:
    """Serve Discord; Ctrl-C and SIGTERM end it cleanly."""
    token = parts.settings.read_token()
    if token is None:
        raise SettingError("token_missing")
    news = logging.StreamHandler(sys.stderr)
    news.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    news.setLevel(logging.INFO)
    root = logging.getLogger()
    level = root.level
    root.addHandler(news)
    root.setLevel(logging.INFO)
    try:
        with hold(parts.settings.data):
            asyncio.run(_serve(parts, token))
    finally:
        root.removeHandler(news)
        root.setLevel(level)
    return exits.DONE


async def _serve(parts: Parts, token: str) -> None:
    async with parts.desk() as desk:
        serving = asyncio.ensure_future(parts.serve(desk, token, directory=parts.settings.data))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, serving.cancel)
        await asyncio.wait([serving])
        if not serving.cancelled():
            serving.result()
