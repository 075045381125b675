"""Nothing but a fetch reaches the network, and a fetch does so through the one dialler alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.running import KURSK

ROOT = Path(__file__).parents[3]
# What Python itself reports of every use of the network, whoever makes it; nothing hides from it.
HOOK = """
import os, sys
def _watch(event, arguments):
    if event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        _note(event)
    elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        if isinstance(arguments[-1], tuple):  # a name is a socket of this machine
            _note(f"{event} {arguments[-1][0]}")
def _note(what):
    descriptor = os.open(%r, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(descriptor, (what + "\\n").encode())
    os.close(descriptor)
    raise OSError("there is no network")
sys.addaudithook(_watch)
"""
# The process that reads pages has its own interpreter, to be watched as well.
COMMAND = """
import index.limited_process as pages
assert isinstance(pages._BOOT, str)
pages._BOOT = {hook!r} + pages._BOOT
exec({hook!r})
import json
from bot.__main__ import main
codes = [main(argv) for argv in json.loads(sys.argv[1])]
print()
print(json.dumps(codes))
"""


@pytest.fixture
def uses(tmp_path: Path) -> Path:
    """A file that holds each use of the network."""
    path = tmp_path / "uses"
    path.touch()
    return path


def run(directory: Path, uses: Path, *commands: list[str | Path]) -> list[int]:
    """Run commands with the model that ships, without a network; note what they wanted of it."""
    program = COMMAND.format(hook=HOOK % str(uses))
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(commands, default=str)],
        cwd=ROOT,
        env={**os.environ, "BELEG_DATA": str(directory / "data"), "LANG": "de_DE.UTF-8"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    codes: list[int] = json.loads(done.stdout.splitlines()[-1])
    return codes


def test_what_needs_no_network_uses_none(tmp_path: Path, uses: Path) -> None:
    page, articles, questions = (tmp_path / name for name in ("1.html", "a.jsonl", "q.jsonl"))
    paragraphs = "".join(f"<p>{line}</p>" for line in KURSK.splitlines() if line.strip())
    page.write_text(f"<html><body><article><h1>Kursk</h1>{paragraphs}</article></body></html>")
    articles.write_text(json.dumps({"id": "1", "text": KURSK}))
    asked = "Wie viele Soldaten sind in Kursk?"
    expected = {"id": "1", "kind": "answerable", "article_id": "1", "question": asked}
    questions.write_text(json.dumps({**expected, "lang": "de", "answers": ["8.000"]}))
    codes = run(
        tmp_path,
        uses,
        ["add", page, articles],
        ["list"],
        ["show", "1"],
        ["status"],
        ["permit"],
        ["search", "Kursk"],
        ["evaluate", "--once", "--articles", articles, "--questions", questions],
        ["ask", asked],
    )
    assert codes[:-1] == [0] * 7
    assert codes[-1] in {0, 3}  # whatever it says
    assert uses.read_text() == ""


def test_the_watch_sees_what_a_fetch_wants(tmp_path: Path, uses: Path) -> None:
    assert run(tmp_path, uses, ["add", "https://example.org/1"]) == [1]
    assert set(uses.read_text().splitlines()) == {"socket.getaddrinfo"}


FETCH = """
import asyncio, socket, sys
from aiohttp import web
from index import dial
from index.fetch import GuardedFetcher, FEED_TYPES
from index.rights import PermittedFetcher, SiteRights
from datetime import UTC, datetime
made, connected = [], []
socket_of = dial.Dialler.__call__
def noted(self, info):
    sock = socket_of(self, info)
    made.append(sock)
    return sock
dial.Dialler.__call__ = noted
def watch(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        connected.append(arguments[0])
sys.addaudithook(watch)
async def answer(request):
    if request.path == "/moved":
        raise web.HTTPFound("/page")
    if request.path == "/robots.txt":
        return web.Response(text="User-agent: *\\nAllow: /")
    if request.path == "/feed":
        return web.Response(text="<rss/>", content_type="application/rss+xml")
    return web.Response(text="<p>Guten Tag</p>", content_type="text/html")
async def main():
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host = f"127.0.0.1:{runner.addresses[0][1]}"
    async with GuardedFetcher(user_agent="Beleg/test", allowed_hosts=frozenset({host})) as guarded:
        fetcher = PermittedFetcher(guarded, SiteRights(guarded, lambda: datetime.now(UTC)))
        await fetcher.fetch(f"http://{host}/page")
        await fetcher.fetch(f"http://{host}/moved")
        await fetcher.get(f"http://{host}/feed", accept=FEED_TYPES, limit=1000)
    await runner.cleanup()
asyncio.run(main())
print(len(connected), all(any(one is other for other in made) for one in connected))
"""


def test_every_connection_of_a_fetch_is_made_by_the_dialler() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FETCH], cwd=ROOT, capture_output=True, text=True, check=True
    )
    # robots.txt, tdmrep.json, a page, a redirect with its page, a feed
    assert done.stdout.split() == ["6", "True"], done.stderr
