"""Looks after one feed until it is killed; its address is the argument, time passes at once.

Each line on standard input starts another such process, as a copy of this one that has everything
imported already; its number is printed, and "gone" with its exit status when it has ended.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bot.answer import Answering
from bot.desk import Desk
from bot.feed_desk import FeedDesk
from bot.rank import shipped_weights
from bot.timing import Timing
from index.fetch import GuardedFetcher
from index.library import Library
from index.refresh import Intervals
from tests.fakes import HashingEmbedder
from tests.news_server import SimulatedTime


async def feed(directory: Path, url: str) -> None:
    time = SimulatedTime()
    library = Library(directory, HashingEmbedder())
    allowed = frozenset({urlsplit(url).netloc})
    async with (
        GuardedFetcher(user_agent="Beleg/test", allowed_hosts=allowed) as fetcher,
        Desk(library, fetcher, Answering(shipped_weights())) as desk,
    ):
        timing = Timing(time.clock, time.sleep, lambda: 0.0)
        feeds = FeedDesk(desk, intervals=Intervals(), most_at_first=100, timing=timing)
        if not await feeds.states("local"):
            await feeds.add("local", url, "ada")
        time.now += timedelta(days=1)
        while await feeds.due("local"):
            await feeds.refresh_due("local")
        await feeds.close()
    library.close()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(directory: Path, url: str) -> None:
    for _ in sys.stdin:
        process = os.fork()
        if not process:
            asyncio.run(feed(directory, url))
            os._exit(0)
        say(str(process))
        _, status = os.waitpid(process, 0)
        say(f"gone {status}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
