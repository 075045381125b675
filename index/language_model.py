"""A language model behind an address of the operator's choice, asked as OpenAI's clients ask."""

from __future__ import annotations

import asyncio
import json
import ssl

import aiohttp
from yarl import URL

from index.errors import ModelError

_LARGEST = 1 << 20  # bytes of an answer
_CHUNK = 1 << 16


class ChatModel:
    """Asks one model, one question at a time, each over a connection of its own.

    This is no fetcher: the address comes from the operator, not from a stranger, and may lie in the
    operator's network. Nothing else decides where questions go: redirects are not followed, and
    proxies, passwords and cookies of the environment are not used.
    """

    def __init__(self, url: str, model: str, key: str | None = None, *, seconds: float) -> None:
        """Take the base address (such as http://127.0.0.1:11434/v1); `seconds` is for all of it."""
        self._url = URL(url.rstrip("/") + "/chat/completions")
        self._model = model
        self._key = key
        self._timeout = aiohttp.ClientTimeout(total=seconds)

    def complete(self, instructions: str, material: str) -> str:
        """Return what the model says to these; ModelError where nothing usable comes back.

        Blocks: call it from a worker thread.
        """
        try:
            return _content(asyncio.run(self._post(instructions, material)))
        except (aiohttp.ClientError, OSError, ssl.SSLError, TimeoutError, ValueError) as error:
            # What came back may hold anything, the key of a careless server too: only its kind.
            raise ModelError(
                "selector_failed", host=self._url.host, reason=type(error).__name__
            ) from error

    async def _post(self, instructions: str, material: str) -> bytes:
        headers = {"Accept-Encoding": "identity"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": material},
            ],
            "temperature": 0,
            "stream": False,
        }
        async with (
            aiohttp.ClientSession(
                timeout=self._timeout,
                headers=headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            ) as session,
            session.post(self._url, json=request, allow_redirects=False) as response,
        ):
            if response.status != 200:  # noqa: PLR2004 - OK, the one answer that holds one
                raise ValueError(f"status {response.status}")
            body = bytearray()
            async for chunk in response.content.iter_chunked(_CHUNK):
                body += chunk
                if len(body) > _LARGEST:
                    raise ValueError("an answer without end")
            return bytes(body)


def _content(body: bytes) -> str:
    """Return the text of the first choice; ValueError where there is none."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError, RecursionError) as error:
        raise ValueError("not in OpenAI's format") from error
    if not isinstance(content, str):
        raise ValueError("no text")  # noqa: TRY004 - it is the answer that is wrong
    return content
