"""An internet in one process: names resolve by a table, every connection ends at one real server.

What is tested is real: aiohttp, sockets, bytes on a wire. Only the last step differs: where the
loop is asked to connect to a public address, the address is written down and the socket is
connected to the server on loopback instead.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Self

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from index.errors import FetchError
from index.fetch import FetchLimits, GuardedFetcher
from index.types import Page

PUBLIC = "93.184.215.14"

SITES = {
    "public.test": PUBLIC,
    "other.test": "93.184.215.15",
    "private.test": "10.0.0.5",
    "mixed.test": f"127.0.0.1 10.0.0.5 {PUBLIC} fd00::1",
    "refusing.test": "2606:2800:21f:cb07::1 fd00::1",
    "wire.test": "168.63.129.16",
    "mapped.test": f"::ffff:{PUBLIC}",
    "slow.test": None,
    "empty.test": "",
    "broken.test": socket.gaierror(socket.EAI_AGAIN, "resolver 192.168.1.1 is on fire"),
}
# Generous where a limit is not the point, so that a busy machine changes nothing.
QUICK = FetchLimits(total=20, page_size=50_000)

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]


class FakeResolver(AbstractResolver):
    """A table of names. An answer may be an error, None for never, or a list of answers in turn."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = dict(names)
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked.append(host)
        answer = self.names.get(host, socket.gaierror(socket.EAI_NONAME, "not known"))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if answer is None:
            await asyncio.Event().wait()
        if isinstance(answer, Exception):
            raise answer
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in answer.split()
        ]

    async def close(self) -> None:
        pass


class FakeInternet:
    """Serves `pages` by path: bytes to send, or a script that writes what it likes."""

    def __init__(self, names: Mapping[str, Any] = SITES) -> None:
        self.resolver = FakeResolver(names)
        self.pages: dict[str, bytes | Script] = {}
        self.dialled: list[str] = []
        self.requests: list[str] = []  # heads, as they came
        self.connections: list[int] = []  # number of requests that each one carried
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._connect = self._loop.sock_connect
        setattr(self._loop, "sock_connect", self._dial)  # noqa: B010  mypy knows no other way
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        setattr(self._loop, "sock_connect", self._connect)  # noqa: B010  as above
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def fetcher(self, limits: FetchLimits = QUICK) -> GuardedFetcher:
        return GuardedFetcher(user_agent="Beleg/test", limits=limits, resolver=self.resolver)

    async def fetch(self, url: str, limits: FetchLimits = QUICK) -> Page:
        async with self.fetcher(limits) as fetcher:
            return await fetcher.fetch(url)

    async def refusal(self, url: str, limits: FetchLimits = QUICK) -> FetchError:
        """Fetch what must not succeed."""
        with pytest.raises(FetchError) as caught:
            await self.fetch(url, limits)
        return caught.value

    @property
    def hosts(self) -> list[str]:
        return [head.split("Host: ")[1].split("\r\n")[0] for head in self.requests]

    @property
    def paths(self) -> list[str]:
        return [head.split(" ")[1] for head in self.requests]

    async def _dial(self, sock: socket.socket, address: Sequence[Any]) -> None:
        self.dialled.append(address[0])
        if sock.family is socket.AF_INET6:
            raise ConnectionRefusedError("no IPv6 on this internet")
        await self._connect(sock, self._server.sockets[0].getsockname())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections.append(0)
        number = len(self.connections) - 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                self.requests.append(head)
                self.connections[number] += 1
                page = self.pages.get(head.split(" ")[1].partition("?")[0], response())
                if isinstance(page, bytes):
                    writer.write(page)
                else:
                    await page(writer)
                    break
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client has had enough, or the test; asyncio would log a cancelled handler
        finally:
            writer.close()
            self._tasks.discard(task)


def response(
    body: bytes = b"<p>Guten Tag</p>",
    *lines: str,
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
    length: int | None = None,
) -> bytes:
    """Return a response with a Content-Length; `lines` are further header lines."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    if content_type is not None:
        head.append(f"Content-Type: {content_type}")
    return "\r\n".join([*head, *lines, "", ""]).encode("latin-1") + body


def redirect(location: str | bytes, status: str = "302 Found") -> bytes:
    raw = location.encode("latin-1") if isinstance(location, str) else location
    return f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nLocation: ".encode() + raw + b"\r\n\r\n"


def endless(head: bytes, more: bytes, pause: float | None = None) -> Script:
    """Send a head, then the same for ever: as fast as it is taken, or with a pause."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(more)
            await writer.drain()
            if pause is not None:
                await asyncio.sleep(pause)

    return script


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


async def silent(writer: asyncio.StreamWriter) -> None:
    """Accept and never answer."""
    await asyncio.Event().wait()


async def reset(writer: asyncio.StreamWriter) -> None:
    """Break off with a TCP reset."""
    writer.transport.abort()


def half(whole: bytes, *, abort: bool = False) -> Script:
    """Send something and close before the announced end, or reset."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(whole)
        await writer.drain()
        if abort:
            sock = writer.get_extra_info("socket")
            # Zero linger: close becomes a reset.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    return script
