"""Let a Beleg work for a while and see whether it wears: `python -m tests.soak --minutes 20`.

`beleg run` is a process of its own, with the model that ships, at the Discord double. People of
four servers ask 10,000 questions meanwhile, and administrators add 2,000 articles as files, and
remove as many once each server has its stock, so that what is kept stays the same and memory has no
reason to grow. Memory and open files are those that the kernel states; how late the loop was, and
what failed, Beleg tells itself at /metrics.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from discord import Permissions
from prometheus_client.parser import text_string_to_metric_families

from tests.beleg_process import running_beleg
from tests.bench_crowd import ASKED
from tests.bench_figures import quantile
from tests.discord_server import Channel, DiscordServer, Exchange, Member
from tests.discord_server.model import Upload
from tests.machine import cores
from tests.prose import as_page, make_article

QUESTIONS, INGESTS = 10_000, 2_000
SERVERS, PEOPLE, STOCK = 4, 400, 40
SETTLED_AFTER = 0.25  # of the time: until then memory may grow, as caches fill
_SAMPLE_S = 2.0
_PLACES = ("Alten", "Birken", "Eichen", "Falken", "Grün", "Hohen", "Linden", "Mühl")
_ENDS = ("au", "bach", "berg", "brunn", "burg", "feld", "furt", "hausen", "see", "tal")


@dataclass(frozen=True, slots=True)
class Sample:
    """What was seen at a moment."""

    at: float  # seconds since the start
    rss: float  # MiB
    files: int  # and pipes, without sockets
    sockets: int  # to Discord: as many as were needed at once stay open for more
    threads: int


@dataclass(slots=True)
class Course:
    """All that was seen, and what people have waited."""

    samples: list[Sample] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    unanswered: int = 0
    added: int = 0
    removed: int = 0
    refused: int = 0


def sample_of(pid: int, since: float) -> Sample:
    """Look at a process."""
    root = Path(f"/proc/{pid}")
    values = dict(
        line.split(":", 1) for line in (root / "status").read_text().splitlines() if ":" in line
    )
    rss = int(values["VmRSS"].split()[0]) / 1024
    opened = [str(one.readlink()) for one in (root / "fd").iterdir() if one.is_symlink()]
    sockets = sum(one.startswith("socket:") for one in opened)
    at = time.monotonic() - since
    return Sample(at, rss, len(opened) - sockets, sockets, int(values["Threads"]))


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the growth of the second values a minute, by least squares; the first are seconds."""
    if len(points) < 2:
        return 0.0
    return statistics.linear_regression(*zip(*points, strict=True)).slope * 60


def lag_bound(metrics: str, share: float) -> float:
    """Return the seconds that a share of the looks at the loop stayed below, by its buckets."""
    buckets = [
        (float(sample.labels["le"]), sample.value)
        for family in text_string_to_metric_families(metrics)
        for sample in family.samples
        if sample.name == "beleg_loop_lag_seconds_bucket"
    ]
    total = buckets[-1][1]
    return next(bound for bound, count in buckets if count >= share * total)


def values_of(metrics: str, *names: str) -> dict[str, float]:
    """Return the samples of some names that are not zero, with their labels."""
    return {
        f"{sample.name}{{{','.join(sample.labels.values())}}}": sample.value
        for family in text_string_to_metric_families(metrics)
        for sample in family.samples
        if sample.name in names and sample.value
    }


async def soak(minutes: float, before: tuple[str, ...]) -> tuple[Course, str]:
    """Run it; return what was seen and the last /metrics."""
    course = Course()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        health = f"127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as directory:
        async with DiscordServer() as server:
            places = _gather(server)
            async with (
                running_beleg(
                    server,
                    Path(directory),
                    fake_model=False,
                    before=before,
                    settings={"BELEG_HEALTH": health},
                ) as process,
                aiohttp.ClientSession() as web,
            ):
                seconds = minutes * 60
                questions = round(QUESTIONS * minutes / 20)
                ingests = round(INGESTS * minutes / 20)
                began = time.monotonic()
                watch = asyncio.create_task(_watch(process.pid, began, course))
                tidy = asyncio.create_task(_keep_small(server))
                await asyncio.gather(
                    _paced(questions, seconds, lambda n: _ask(server, places, n, course)),
                    *(
                        _paced(
                            ingests // SERVERS,
                            seconds,
                            lambda n, place=place: _take_in(place, n, course),
                            one_by_one=True,
                        )
                        for place in places
                    ),
                )
                course.samples.append(sample_of(process.pid, began))
                for task in (watch, tidy):
                    task.cancel()
                async with web.get(f"http://{health}/metrics") as answer:
                    metrics = await answer.text()
            errors = (Path(directory) / "beleg.err").read_text(encoding="utf-8").splitlines()
            server.take_violations()
    sys.stderr.write("\n".join(errors[-20:]) + "\n")
    return course, metrics


@dataclass(frozen=True, slots=True)
class Place:
    """A server with its people."""

    number: int
    channel: Channel
    admin: Member
    members: tuple[Member, ...]


def _gather(server: DiscordServer) -> list[Place]:
    places = []
    for number in range(SERVERS):
        guild = server.add_guild(f"Server {number}")
        places.append(
            Place(
                number,
                guild.add_text_channel("allgemein"),
                guild.add_member(f"Anna {number}", permissions=Permissions(manage_guild=True)),
                tuple(guild.add_member(f"Mitglied {n}") for n in range(PEOPLE // SERVERS)),
            )
        )
    return places


async def _paced(count: int, seconds: float, do: object, *, one_by_one: bool = False) -> None:
    """Do something that often, spread evenly; each begins in time unless they go one by one."""
    began, running = time.monotonic(), set[asyncio.Task[None]]()
    for number in range(count):
        await asyncio.sleep(max(0.0, began + seconds * number / count - time.monotonic()))
        task = asyncio.create_task(do(number))  # type: ignore[operator]
        running.add(task)
        task.add_done_callback(running.discard)
        if one_by_one:
            await asyncio.wait([task])
    await asyncio.gather(*running)


async def _ask(server: DiscordServer, places: list[Place], number: int, course: Course) -> None:
    chance = random.Random(number)
    place = places[number % len(places)]
    member = place.members[number // len(places) % len(place.members)]
    where = chance.choice(_PLACES) + chance.choice(_ENDS)
    text = f"{chance.choice(ASKED)[:-1]} in {where}?"
    exchange = await member.slash(place.channel, "ask", {"question": text})
    try:
        message = await exchange.final_message(within=60)
    except AssertionError:
        course.unanswered += 1
        return
    course.waits.append(server.clock() - exchange.interaction.dispatched)
    course.acknowledged.append(exchange.seconds_to_respond)
    course.refused += "Gerade fragen" in message.content
    _forget(server, exchange)


async def _take_in(place: Place, number: int, course: Course) -> None:
    article = make_article(number * SERVERS + place.number)
    page = as_page(article)
    upload = Upload(f"{number}.html", page.content, "text/html; charset=utf-8")
    exchange = await place.admin.slash(
        place.channel, "article add", {"file": upload, "url": article.url}
    )
    await exchange.final_message(within=60, matching=lambda one: "lese" not in one.content)
    course.added += 1
    _forget(place.channel.server, exchange)
    if number >= STOCK:
        exchange = await place.admin.slash(
            place.channel, "article remove", {"article": str(number - STOCK + 1)}
        )
        message = await exchange.final_message(within=60)
        course.removed += "ntfernt" in message.content
        _forget(place.channel.server, exchange)


def _forget(server: DiscordServer, exchange: Exchange) -> None:
    """Let the double keep nothing: its process shares the machine."""
    server.interactions.pop(exchange.interaction.id, None)


async def _keep_small(server: DiscordServer) -> None:
    while True:
        await asyncio.sleep(5)
        del server.requests[:-50]
        server.attachments.clear() if len(server.attachments) > 500 else None
        for channel in server.channels.values():
            del channel.messages[:-50]
        for session in server.gateway.sessions.values():
            # Nobody resumes here; the numbers go on, as if all were still there.
            session.told[:-50] = [""] * max(0, len(session.told) - 50)


async def _watch(pid: int, began: float, course: Course) -> None:
    while True:
        course.samples.append(sample_of(pid, began))
        await asyncio.sleep(_SAMPLE_S)


def report(course: Course, metrics: str, minutes: float) -> bool:
    """Print the figures; return whether they are as they should be."""
    later = [one for one in course.samples if one.at >= SETTLED_AFTER * minutes * 60]
    half = len(later) // 2
    settled = statistics.median(one.rss for one in later[: max(1, half // 2)])
    ended = statistics.median(one.rss for one in later[-max(1, half // 2) :])
    growth = ended / settled - 1
    files = [one.files for one in later]
    first_files = statistics.median(files[: max(1, half // 2)])
    last_files = statistics.median(files[-max(1, half // 2) :])
    lag = lag_bound(metrics, 0.99)
    sockets = [one.sockets for one in later]
    good = growth <= 0.05 and lag <= 0.1 and last_files <= first_files and not course.unanswered
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    memory, open_files = (
        slope([(one.at, getattr(one, name)) for one in later]) for name in ("rss", "files")
    )
    highest = max(one.rss for one in course.samples)
    first, waits = course.acknowledged, course.waits
    lines = [
        f"{minutes:g} minutes, {cores()} cores for the measurement, load {load}",
        f"questions answered: {len(waits)}, without an answer: {course.unanswered}",
        f"  of them told that too many ask: {course.refused}",
        f"articles added: {course.added}, removed: {course.removed}",
        f"acknowledged: p50 {quantile(first, 0.5):.3f} s, p99 {quantile(first, 0.99):.3f} s",
        f"answered: p50 {quantile(waits, 0.5):.2f} s, p95 {quantile(waits, 0.95):.2f} s",
        f"  slowest {max(waits):.2f} s",
        f"memory: settled at {settled:.0f} MiB, {ended:.0f} at the end ({growth:+.1%})",
        f"  slope {memory:+.2f} MiB a minute, highest {highest:.0f}",
        f"open files: {first_files:.0f} settled, {last_files:.0f} at the end",
        f"  slope {open_files:+.3f} a minute; threads {later[0].threads}, {later[-1].threads}",
        f"  sockets: {sockets[0]} settled, {max(sockets)} at most, {sockets[-1]} at the end",
        f"the loop's lateness: p99 at most {lag * 1000:.0f} ms",
        f"  p99.9 at most {lag_bound(metrics, 0.999) * 1000:.0f} ms",
        f"counted by Beleg: {values_of(metrics, 'beleg_questions_total', 'beleg_intake_total')}",
        f"errors by code: {values_of(metrics, 'beleg_errors_total', 'beleg_discord_troubles')}",
        f"memory by the minute: {_by_the_minute(course)}",
        "as it should be" if good else "NOT as it should be",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return good


def _by_the_minute(course: Course) -> str:
    minutes: dict[int, list[float]] = {}
    for one in course.samples:
        minutes.setdefault(int(one.at // 60), []).append(one.rss)
    return " ".join(f"{statistics.median(values):.0f}" for values in minutes.values())


def run() -> int:
    """Read the options, soak, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--before", default="", help="a command that starts Beleg, such as nice")
    options = parser.parse_args()
    course, metrics = asyncio.run(soak(options.minutes, tuple(options.before.split())))
    return 0 if report(course, metrics, options.minutes) else 1


if __name__ == "__main__":
    sys.exit(run())
