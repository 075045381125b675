"""A language model behind a real socket of this machine, well behaved and not."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.language import say_error
from bot.types import Language
from index.errors import ModelError
from index.language_model import ChatModel

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def saying(content: object) -> web.Response:
    return web.json_response({"choices": [{"message": {"content": content}}]})


@dataclass
class Server:
    """Answers by `handler`, or says what it is to say; keeps what it was asked."""

    address: str = ""
    says: object = "[1]"
    handler: Handler | None = None
    asked: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.path)
        self.headers.append(dict(request.headers))
        self.asked.append(await request.json() if request.method == "POST" else None)
        return await self.handler(request) if self.handler else saying(self.says)

    async def complete(self, seconds: float = 30.0, **more: Any) -> str:
        model = ChatModel(self.address, "tiny", seconds=seconds, **more)
        return await asyncio.to_thread(model.complete, "Wähle aus.", "Frage")

    async def refused(self, seconds: float = 30.0) -> ModelError:
        with pytest.raises(ModelError) as caught:
            await self.complete(seconds)
        assert caught.value.code == "selector_failed"
        return caught.value


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.address = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield server
    await runner.cleanup()


async def test_what_the_model_says_comes_back(server: Server) -> None:
    server.says = "[3, 1] ä 😀"
    assert await server.complete() == "[3, 1] ä 😀"
    assert server.paths == ["/v1/chat/completions"]
    (asked,) = server.asked
    assert asked["model"] == "tiny"
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert [message["content"] for message in asked["messages"]] == ["Wähle aus.", "Frage"]
    assert "Authorization" not in server.headers[0]


async def test_a_slash_at_the_end_of_the_address_changes_nothing(server: Server) -> None:
    server.address += "/"
    await server.complete()
    assert server.paths == ["/v1/chat/completions"]


async def test_a_key_is_sent_where_there_is_one(server: Server) -> None:
    await server.complete(key="geheim")
    assert server.headers[0]["Authorization"] == "Bearer geheim"


async def test_the_environment_names_no_proxy_and_no_password(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ada password geheim\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert await server.complete() == "[1]"
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(server: Server, status: int) -> None:
    async def away(_: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": "/v1/other"})

    server.handler = away
    await server.refused()
    assert server.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize("status", [201, 400, 401, 404, 429, 500, 503])
async def test_another_status_is_no_answer(server: Server, status: int) -> None:
    async def failing(_: web.Request) -> web.Response:
        response = saying("[1]")
        response.set_status(status)
        return response

    server.handler = failing
    await server.refused()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"<html>",
        b"\xff\xfe",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": [1]}}]}',
        b'{"error": {"message": "no such model"}}',
        b"[" * 100_000,
    ],
)
async def test_what_is_no_answer_is_refused(server: Server, body: bytes) -> None:
    async def odd(_: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    server.handler = odd
    await server.refused()


async def test_an_answer_without_end_is_broken_off(server: Server) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b" " * 65536)
                sent += 65536
        except ConnectionError:
            return response

    server.handler = endless
    await server.refused()
    assert sent < 1 << 26


async def test_a_packed_answer_is_not_unpacked(server: Server) -> None:
    async def packed(_: web.Request) -> web.Response:
        response = saying("[1]")
        response.enable_compression(web.ContentCoding.gzip)
        return response

    server.handler = packed
    await server.refused()
    assert server.headers[0]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("begins", [False, True])
async def test_a_model_that_takes_too_long_is_not_waited_for(
    server: Server, *, begins: bool
) -> None:
    over = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if begins:
            await response.prepare(request)
            await response.write(b"{")
        await over.wait()
        return response

    server.handler = slow
    error = await server.refused(seconds=0.05)
    over.set()
    assert error.details["reason"] == "TimeoutError"


async def test_nobody_there_is_no_answer(server: Server) -> None:
    server.address = "http://127.0.0.1:1/v1"
    error = await server.refused()
    for language in Language:
        assert "127.0.0.1" in say_error(language, error)


async def test_several_threads_may_ask_at_once(server: Server) -> None:
    model = ChatModel(server.address, "tiny", seconds=30)
    asking = [asyncio.to_thread(model.complete, "", f"{i}") for i in range(8)]
    assert await asyncio.gather(*asking) == ["[1]"] * 8
    assert sorted(asked["messages"][1]["content"] for asked in server.asked) == list("01234567")


async def test_the_key_stands_in_no_error(server: Server) -> None:
    async def telling(request: web.Request) -> web.Response:
        return web.Response(status=401, text=request.headers["Authorization"])

    server.handler = telling
    model = ChatModel(server.address, "tiny", "geheim", seconds=30)
    with pytest.raises(ModelError) as caught:
        await asyncio.to_thread(model.complete, "", "")
    assert "geheim" not in f"{caught.value} {caught.value.__cause__}"
    assert json.dumps(caught.value.details)
